//! The bar at the top: what this is, and what can be done with the whole page.

mod colours;
mod languages;

pub(super) use colours::ColourChoice;
pub(super) use languages::LanguageChoice;

use super::widgets::{CLOSE, Icon, MORE, SANDBOXES, SCREEN, SHARE};
use crate::app::VERSIONS;
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, SandboxMsg, ShareMsg};
use crate::ui::shown::Dialog;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Bar() -> impl IntoView {
    let ui = use_ui();
    let sandbox = ui.model.sandbox_name;
    view! {
        <div class="bar">
            <Mark />
            <h1 class="bar-title">{ui.text(Words::title)}</h1>
            <Facts />
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

/// A speech bubble, as NATS has it, with a prompt.
#[component]
fn Mark() -> impl IntoView {
    const BUBBLE: &str = "M8 1h16a7 7 0 017 7v12a7 7 0 01-7 7h-3v4l-6-4H8a7 7 0 01-7-7V8a7 7 0 017-7z";
    view! {
        <svg class="bar-mark" viewBox="0 0 32 32" aria-hidden="true">
            <path class="bar-mark-ground" d=BUBBLE></path>
            <path class="bar-mark-line" d="M8 9l5.5 5L8 19M16 19h8"></path>
        </svg>
    }
}

/// What the terminals were compared with.
#[component]
fn Facts() -> impl IntoView {
    let ui = use_ui();
    let [command, server] = VERSIONS.map(|version| version.trim_start_matches('v'));
    view! {
        <p class="bar-facts">
            <span class="bar-fact">{format!("nats {command}")}</span>
            <span class="bar-fact">{format!("nats-server {server}")}</span>
            <span class="bar-fact">{ui.text(Words::simulated_here)}</span>
        </p>
    }
}

/// The way into the presenter's mode and out of it.
#[component]
fn PresentButton() -> impl IntoView {
    let ui = use_ui();
    let presenting = ui.model.presenting;
    let label = move || match presenting.get() {
        true => ui.words().present_no_more(),
        false => ui.words().present(),
    };
    let icon = Signal::derive(move || if presenting.get() { CLOSE } else { SCREEN });
    view! {
        <button
            class="btn bar-present"
            type="button"
            aria-label=label
            title=label
            on:click=move |_| ui.send(PageMsg::Present(!presenting.get_untracked()))
        >
            <Icon path=icon />
        </button>
    }
}
