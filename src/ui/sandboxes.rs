//! The sandboxes that are kept: the list of them, and what can be done with each.

use super::bridge::Bridge;
use super::click::{Click, SandboxAct};
use super::icons::{ADD, CLOSE, COPY, OPEN, PLAY, SAVE, icon};
use super::markup::{Node, button, classed};
use super::sandbox::{self, Id};
use super::share::{WORLD, file_name};
use super::state::{Dialog, Notice, Offer, SandboxList, State};
use super::widgets::{buttons, section};
use super::words::Words;
use super::{browser, clock, keep};
use crate::app::Msg;

pub(super) fn act(bridge: Bridge, act: SandboxAct) {
    match act {
        SandboxAct::Import => browser::choose_file(),
        SandboxAct::Save(id) => save(id),
        _ => bridge.change(|state| {
            change(state, act);
            if state.dialog == Some(Dialog::Sandboxes) {
                look(state);
            }
        }),
    }
}

fn change(state: &mut State, act: SandboxAct) {
    match act {
        SandboxAct::Show => {
            keep::leave(state);
            state.notice = None;
            state.dialog = Some(Dialog::Sandboxes);
        }
        SandboxAct::New => {
            keep::leave(state);
            keep::begin_new(state);
            state.dialog = None;
        }
        SandboxAct::Open(id) => {
            keep::turn_to(state, id);
            state.dialog = None;
        }
        SandboxAct::Duplicate(id) => duplicate(state, id),
        SandboxAct::Delete(id) => {
            state.undo.deleted = sandbox::load(id).map(|text| (id, text));
            sandbox::remove(id);
            if state.kept.id == Some(id) {
                keep::open_latest(state);
            }
        }
        SandboxAct::Undelete => {
            if let Some((id, text)) = state.undo.deleted.take() {
                sandbox::put(id, &text);
            }
        }
        SandboxAct::StartOver => start_over(state),
        SandboxAct::Import | SandboxAct::Save(_) => {}
    }
}

fn duplicate(state: &mut State, id: Id) {
    let Some((head, journal)) = sandbox::read(id) else { return };
    let now = clock::now();
    let name = sandbox::free_name(2, |number| state.words.copy_of(&head.name, number));
    if !sandbox::save(sandbox::free_id(now), &state.kept.head(now, &name), &journal) {
        state.say(state.words.nothing_kept().to_owned());
    }
}

fn save(id: Id) {
    let Some(text) = sandbox::load(id) else { return };
    let (name, text) =
        sandbox::read(id).map_or((id.to_string(), text), |(head, journal)| (head.name, journal));
    browser::save_file(&file_name(&name, WORLD), &text);
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
pub(super) fn import(state: &mut State, file: &str, text: &str) {
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
pub(super) fn rename(state: &mut State, id: Option<Id>, name: &str) {
    let name = sandbox::tidy(name);
    if !name.is_empty() {
        if id == state.kept.id {
            state.kept.name.clone_from(&name);
            keep::save(state);
        } else if let Some((id, (head, journal))) = id.and_then(|id| Some((id, sandbox::read(id)?))) {
            sandbox::save(id, &head.renamed(&name), &journal);
        }
    }
    look(state);
}

/// Looks again at what is kept.
fn look(state: &mut State) {
    let open = (state.kept.id, state.kept.name.clone());
    state.sandboxes = SandboxList { list: sandbox::list(), open, deleted: state.undo.deleted.is_some() };
}

pub(super) fn inside(words: Words, sandboxes: &SandboxList) -> Vec<Node> {
    let (open, name) = &sandboxes.open;
    let unkept = open.is_none().then(|| {
        let hint = format!("{} {}", words.is_open(), words.kept_once_used());
        item(words, None, name, hint, Vec::new())
    });
    let others = sandboxes.list.iter().map(|listed| match &listed.head {
        Some(head) => {
            let when = words.used(&clock::told(head.used, words.0.code()));
            let is_open = *open == Some(listed.id);
            let hint = if is_open { format!("{} {when}", words.is_open()) } else { when };
            item(
                words,
                Some(listed.id),
                &head.name,
                hint,
                actions(words, listed.id, &head.name, is_open, true),
            )
        }
        None => {
            let name = listed.id.to_string();
            let buttons = actions(words, listed.id, &name, true, false);
            item(words, Some(listed.id), &name, words.cannot_be_read().to_owned(), buttons)
        }
    });
    let list = classed("ul", "boxes").children(unkept).children(others).node();
    let deleted = sandboxes.deleted.then(|| {
        let undo = button("btn btn-small", Click::Sandbox(SandboxAct::Undelete)).text(words.undelete());
        classed("p", "boxes-deleted").text(format!("{} ", words.deleted())).child(undo).node()
    });
    let new =
        button("btn btn-main", Click::Sandbox(SandboxAct::New)).child(icon(ADD)).text(words.new_sandbox());
    let import = button("btn", Click::Sandbox(SandboxAct::Import)).child(icon(OPEN)).text(words.open_file());
    vec![
        section(words.kept_here(), deleted.into_iter().chain([list])),
        section(
            words.another(),
            [
                classed("p", "dialog-hint").text(words.drop_hint()).node(),
                buttons([new.attr("autofocus", "").node(), import.node()]),
            ],
        ),
    ]
}

/// One of the list; its name is a field that can be written into.
fn item(words: Words, id: Option<Id>, name: &str, hint: String, actions: Vec<Node>) -> Node {
    let field = classed("input", "dialog-field box-name")
        .attr("data-box", id.map_or_else(String::new, |id| id.to_string()))
        .attr("aria-label", words.name_of_sandbox())
        .attr("value", name.to_owned());
    classed("li", "box")
        .key(id.unwrap_or(0))
        .child(field)
        .child(classed("p", "dialog-hint").text(hint))
        .child(buttons(actions))
        .node()
}

fn actions(words: Words, id: Id, name: &str, is_open: bool, is_whole: bool) -> Vec<Node> {
    let action = |act: SandboxAct, path: &'static str, label: &'static str| {
        let button = button("btn btn-small", Click::Sandbox(act)).child(icon(path)).text(label);
        button.child(super::markup::unseen(Words::aside(name))).node()
    };
    let open = (!is_open).then(|| action(SandboxAct::Open(id), PLAY, words.open()));
    let double = is_whole.then(|| action(SandboxAct::Duplicate(id), COPY, words.duplicate()));
    let others = [
        action(SandboxAct::Save(id), SAVE, words.save()),
        action(SandboxAct::Delete(id), CLOSE, words.delete()),
    ];
    open.into_iter().chain(double).chain(others).collect()
}
