//! How quickly the lesson plays.

use crate::app::{LessonMsg, Msg, Pace};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::projection;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn PaceChoice() -> impl IntoView {
    let ui = use_ui();
    let pace =
        projection(ui.model.lesson, |lesson| lesson.as_ref().map(|lesson| lesson.pace).unwrap_or_default());
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
