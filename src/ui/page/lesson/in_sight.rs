//! The next thing to do in the lesson is always in sight.

use crate::ui::browser::frame::use_next_frame;
use crate::ui::browser::viewport;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::projection;
use crate::ui::shown::Pane;
use crate::ui::visit::Room;
use leptos::html::{ElementType, Ol};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

/// The list of the steps, which is scrolled.
#[derive(Clone, Copy)]
pub(super) struct StepList(pub(super) NodeRef<Ol>);

/// Brings an element of the lesson into sight when it becomes the next thing to do, when somebody comes back to the lesson, and
/// when the lesson is laid out anew or has less room.
pub(super) fn keep_in_sight<E>(element: NodeRef<E>, is_next: Signal<bool>)
where
    E: ElementType,
    E::Output: JsCast + Clone + 'static,
{
    let ui = use_ui();
    let StepList(list) = expect_context();
    // Once all is drawn that has come with it.
    let reveal = use_next_frame(move || reveal(element, list));
    let has_notice = projection(ui.model.notice, Option::is_some);
    Effect::new(move |_| {
        let is_shown = ui.model.pane.get() == Pane::Lesson || viewport::room() == Room::All;
        ui.model.presenting.track();
        ui.model.words.track();
        has_notice.track();
        if is_next.get() && is_shown {
            reveal();
        }
    });
}

/// Scrolls the lesson as little as brings an element into sight.
pub(super) fn reveal<E>(element: NodeRef<E>, list: NodeRef<Ol>)
where
    E: ElementType,
    E::Output: JsCast + Clone + 'static,
{
    if let (Some(element), Some(list)) = (element.get_untracked(), list.get_untracked())
        && let Some(element) = element.dyn_ref::<Element>()
    {
        viewport::reveal(element, &list);
    }
}
