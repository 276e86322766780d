//! Makes worlds for the page, in slices: that of a sandbox that was kept here, or what a link or a file of somebody else
//! holds, which may cost only so much. Until one is there, the world before it goes on to be this tab's.

use super::current::{begin_new, begin_with, begin_with_what_was_typed, close, leave, new_name, world};
use super::message::Command;
use super::shown::{Dialog, Notice, Offer};
use super::state::{Origin, PendingWorld, State};
use crate::app::budget::OF_OTHERS;
use crate::app::journal::{Journal, Unreadable};
use crate::app::link;
use crate::app::replay::{Replay, Replayed};
use crate::keep::{Opening, SandboxId};

/// How long the page may stand still for a world that is made, in milliseconds: at first, before its progress is shown, and then at a time.
const AT_FIRST: u64 = 150;
const AT_A_TIME: u64 = 40;

/// A sandbox was read, and is to be shown in the place of what was there.
pub(super) fn open_kept(state: &mut State, opening: Opening) {
    close(state);
    let Opening { id, name, journal, cut } = opening;
    let replay = state.app.replay(journal, None);
    begin(state, PendingWorld::new(name, Origin::Kept { id, cut }, replay));
}

/// What a link holds is to be shown; the sandbox that was used before can be had instead.
pub(super) fn open_link(state: &mut State, linked: &str, before: Option<SandboxId>) {
    match link::unpack(linked) {
        Ok(journal) => {
            let words = state.words;
            let name = state.keeper.free_name(1, |number| words.brought_by_link(number));
            let replay = state.app.replay(journal, Some(OF_OTHERS));
            begin(state, PendingWorld::new(name, Origin::Link { before }, replay));
        }
        Err(wrong) => link_not_opened(state, before, state.words.link_wrong(&state.words.wrong(&wrong))),
    }
}

/// What a file of this name holds is to become a sandbox. An error says that it holds no world; then nothing has changed.
pub(super) fn open_file(state: &mut State, file: &str, text: &str, name: &str) -> Result<(), Unreadable> {
    let journal = Journal::read(text)?;
    let name = if name.is_empty() { new_name(state) } else { name.to_owned() };
    let replay = state.app.replay(journal, Some(OF_OTHERS));
    begin(state, PendingWorld::new(name, Origin::File { file: file.to_owned() }, replay));
    Ok(())
}

/// The world is to come back that was there before it was begun again.
pub(super) fn take_back(state: &mut State) {
    if let Some(before) = state.undo.before.clone() {
        let name = state.sandbox_name().to_owned();
        let replay = state.app.replay(before, None);
        begin(state, PendingWorld::new(name, Origin::Before, replay));
    }
}

fn begin(state: &mut State, pending: PendingWorld) {
    state.come_back();
    state.pending = Some(pending);
}

/// How long the page may stand still for the world that is being made, if one is.
pub(super) fn slice(state: &State) -> Option<u64> {
    let pending = state.pending.as_ref()?;
    Some(if pending.is_begun { AT_A_TIME } else { AT_FIRST })
}

/// Goes on with the world that is being made, until its application wants to pause. `now` is the time, in milliseconds.
pub(super) fn go_on(state: &mut State, now: impl Fn() -> u64) {
    let Some(mut pending) = state.pending.take() else { return };
    let began = now();
    let replayed = pending.replay.advance();
    pending.is_begun = true;
    pending.worked += now().saturating_sub(began);
    pending.replay.note_time(pending.worked);
    match replayed {
        Replayed::Partly => {
            state.pending = Some(pending);
            state.dialog = Some(Dialog::Opening);
            return;
        }
        Replayed::Wholly => show(state, pending),
        Replayed::TooHeavy(heavy) => not_opened(state, pending, &Unreadable::TooHeavy(heavy)),
    }
    begin_with_what_was_typed(state);
}

