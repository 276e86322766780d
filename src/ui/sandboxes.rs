//! The sandboxes that are kept: what can be done with each.

use super::browser::clock;
use super::keep;
use super::message::{Command, SandboxMsg};
use super::share::WORLD;
use super::state::{Dialog, Notice, Offer, State};
use crate::app::{LessonMsg, Msg};
use crate::keep::{tidy, without_head};

pub(super) fn update(state: &mut State, msg: SandboxMsg) -> Vec<Command> {
    let commands = change(state, msg);
    state.list_sandboxes();
    commands
}

fn change(state: &mut State, msg: SandboxMsg) -> Vec<Command> {
    let now = clock::now();
    match msg {
        SandboxMsg::Show => {
            keep::leave(state);
            state.keeper.look();
            state.notice = None;
            state.dialog = Some(Dialog::Sandboxes);
        }
        SandboxMsg::New => {
            keep::begin_new(state);
            state.dialog = None;
        }
        SandboxMsg::Open(id) => {
            keep::leave(state);
            state.keeper.open(now, id);
            state.dialog = None;
        }
        SandboxMsg::Duplicate(id) => state.keeper.duplicate(now, id),
        SandboxMsg::Save(id) => state.keeper.file(id),
        SandboxMsg::Delete(id) => state.keeper.delete(now, id),
        SandboxMsg::Undelete => state.keeper.undelete(now),
        SandboxMsg::Rename(id, name) => state.keeper.rename(now, id, &name),
        SandboxMsg::Import => return vec![Command::ChooseFile],
        SandboxMsg::FileChosen { name, text } => import(state, &name, &text),
        SandboxMsg::StartOver => start_over(state, Msg::StartOver, state.words.started_over().to_owned()),
        SandboxMsg::SetUp(step) => {
            let text = state.words.step_set_up(step + 1);
            start_over(state, Msg::Lesson(LessonMsg::SetUpStep(step)), text);
        }
    }
    Vec::new()
}

/// Begins the world again by this message, and says so; the world before can be had back.
fn start_over(state: &mut State, begin: Msg, text: String) {
    let before = state.app.saved();
    let has_acts = before.entries.len() > 1;
    state.app.update(begin);
    if has_acts {
        state.undo.before = Some(before);
        state.notice = Some(Notice { text, offer: Some(Offer::TakeBack) });
    }
}

/// What was there before the world was begun again.
pub(super) fn take_back(state: &mut State) {
    if let Some(before) = state.undo.before.take() {
        state.app.update(Msg::Restore(before));
        state.recall();
    }
}

/// A file was chosen, or dropped on the page.
fn import(state: &mut State, file: &str, text: &str) {
    let name = tidy(file.strip_suffix(&format!(".{WORLD}")).unwrap_or(file));
    match keep::import(state, without_head(text), &name) {
        Ok(()) => {
            state.dialog = None;
            state.say(state.words.imported(state.sandbox_name()));
        }
        Err(wrong) => state.say(state.words.file_wrong(file, &state.words.wrong(&wrong))),
    }
}
