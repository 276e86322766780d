//! The button that lets the lesson play by itself, or pause.

use super::next::cannot_go_on;
use crate::app::{LessonMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::{Icon, PAUSE, PLAY, projection};
use leptos::prelude::*;

#[component]
pub(super) fn PlayButton() -> impl IntoView {
    let ui = use_ui();
    let playing = projection(ui.model.lesson, |lesson| lesson.as_ref().is_some_and(|lesson| lesson.playing));
    let icon = Signal::derive(move || if playing.get() { PAUSE } else { PLAY });
    let label = move || if playing.get() { ui.words().pause() } else { ui.words().play() };
    view! {
        <button
            class="btn"
            type="button"
            disabled=move || !playing.get() && cannot_go_on(ui)
            on:click=move |_| ui.send(PageMsg::ActInTerminals(Msg::Lesson(LessonMsg::TogglePlay)))
        >
            <Icon path=icon />
            {label}
        </button>
    }
}
