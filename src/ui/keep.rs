//! What is kept from one visit to the next: the page's side of `crate::keep`, and what was chosen.
//!
//! A tab works in one sandbox. It is kept from the first act on; a world that a link brought becomes a sandbox of its
//! own then, so that nobody's work is lost by opening a link.

use std::collections::VecDeque;

use super::browser::database::{self, Database};
use super::browser::{address, clock, early, storage, viewport};
use super::message::Command;
use super::share::{WORLD, file_name};
use super::state::{Dialog, Notice, Offer, PendingSandbox, State, Theme};
use super::words::Language;
use crate::app::budget::OF_OTHERS;
use crate::app::journal::{Journal, Unreadable};
use crate::app::replay::{Replay, Replayed};
use crate::app::{App, CostLimits, LessonMsg, MOST_TERMINALS, Msg, Options, Verbosity, link};
use crate::keep::{
    CannotOpen, KeepEffect, KeepNotice, Keeper, Opening, Refusal, SandboxId, Start, World, read_lines,
    write_lines,
};

/// The page as it was left, or as a link says, or a new one; and what is still to be done.
pub(super) async fn restore() -> (State, Database, Vec<Command>) {
    let language = kept_language();
    let database = Database::open().await;
    let writer = (js_sys::Math::random() * 1e15) as u64;
    let keeper = Keeper::new(writer, database.is_volatile());
    let mut state = State::new(fresh_app(language), language, kept_theme(), keeper);
    if let Some(columns) = storage::load("columns").and_then(|columns| columns.parse().ok()) {
        state.columns = usize::clamp(columns, 1, MOST_TERMINALS);
    }
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
                linked => open_linked(state, linked, own),
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

fn fresh_app(language: Language) -> App {
    App::new(Options {
        now: clock::now(),
        seed: clock::now(),
        zone: clock::zone(),
        language,
        lesson: true,
        pause: clock::is_slice_over,
    })
}

/// What this tab remembers its sandbox by: that of a page whose address names a step is another one.
fn name_in_tab(app: &App) -> String {
    match address::asked_step(app) {
        Some(step) => format!("sandbox.step{}", step + 1),
        None => "sandbox".to_owned(),
    }
}

/// A new sandbox for the step that the address names, which is kept once something is done in it; one's own stays as it is.
fn begin_at_step(state: &mut State, step: usize) {
    let own = state.keeper.latest().filter(|_| !viewport::is_embedded());
    state.app.update(Msg::Lesson(LessonMsg::SetUpStep(step)));
    begin_with(state, &new_name(state));
    if let Some(own) = own {
        state.say_with(state.words.step_set_up(step + 1), Offer::Open(own));
    }
}

fn new_name(state: &State) -> String {
    state.keeper.free_name(1, |number| state.words.sandbox_number(number))
}

/// What there is to be kept.
fn world(app: &App) -> World<'_> {
    World { journal: app.journal(), closing: app.closing() }
}

/// What a link brought; the sandbox that was kept here stays as it is.
fn open_linked(state: &mut State, linked: &str, own: Option<SandboxId>) {
    let words = state.words;
    let read = link::unpack(linked).and_then(|journal| make(state, journal, Some(OF_OTHERS)));
    let name = match read {
        Ok(()) => state.keeper.free_name(1, |number| words.brought_by_link(number)),
        Err(_) => new_name(state),
    };
    begin_with(state, &name);
    let offer = own.map(Offer::Open);
    state.notice = match read {
        Ok(()) => offer.map(|offer| Notice { text: words.linked().to_owned(), offer: Some(offer) }),
        Err(wrong) => Some(Notice { text: words.link_wrong(&words.wrong(&wrong)), offer }),
    };
}

/// Makes the world that a text of somebody else tells of; it becomes a sandbox of this name. Where that fails, nothing has
/// changed.
pub(super) fn import(state: &mut State, text: &str, name: &str) -> Result<(), Unreadable> {
    let journal = Journal::read(text)?;
    leave(state);
    let (before, closing) = (state.app.journal().clone(), state.app.closing());
    make(state, journal, Some(OF_OTHERS))?;
    let now = clock::now();
    state.keeper.close(now, &World { journal: &before, closing });
    let words = state.words;
    let name = if name.is_empty() { new_name(state) } else { name.to_owned() };
    let name = state.keeper.free_name(1, |number| match number {
        1 => name.clone(),
        _ => words.copy_of(&name, number),
    });
    state.keeper.begin_kept(now, &name, &world(&state.app));
    address::forget_fragment();
    Ok(())
}

/// Makes the world that a journal tells of. Where that costs too much, nothing has changed.
fn make(state: &mut State, journal: Journal, limits: Option<CostLimits>) -> Result<(), Unreadable> {
    let made = state.app.restore(journal, limits);
    state.recall();
    made.map_err(Unreadable::TooHeavy)
}

/// How long the page may stand still for a sandbox that is opened, in milliseconds: at first, before its progress is shown, and then at a time.
const AT_FIRST: u64 = 150;
const AT_A_TIME: u64 = 40;

