//! What was done while the page had no program yet: `web/early.js` lets one type then, and this does it.

use super::clock;
use crate::app::{Msg, TerminalId};
use crate::term::{Code, Key};
use crate::ui::state::State;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlTextAreaElement;

#[wasm_bindgen(js_namespace = playgroundEarly)]
extern "C" {
    /// The part of the page that was turned to before, or that the address names.
    pub(in crate::ui) fn part() -> String;
    /// What was typed before, which from now on is the program's: each line that was entered, then what stands in the
    /// field before the cursor and behind it, with U+001E in between. A tab at the end is to complete it.
    fn take_typed() -> String;
    /// Whether it was told that the page is still loading.
    pub(in crate::ui) fn has_told() -> bool;
}

/// The page as it stood before the program, and the text field in it.
pub(in crate::ui) struct Sketch {
    page: web_sys::Element,
    pub(in crate::ui) field: Option<HtmlTextAreaElement>,
}

impl Sketch {
    /// `None` where there is none.
    pub(in crate::ui) fn find() -> Option<Sketch> {
        let page = document().get_element_by_id("early-page")?;
        let field = document().get_element_by_id("early-field").and_then(|field| field.dyn_into().ok());
        Some(Sketch { page, field })
    }

    /// Takes it away, once the page stands in its place.
    pub(in crate::ui) fn remove(self) {
        self.page.remove();
    }
}

/// How long one of the lines may hold up the page, in milliseconds.
const PATIENCE: u64 = 100;

/// Types what was typed.
pub(in crate::ui) fn take_over(state: &mut State) {
    let typed = take_typed();
    let mut lines: Vec<&str> = typed.split('\u{1e}').collect();
    let after = lines.pop().unwrap_or_default();
    let before = lines.pop().unwrap_or_default();
    if lines.is_empty() && before.is_empty() && after.is_empty() {
        return;
    }
    let terminal = state.app.active();
    // What was being typed at an earlier visit was not in sight, so that it is no part of what was entered.
    let stood = text(state, terminal);
    write(state, terminal, String::new(), 0);
    for line in lines {
        put(state, terminal, line, "");
        if !line.contains('\n') {
            press(state, terminal, Code::Enter);
        }
    }
    put(state, terminal, &(stood + before), after.trim_end_matches('\t'));
    if after.ends_with('\t') {
        press(state, terminal, Code::Tab);
    }
}

fn text(state: &State, terminal: TerminalId) -> String {
    state.app.field(terminal).map(|view| view.text.to_owned()).unwrap_or_default()
}

/// Puts text before the cursor and behind it, after what stands there of a command that is not complete yet. Text of
/// several lines can only have been pasted: nothing of it runs.
fn put(state: &mut State, terminal: TerminalId, before: &str, after: &str) {
    if before.contains('\n') || after.contains('\n') {
        state.app.update(Msg::Paste { terminal, text: format!("{before}{after}") });
        return;
    }
    let before = text(state, terminal) + before;
    let caret = before.len();
    write(state, terminal, before + after, caret);
}

fn write(state: &mut State, terminal: TerminalId, text: String, caret: usize) {
    state.app.update(Msg::Typed { terminal, text, selection: caret..caret });
}

fn press(state: &mut State, terminal: TerminalId, code: Code) {
    // What comes next may depend on whether this has ended, and nobody waits for a picture of what is amid.
    clock::begin_slice(PATIENCE);
    state.app.update(Msg::Key { terminal, key: Key::plain(code) });
}
