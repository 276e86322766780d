//! The native text field of a terminal. The browser counts in units of UTF-16, the editor in bytes.

use super::focus;
use leptos::prelude::document;
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlTextAreaElement};

/// What the field holds, and what of it is selected, in bytes.
pub(in crate::ui) fn read(field: &HtmlTextAreaElement) -> (String, Range<usize>) {
    let text = field.value();
    let byte = |units: Result<Option<u32>, JsValue>| byte_at(&text, units.ok().flatten().unwrap_or(u32::MAX));
    let selection = byte(field.selection_start())..byte(field.selection_end());
    (text, selection)
}

/// Brings the field to what its editor says. Only what differs is touched, for an input method loses its place when a field is written to.
pub(in crate::ui) fn write(field: &HtmlTextAreaElement, text: &str, selection: &Range<usize>) {
    if field.value() != text {
        field.set_value(text);
    }
    let (start, end) = (units_at(text, selection.start), units_at(text, selection.end));
    let shown = (field.selection_start().ok().flatten(), field.selection_end().ok().flatten());
    if shown != (Some(start), Some(end)) {
        // A text area always has a selection.
        let _ = field.set_selection_range(start, end);
    }
}

fn units_at(text: &str, byte: usize) -> u32 {
    text.get(..byte).unwrap_or(text).encode_utf16().count() as u32
}

fn byte_at(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    let end = text.char_indices().find(|(_, char)| match left.checked_sub(char.len_utf16()) {
        Some(less) => {
            left = less;
            false
        }
        None => true,
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// A field for what is typed into a terminal.
pub(in crate::ui) fn create() -> HtmlTextAreaElement {
    let field: HtmlTextAreaElement =
        document().create_element("textarea").expect("every document makes a text area").unchecked_into();
    let attributes = [
        ("class", "term-input"),
        ("rows", "1"),
        ("spellcheck", "false"),
        ("autocomplete", "off"),
        ("autocapitalize", "off"),
        ("autocorrect", "off"),
        ("enterkeyhint", "send"),
        ("aria-describedby", "term-hint"),
    ];
    for (name, value) in attributes {
        set_attribute(&field, name, Some(value));
    }
    field
}

/// Sets an attribute, or removes it.
pub(in crate::ui) fn set_attribute(field: &HtmlTextAreaElement, name: &str, value: Option<&str>) {
    // Fails only for names that are none.
    let _ = match value {
        Some(value) => field.set_attribute(name, value),
        None => field.remove_attribute(name),
    };
}

/// Puts the field into `parent`. One that has the focus keeps it, with the caret, and where the browser can move elements as they are, with the
/// word of an input method too.
pub(in crate::ui) fn place(field: &HtmlTextAreaElement, parent: &Element) {
    let had_focus = document().active_element().as_ref() == Some(field.as_ref());
    if !(field.is_connected() && move_before(field, parent)) {
        let selection = (field.selection_start().ok().flatten(), field.selection_end().ok().flatten());
        // An element that is made for it takes it.
        let _ = parent.append_child(field);
        if had_focus {
            focus::give(field);
            if let (Some(start), Some(end)) = selection {
                let _ = field.set_selection_range(start, end);
            }
        }
    }
}

/// `Element.moveBefore`, which not every browser has yet. `false` if it was not moved.
fn move_before(field: &HtmlTextAreaElement, parent: &Element) -> bool {
    let method = js_sys::Reflect::get(parent, &"moveBefore".into()).ok();
    let method = method.and_then(|method| method.dyn_into::<js_sys::Function>().ok());
    method.is_some_and(|method| method.call2(parent, field, &JsValue::NULL).is_ok())
}
