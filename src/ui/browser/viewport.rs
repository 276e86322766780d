//! The window and the document as a whole.

use super::clock;
use crate::ui::visit::{Room, Surroundings};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, EventTarget, VisualViewport};

/// Whether the page stands in a frame of another: then it takes no focus by itself.
pub(in crate::ui) fn is_embedded() -> bool {
    window().top().ok().flatten().is_none_or(|top| top != window())
}

/// Whether fingers are used: then a keyboard is not called up unasked.
pub(in crate::ui) fn is_touched() -> bool {
    matches("(pointer: coarse)")
}

/// How things are around the page.
pub(in crate::ui) fn surroundings() -> Surroundings {
    Surroundings { now: clock::now(), room: room() }
}

/// How many parts of the page are in sight, as `style/layout.css` says.
pub(in crate::ui) fn room() -> Room {
    match matches("(max-width: 56.24rem)") {
        true if matches("(min-width: 44rem)") => Room::Two,
        true => Room::One,
        false => Room::All,
    }
}

/// Whether the inspector stands beside the terminals, as `style/layout.css` says.
pub(in crate::ui) fn use_is_wide() -> ReadSignal<bool> {
    use_media("(min-width: 105rem)")
}

/// Whether a media query matches, followed for as long as the component is there that asks.
fn use_media(query: &str) -> ReadSignal<bool> {
    let (is_match, set_match) = signal(matches(query));
    if let Ok(Some(list)) = window().match_media(query) {
        let asked = list.clone();
        use_events(list.into(), "change", move || set_match.set(asked.matches()));
    }
    is_match
}

/// Does `act` at each event of a target, for as long as the component is there that asks.
fn use_events(target: EventTarget, event: &'static str, act: impl Fn() + 'static) {
    let act = Closure::<dyn Fn()>::new(act);
    // Neither adding a listener nor removing it can fail.
    let _ = target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    let listening = StoredValue::new_local((target, act));
    on_cleanup(move || {
        listening.with_value(|(target, act)| {
            let _ = target.remove_event_listener_with_callback(event, act.as_ref().unchecked_ref());
        });
    });
}

fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// How high the page is above a keyboard that lies over it, in pixels. `None` where no keyboard does: there is none, or the browser
/// makes the page lower by itself, as `interactive-widget` in `index.html` wants it. Followed for as long as the component is
/// there that asks.
pub(in crate::ui) fn use_height_above_keyboard() -> ReadSignal<Option<f64>> {
    let (height, set_height) = signal(None);
    if let Some(visual) = window().visual_viewport() {
        let seen = visual.clone();
        use_events(visual.into(), "resize", move || {
            let height = height_above_keyboard(&seen);
            if height.is_some() {
                // The browser may have moved the page up, so that what is typed was in sight.
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
            set_height.set(height);
        });
    }
    height
}

fn height_above_keyboard(visual: &VisualViewport) -> Option<f64> {
    /// Other bars of a browser are lower than any keyboard, in pixels.
    const KEYBOARD: f64 = 120.0;
    let whole = window().inner_height().ok()?.as_f64()?;
    let is_zoomed = visual.scale() > 1.01;
    (!is_zoomed && whole - visual.height() >= KEYBOARD).then(|| visual.height())
}

/// An attribute of the whole document; empty where there is none.
pub(in crate::ui) fn root_attribute(name: &str) -> String {
    root().and_then(|root| root.get_attribute(name)).unwrap_or_default()
}

/// Sets what the browser's tab says.
pub(in crate::ui) fn set_title(title: &str) {
    document().set_title(title);
}

pub(in crate::ui) fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = root() {
        // Fails only for names that are none.
        let _ = root.set_attribute(name, value);
    }
}

fn root() -> Option<Element> {
    document().document_element()
}

/// Whether the pointer is over an element.
pub(in crate::ui) fn is_pointed_at(element: &Element) -> bool {
    element.matches(":hover").unwrap_or(false)
}

/// Scrolls `frame` as little as brings `inner` into sight, its beginning first. Nothing around moves.
pub(in crate::ui) fn reveal(inner: &Element, frame: &Element) {
    let (inner, outer) = (inner.get_bounding_client_rect(), frame.get_bounding_client_rect());
    if inner.top() < outer.top() {
        scroll_by(frame, inner.top() - outer.top());
    } else if inner.bottom() > outer.bottom() {
        scroll_by(frame, f64::min(inner.bottom() - outer.bottom(), inner.top() - outer.top()));
    }
}

/// Scrolls `frame` so that `inner` begins at its top, unless all of it is in sight.
pub(in crate::ui) fn reveal_at_top(inner: &Element, frame: &Element) {
    /// What is left free above, in pixels.
    const MARGIN: f64 = 12.0;
    let (inner, outer) = (inner.get_bounding_client_rect(), frame.get_bounding_client_rect());
    if inner.top() < outer.top() || inner.bottom() > outer.bottom() {
        scroll_by(frame, inner.top() - outer.top() - MARGIN);
    }
}

/// Scrolls `frame` sideways as little as brings `inner` into sight.
pub(in crate::ui) fn reveal_sideways(inner: &Element, frame: &Element) {
    let (inner, outer) = (inner.get_bounding_client_rect(), frame.get_bounding_client_rect());
    let by = f64::min(inner.left() - outer.left(), 0.0) + f64::max(inner.right() - outer.right(), 0.0);
    frame.set_scroll_left(frame.scroll_left() + by as i32);
}

fn scroll_by(frame: &Element, pixels: f64) {
    frame.set_scroll_top(frame.scroll_top() + pixels.round() as i32);
}
