//! What a terminal has shown: a block a command, of which the newest lines are in the document. More would make each key slow; a button brings
//! more of them.

use super::block::BlockItem;
use super::versions::BlockVersion;
use crate::app::TerminalId;
use crate::app::model::Badge;
use crate::term::screen::Screen;
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::model::ScreenVersion;
use crate::ui::page::widgets::Rows;
use crate::ui::words::Words;
use leptos::prelude::*;

/// What of a screen is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
struct Drawn {
    blocks: Vec<BlockVersion>,
    /// There are earlier lines.
    more: bool,
}

#[component]
pub(super) fn Transcript(
    terminal: TerminalId,
    badge: Memo<Badge>,
    screen: Memo<ScreenVersion>,
) -> impl IntoView {
    let ui = use_ui();
    let drawn = Memo::new(move |_| {
        let version = screen.get();
        ui.read(|state| state.app.screen(terminal).map(|screen| newest(screen, version))).unwrap_or_default()
    });
    let blocks = Signal::derive(move || drawn.with(|drawn| drawn.blocks.clone()));
    view! {
        <ol class="term-transcript" data-testid="transcript">
            <Show when=move || drawn.with(|drawn| drawn.more)>
                <li class="term-more">
                    <button
                        class="btn btn-small"
                        type="button"
                        on:click=move |_| ui.send(PageMsg::MoreLines(terminal))
                    >
                        {ui.text(Words::earlier_lines)}
                    </button>
                </li>
            </Show>
            <Rows each=blocks key=|block| (block.world, block.id) let:block>
                <BlockItem terminal=terminal badge=badge block=block />
            </Rows>
        </ol>
    }
}

/// The newest blocks, as many as have so many lines. Each takes one for its command.
fn newest(screen: &Screen, ScreenVersion { world, lines, .. }: ScreenVersion) -> Drawn {
    let mut drawn = Drawn::default();
    let mut left = lines;
    for block in screen.blocks().rev() {
        if left == 0 {
            drawn.more = true;
            break;
        }
        let mut taken = 1;
        let mut first_chunk = usize::MAX;
        for chunk in block.chunks().rev() {
            if taken > left {
                break;
            }
            taken += chunk.rows().len();
            first_chunk = chunk.number;
        }
        left = left.saturating_sub(taken);
        drawn.blocks.push(BlockVersion { world, id: block.id, version: block.version, first_chunk });
    }
    drawn.blocks.reverse();
    drawn
}
