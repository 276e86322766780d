//! How many steps of the lesson are done.

use super::step_row::steps_done;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::projection;
use crate::ui::words::Words;
use leptos::prelude::*;

/// How many steps are done.
#[component]
pub(super) fn Progress() -> impl IntoView {
    let ui = use_ui();
    let count = projection(ui.model.lesson, |lesson| {
        lesson.as_ref().map_or((0, 0), |lesson| (steps_done(lesson), lesson.steps.len()))
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
