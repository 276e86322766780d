//! Plays the whole walkthrough, or one command of it after the other.

use super::next::cannot_go_on;
use super::pace_choice::PaceChoice;
use super::play_button::PlayButton;
use crate::app::{LessonMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, SandboxMsg};
use crate::ui::page::widgets::{AGAIN, Icon, NEXT, why_not};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Player() -> impl IntoView {
    let ui = use_ui();
    let wait = move || {
        let next = ui.model.lesson.with(|lesson| lesson.as_ref().map(|lesson| lesson.next.clone()));
        next.and_then(|next| why_not(ui, next)).map(|why| view! { <p class="player-wait">{why}</p> })
    };
    view! {
        <div class="player" role="group" aria-label=ui.text(Words::player)>
            {wait}
            <PlayButton />
            <button
                class="btn"
                type="button"
                disabled=move || cannot_go_on(ui)
                on:click=move |_| ui.send(PageMsg::ActInTerminals(Msg::Lesson(LessonMsg::RunNext)))
            >
                <Icon path=NEXT />
                {ui.text(Words::next_command)}
            </button>
            <PaceChoice />
            <button class="btn btn-quiet" type="button" on:click=move |_| ui.send(SandboxMsg::StartOver)>
                <Icon path=AGAIN />
                {ui.text(Words::start_over)}
            </button>
        </div>
    }
}
