//! What is kept from one visit to the next: the page's side of `crate::keep`.
//!
//! A tab works in one sandbox. It is kept from the first act on; a world that a link brought becomes a sandbox of its
//! own then, so that nobody's work is lost by opening a link.

use super::current::{begin_new, remember_in_tab, world};
use super::message::Command;
use super::opening::open_kept;
use super::share::{COMMANDS, WORLD, file_name};
use super::shown::Offer;
use super::state::State;
use crate::keep::{CannotOpen, FileForm, KeepEffect, KeepNotice, Refusal, SandboxId};

/// Keeps what was done. Costs little where nothing was.
pub(super) fn keep(state: &mut State) {
    if state.app.is_more_than_kept() && !std::mem::replace(&mut state.told_not_all_kept, true) {
        state.say(state.words.not_all_kept().to_owned());
    }
    state.keeper.keep(state.now, &world(state.past.present(&state.app)));
}

/// Does what keeping wants, and passes on what it wants of the browser.
pub(super) fn follow(state: &mut State) {
    loop {
        let effects = state.keeper.take_effects();
        if effects.is_empty() {
            return;
        }
        for effect in effects {
            match effect {
                KeepEffect::Storage(ticket, command) => state.ask(Command::Store(ticket, command)),
                KeepEffect::Local(command) => state.ask(Command::StoreAtOnce(command)),
                // It is listed again in any case.
                KeepEffect::Listed => {}
                KeepEffect::NothingKept => begin_new(state),
                KeepEffect::Open(opening) => open_kept(state, opening),
                KeepEffect::CannotOpen { id, name, why } => cannot_open(state, id, &name, &why),
                KeepEffect::Kept { id, .. } => {
                    remember_in_tab(state, id);
                    state.ask(Command::ForgetFragment);
                }
                KeepEffect::File(file) => {
                    let end = match file.form {
                        FileForm::Journal => WORLD,
                        FileForm::Commands => COMMANDS,
                    };
                    let name = file_name(&file.name, end);
                    state.ask(Command::SaveFile { name, text: file.text });
                }
                KeepEffect::Notice(notice) => say(state, notice),
            }
        }
        state.list_sandboxes();
    }
}

fn cannot_open(state: &mut State, id: SandboxId, name: &str, why: &CannotOpen) {
    let words = state.words;
    let reason = match why {
        CannotOpen::Missing => words.is_missing().to_owned(),
        CannotOpen::Unreadable(wrong) => words.wrong(wrong),
        CannotOpen::Storage(why) => words.refusal(*why).to_owned(),
    };
    let offers = [Offer::SaveSandbox(id), Offer::SaveCommands(id)];
    if state.keeper.current().is_some() {
        state.say_with(words.sandbox_not_opened(name, &reason), offers);
    } else {
        begin_new(state);
        state.say_with(words.sandbox_damaged(name, &reason), offers);
    }
}

fn say(state: &mut State, notice: KeepNotice) {
    let words = state.words;
    match notice {
        KeepNotice::NotKept { why: Refusal::Forbidden, .. } => {
            state.say_with(words.nothing_kept().to_owned(), [Offer::SaveWorld]);
        }
        KeepNotice::NotKept { why, kept: 0, .. } => {
            state.say_with(words.nothing_kept_of_it(words.refusal(why)), [Offer::SaveWorld]);
        }
        KeepNotice::NotKept { why, kept, unkept, .. } => {
            state.say_with(words.kept_until(kept, unkept, words.refusal(why)), [Offer::SaveWorld]);
        }
        KeepNotice::KeptAgain => state.say(words.kept_again().to_owned()),
        KeepNotice::OtherTab { name, copy } => state.say(words.two_tabs(&name, &copy)),
        KeepNotice::Recovered { name, copy } => state.say(words.recovered(&name, &copy)),
        KeepNotice::NotDone { name, why } => state.say(words.sandbox_not_done(&name, words.refusal(why))),
    }
}
