//! The last command as it may have been meant. It stands beside the terminal's text, which is the real tool's.

use crate::app::Msg;
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Correction(terminal: crate::app::TerminalId, line: String) -> impl IntoView {
    let ui = use_ui();
    let title = line.clone();
    view! {
        <p class="term-meant" data-testid="correction">
            {ui.text(Words::did_you_mean)} " "
            <button
                class="put"
                type="button"
                title=move || ui.words().puts(&title)
                on:click=move |_| ui.send(PageMsg::ProposeLine(Msg::Correct { terminal }))
            >
                {line}
            </button> "?"
        </p>
    }
}
