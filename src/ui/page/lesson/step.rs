//! A step in the list, with its text where it is open.

use super::in_sight::StepList;
use super::prose::TextLanguage;
use super::step_body::StepBody;
use super::step_row::{StepRow, opened_step};
use crate::app::model::{Step, StepState};
use crate::app::{LessonMsg, Msg};
use crate::ui::browser::frame::use_next_frame;
use crate::ui::browser::{focus, viewport};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CHECK, Icon, projection};
use leptos::html::{Button, Li, Ol};
use leptos::prelude::*;

#[component]
pub(super) fn StepItem(row: Memo<StepRow>, opened: Memo<Option<Step>>) -> impl IntoView {
    let ui = use_ui();
    let StepList(list) = expect_context();
    let TextLanguage(language) = expect_context();
    let number = row.with_untracked(|row| row.number);
    let step = opened_step(opened, number);
    let is_open = projection(step, Option::is_some);
    let done = projection(row, |row| row.done);
    let (item, heading) = (NodeRef::<Li>::new(), NodeRef::<Button>::new());
    let turned_to = StoredValue::new(false);
    let bring_into_sight =
        use_next_frame(move || bring_into_sight(item, heading, list, turned_to.get_value()));
    Effect::new(move |was_open: Option<bool>| {
        let open = is_open.get();
        turned_to.set_value(was_open.is_some());
        // Whoever has just come reads from the beginning.
        if open && was_open != Some(true) && (was_open.is_some() || number > 0) {
            bring_into_sight();
        }
        open
    });
    let state = move || match row.with(|row| row.line.state) {
        StepState::Open => "open",
        StepState::Current => "current",
        StepState::Done => "done",
    };
    let body = format!("step-{number}");
    view! {
        {move || {
            let chapter = row.with(|row| row.line.chapter.clone());
            chapter.map(|title| view! { <li><h3 class="lesson-chapter" lang=language>{title}</h3></li> })
        }}
        <li
            class="lesson-step"
            node_ref=item
            data-testid="step"
            data-state=state
            data-done=move || done.get().to_string()
        >
            <h4>
                <button
                    class="lesson-open"
                    type="button"
                    node_ref=heading
                    aria-expanded=move || is_open.get().to_string()
                    aria-controls=body.clone()
                    on:click=move |_| ui.send(Msg::Lesson(LessonMsg::OpenStep(number)))
                >
                    <span class="lesson-number" aria-hidden="true">
                        <Show when=move || done.get() fallback=move || (number + 1).to_string()>
                            <Icon path=CHECK />
                        </Show>
                    </span>
                    <span lang=language>{move || row.with(|row| row.line.title.clone())}</span>
                    <Show when=move || done.get()>
                        <span class="visually-hidden">{move || ui.words().aside(ui.words().done())}</span>
                    </Show>
                </button>
            </h4>
            <div class="lesson-body" id=body>
                <Show when=move || is_open.get()>
                    <StepBody step=step />
                </Show>
            </div>
        </li>
    }
}

/// Brings a step that was just opened into sight, without moving anything around its list. Where the button that opened it is gone, its
/// heading gets the focus, so that nobody who uses the keyboard begins at the top again.
fn bring_into_sight(item: NodeRef<Li>, heading: NodeRef<Button>, list: NodeRef<Ol>, turned_to: bool) {
    if let (Some(item), Some(list)) = (item.get_untracked(), list.get_untracked()) {
        viewport::reveal_at_top(&item, &list);
    }
    if turned_to
        && !viewport::is_embedded()
        && focus::is_lost()
        && let Some(heading) = heading.get_untracked()
    {
        focus::give(&heading);
    }
}
