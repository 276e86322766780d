//! What can be asked of a block, and what is said then.

use super::block_model::BlockModel;
use super::output_refs::OutputRefs;
use super::why::Why;
use crate::app::TerminalId;
use crate::ui::context::use_ui;
use crate::ui::message::{BlockMsg, PageMsg};
use crate::ui::page::widgets::{COPY, Icon, MORE};
use crate::ui::shown::Aside;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Asides(
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
