//! What a terminal has shown: a block a command, of which those in sight are in the document, and the newest ones.

use super::block::BlockItem;
use super::versions::BlockVersion;
use crate::app::TerminalId;
use crate::app::model::{Badge, ListWindow};
use crate::term::screen::Screen;
use crate::ui::context::use_ui;
use crate::ui::model::ScreenVersion;
use crate::ui::page::widgets::WindowedRows;
use leptos::html::Ol;
use leptos::prelude::*;
use std::ops::Range;

/// How many blocks are drawn until somebody scrolls, of the newest.
const AT_FIRST: usize = 200;

/// How many are drawn around those in sight: most are short, and drawing the same again costs less than changing it.
const OVERSCAN: usize = 100;

#[component]
pub(super) fn Transcript(
    terminal: TerminalId,
    /// Its element.
    list: NodeRef<Ol>,
    badge: Memo<Badge>,
    screen: Memo<ScreenVersion>,
) -> impl IntoView {
    let ui = use_ui();
    // Counted from the newest, so that who is at the end stays there.
    let in_sight = RwSignal::new(0..AT_FIRST);
    let blocks = Memo::new(move |_| {
        let (version, rows) = (screen.get(), in_sight.get());
        ui.read(|state| state.screen(terminal).map(|screen| blocks(screen, version, rows)))
            .unwrap_or_default()
    });
    let on_range = move |rows: Range<usize>| {
        let total = blocks.with_untracked(|blocks| blocks.total);
        in_sight.set(total.saturating_sub(rows.end)..total.saturating_sub(rows.start));
    };
    view! {
        <ol class="term-transcript" node_ref=list data-testid="transcript">
            <WindowedRows
                window=blocks
                key=|block| (block.world, block.id)
                list=list
                on_range=on_range
                overscan=OVERSCAN
                let(block, position)
            >
                <BlockItem terminal=terminal badge=badge block=block position=position />
            </WindowedRows>
        </ol>
    }
}

/// The blocks of a range that is counted from the newest.
fn blocks(screen: &Screen, of: ScreenVersion, rows: Range<usize>) -> ListWindow<BlockVersion> {
    let total = screen.blocks().count();
    let (first, end) = (total.saturating_sub(rows.end), total.saturating_sub(rows.start));
    let rows = screen.blocks().skip(first).take(end - first);
    let ScreenVersion { world, turns, .. } = of;
    let rows = rows.map(|block| BlockVersion { world, turns, id: block.id, version: block.version });
    ListWindow { first, rows: rows.collect(), total }
}
