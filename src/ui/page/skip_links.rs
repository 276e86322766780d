//! The first things that a keyboard reaches: the ways to the terminal and to the lesson, past the bar. They are seen while they
//! have the focus.

use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::shown::Pane;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn SkipLinks() -> impl IntoView {
    let ui = use_ui();
    view! {
        <p class="skip">
            <button class="btn" type="button" on:click=move |_| ui.send(PageMsg::FocusPane(Pane::Terminals))>
                {ui.text(Words::to_the_terminal)}
            </button>
            <button class="btn" type="button" on:click=move |_| ui.send(PageMsg::FocusPane(Pane::Lesson))>
                {ui.text(Words::to_the_lesson)}
            </button>
        </p>
    }
}
