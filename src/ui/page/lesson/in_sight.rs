//! The next thing to do in the lesson is always in sight.

use crate::ui::browser::viewport;
use crate::ui::context::use_ui;
use crate::ui::state::Part;
use leptos::html::{ElementType, Ol};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

/// The list of the steps, which is scrolled.
#[derive(Clone, Copy)]
pub(super) struct StepList(pub(super) NodeRef<Ol>);

/// Brings an element of the lesson into sight when it becomes the next thing to do, and when somebody comes back to the lesson.
pub(super) fn keep_in_sight<E>(element: NodeRef<E>, is_next: Signal<bool>)
where
    E: ElementType,
    E::Output: JsCast + Clone + 'static,
{
    let ui = use_ui();
    let StepList(list) = expect_context();
    Effect::new(move |_| {
        let is_shown = ui.model.part.get() == Part::Lesson || !viewport::is_narrow();
        if is_next.get() && is_shown {
            // Once all is drawn that has come with it.
            request_animation_frame(move || reveal(element, list));
        }
    });
}

/// Scrolls the lesson as little as brings an element into sight.
pub(super) fn reveal<E>(element: NodeRef<E>, list: NodeRef<Ol>)
where
    E: ElementType,
    E::Output: JsCast + Clone + 'static,
{
    if let (Some(element), Some(list)) =
        (element.try_get_untracked().flatten(), list.try_get_untracked().flatten())
        && let Some(element) = element.dyn_ref::<Element>()
    {
        viewport::reveal(element, &list);
    }
}
