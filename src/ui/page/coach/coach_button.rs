//! The one button of the coach, whatever it does now: whoever has pressed it goes on from there.

use crate::app::model::{Command, CommandKind, Next};
use crate::app::{LessonMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::{Icon, ONWARD, PAUSE, PLAY};
use crate::ui::page::widgets::{projection, run_label};
use crate::ui::shown;
use leptos::prelude::*;

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
pub(super) fn CoachButton(next: Memo<Option<Next>>, command: Memo<Option<Command>>) -> impl IntoView {
    let ui = use_ui();
    let lesson = ui.model.lesson;
    let playing = projection(lesson, |lesson| lesson.as_ref().is_some_and(|lesson| lesson.playing));
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
