//! What is kept from one visit to the next: the world, as the list of what was done in it, and what was chosen.

use super::clock;
use super::state::{State, Theme};
use super::storage;
use super::window;
use super::words::{Language, Words};
use crate::app::journal::Journal;
use crate::app::{App, Msg, Options, Zone, link};

/// More than this is not kept: browsers give a page about five million characters.
const LONGEST: usize = 2_000_000;

/// The page as it was left, or as a link says, or a new one.
pub(super) fn restore() -> State {
    let language = kept_language();
    let options = Options {
        now: clock::now(),
        seed: clock::now(),
        zone: Zone { minutes_east: clock::minutes_east() },
        language,
        lesson: true,
    };
    let mut state = State::new(App::new(options), language, kept_theme());
    window::mark("lang", language.code());
    let words = Words(language);
    let linked = window::fragment().map(|fragment| link::read(&fragment));
    let kept = storage::load("world").map(|text| Journal::read(&text));
    match linked.or(kept) {
        Some(Ok(journal)) => _ = state.app.update(Msg::Restore(journal)),
        Some(Err(_)) => state.notice = Some(words.unreadable().to_owned()),
        None => {}
    }
    state
}

/// Whether something was done in the world since it was kept last.
pub(super) fn is_due(state: &State) -> bool {
    state.kept != now(state)
}

fn now(state: &State) -> (u64, usize) {
    let journal = state.app.journal();
    (journal.began, journal.entries.len())
}

/// Keeps the world.
pub(super) fn world(state: &mut State) {
    let journal = state.app.journal();
    let text = journal.write();
    let kept = text.len() <= LONGEST && storage::save("world", &text);
    if !kept && state.kept.1 == 0 {
        state.notice = Some(state.words.nothing_kept().to_owned());
    }
    state.kept = now(state);
}

pub(super) fn theme(theme: Theme) {
    storage::save("theme", theme.name());
}

pub(super) fn language(language: Language) {
    storage::save("language", language.code());
}

fn kept_theme() -> Theme {
    let kept = storage::load("theme");
    Theme::ALL.into_iter().find(|theme| Some(theme.name()) == kept.as_deref()).unwrap_or(Theme::Auto)
}

/// The one that was chosen, or the browser's, if we speak it.
fn kept_language() -> Language {
    let wanted = storage::load("language").unwrap_or_else(window::language);
    let code = wanted.split('-').next().unwrap_or_default();
    Language::ALL.into_iter().find(|language| language.code() == code).unwrap_or_default()
}
