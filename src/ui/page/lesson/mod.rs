//! The lesson: its steps, and the player below them.

mod checks;
mod command_card;
mod in_sight;
mod next_step;
mod part;
mod player;
mod step;

pub(super) use command_card::run_label;
pub(super) use player::why_not;

use super::widgets::{Icon, ONWARD, Rows};
use crate::app::model::{Lesson, Part, Step, StepLine, StepState};
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, SandboxMsg};
use crate::ui::shown::Dialog;
use crate::ui::words::Words;
use in_sight::{StepList, keep_in_sight};
use leptos::html::{Li, Ol};
use leptos::prelude::*;
use part::Parts;
use player::Player;
use step::StepItem;

/// A step as it is listed.
#[derive(Clone, Debug, PartialEq)]
struct StepRow {
    number: usize,
    line: StepLine,
    done: bool,
}

#[component]
pub(super) fn LessonPane() -> impl IntoView {
    let ui = use_ui();
    let lesson = ui.model.lesson;
    let title = move || lesson.with(|lesson| lesson.as_ref().map(|lesson| lesson.title.clone()));
    view! {
        <section class="pane pane-lesson" data-testid="pane-lesson" aria-labelledby="lesson-title">
            <div class="lesson">
                <Show
                    when=move || lesson.with(Option::is_some)
                    fallback=move || {
                        view! {
                            <h2 class="lesson-title" id="lesson-title" tabindex="-1">
                                {ui.text(Words::no_lesson)}
                            </h2>
                        }
                    }
                >
                    <header class="lesson-head">
                        <div class="lesson-name">
                            <h2 class="lesson-title" data-testid="lesson-title" id="lesson-title" tabindex="-1">
                                {title}
                            </h2>
                            <button
                                class="put lesson-others"
                                type="button"
                                on:click=move |_| ui.send(PageMsg::OpenDialog(Dialog::Lessons))
                            >
                                {ui.text(Words::lessons)}
                            </button>
                        </div>
                        <Progress />
                    </header>
                    <Steps />
                    <Player />
                </Show>
            </div>
        </section>
    }
}

fn rows(lesson: &Lesson) -> Vec<StepRow> {
    let row = |(number, line): (usize, &StepLine)| {
        let opened = lesson.opened.as_ref().filter(|step| step.number == number);
        let done = opened.map_or(line.state == StepState::Done, |step| step.done);
        StepRow { number, line: line.clone(), done }
    };
    lesson.steps.iter().enumerate().map(row).collect()
}

/// How many steps are done.
#[component]
fn Progress() -> impl IntoView {
    let ui = use_ui();
    let count = Memo::new(move |_| {
        let rows = ui.model.lesson.with(|lesson| lesson.as_ref().map(rows)).unwrap_or_default();
        (rows.iter().filter(|row| row.done).count(), rows.len())
    });
    view! {
        <p class="lesson-progress">
            <progress
                class="lesson-bar"
                aria-label=ui.text(Words::steps_done_label)
                max=move || count.get().1.to_string()
                value=move || count.get().0.to_string()
            ></progress>
            <span class="lesson-count" data-testid="steps-done">
                {move || {
                    let (done, count) = count.get();
                    ui.words().steps_done(done, count)
                }}
            </span>
        </p>
    }
}

#[component]
fn Steps() -> impl IntoView {
    let lesson = use_ui().model.lesson;
    let list = NodeRef::<Ol>::new();
    let rows = Memo::new(move |_| lesson.with(|lesson| lesson.as_ref().map(rows)).unwrap_or_default());
    let intro = Memo::new(move |_| {
        lesson.with(|lesson| lesson.as_ref().map(|lesson| lesson.intro.clone())).unwrap_or_default()
    });
    let opened = Memo::new(move |_| lesson.with(|lesson| lesson.as_ref()?.opened.clone()));
    let end = Memo::new(move |_| lesson.with(|lesson| lesson.as_ref()?.end.clone()));
    let following = Memo::new(move |_| lesson.with(|lesson| lesson.as_ref()?.following.clone()));
    provide_context(StepList(list));
    view! {
        <ol class="lesson-steps" node_ref=list>
            <Show when=move || intro.with(|intro| !intro.is_empty())>
                <li class="lesson-intro">
                    <Parts parts=intro />
                </li>
            </Show>
            <Rows each=rows key=|row| row.number let:row>
                <StepItem row=row opened=opened />
            </Rows>
            {move || end.get().map(|(title, parts)| view! { <LessonEnd title=title parts=parts following=following /> })}
        </ol>
    }
}

/// What the lesson says once all is done.
#[component]
fn LessonEnd(
    title: String,
    parts: Vec<Part>,
    following: Memo<Option<(&'static str, String)>>,
) -> impl IntoView {
    let ui = use_ui();
    let place = NodeRef::<Li>::new();
    keep_in_sight(place, true.into());
    view! {
        <li class="lesson-end" node_ref=place data-testid="lesson-end">
            <h3 class="lesson-end-title">{title}</h3>
            <Parts parts=Signal::stored(parts) />
            {move || following.get().map(|(name, title)| view! {
                <p>
                    <button
                        class="btn btn-main"
                        type="button"
                        on:click=move |_| ui.send(SandboxMsg::BeginLesson(name))
                    >
                        {move || ui.words().lesson_following(&title)}
                        <Icon path=ONWARD />
                    </button>
                </p>
            })}
        </li>
    }
}

/// The step that is open, if it is this one.
fn opened_step(opened: Memo<Option<Step>>, number: usize) -> Memo<Option<Step>> {
    Memo::new(move |_| opened.with(|step| step.clone().filter(|step| step.number == number)))
}
