//! The sandboxes that are kept: what can be done with each.

use super::browser::clock;
use super::keep;
use super::message::{Command, SandboxMsg};
use super::sandbox::{self, Id};
use super::share::{WORLD, file_name};
use super::state::{Dialog, Notice, Offer, SandboxList, State};
use crate::app::Msg;

pub(super) fn update(state: &mut State, msg: SandboxMsg) -> Vec<Command> {
    let commands = change(state, msg);
    if state.dialog == Some(Dialog::Sandboxes) {
        list(state);
    }
    commands
}

fn change(state: &mut State, msg: SandboxMsg) -> Vec<Command> {
    match msg {
        SandboxMsg::Show => {
            keep::leave(state);
            state.notice = None;
            state.dialog = Some(Dialog::Sandboxes);
        }
        SandboxMsg::New => {
            keep::leave(state);
            keep::begin_new(state);
            state.dialog = None;
        }
        SandboxMsg::Open(id) => {
            keep::turn_to(state, id);
            state.dialog = None;
        }
        SandboxMsg::Duplicate(id) => duplicate(state, id),
        SandboxMsg::Save(id) => return save(id),
        SandboxMsg::Delete(id) => {
            state.undo.deleted = sandbox::load(id).map(|text| (id, text));
            sandbox::remove(id);
            if state.kept.id == Some(id) {
                keep::open_latest(state);
            }
        }
        SandboxMsg::Undelete => {
            if let Some((id, text)) = state.undo.deleted.take() {
                sandbox::put(id, &text);
            }
        }
        SandboxMsg::Rename(id, name) => rename(state, id, &name),
        SandboxMsg::Import => return vec![Command::ChooseFile],
        SandboxMsg::FileChosen { name, text } => import(state, &name, &text),
        SandboxMsg::StartOver => start_over(state),
    }
    Vec::new()
}

fn duplicate(state: &mut State, id: Id) {
    let Some((head, journal)) = sandbox::read(id) else { return };
    let now = clock::now();
    let name = sandbox::free_name(2, |number| state.words.copy_of(&head.name, number));
    if !sandbox::save(sandbox::free_id(now), &state.kept.head(now, &name), &journal) {
        state.say(state.words.nothing_kept().to_owned());
    }
}

fn save(id: Id) -> Vec<Command> {
    let Some(text) = sandbox::load(id) else { return Vec::new() };
    let (name, text) =
        sandbox::read(id).map_or((id.to_string(), text), |(head, journal)| (head.name, journal));
    vec![Command::SaveFile { name: file_name(&name, WORLD), text }]
}

/// Begins the world again; the one before can be had back.
fn start_over(state: &mut State) {
    let before = state.app.saved();
    let has_acts = before.entries.len() > 1;
    state.app.update(Msg::StartOver);
    if has_acts {
        state.undo.before = Some(before);
        let text = state.words.started_over().to_owned();
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
    keep::leave(state);
    let text = if text.starts_with(sandbox::MARK) {
        text.split_once('\n').map_or("", |(_, rest)| rest)
    } else {
        text
    };
    match keep::take(state, text) {
        Ok(()) => {
            let name = file.strip_suffix(&format!(".{WORLD}")).unwrap_or(file);
            keep::begin_anew(state, sandbox::tidy(name));
            state.dialog = None;
            state.say(state.words.imported(&state.kept.name));
        }
        Err(wrong) => state.say(state.words.file_wrong(file, &state.words.wrong(&wrong))),
    }
}

/// Another name was written into a field of the list.
fn rename(state: &mut State, id: Option<Id>, name: &str) {
    let name = sandbox::tidy(name);
    if !name.is_empty() {
        if id == state.kept.id {
            state.kept.name.clone_from(&name);
            keep::save(state);
        } else if let Some((id, (head, journal))) = id.and_then(|id| Some((id, sandbox::read(id)?))) {
            sandbox::save(id, &head.renamed(&name), &journal);
        }
    }
}

/// Looks again at what is kept.
fn list(state: &mut State) {
    let open = (state.kept.id, state.kept.name.clone());
    state.sandboxes = SandboxList { list: sandbox::list(), open, deleted: state.undo.deleted.is_some() };
}
