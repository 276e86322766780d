//! Plays the whole walkthrough, or one command of it after the other.

use crate::app::{LessonMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, SandboxMsg};
use crate::ui::page::widgets::{AGAIN, Icon, NEXT, PAUSE, PLAY};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Player() -> impl IntoView {
    let ui = use_ui();
    view! {
        <div class="player" role="group" aria-label=ui.text(Words::player)>
            <PlayButton />
            <button
                class="btn"
                type="button"
                on:click=move |_| ui.send(PageMsg::InTerminals(Msg::Lesson(LessonMsg::RunNext)))
            >
                <Icon path=NEXT />
                {ui.text(Words::next_command)}
            </button>
            <button class="btn btn-quiet" type="button" on:click=move |_| ui.send(SandboxMsg::StartOver)>
                <Icon path=AGAIN />
                {ui.text(Words::start_over)}
            </button>
        </div>
    }
}

#[component]
pub(in crate::ui::page) fn PlayButton() -> impl IntoView {
    let ui = use_ui();
    let playing = Memo::new(move |_| {
        ui.model.lesson.with(|lesson| lesson.as_ref().is_some_and(|lesson| lesson.playing))
    });
    let icon = Signal::derive(move || if playing.get() { PAUSE } else { PLAY });
    let label = move || if playing.get() { ui.words().pause() } else { ui.words().play() };
    view! {
        <button
            class="btn btn-main"
            type="button"
            on:click=move |_| ui.send(PageMsg::InTerminals(Msg::Lesson(LessonMsg::TogglePlay)))
        >
            <Icon path=icon />
            {label}
        </button>
    }
}
