//! Where the keys go.

use super::viewport;
use crate::app::TerminalId;
use crate::ui::runtime::Runtime;
use crate::ui::shown::Pane;
use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

/// The id of a terminal's text field, which its label and its lists need anyway; so it is found by that.
pub(in crate::ui) fn field_id(terminal: TerminalId) -> String {
    format!("field-{terminal}")
}

/// The id of what brings a terminal to the front.
pub(in crate::ui) fn tab_id(terminal: TerminalId) -> String {
    format!("tab-{terminal}")
}

/// Gives an element the focus, without moving the page under it.
pub(in crate::ui) fn give(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that cannot have it leaves it where it is.
    let _ = element.focus_with_options(&options);
}

/// Whether nothing has the focus, as when what had it is gone.
pub(in crate::ui) fn is_lost() -> bool {
    document().active_element().is_none_or(|active| active.tag_name() == "BODY")
}

/// Whether the focus is in an element.
pub(in crate::ui) fn is_within(element: &Element) -> bool {
    document().active_element().is_some_and(|active| element.contains(Some(&active)))
}

/// Gives the line of the active terminal the focus once it is drawn. Where a finger would call up a keyboard that nobody asked for,
/// its tab gets the focus, if what had it is gone.
pub(super) fn active_line(runtime: Runtime) {
    request_animation_frame(move || {
        // By then a second click may have asked for the field of a name, which must not lose the focus again.
        match runtime.read(|state| state.renaming.is_none().then(|| state.active())) {
            Some(terminal) if !viewport::is_touched() => give_line(terminal),
            Some(terminal) if is_lost() => give_by_id(&tab_id(terminal)),
            _ => {}
        }
    });
}

/// Goes to a pane of the page: in the terminals to the line that is typed.
pub(super) fn pane(runtime: Runtime, pane: Pane) {
    match pane {
        Pane::Terminals => give_line(runtime.read(|state| state.active())),
        Pane::Lesson => give_by_id("lesson-title"),
        Pane::Inspector => give_by_id("inspector-title"),
    }
}

/// Gives a terminal's line the focus.
pub(in crate::ui) fn give_line(terminal: TerminalId) {
    give_by_id(&field_id(terminal));
}

/// A terminal's text field, once it is drawn.
pub(in crate::ui) fn line(terminal: TerminalId) -> Option<Element> {
    document().get_element_by_id(&field_id(terminal))
}

fn give_by_id(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into().ok()) {
        give(&element);
    }
}
