//! What is kept from one visit to the next: the page's side of `crate::keep`, and what was chosen.
//!
//! A tab works in one sandbox. It is kept from the first act on; a world that a link brought becomes a sandbox of its
//! own then, so that nobody's work is lost by opening a link.

use std::collections::VecDeque;

use super::browser::database::{self, Database};
use super::browser::{address, clock, storage, viewport};
use super::current::{
    begin_new, begin_with, begin_with_what_was_typed, fresh_app, name_in_tab, new_name, world,
};
use super::layout::Layout;
use super::message::Command;
use super::opening::{open_kept, open_link};
use super::share::{COMMANDS, WORLD, file_name};
use super::state::{Offer, State, Theme};
use super::words::Language;
use crate::app::{LessonMsg, MOST_TERMINALS, Msg, Verbosity, catalog};
use crate::keep::{CannotOpen, FileForm, KeepEffect, KeepNotice, Keeper, Refusal, SandboxId, Start};

/// The page as it was left, or as a link says, or a new one; and what is still to be done.
pub(super) async fn restore() -> (State, Database, Vec<Command>) {
    let language = kept_language();
    let database = Database::open().await;
    let writer = (js_sys::Math::random() * 1e15) as u64;
    let keeper = Keeper::new(writer, database.is_volatile());
    let lesson = address::asked_lesson().unwrap_or(catalog::FIRST);
    let mut state = State::new(fresh_app(lesson, language), language, kept_theme(), keeper);
    if let Some(columns) = storage::load("columns").and_then(|columns| columns.parse().ok()) {
        state.columns = usize::clamp(columns, 1, MOST_TERMINALS);
    }
    state.layout = storage::load("layout").map(|kept| Layout::read(&kept)).unwrap_or_default();
    let voice = storage::load("voice");
    let voice = Verbosity::ALL.into_iter().find(|known| Some(known.name()) == voice.as_deref());
    state.app.update(Msg::SetVerbosity(voice.unwrap_or_default()));
    let commands = open_first(&mut state, &database).await;
    begin_with_what_was_typed(&mut state);
    (state, database, commands)
}

/// Opens what is to be shown first.
async fn open_first(state: &mut State, database: &Database) -> Vec<Command> {
    let linked = address::linked();
    let tab = storage::load_here(&name_in_tab(&state.app)).and_then(|id| id.parse().ok());
    let step = address::asked_step(&state.app).filter(|_| linked.is_none() && tab.is_none());
    let start = match (&linked, tab) {
        (Some(_), _) => Start::Nothing,
        (None, Some(id)) => Start::Tab(id),
        (None, None) if step.is_some() => Start::Nothing,
        (None, None) => Start::Latest,
    };
    state.keeper.start(clock::now(), start, database.small_values());
    let mut commands = VecDeque::from(follow(state));
    let mut rest = Vec::new();
    while state.keeper.current().is_none()
        && state.pending.is_none()
        && let Some(command) = commands.pop_front()
    {
        let Command::Store(ticket, command) = command else {
            rest.push(command);
            continue;
        };
        let answer = database.execute(command).await;
        state.keeper.answer(clock::now(), ticket, answer);
        commands.extend(follow(state));
        if let Some(linked) = &linked {
            let own = tab.filter(|id| state.keeper.sandboxes().iter().any(|listed| listed.id == *id));
            let own = own.or_else(|| state.keeper.latest());
            match linked.as_str() {
                address::NEW => begin_with(state, &new_name(state)),
                linked => open_link(state, linked, own),
            }
        } else if let Some(step) = step {
            begin_at_step(state, step);
        }
    }
    if state.keeper.current().is_none() && state.pending.is_none() {
        begin_with(state, &new_name(state));
    }
    rest.extend(commands);
    rest
}

/// A new sandbox for the step that the address names, which is kept once something is done in it; one's own stays as it is.
fn begin_at_step(state: &mut State, step: usize) {
    let own = state.keeper.latest().filter(|_| !viewport::is_embedded());
    state.app.update(Msg::Lesson(LessonMsg::SetUpStep(step)));
    begin_with(state, &new_name(state));
    if let Some(own) = own {
        state.say_with(state.words.step_set_up(step + 1), [Offer::Open(own)]);
    }
}

/// Keeps what was done. Costs little where nothing was.
pub(super) fn keep(state: &mut State) -> Vec<Command> {
    if state.app.is_more_than_kept() && !std::mem::replace(&mut state.told_not_all_kept, true) {
        state.say(state.words.not_all_kept().to_owned());
    }
    state.keeper.keep(clock::now(), &world(&state.app));
    follow(state)
}

/// Does what keeping wants, and passes on what it wants of the browser.
pub(super) fn follow(state: &mut State) -> Vec<Command> {
    let mut commands = Vec::new();
    loop {
        let effects = state.keeper.take_effects();
        if effects.is_empty() {
            return commands;
        }
        for effect in effects {
            match effect {
                KeepEffect::Storage(ticket, command) => commands.push(Command::Store(ticket, command)),
                KeepEffect::Local(command) => database::execute_at_once(&command),
                // It is listed again in any case.
                KeepEffect::Listed => {}
                KeepEffect::NothingKept => begin_new(state),
                KeepEffect::Open(opening) => open_kept(state, opening),
                KeepEffect::CannotOpen { id, name, why } => cannot_open(state, id, &name, &why),
                KeepEffect::Kept { id, .. } => {
                    storage::save_here(&name_in_tab(&state.app), &id.to_string());
                    address::forget_fragment();
                }
                KeepEffect::File(file) => {
                    let end = match file.form {
                        FileForm::Journal => WORLD,
                        FileForm::Commands => COMMANDS,
                    };
                    let name = file_name(&file.name, end);
                    commands.push(Command::SaveFile { name, text: file.text });
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

/// As `web/early.js` has found it: what the address says, or what was chosen.
fn kept_theme() -> Theme {
    let kept = viewport::root_attribute("data-theme");
    Theme::ALL.into_iter().find(|theme| theme.name() == kept).unwrap_or(Theme::Auto)
}

/// The one that the address names or that was chosen, or the browser's, if we speak it.
fn kept_language() -> Language {
    Language::find(&viewport::root_attribute("lang")).unwrap_or_default()
}
