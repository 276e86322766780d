//! The world of this tab and its sandbox: begun, closed, left.

use super::browser::{address, clock, early, storage};
use super::state::State;
use super::words::Language;
use crate::app::model::Tab;
use crate::app::{App, Msg, Options};
use crate::keep::{World, read_lines, write_lines};

/// An empty world for a lesson.
pub(super) fn fresh_app(lesson: &'static str, language: Language) -> App {
    App::new(Options {
        now: clock::now(),
        seed: clock::now(),
        zone: clock::zone(),
        language,
        lesson: Some(lesson),
        pause: clock::is_slice_over,
    })
}

/// What this tab remembers its sandbox by: that of a page whose address names a step is another one.
pub(super) fn name_in_tab(app: &App) -> String {
    match (address::asked_step(app), address::asked_lesson()) {
        (None, _) => "sandbox".to_owned(),
        (Some(step), None) => format!("sandbox.step{}", step + 1),
        (Some(step), Some(lesson)) => format!("sandbox.{lesson}.step{}", step + 1),
    }
}

pub(super) fn new_name(state: &State) -> String {
    state.keeper.free_name(1, |number| state.words.sandbox_number(number))
}

/// What there is to be kept.
pub(super) fn world(app: &App) -> World<'_> {
    World { journal: app.journal(), closing: app.closing() }
}

/// An empty world under a name of its own, which is kept once something was done in it; for the lesson that was open.
pub(super) fn begin_new(state: &mut State) {
    begin_lesson(state, state.app.journal().lesson);
}

/// The same for another lesson.
pub(super) fn begin_lesson(state: &mut State, lesson: &'static str) {
    close(state);
    let mut app = fresh_app(lesson, state.words.0);
    app.inherit_from(&state.app);
    state.app = app;
    begin_with(state, &new_name(state));
    address::forget_fragment();
}

/// The world as it stands is to be kept under this name, once something was done in it.
pub(super) fn begin_with(state: &mut State, name: &str) {
    state.keeper.begin(clock::now(), name, &world(&state.app));
}

/// Once the world is there that the page begins with: the lines that were being typed, what the address asks for, and what was typed before the
/// program was there.
pub(super) fn begin_with_what_was_typed(state: &mut State) {
    if state.pending.is_none() && std::mem::take(&mut state.starting) {
        recall_lines(state);
        address::follow(state);
        early::take_over(state);
    }
}

/// Keeps the sandbox that is open, before another one takes its place.
pub(super) fn close(state: &mut State) {
    if state.keeper.current().is_some() {
        state.keeper.close(clock::now(), &world(&state.app));
    }
}

/// Keeps how things stand, before somebody leaves.
pub(super) fn leave(state: &mut State) {
    // Until the world is there that they belong to, they stay as they were kept.
    if state.pending.is_none() {
        let line = |tab: Tab| Some((tab.id, state.app.field(tab.id)?.text));
        let lines = state.app.tabs().into_iter().filter_map(line);
        storage::save_here("lines", &write_lines(state.sandbox_name(), lines));
    }
    state.keeper.leave(clock::now(), &world(&state.app));
    if let Some((Some(id), _)) = state.keeper.current() {
        storage::save_here(&name_in_tab(&state.app), &id.to_string());
    }
}

/// Puts the lines back that were being typed, if they were in this sandbox.
fn recall_lines(state: &mut State) {
    let kept = storage::load_here("lines").unwrap_or_default();
    for (terminal, text) in read_lines(state.sandbox_name(), &kept) {
        let selection = text.len()..text.len();
        state.app.update(Msg::Typed { terminal, text, selection });
    }
}