/// A sandbox was read, and is to be shown in the place of what was there.
fn open(state: &mut State, opening: Opening) {
    close(state);
    let Opening { id, name, journal, cut } = opening;
    let replay = state.app.replay(journal, None);
    state.pending = Some(PendingSandbox { id, name, replay, cut });
    go_on(state, AT_FIRST);
    if state.pending.is_some() {
        state.dialog = Some(Dialog::Opening);
    }
}

/// Goes on with the sandbox that is being opened.
pub(super) fn go_on_opening(state: &mut State) {
    go_on(state, AT_A_TIME);
}

fn go_on(state: &mut State, millis: u64) {
    let Some(mut pending) = state.pending.take() else { return };
    clock::begin_slice(millis);
    match pending.replay.advance() {
        Replayed::Partly => state.pending = Some(pending),
        Replayed::Wholly => show(state, pending),
        // One's own may cost what it costs.
        Replayed::TooHeavy(heavy) => {
            let wrong = Unreadable::TooHeavy(heavy);
            state.keeper.not_opened(pending.id, wrong.clone());
            begin_new(state);
            let reason = state.words.wrong(&wrong);
            state.say_with(
                state.words.sandbox_damaged(&pending.name, &reason),
                Offer::SaveSandbox(pending.id),
            );
        }
    }
}

/// The world of a sandbox is there.
fn show(state: &mut State, pending: PendingSandbox) {
    let PendingSandbox { id, name, replay, cut } = pending;
    take_over(state, replay);
    state.keeper.opened(clock::now(), &world(&state.app));
    if let Some(cut) = cut {
        state.say_with(state.words.sandbox_cut(&name, cut.entries), Offer::SaveSandbox(id));
    }
    begin_with_what_was_typed(state);
}

/// Somebody does not wait until a sandbox is open: its world is shown as far as it has come, as another sandbox. The one that was to be opened
/// stays as it is.
pub(super) fn stop_opening(state: &mut State) {
    let Some(PendingSandbox { id, name, replay, .. }) = state.pending.take() else { return };
    let (done, all) = (replay.progress().acts, replay.total().acts);
    take_over(state, replay);
    state.keeper.opened_partly(clock::now(), &world(&state.app));
    state.say_with(state.words.opening_stopped(&name, done, all), Offer::Open(id));
    begin_with_what_was_typed(state);
}

fn take_over(state: &mut State, replay: Replay) {
    state.app.take_over(replay);
    state.recall();
    if state.dialog == Some(Dialog::Opening) {
        state.dialog = None;
    }
    address::forget_fragment();
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
fn close(state: &mut State) {
    if state.keeper.current().is_some() {
        state.keeper.close(clock::now(), &world(&state.app));
    }
}

/// An empty world under a name of its own, which is kept once something was done in it.
pub(super) fn begin_new(state: &mut State) {
    close(state);
    let mut app = fresh_app(state.words.0);
    app.inherit_from(&state.app);
    state.app = app;
    begin_with(state, &new_name(state));
    address::forget_fragment();
}

/// The world as it stands is to be kept under this name, once something was done in it.
fn begin_with(state: &mut State, name: &str) {
    state.keeper.begin(clock::now(), name, &world(&state.app));
}

/// Keeps what was done. Costs little where nothing was.
pub(super) fn keep(state: &mut State) -> Vec<Command> {
    if state.app.is_more_than_kept() && !std::mem::replace(&mut state.told_not_all_kept, true) {
        state.say(state.words.not_all_kept().to_owned());
    }
    state.keeper.keep(clock::now(), &world(&state.app));
    follow(state)
}

/// Keeps how things stand, before somebody leaves.
pub(super) fn leave(state: &mut State) {
    let lines = state.app.tabs().into_iter().filter_map(|tab| {
        let view = state.app.field(tab.id)?;
        Some((tab.id, view.text))
    });
    storage::save_here("lines", &write_lines(state.sandbox_name(), lines));
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
                KeepEffect::Open(opening) => open(state, opening),
                KeepEffect::CannotOpen { id, name, why } => cannot_open(state, id, &name, &why),
                KeepEffect::Kept { id, .. } => {
                    storage::save_here(&name_in_tab(&state.app), &id.to_string());
                    address::forget_fragment();
                }
                KeepEffect::File(file) => {
                    let name = file_name(&file.name, WORLD);
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
    if state.keeper.current().is_some() {
        state.say_with(words.sandbox_not_opened(name, &reason), Offer::SaveSandbox(id));
    } else {
        begin_new(state);
        state.say_with(words.sandbox_damaged(name, &reason), Offer::SaveSandbox(id));
    }
}

fn say(state: &mut State, notice: KeepNotice) {
    let words = state.words;
    match notice {
        KeepNotice::NotKept { why: Refusal::Forbidden, .. } | KeepNotice::NotKept { kept: 0, .. } => {
            state.say_with(words.nothing_kept().to_owned(), Offer::SaveWorld);
        }
        KeepNotice::NotKept { why, kept, unkept, .. } => {
            state.say_with(words.kept_until(kept, unkept, words.refusal(why)), Offer::SaveWorld);
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
