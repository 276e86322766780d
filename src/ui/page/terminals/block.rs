//! A command with its output, and what can be said of it.

use super::asides::Asides;
use super::block_model::BlockModel;
use super::chunk::ChunkView;
use super::typed_command::TypedCommand;
use super::versions::BlockVersion;
use crate::app::TerminalId;
use crate::app::model::Badge;
use crate::ui::browser::frame::use_next_frame;
use crate::ui::browser::sight::Scroller;
use crate::ui::browser::viewport;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{RowPosition, WindowedRows, projection};
use crate::ui::shown::Aside;
use leptos::html::{Div, Li};
use leptos::prelude::*;
use std::ops::Range;

/// How many chunks are drawn until somebody scrolls, of the newest.
const CHUNKS_AT_FIRST: usize = 10;

#[component]
pub(super) fn BlockItem(
    terminal: TerminalId,
    badge: Memo<Badge>,
    block: Memo<BlockVersion>,
    position: RowPosition,
) -> impl IntoView {
    let ui = use_ui();
    let id = block.with_untracked(|block| block.id);
    let in_sight = RwSignal::new(0..CHUNKS_AT_FIRST);
    let model = Memo::new(move |_| {
        let (BlockVersion { id, turns, .. }, chunks) = (block.get(), in_sight.get());
        ui.read(|state| {
            let block = state.screen(terminal)?.block(id)?;
            Some(BlockModel::of(block, chunks, turns))
        })
        .unwrap_or_default()
    });
    let failed = projection(model, |model| model.failed);
    let chunks = projection(model, |model| model.chunks.clone());
    let on_range = move |rows: Range<usize>| {
        let total = chunks.with_untracked(|chunks| chunks.total);
        in_sight.set(total.saturating_sub(rows.end)..total.saturating_sub(rows.start));
    };
    let output = NodeRef::<Div>::new();
    let aside = projection(ui.model.aside, move |said| {
        let said = said.as_ref().filter(|said| (said.terminal, said.block) == (terminal, id));
        said.map(|said| said.aside.clone())
    });
    let item = NodeRef::<Li>::new();
    reveal_aside(item, aside);
    let interrupted = projection(model, |model| model.interrupted);
    let failed_text = move |status: i32| {
        move || {
            if interrupted.get() { ui.words().interrupted(status) } else { ui.words().exit_status(status) }
        }
    };
    view! {
        <li
            class="term-block"
            node_ref=item
            data-testid="block"
            tabindex="-1"
            data-failed=move || (failed.get().is_some() && !interrupted.get()).to_string()
            data-ended=move || model.with(|model| model.ended).to_string()
            aria-posinset=move || position.posinset()
            aria-setsize=move || position.setsize()
        >
            <TypedCommand badge=badge model=model />
            <div class="term-output" node_ref=output data-testid="output" lang="en">
                <WindowedRows
                    window=chunks
                    key=|chunk| chunk.number
                    list=output
                    on_range=on_range
                    overscan=4
                    is_list=false
                    let(chunk, _position)
                >
                    <ChunkView terminal=terminal block=id chunk=chunk />
                </WindowedRows>
            </div>
            {move || failed.get().map(|status| view! { <p class="term-status">{failed_text(status)}</p> })}
            <Asides terminal=terminal block=id model=model aside=aside />
        </li>
    }
}

/// Scrolls what is said at a block into sight, once it is drawn.
fn reveal_aside(item: NodeRef<Li>, aside: Memo<Option<Aside>>) {
    let Scroller(scroller) = expect_context();
    let reveal = use_next_frame(move || {
        if let (Some(item), Some(scroller)) = (item.get_untracked(), scroller.get_untracked()) {
            viewport::reveal(&item, &scroller);
        }
    });
    Effect::new(move |_| {
        if aside.with(Option::is_some) {
            reveal();
        }
    });
}
