//! A button that puts a command into the terminal.

use super::CodeText;
use crate::app::Msg;
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

#[component]
pub(in crate::ui) fn CommandButton(
    #[prop(into)] command: Signal<String>,
    #[prop(into)] text: TextProp,
    #[prop(default = "put")] class: &'static str,
) -> impl IntoView {
    let ui = use_ui();
    view! {
        <button
            class=class
            type="button"
            title=move || ui.words().puts(&command.get())
            on:click=move |_| ui.send(PageMsg::ProposeLine(Msg::Propose(command.get_untracked())))
        >
            <CodeText text=text />
        </button>
    }
}
