//! The terminals' text fields. The browser edits: typing, input methods, touch, the system's own keys. What a
//! shell adds comes from the line editor, which gets the keys that it wants and says what the field shows.

use super::bridge::Bridge;
use super::click::Turn;
use super::turn::turn;
use super::window;
use crate::app::{InspectorMsg, LessonMsg, Msg, TerminalId};
use crate::term::Key;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event, HtmlInputElement, HtmlTextAreaElement, InputEvent, KeyboardEvent};

/// A key went down somewhere on the page.
pub(super) fn keydown(bridge: Bridge, event: &KeyboardEvent) {
    // An input method is at work, or the key is a shortcut of the system's.
    if event.is_composing() || event.key_code() == 229 || event.meta_key() {
        return;
    }
    if bridge.glance(|state| state.presenting) && present(bridge, &event.key()) {
        return event.prevent_default();
    }
    if let Some((terminal, name)) = name_in(event) {
        let done = match event.key().as_str() {
            "Enter" => Some(name),
            "Escape" => None,
            _ => return,
        };
        event.prevent_default();
        bridge.renamed(terminal, done);
        return bridge.focus();
    }
    let Some((id, field)) = field_of(event) else { return };
    let (ctrl, alt, shift) = (event.ctrl_key(), event.alt_key(), event.shift_key());
    let Some(key) = Key::from_browser(&event.key(), &event.code(), ctrl, alt, shift) else { return };
    // Ctrl-C is to copy what is selected elsewhere.
    if key.ctrl && window::selects_elsewhere(&field) {
        return;
    }
    take_over(bridge, id, &field);
    if event.key() == "Enter"
        && let Ok(Some(scroll)) = field.closest(".term-scroll")
    {
        // What is printed now is to be in sight, wherever somebody has scrolled to. It is turned over: 0 is its end.
        scroll.set_scroll_top(0);
    }
    if bridge.send(Msg::Key { terminal: id, key }) {
        event.prevent_default();
    }
}

/// A key of somebody who presents: the next thing, as a clicker sends it too, or the end.
fn present(bridge: Bridge, key: &str) -> bool {
    let in_line = bridge.glance(|state| {
        let view = state.app.field(state.app.active());
        view.is_some_and(|view| view.menu.is_some() || view.search.is_some()) || state.renaming.is_some()
    });
    match key {
        "PageDown" => _ = bridge.send(Msg::Lesson(LessonMsg::RunNext)),
        "Escape" if !in_line => bridge.change(|state| turn(state, Turn::Present(false))),
        _ => return false,
    }
    true
}

/// A text is pasted: it may be a whole page of documentation, of which only the commands are wanted.
pub(super) fn paste(bridge: Bridge, event: &ClipboardEvent) {
    let Some((terminal, field)) = field_of(event) else { return };
    let text = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
    if !text.is_empty() {
        event.prevent_default();
        take_over(bridge, terminal, &field);
        bridge.send(Msg::Paste { terminal, text });
    }
}

/// A field changed by itself.
pub(super) fn input(bridge: Bridge, event: &Event) {
    if let Some((id, field)) = field_of(event) {
        take_over(bridge, id, &field);
    } else if let Some((stream, text)) = sought(event) {
        bridge.send(Msg::Inspector(InspectorMsg::FindKeys { stream, text }));
    }
}

/// What is typed into a field that finds keys, and in which stream.
fn sought(event: &Event) -> Option<(String, String)> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    Some((field.get_attribute("data-find")?, field.value()))
}

/// A field is left: what stands where a terminal gets its name is taken.
pub(super) fn focusout(bridge: Bridge, event: &Event) {
    if let Some((terminal, name)) = name_in(event) {
        bridge.renamed(terminal, Some(name));
    }
}

fn name_in(event: &Event) -> Option<(TerminalId, String)> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    Some((field.get_attribute("data-rename")?.parse().ok()?, field.value()))
}

/// A character is about to be typed: with Ctrl held on the touch bar, it is a key.
pub(super) fn beforeinput(bridge: Bridge, event: &InputEvent) {
    let Some((id, _)) = field_of(event) else { return };
    if let Some(key) = event.data().and_then(|data| bridge.with_ctrl(&data)) {
        event.prevent_default();
        bridge.send(Msg::Key { terminal: id, key });
    }
}

/// Some buttons leave the focus where it is, so that a telephone's keyboard stays open.
pub(super) fn mousedown(event: &Event) {
    let target: Option<web_sys::Element> = event.target().and_then(|target| target.dyn_into().ok());
    if target.and_then(|target| target.closest("[data-stay]").ok().flatten()).is_some() {
        event.prevent_default();
    }
}

/// Brings a field to what its editor says.
pub(super) fn show(id: TerminalId, text: &str, selection: Range<usize>) {
    window::show_field(&window::field_id(id), text, units(text, selection.start), units(text, selection.end));
}

/// The field that an event happened in, and its terminal.
fn field_of(event: &Event) -> Option<(TerminalId, HtmlTextAreaElement)> {
    let field: HtmlTextAreaElement = event.target()?.dyn_into().ok()?;
    let id = field.get_attribute("data-terminal")?.parse().ok()?;
    Some((id, field))
}

/// Tells the editor what the field holds, unless it knows.
fn take_over(bridge: Bridge, terminal: TerminalId, field: &HtmlTextAreaElement) {
    let text = field.value();
    let place = |units: Option<u32>| bytes(&text, units.unwrap_or(u32::MAX));
    let start = place(field.selection_start().ok().flatten());
    let end = place(field.selection_end().ok().flatten());
    let known = bridge.glance(|state| {
        let view = state.app.field(terminal)?;
        Some(view.text == text && view.selection == (start..end))
    });
    if known == Some(false) {
        bridge.send(Msg::Typed { terminal, text, selection: start..end });
    }
}

/// The browser counts in units of UTF-16, the editor in bytes.
fn units(text: &str, byte: usize) -> u32 {
    text.get(..byte).unwrap_or(text).encode_utf16().count() as u32
}

fn bytes(text: &str, units: u32) -> usize {
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
