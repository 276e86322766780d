//! The bar at the top: what this is, and what can be done with the whole page.

mod compared_with;
mod mark;
mod past_button;
mod present_button;

use super::widgets::{ColourChoice, Icon, LanguageChoice, MORE, SANDBOXES, SHARE};
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, SandboxMsg, ShareMsg};
use crate::ui::shown::Dialog;
use crate::ui::words::Words;
use compared_with::ComparedWith;
use leptos::prelude::*;
use mark::Mark;
use past_button::PastButton;
use present_button::PresentButton;

#[component]
pub(super) fn Bar() -> impl IntoView {
    let ui = use_ui();
    let sandbox = ui.model.sandbox_name;
    view! {
        <div class="bar">
            <Mark />
            <h1 class="bar-title">{ui.text(Words::title)}</h1>
            <ComparedWith />
            <button
                class="btn bar-button"
                type="button"
                title=ui.text(Words::share_hint)
                on:click=move |_| ui.send(ShareMsg::Open)
            >
                <Icon path=SHARE />
                <span class="bar-label">{ui.text(Words::share)}</span>
            </button>
            <button
                class="btn bar-button"
                type="button"
                title=ui.text(Words::sandboxes_hint)
                aria-label=move || ui.words().sandboxes_open(&sandbox.get())
                on:click=move |_| ui.send(SandboxMsg::Show)
            >
                <Icon path=SANDBOXES />
                <span class="bar-label">{sandbox}</span>
            </button>
            <div class="bar-wide">
                <PastButton />
                <LanguageChoice />
                <ColourChoice />
            </div>
            <PresentButton />
            <button
                class="btn bar-button"
                type="button"
                data-narrow=""
                title=ui.text(Words::further)
                on:click=move |_| ui.send(PageMsg::OpenDialog(Dialog::More))
            >
                <Icon path=MORE />
                <span class="bar-label">{ui.text(Words::further)}</span>
            </button>
            <button
                class="btn bar-help"
                type="button"
                aria-label=ui.text(Words::help)
                title=ui.text(Words::help)
                on:click=move |_| ui.send(PageMsg::OpenDialog(Dialog::Help))
            >
                "?"
            </button>
        </div>
    }
}
