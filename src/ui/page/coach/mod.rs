//! Where the lesson itself is not in sight: what comes next in it.

mod coach_button;

use super::widgets::{Shape, projection, why_not};
use crate::app::model::{Command, Lesson, Next, Passage};
use crate::ui::context::use_ui;
use coach_button::CoachButton;
use leptos::prelude::*;

#[component]
pub(super) fn Coach() -> impl IntoView {
    let ui = use_ui();
    let lesson = ui.model.lesson;
    let title = move || {
        lesson.with(|lesson| {
            let lesson = lesson.as_ref()?;
            Some(lesson.steps.get(lesson.opened.as_ref()?.number)?.title.clone())
        })
    };
    let next = projection(lesson, |lesson| Some(lesson.as_ref()?.next.clone()));
    let command = projection(lesson, |lesson| next_command(lesson.as_ref()?));
    let said = move || match (next.get()?, command.get()) {
        (Next::Command(_), Some(command)) => Some(view! { <WhatToDo command=command /> }.into_any()),
        (Next::Step(_), _) => Some(view! { <span>{ui.words().step_done_sentence()}</span> }.into_any()),
        (next, _) => why_not(ui, next).map(|why| view! { <span>{why}</span> }.into_any()),
    };
    view! {
        <Show when=move || next.with(Option::is_some)>
            <div class="coach">
                <p class="coach-words">
                    <strong>{title}</strong>
                    {said}
                </p>
                <CoachButton next=next command=command />
            </div>
        </Show>
    }
}

/// The command that comes next, if one does.
fn next_command(lesson: &Lesson) -> Option<Command> {
    let Next::Command(index) = lesson.next else { return None };
    lesson.opened.as_ref()?.passages.iter().find_map(|passage| match passage {
        Passage::Command(command) if command.index == index => Some(command.clone()),
        _ => None,
    })
}

/// A command, and where it is to be run.
#[component]
fn WhatToDo(command: Command) -> impl IntoView {
    let place = command.terminal.map(|terminal| {
        view! {
            <span class="coach-target">
                <Shape badge=terminal.badge />
                {terminal.name}
            </span>
        }
    });
    view! {
        {place}
        <code translate="no">{command.text}</code>
    }
}
