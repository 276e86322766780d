//! What was typed while the page had no program yet, typed again.

use super::state::State;
use super::visit::EarlyInput;
use crate::app::{Msg, TerminalId};
use crate::term::{Code, Key};

/// Turns to the pane that was turned to, and types what was typed.
pub(super) fn update(state: &mut State, input: EarlyInput) {
    let EarlyInput { pane, alone, entered, before, after, completes } = input;
    match pane {
        Some(pane) if alone => state.show_alone(pane),
        Some(pane) => state.show(pane),
        None => {}
    }
    if entered.is_empty() && before.is_empty() && after.is_empty() {
        return;
    }
    let terminal = state.app.active();
    // What was being typed at an earlier visit was not in sight, so that it is no pane of what was entered.
    let stood = text(state, terminal);
    write(state, terminal, String::new(), 0);
    for line in &entered {
        put(state, terminal, line, "");
        if !line.contains('\n') {
            press(state, terminal, Code::Enter);
        }
    }
    put(state, terminal, &(stood + &before), &after);
    if completes {
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
    state.app.update(Msg::Key { terminal, key: Key::plain(code) });
}
