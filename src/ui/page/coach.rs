//! Where the lesson itself is not in sight: what comes next in it.

use super::lesson::{run_label, why_not};
use super::widgets::{Icon, ONWARD, PAUSE, PLAY, Shape};
use crate::app::model::{Command, CommandKind, Lesson, Next, Part};
use crate::app::{LessonMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::shown;
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
    let next = Memo::new(move |_| lesson.with(|lesson| Some(lesson.as_ref()?.next.clone())));
    let command = Memo::new(move |_| lesson.with(|lesson| next_command(lesson.as_ref()?)));
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
    lesson.opened.as_ref()?.parts.iter().find_map(|part| match part {
        Part::Command(command) if command.index == index => Some(command.clone()),
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

/// What the button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Pause,
    Run { index: usize, kind: CommandKind },
    OpenStep(usize),
    BackToLesson,
}

/// One button, whatever it does now: whoever has pressed it goes on from there.
#[component]
fn CoachButton(next: Memo<Option<Next>>, command: Memo<Option<Command>>) -> impl IntoView {
    let ui = use_ui();
    let lesson = ui.model.lesson;
    let playing =
        Memo::new(move |_| lesson.with(|lesson| lesson.as_ref().is_some_and(|lesson| lesson.playing)));
    let act = Memo::new(move |_| {
        if playing.get() {
            return Act::Pause;
        }
        match (next.get(), command.get()) {
            (Some(Next::Command(_)), Some(command)) => Act::Run { index: command.index, kind: command.kind },
            (Some(Next::Step(step)), _) => Act::OpenStep(step),
            _ => Act::BackToLesson,
        }
    });
    let label = move || match act.get() {
        Act::Pause => ui.words().pause(),
        Act::Run { kind, .. } => run_label(ui.words(), kind),
        Act::OpenStep(_) => ui.words().next_step(),
        Act::BackToLesson => ui.words().to_the_lesson(),
    };
    let icon_before = move || match act.get() {
        Act::Pause => Some(PAUSE),
        Act::Run { .. } => Some(PLAY),
        Act::OpenStep(_) | Act::BackToLesson => None,
    };
    let is_main = move || matches!(act.get(), Act::Run { .. } | Act::OpenStep(_));
    let click = move |_| {
        ui.send(match act.get_untracked() {
            Act::Pause => PageMsg::ActInTerminals(Msg::Lesson(LessonMsg::TogglePlay)),
            Act::Run { index, .. } => PageMsg::ActInTerminals(Msg::Lesson(LessonMsg::RunAction(index))),
            Act::OpenStep(step) => PageMsg::App(Msg::Lesson(LessonMsg::OpenStep(step))),
            Act::BackToLesson => PageMsg::ShowPane(shown::Pane::Lesson),
        });
    };
    view! {
        <button
            class="btn"
            class:btn-main=is_main
            class:coach-back=move || act.get() == Act::BackToLesson
            type="button"
            on:click=click
        >
            {move || icon_before().map(|path| view! { <Icon path=path /> })}
            {label}
            <Show when=move || matches!(act.get(), Act::OpenStep(_))>
                <Icon path=ONWARD />
            </Show>
        </button>
    }
}
