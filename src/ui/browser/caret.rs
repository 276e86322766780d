//! Where in a line of output somebody points.

use super::selection;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Node};

/// Where in the text of an element a place in the window is: the line, counted from 0, and the byte in it. None while text is selected, and
/// beside the text.
pub(in crate::ui) fn place_in(element: &Element, x: i32, y: i32) -> Option<(usize, usize)> {
    if selection::is_some() {
        return None;
    }
    let (node, offset) = caret_at(x, y).filter(|(node, _)| element.contains(Some(node)))?;
    let range = document().create_range().ok()?;
    range.set_start(element, 0).ok()?;
    range.set_end(&node, offset).ok()?;
    let before = String::from(range.to_string());
    let line = before.matches('\n').count();
    Some((line, before.len() - before.rfind('\n').map_or(0, |end| end + 1)))
}

/// The text at a place in the window, by the standard's way or the older one.
fn caret_at(x: i32, y: i32) -> Option<(Node, u32)> {
    let (x, y) = (x as f32, y as f32);
    let found = if has(&document(), "caretPositionFromPoint") {
        let caret = document().caret_position_from_point(x, y)?;
        (caret.offset_node()?, caret.offset())
    } else {
        let range = older_caret_range(&document(), x, y)?;
        (range.start_container().ok()?, range.start_offset().ok()?)
    };
    (found.0.node_type() == Node::TEXT_NODE).then_some(found)
}

fn has(document: &Document, method: &str) -> bool {
    js_sys::Reflect::has(document, &JsValue::from_str(method)).unwrap_or(false)
}

/// `caretRangeFromPoint`, which is in no standard.
fn older_caret_range(document: &Document, x: f32, y: f32) -> Option<web_sys::Range> {
    let method = js_sys::Reflect::get(document, &JsValue::from_str("caretRangeFromPoint")).ok()?;
    let method: js_sys::Function = method.dyn_into().ok()?;
    method.call2(document, &x.into(), &y.into()).ok()?.dyn_into().ok()
}