/// The world is there.
fn show(state: &mut State, pending: PendingWorld) {
    let PendingWorld { name, origin, replay, .. } = pending;
    let words = state.words;
    match origin {
        Origin::Kept { id, cut } => {
            take_over(state, replay);
            state.ask(Command::ForgetFragment);
            state.keeper.opened(state.now, &world(&state.app));
            if let Some(cut) = cut {
                let offers = [Offer::SaveSandbox(id), Offer::SaveCommands(id)];
                state.say_with(words.sandbox_cut(&name, cut.entries), offers);
            }
        }
        Origin::Link { before } => {
            take_over(state, replay);
            begin_with(state, &name);
            match before {
                Some(before) => state.say_with(words.linked().to_owned(), [Offer::Open(before)]),
                None if state.visit.embedded => {}
                None => state.say(words.linked_first(&name)),
            }
        }
        Origin::File { .. } => {
            leave(state);
            close(state);
            take_over(state, replay);
            let name = state.keeper.free_name(1, |number| match number {
                1 => name.clone(),
                _ => words.copy_of(&name, number),
            });
            state.keeper.begin_kept(state.now, &name, &world(&state.app));
            state.ask(Command::ForgetFragment);
            state.dialog = None;
            state.say(words.imported(&name));
        }
        Origin::Before => {
            take_over(state, replay);
            state.undo.before = None;
        }
    }
}

/// The world costs too much, and is given up.
fn not_opened(state: &mut State, pending: PendingWorld, wrong: &Unreadable) {
    end_dialog(state);
    let words = state.words;
    let reason = words.wrong(wrong);
    match pending.origin {
        Origin::Kept { id, .. } => {
            state.keeper.not_opened(id, wrong.clone());
            begin_new(state);
            let offers = [Offer::SaveSandbox(id), Offer::SaveCommands(id)];
            state.say_with(words.sandbox_damaged(&pending.name, &reason), offers);
        }
        Origin::Link { before } => {
            // It is not to be tried again when the page is loaded again.
            state.ask(Command::ForgetFragment);
            link_not_opened(state, before, words.link_wrong(&reason));
        }
        Origin::File { file } => state.say(words.file_wrong(&file, &reason)),
        Origin::Before => {}
    }
}

/// Somebody does not wait until a world is there. One's own is shown as far as it has come, as another sandbox: the one that was to be opened stays
/// as it is. Of others nothing is shown.
pub(super) fn stop_opening(state: &mut State) {
    let Some(PendingWorld { name, origin, replay, .. }) = state.pending.take() else { return };
    end_dialog(state);
    let words = state.words;
    match origin {
        Origin::Kept { id, .. } => {
            let (done, all) = (replay.progress().acts, replay.total().acts);
            take_over(state, replay);
            state.ask(Command::ForgetFragment);
            state.keeper.opened_partly(state.now, &world(&state.app));
            state.say_with(words.opening_stopped(&name, done, all), [Offer::Open(id)]);
        }
        Origin::Link { before } => {
            state.ask(Command::ForgetFragment);
            link_not_opened(state, before, words.not_opened(&name));
        }
        Origin::File { .. } => state.say(words.not_opened(&name)),
        Origin::Before => state.say_with(words.started_over().to_owned(), [Offer::TakeBack]),
    }
    begin_with_what_was_typed(state);
}

/// What a link holds is not shown, but an empty sandbox.
fn link_not_opened(state: &mut State, before: Option<SandboxId>, text: String) {
    begin_with(state, &new_name(state));
    state.notice = Some(Notice { text, offers: before.map(Offer::Open).into_iter().collect() });
}

fn take_over(state: &mut State, replay: Replay) {
    state.come_back();
    state.app.take_over(replay);
    state.past.make_anew();
    state.recall();
    end_dialog(state);
}

fn end_dialog(state: &mut State) {
    if state.dialog == Some(Dialog::Opening) {
        state.dialog = None;
    }
}
