//! Where the lesson itself is not in sight: what comes next in it.

use super::lesson::{NextStep, PlayButton, RunButton};
use crate::app::model::{Command, Part};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::state;
use crate::ui::words::Words;
use leptos::prelude::*;

/// What comes next.
#[derive(Clone, Debug, PartialEq)]
enum Next {
    Command(Command),
    /// A further step; whether the open one is done.
    Step(usize, bool),
    End,
}

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
    let next = Memo::new(move |_| {
        lesson.with(|lesson| {
            let lesson = lesson.as_ref()?;
            let step = lesson.opened.as_ref()?;
            let command = step.parts.iter().find_map(|part| match part {
                Part::Command(command) if !command.done => Some(command.clone()),
                _ => None,
            });
            Some(match command {
                Some(command) => Next::Command(command),
                None if step.number + 1 < lesson.steps.len() => Next::Step(step.number + 1, step.done),
                None => Next::End,
            })
        })
    });
    let playing =
        Memo::new(move |_| lesson.with(|lesson| lesson.as_ref().is_some_and(|lesson| lesson.playing)));
    let said = move || {
        let words = ui.words();
        next.get().map(|next| match next {
            Next::Command(command) => view! { <code translate="no">{command.text}</code> }.into_any(),
            Next::Step(_, true) => view! { <span>{words.step_done_sentence()}</span> }.into_any(),
            Next::Step(_, false) => view! { <span>{words.something_missing()}</span> }.into_any(),
            Next::End => view! { <span>{words.that_was_all()}</span> }.into_any(),
        })
    };
    let button = move || {
        if playing.get() {
            return Some(view! { <PlayButton /> }.into_any());
        }
        next.get().map(|next| match next {
            Next::Command(command) => {
                view! { <RunButton command=Memo::new(move |_| command.clone()) /> }.into_any()
            }
            Next::Step(step, _) => view! { <NextStep step=step /> }.into_any(),
            Next::End => view! { <BackButton /> }.into_any(),
        })
    };
    view! {
        <Show when=move || next.with(Option::is_some)>
            <div class="coach">
                <p class="coach-words">
                    <strong>{title}</strong>
                    {said}
                </p>
                {button}
            </div>
        </Show>
    }
}

#[component]
fn BackButton() -> impl IntoView {
    let ui = use_ui();
    view! {
        <button
            class="btn coach-back"
            type="button"
            on:click=move |_| ui.send(PageMsg::Show(state::Part::Lesson))
        >
            {ui.text(Words::to_the_lesson)}
        </button>
    }
}
