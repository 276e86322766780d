//! The lessons that can be chosen.

use crate::app::model::LessonLine;
use crate::ui::context::use_ui;
use crate::ui::message::{EditorMsg, ExplorerMsg, SandboxMsg};
use crate::ui::page::widgets::{Icon, PLAY, Rows, projection};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn LessonsDialog() -> impl IntoView {
    let ui = use_ui();
    view! {
        <div class="dialog-section">
            <ul class="cards">
                <Rows each=ui.model.lessons key=|lesson| lesson.name let:lesson>
                    <LessonItem lesson=lesson />
                </Rows>
            </ul>
            <p class="dialog-hint">{ui.text(Words::lessons_hint)}</p>
            <p class="dialog-buttons">
                <button class="btn" type="button" on:click=move |_| ui.send(EditorMsg::Open)>
                    {ui.text(Words::write_lesson)}
                </button>
                <button class="btn" type="button" on:click=move |_| ui.send(SandboxMsg::Import)>
                    {ui.text(Words::open_lesson)}
                </button>
                <button class="btn" type="button" on:click=move |_| ui.send(ExplorerMsg::Open)>
                    {ui.text(Words::every_order)}
                </button>
            </p>
        </div>
    }
}

#[component]
fn LessonItem(lesson: Memo<LessonLine>) -> impl IntoView {
    let ui = use_ui();
    let name = lesson.with_untracked(|lesson| lesson.name);
    let title = projection(lesson, |lesson| lesson.title.clone());
    let hint = move || {
        let (words, LessonLine { steps, open, .. }) = (ui.words(), lesson.get());
        if open { words.lesson_steps_open(steps) } else { words.lesson_steps(steps) }
    };
    view! {
        <li class="card">
            <h3 class="card-name">{title}</h3>
            <p class="dialog-hint">{hint}</p>
            <Show when=move || !lesson.with(|lesson| lesson.open)>
                <p class="dialog-buttons">
                    <button class="btn" type="button" on:click=move |_| ui.send(SandboxMsg::BeginLesson(name))>
                        <Icon path=PLAY />
                        {ui.text(Words::lesson_begin)}
                        <span class="visually-hidden">{move || ui.words().aside(&title.get())}</span>
                    </button>
                </p>
            </Show>
        </li>
    }
}
