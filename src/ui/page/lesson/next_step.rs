//! The button to the next step.

use crate::app::{LessonMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{Icon, ONWARD};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn NextStep(step: usize) -> impl IntoView {
    let ui = use_ui();
    view! {
        <button
            class="btn btn-main"
            type="button"
            on:click=move |_| ui.send(Msg::Lesson(LessonMsg::OpenStep(step)))
        >
            {ui.text(Words::next_step)}
            <Icon path=ONWARD />
        </button>
    }
}
