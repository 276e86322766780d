//! A command with its output, and what can be said of it.

use super::chunk::ChunkView;
use super::output_refs::OutputRefs;
use super::versions::{BlockVersion, ChunkVersion};
use super::why::Why;
use crate::app::model::{Badge, ListWindow};
use crate::app::{App, TerminalId};
use crate::term::screen::{Block, NoteKind};
use crate::ui::browser::frame::use_next_frame;
use crate::ui::browser::sight::Scroller;
use crate::ui::browser::viewport;
use crate::ui::context::use_ui;
use crate::ui::message::{BlockMsg, PageMsg};
use crate::ui::page::widgets::{COPY, CodeText, Icon, MORE, RowPosition, WindowedRows};
use crate::ui::shown::Aside;
use crate::ui::words::Words;
use leptos::html::{Div, Li};
use leptos::prelude::*;
use std::ops::Range;
use web_sys::Element;

/// A block, apart from the lines of its output.
#[derive(Clone, Debug, Default, PartialEq)]
struct BlockModel {
    /// Prompt and text; none where no command was typed, or it was cleared from view.
    command: Option<(String, String)>,
    ended: bool,
    /// Its exit status, where it failed.
    failed: Option<i32>,
    /// Somebody ended it with Ctrl-C, so that it has not failed by itself.
    interrupted: bool,
    may_be_explained: bool,
    has_refs: bool,
    chunks: ListWindow<ChunkVersion>,
}

impl BlockModel {
    /// With its chunks of a range that is counted from the newest.
    fn of(block: &Block, in_sight: Range<usize>) -> BlockModel {
        let cleared = block.cleared();
        let total = block.chunks().len();
        let (first, end) = (total.saturating_sub(in_sight.end), total.saturating_sub(in_sight.start));
        let chunks = block.chunks().skip(first).take(end - first);
        let failed = block.ended.map(|(_, status)| status).filter(|status| *status != 0);
        BlockModel {
            command: block
                .command
                .as_ref()
                .filter(|_| cleared.is_none())
                .map(|command| (command.prompt.trim_end().to_owned(), command.text.clone())),
            ended: block.ended.is_some(),
            failed,
            interrupted: block.notes.iter().any(|note| note.kind == NoteKind::Interrupt),
            may_be_explained: failed.is_some() && App::may_diagnose(block),
            has_refs: App::has_output_refs(block),
            chunks: ListWindow {
                first,
                rows: chunks
                    .map(|chunk| ChunkVersion {
                        number: chunk.number,
                        version: chunk.version,
                        cleared: cleared.unwrap_or(0),
                    })
                    .collect(),
                total,
            },
        }
    }
}

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
        block.track();
        let chunks = in_sight.get();
        ui.read(|state| {
            let block = state.app.screen(terminal)?.block(id)?;
            Some(BlockModel::of(block, chunks))
        })
        .unwrap_or_default()
    });
    let failed = Memo::new(move |_| model.with(|model| model.failed));
    let chunks = Memo::new(move |_| model.with(|model| model.chunks.clone()));
    let on_range = move |rows: Range<usize>| {
        let total = chunks.with_untracked(|chunks| chunks.total);
        in_sight.set(total.saturating_sub(rows.end)..total.saturating_sub(rows.start));
    };
    let output = NodeRef::<Div>::new();
    let aside = Memo::new(move |_| {
        ui.model.aside.with(|aside| match aside {
            Some((at, of, aside)) if (*at, *of) == (terminal, id) => Some(aside.clone()),
            _ => None,
        })
    });
    let item = NodeRef::<Li>::new();
    reveal_aside(item, aside);
    let interrupted = Memo::new(move |_| model.with(|model| model.interrupted));
    let failed_text = move |status: i32| {
        move || match interrupted.get() {
            true => ui.words().interrupted(status),
            false => ui.words().exit_status(status),
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
                    list=move || output.get().map(Element::from)
                    on_range=on_range
                    overscan=4
                    is_list=false
                    let:row
                >
                    <ChunkView terminal=terminal block=id chunk=row.0 />
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

/// The command as it was typed, behind its prompt.
#[component]
fn TypedCommand(badge: Memo<Badge>, model: Memo<BlockModel>) -> impl IntoView {
    move || {
        model.with(|model| model.command.clone()).map(|(prompt, text)| {
            view! {
                <p class="term-command" data-testid="command" translate="no">
                    <span class="term-prompt" data-badge=move || badge.get().to_string() translate="no">
                        {prompt}
                    </span>
                    " "
                    <CodeText text=text />
                </p>
            }
        })
    }
}

/// What can be asked of a block, and what is said then.
#[component]
fn Asides(
    terminal: TerminalId,
    block: u64,
    model: Memo<BlockModel>,
    aside: Memo<Option<Aside>>,
) -> impl IntoView {
    let ui = use_ui();
    let ask = move |msg: BlockMsg| ui.send(PageMsg::AtBlock(terminal, block, msg));
    let explains = move || aside.with(|aside| *aside == Some(Aside::Why)).to_string();
    let lists = move || aside.with(|aside| matches!(aside, Some(Aside::Refs(..)))).to_string();
    let said = move || {
        aside.get().map(|aside| match aside {
            Aside::Why => view! { <Why terminal=terminal block=block /> }.into_any(),
            Aside::Refs(refs, chosen) => view! { <OutputRefs refs=refs chosen=chosen /> }.into_any(),
        })
    };
    view! {
        <Show when=move || model.with(|model| model.may_be_explained)>
            <button
                class="btn btn-small why-ask"
                type="button"
                aria-expanded=explains
                on:click=move |_| ask(BlockMsg::Explain)
            >
                {ui.text(Words::why)}
            </button>
        </Show>
        {said}
        <Show when=move || model.with(|model| model.has_refs)>
            <button
                class="term-copy term-use"
                type="button"
                aria-expanded=lists
                aria-label=ui.text(Words::use_output)
                title=ui.text(Words::use_output)
                on:click=move |_| ask(BlockMsg::ListRefs)
            >
                <Icon path=MORE />
            </button>
        </Show>
        <button
            class="term-copy"
            type="button"
            aria-label=ui.text(Words::copy_block)
            title=ui.text(Words::copy_block)
            on:click=move |_| ask(BlockMsg::Copy)
        >
            <Icon path=COPY />
        </button>
    }
}
