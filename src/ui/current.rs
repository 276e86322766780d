//! The world of this tab and its sandbox: begun, closed, left.

use super::message::Command;
use super::shown::{Offer, Pane};
use super::state::State;
use crate::app::model::Tab;
use crate::app::{App, LessonMsg, LessonSource, Msg};
use crate::keep::{SandboxId, World, read_lines, write_lines};

/// What this tab remembers its sandbox by: that of a page whose address names a step is another one.
pub(super) fn name_in_tab(state: &State) -> String {
    match (asked_step(state), state.visit.lesson) {
        (None, _) => "sandbox".to_owned(),
        (Some(step), None) => format!("sandbox.step{}", step + 1),
        (Some(step), Some(lesson)) => format!("sandbox.{lesson}.step{}", step + 1),
    }
}

/// The step of the lesson that the address names, counted from 0; the first one where it names only a lesson.
pub(super) fn asked_step(state: &State) -> Option<usize> {
    let step = state.visit.step.filter(|step| *step < state.app.steps());
    step.or_else(|| state.visit.lesson.map(|_| 0))
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
    begin_lesson(state, state.app.journal().lesson.clone());
}

/// The same for another lesson.
fn begin_lesson(state: &mut State, lesson: LessonSource) {
    state.come_back();
    close(state);
    let mut app = state.empty_world(lesson);
    app.inherit_from(&state.app);
    state.app = app;
    begin_with(state, &new_name(state));
    state.ask(Command::ForgetFragment);
}

/// Begins a lesson in a sandbox of its own. What was done just now is kept then, and can be had back.
pub(super) fn begin_lesson_beside(state: &mut State, lesson: LessonSource) {
    leave(state);
    let own = state.keeper.current().and_then(|(id, _)| id);
    begin_lesson(state, lesson);
    state.show(Pane::Lesson);
    (state.dialog, state.notice) = (None, None);
    if let Some(own) = own {
        state.say_with(state.words.lesson_begun().to_owned(), [Offer::Open(own)]);
    }
}

/// The world as it stands is to be kept under this name, once something was done in it.
pub(super) fn begin_with(state: &mut State, name: &str) {
    state.keeper.begin(state.now, name, &world(&state.app));
}

/// Once the world is there that the page begins with: the lines that were being typed, what the address asks for, and what was typed before the
/// program was there.
pub(super) fn begin_with_what_was_typed(state: &mut State) {
    if state.pending.is_none() && std::mem::take(&mut state.starting) {
        recall_lines(state);
        open_asked_step(state);
        state.ask(Command::TakeEarlyInput);
    }
}

/// Keeps the sandbox that is open, before another one takes its place.
pub(super) fn close(state: &mut State) {
    if state.keeper.current().is_some() {
        state.keeper.close(state.now, &world(state.past.present(&state.app)));
    }
}

/// Keeps how things stand, before somebody leaves.
pub(super) fn leave(state: &mut State) {
    // Until the world is there that they belong to, they stay as they were kept.
    if state.pending.is_none() {
        let line = |tab: Tab| Some((tab.id, state.app.field(tab.id)?.text));
        let lines = state.app.tabs().into_iter().filter_map(line);
        let lines = write_lines(state.sandbox_name(), lines);
        state.ask(Command::RememberInTab("lines".to_owned(), lines));
        state.ask(Command::Remember("terminals", side_by_side(state)));
    }
    state.keeper.leave(state.now, &world(state.past.present(&state.app)));
    if let Some((Some(id), _)) = state.keeper.current() {
        remember_in_tab(state, id);
    }
}

/// The terminals as they stand side by side, for `web/early.js`: name, badge and whether it is the active one, as JSON.
fn side_by_side(state: &State) -> String {
    let tabs = state.side_by_side().into_iter().filter_map(|id| state.app.tab(id));
    serde_json::Value::from_iter(tabs.map(|tab| serde_json::json!([tab.name, tab.badge, tab.active])))
        .to_string()
}

/// The tab opens this sandbox when it is loaded again.
pub(super) fn remember_in_tab(state: &mut State, id: SandboxId) {
    state.ask(Command::RememberInTab(name_in_tab(state), id.to_string()));
}

/// Opens the step that the address names; in a world where nothing was done yet, with all that it needs.
fn open_asked_step(state: &mut State) {
    if let Some(step) = asked_step(state).filter(|step| state.app.open_step() != Some(*step)) {
        let msg = if state.app.journal().entries.is_empty() {
            LessonMsg::SetUpStep(step)
        } else {
            LessonMsg::OpenStep(step)
        };
        state.app.update(Msg::Lesson(msg));
    }
}

/// Puts the lines back that were being typed, if they were in this sandbox.
fn recall_lines(state: &mut State) {
    let kept = std::mem::take(&mut state.visit.lines);
    for (terminal, text) in read_lines(state.sandbox_name(), &kept) {
        let selection = text.len()..text.len();
        state.app.update(Msg::Typed { terminal, text, selection });
    }
}
