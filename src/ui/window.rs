//! What the page asks of the window around it, apart from time and storage: `web/window.js` does it.

use crate::app::TerminalId;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlTextAreaElement;

#[wasm_bindgen(js_namespace = playgroundWindow)]
extern "C" {
    /// Whether the page stands in a frame of another: then it takes no focus by itself.
    pub(super) fn is_embedded() -> bool;
    fn matches(query: &str) -> bool;
    /// Sets an attribute of the whole document.
    pub(super) fn mark(name: &str, value: &str);
    /// What an attribute of the whole document says: language, colours and layout were found before the program was there.
    pub(super) fn marked(name: &str) -> String;
    /// The part of the page that was turned to before, or that the address names.
    pub(super) fn part() -> String;
    /// What was typed before, which from now on is the program's: each line that was entered, then what stands in the
    /// field before the cursor and behind it, with U+001E in between. A tab at the end is to complete it.
    pub(super) fn take_typed() -> String;
    /// What the address asks for, behind `?`.
    pub(super) fn asked(name: &str) -> String;
    /// Scrolls what is around `inner` so far that its begin is at the top, or its side at the side, if it is not all in
    /// sight. Nothing around that moves.
    pub(super) fn reveal(inner: &str, around: &str);
    /// Gives an element the focus if what had it is gone, so that nobody who uses the keyboard begins at the top again.
    pub(super) fn focus_if_lost(selector: &str);
    /// Gives an element the focus, without moving the page under it.
    pub(super) fn focus(id: &str);
    /// Brings a field to what its editor says, counted in units of UTF-16. Only what differs is touched, for an input
    /// method loses its place when a field is written to.
    pub(super) fn show_field(id: &str, text: &str, start: u32, end: u32);
    /// Lets somebody type another name for a terminal.
    pub(super) fn begin_rename();
    /// Whether text of the page outside the field is selected.
    pub(super) fn selects_elsewhere(field: &HtmlTextAreaElement) -> bool;
    #[wasm_bindgen(js_name = spot)]
    fn split_at_spot(x: i32, y: i32) -> Option<String>;
    /// Puts text into the clipboard; where the new way is not allowed, by the old one.
    pub(super) fn copy(text: &str);
}

/// The id of a terminal's text field.
pub(super) fn field_id(terminal: TerminalId) -> String {
    format!("field-{terminal}")
}

/// Whether fingers are used: then a keyboard is not called up unasked.
pub(super) fn is_touched() -> bool {
    matches("(pointer: coarse)")
}

/// Whether the parts of the page are shown one at a time, as `style/layout.css` says.
pub(super) fn is_narrow() -> bool {
    matches("(max-width: 56.24rem)")
}

/// The line of output at a place in the window, and where in it that is, in bytes. None while text is selected.
pub(super) fn spot(x: i32, y: i32) -> Option<(String, usize)> {
    let split = split_at_spot(x, y)?;
    let at = split.find('\n')?;
    Some((split.replacen('\n', "", 1), at))
}
