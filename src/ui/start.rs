//! How the page begins: with what was kept or chosen at earlier visits, a link, or what the address asks for.

use std::collections::VecDeque;

use super::browser::database::Database;
use super::browser::viewport::{self, surroundings};
use super::browser::{address, clock, storage};
use super::current::{asked_step, begin_with, begin_with_what_was_typed, name_in_tab, new_name};
use super::explorer;
use super::keep::follow;
use super::layout::Layout;
use super::message::Command;
use super::opening::open_link;
use super::shown::{Offer, Theme};
use super::state::State;
use super::visit::Visit;
use super::words::Language;
use crate::app::model::CodeLanguage;
use crate::app::{LessonMsg, MOST_TERMINALS, Msg, Options, Verbosity, catalog};
use crate::keep::{Keeper, Start};

/// The page as it was left, or as a link says, or a new one; and what is still to be done.
pub(super) async fn restore() -> (State, Database, Vec<Command>) {
    let language = kept_language();
    let database = Database::open().await;
    let writer = (js_sys::Math::random() * 1e15) as u64;
    let keeper = Keeper::new(writer, database.is_volatile());
    let now = clock::now();
    let lesson = address::lesson().unwrap_or(catalog::FIRST);
    let options = Options {
        now,
        seed: now,
        zone: clock::zone(),
        language,
        lesson: Some(lesson.into()),
        pause: clock::is_slice_over,
    };
    let visit = Visit {
        address: address::without_fragment(),
        lesson: address::lesson(),
        step: address::step(),
        embedded: viewport::is_embedded(),
        lines: storage::load_here("lines").unwrap_or_default(),
    };
    let mut state = State::new(options, visit, kept_theme(), keeper);
    state.see(surroundings());
    if let Some(columns) = storage::load("columns").and_then(|columns| columns.parse().ok()) {
        state.columns = usize::clamp(columns, 1, MOST_TERMINALS);
    }
    state.layout = storage::load("layout").map(|kept| Layout::read(&kept)).unwrap_or_default();
    state.code_language =
        storage::load("code").and_then(|name| CodeLanguage::find(&name)).unwrap_or_default();
    let voice = storage::load("voice");
    let voice = Verbosity::ALL.into_iter().find(|known| Some(known.name()) == voice.as_deref());
    state.app.update(Msg::SetVerbosity(voice.unwrap_or_default()));
    if !state.visit.embedded {
        state.scenario = storage::load("scenario").unwrap_or_default();
        state.draft = storage::load("draft").unwrap_or_default();
    }
    let mut commands = open_first(&mut state, &database).await;
    if let Some(fragment) = address::linked_scenario() {
        explorer::open_link(&mut state, &fragment);
    }
    begin_with_what_was_typed(&mut state);
    commands.extend(state.take_commands());
    (state, database, commands)
}

/// Opens what is to be shown first.
async fn open_first(state: &mut State, database: &Database) -> Vec<Command> {
    let linked = address::linked();
    let tab = storage::load_here(&name_in_tab(state)).and_then(|id| id.parse().ok());
    let step = asked_step(state).filter(|_| linked.is_none() && tab.is_none());
    let start = match (&linked, tab) {
        (Some(_), _) => Start::Nothing,
        (None, Some(id)) => Start::Tab(id),
        (None, None) if step.is_some() => Start::Nothing,
        (None, None) => Start::Latest,
    };
    state.keeper.start(state.now, start, database.small_values());
    let mut commands = VecDeque::from(follow_and_open(state));
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
        state.see(surroundings());
        state.keeper.answer(state.now, ticket, answer);
        commands.extend(follow_and_open(state));
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
        commands.extend(follow_and_open(state));
    }
    if state.keeper.current().is_none() && state.pending.is_none() {
        begin_with(state, &new_name(state));
    }
    rest.extend(commands);
    rest
}

/// Does what keeping wants, opens what it has read, and gives what is wanted of the browser then.
fn follow_and_open(state: &mut State) -> Vec<Command> {
    follow(state);
    clock::go_on_opening(state);
    follow(state);
    state.take_commands()
}

/// A new sandbox for the step that the address names, which is kept once something is done in it; one's own stays as it is.
fn begin_at_step(state: &mut State, step: usize) {
    let own = state.keeper.latest().filter(|_| !state.visit.embedded);
    state.app.update(Msg::Lesson(LessonMsg::SetUpStep(step)));
    begin_with(state, &new_name(state));
    if let Some(own) = own {
        state.say_with(state.words.step_set_up(step + 1), [Offer::Open(own)]);
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
