//! The steps of the lesson, between what it says first and last.

use super::in_sight::StepList;
use super::lesson_end::LessonEnd;
use super::prose::ProseView;
use super::step::StepItem;
use super::step_row::rows;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{Rows, optional_projection, projection};
use leptos::html::Ol;
use leptos::prelude::*;

#[component]
pub(super) fn Steps() -> impl IntoView {
    let lesson = use_ui().model.lesson;
    let list = NodeRef::<Ol>::new();
    let rows = projection(lesson, |lesson| lesson.as_ref().map(rows).unwrap_or_default());
    let intro = optional_projection(lesson, |lesson| &lesson.intro);
    let opened = projection(lesson, |lesson| lesson.as_ref()?.opened.clone());
    let end = optional_projection(lesson, |lesson| &lesson.end);
    let code = projection(lesson, |lesson| lesson.as_ref()?.code);
    let following = projection(lesson, |lesson| lesson.as_ref()?.following.clone());
    provide_context(StepList(list));
    view! {
        <ol class="lesson-steps" node_ref=list>
            <Show when=move || intro.with(|intro| !intro.is_empty())>
                <li class="lesson-intro">
                    <ProseView text=intro />
                </li>
            </Show>
            <Rows each=rows key=|row| row.number let:row>
                <StepItem row=row opened=opened />
            </Rows>
            <Show when=move || end.with(|end| !end.is_empty())>
                <LessonEnd end=end code=code following=following />
            </Show>
        </ol>
    }
}
