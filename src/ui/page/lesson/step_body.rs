//! The text of the open step, what is to be done, and where it goes on.

use super::checks::Checks;
use super::in_sight::{StepList, keep_in_sight, reveal};
use super::next_step::NextStep;
use super::passages::Passages;
use super::prose::ProseView;
use crate::app::model::Step;
use crate::app::{LessonMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::message::SandboxMsg;
use crate::ui::page::widgets::{AGAIN, ExternalLink, Icon, Rows, optional_projection};
use crate::ui::words::Words;
use leptos::html::{Details, P};
use leptos::prelude::*;

#[component]
pub(super) fn StepBody(step: Memo<Option<Step>>) -> impl IntoView {
    let ui = use_ui();
    let StepList(list) = expect_context();
    let details = NodeRef::<Details>::new();
    let passages = optional_projection(step, |step| &step.passages);
    let hint = optional_projection(step, |step| &step.hint);
    let checks = optional_projection(step, |step| &step.checks);
    let links = optional_projection(step, |step| &step.links);
    let done = optional_projection(step, |step| &step.done);
    let hides_solution = optional_projection(step, |step| &step.hides_solution);
    let lost = optional_projection(step, |step| &step.lost);
    let number = Signal::derive(move || step.with(|step| step.as_ref().map_or(0, |step| step.number)));
    let next = Memo::new(move |_| {
        let next = step.with(|step| step.as_ref().map(|step| step.number + 1))?;
        let count = ui.model.lesson.with(|lesson| lesson.as_ref().map(|lesson| lesson.steps.len()))?;
        (done.get() && next < count).then_some(next)
    });
    view! {
        <Passages passages=passages />
        <Show when=move || checks.with(|checks| !checks.is_empty())>
            <Checks checks=checks />
        </Show>
        <Show when=move || hint.with(|hint| !hint.is_empty()) && !done.get()>
            <details class="lesson-hint" node_ref=details on:toggle=move |_| reveal(details, list)>
                <summary>{ui.text(Words::hint)}</summary>
                <ProseView text=hint />
                <Show when=move || hides_solution.get()>
                    <p>
                        <button
                            class="btn btn-small"
                            type="button"
                            on:click=move |_| ui.send(Msg::Lesson(LessonMsg::ShowSolution))
                        >
                            {ui.text(Words::show_solution)}
                        </button>
                    </p>
                </Show>
            </details>
        </Show>
        {move || next.get().map(|step| view! { <GoOn step=step /> })}
        <Show when=move || !done.get() && number.get() != 0>
            <SetUpButton step=number lost=lost />
        </Show>
        <Rows each=links key=String::clone let:url>
            <p class="lesson-link">
                {ui.text(Words::in_the_documentation)} " "
                <ExternalLink url=url.get_untracked() text=url.get_untracked() />
            </p>
        </Rows>
    }
}

/// The way to the next step.
#[component]
fn GoOn(step: usize) -> impl IntoView {
    let place = NodeRef::<P>::new();
    keep_in_sight(place, true.into());
    view! {
        <p node_ref=place>
            <NextStep step=step />
        </p>
    }
}

/// Begins again with everything that a step needs.
#[component]
fn SetUpButton(step: Signal<usize>, lost: Memo<bool>) -> impl IntoView {
    let ui = use_ui();
    let place = NodeRef::<P>::new();
    keep_in_sight(place, lost.into());
    view! {
        <p node_ref=place>
            <button
                class=move || if lost.get() { "btn btn-small btn-main" } else { "btn btn-small btn-quiet" }
                type="button"
                on:click=move |_| ui.send(SandboxMsg::SetUp(step.get_untracked()))
            >
                <Icon path=AGAIN />
                {ui.text(Words::set_up_step)}
            </button>
        </p>
    }
}
