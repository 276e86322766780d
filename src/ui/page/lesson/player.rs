//! Plays the whole walkthrough, or one command of it after the other.

use super::part::Inlines;
use crate::app::model::{Next, Wait};
use crate::app::{LessonMsg, Msg, Pace};
use crate::ui::context::{Ui, use_ui};
use crate::ui::message::{PageMsg, SandboxMsg};
use crate::ui::page::widgets::{AGAIN, Icon, NEXT, PAUSE, PLAY};
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

/// How quickly the lesson plays.
#[component]
fn PaceChoice() -> impl IntoView {
    let ui = use_ui();
    let pace = Memo::new(move |_| {
        ui.model.lesson.with(|lesson| lesson.as_ref().map(|lesson| lesson.pace).unwrap_or_default())
    });
    let label = |pace| match pace {
        Pace::Slow => Words::pace_slow,
        Pace::Normal => Words::pace_normal,
        Pace::Fast => Words::pace_fast,
        Pace::StepByStep => Words::pace_step_by_step,
    };
    let option = move |(place, it): (usize, Pace)| {
        view! {
            <option value=place.to_string() prop:selected=move || pace.get() == it>
                {ui.text(label(it))}
            </option>
        }
    };
    let choose = move |place: String| {
        let chosen = place.parse().ok().and_then(|place: usize| Pace::ALL.get(place).copied());
        if let Some(pace) = chosen {
            ui.send(Msg::Lesson(LessonMsg::SetPace(pace)));
        }
    };
    view! {
        <select
            class="btn player-pace"
            aria-label=ui.text(Words::pace)
            on:change:target=move |event| choose(event.target().value())
        >
            {Pace::ALL.into_iter().enumerate().map(option).collect_view()}
        </select>
    }
}

/// Nothing comes next in the lesson, or something else has to be done before.
fn cannot_go_on(ui: Ui) -> bool {
    ui.model
        .lesson
        .with(|lesson| lesson.as_ref().is_none_or(|lesson| matches!(lesson.next, Next::Waits(_) | Next::End)))
}

/// Why the lesson cannot go on by itself.
pub(in crate::ui::page) fn why_not(ui: Ui, next: Next) -> Option<AnyView> {
    let words = ui.words();
    Some(match next {
        Next::Waits(Wait::Busy(terminal)) => words.said_busy(&terminal).into_any(),
        Next::Waits(Wait::NothingAsked(terminal)) => words.said_no_question(&terminal).into_any(),
        Next::Waits(Wait::Goal(missing)) => view! { <Inlines inlines=missing /> }.into_any(),
        Next::End => words.that_was_all().into_any(),
        Next::Command(_) | Next::Step(_) => return None,
    })
}

#[component]
fn PlayButton() -> impl IntoView {
    let ui = use_ui();
    let playing = Memo::new(move |_| {
        ui.model.lesson.with(|lesson| lesson.as_ref().is_some_and(|lesson| lesson.playing))
    });
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
