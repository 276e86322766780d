//! What is kept from one visit to the next: the world, as the list of what was done in it, and what was chosen.
//!
//! A tab works in one sandbox. It is kept from the first act on; a world that a link brought becomes a sandbox of its
//! own then, so that nobody's work is lost by opening a link.

use super::browser::{address, clock, storage, viewport};
use super::sandbox;
use super::state::{Notice, Offer, OpenSandbox, State, Theme};
use super::words::{Language, Words};
use crate::app::budget::OF_OTHERS;
use crate::app::journal::{Journal, Unreadable};
use crate::app::{App, CostLimits, MOST_TERMINALS, Msg, Options, Verbosity, link};

/// The page as it was left, or as a link says, or a new one.
pub(super) fn restore() -> State {
    let language = kept_language();
    let words = Words(language);
    let mut state =
        State::new(fresh_app(language), language, kept_theme(), OpenSandbox::unkept(String::new()));
    if let Some(columns) = storage::load("columns").and_then(|columns| columns.parse().ok()) {
        state.columns = usize::clamp(columns, 1, MOST_TERMINALS);
    }
    let voice = storage::load("voice");
    let voice = Verbosity::ALL.into_iter().find(|known| Some(known.name()) == voice.as_deref());
    state.app.update(Msg::SetVerbosity(voice.unwrap_or_default()));
    let own = storage::load_here("sandbox")
        .and_then(|id| id.parse().ok())
        .filter(|id| sandbox::load(*id).is_some());
    let own = own.or_else(|| sandbox::list().first().map(|listed| listed.id));
    let linked = address::linked();
    match (linked, own) {
        (Some(linked), own) if linked != "#new" => open_linked(&mut state, &linked, own),
        (None, Some(id)) => _ = open(&mut state, id),
        _ => begin_with(&mut state, new_name(words)),
    }
    recall_lines(&mut state);
    state
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

fn new_name(words: Words) -> String {
    sandbox::free_name(1, |number| words.sandbox_number(number))
}

/// What a link brought; the sandbox that was kept here stays as it is.
fn open_linked(state: &mut State, linked: &str, own: Option<sandbox::Id>) {
    let words = state.words;
    let read = link::unpack(linked).and_then(|journal| make(state, journal, Some(OF_OTHERS)));
    let name = if read.is_ok() {
        sandbox::free_name(1, |number| words.brought_by_link(number))
    } else {
        new_name(words)
    };
    begin_with(state, name);
    let offer = own.map(Offer::Open);
    state.notice = match read {
        Ok(()) => offer.map(|offer| Notice { text: words.linked().to_owned(), offer: Some(offer) }),
        Err(wrong) => Some(Notice { text: words.link_wrong(&words.wrong(&wrong)), offer }),
    };
}

/// Makes the world that a text tells of. Where that fails, nothing has changed.
pub(super) fn take(state: &mut State, text: &str) -> Result<(), Unreadable> {
    make(state, Journal::read(text)?, Some(OF_OTHERS))
}

/// Makes the world that a journal tells of. Where that costs too much, nothing has changed.
fn make(state: &mut State, journal: Journal, limits: Option<CostLimits>) -> Result<(), Unreadable> {
    let made = state.app.restore(journal, limits);
    state.recall();
    made.map_err(|_| Unreadable::TooLong)
}

/// Keeps this sandbox and turns to another one.
pub(super) fn turn_to(state: &mut State, id: sandbox::Id) {
    leave(state);
    open(state, id);
    address::forget_fragment();
}

/// Turns to a sandbox that is kept. `false` where it cannot be read.
pub(super) fn open(state: &mut State, id: sandbox::Id) -> bool {
    let words = state.words;
    let Some((head, text)) = sandbox::read(id) else {
        begin(state, new_name(words));
        state.say(words.sandbox_damaged(&id.to_string(), &words.wrong(&Unreadable::Foreign)));
        return false;
    };
    let made = Journal::salvage(&text).and_then(|salvaged| make(state, salvaged.journal, None));
    if let Err(wrong) = made {
        begin(state, new_name(words));
        state.say(words.sandbox_damaged(&head.name, &words.wrong(&wrong)));
        return false;
    }
    begin_with(state, head.name.clone());
    storage::save_here("sandbox", &id.to_string());
    (state.kept.id, state.kept.head) = (Some(id), Some(head));
    true
}

/// An empty world, which is kept once something was done in it.
pub(super) fn begin(state: &mut State, name: String) {
    let mut app = fresh_app(state.words.0);
    app.inherit_from(&state.app);
    state.app = app;
    begin_with(state, name);
}

/// An empty world under a name of its own.
pub(super) fn begin_new(state: &mut State) {
    begin(state, new_name(state.words));
    address::forget_fragment();
}

/// The sandbox that was used last, or a new one.
pub(super) fn open_latest(state: &mut State) {
    match sandbox::list().first() {
        Some(listed) => _ = open(state, listed.id),
        None => begin_new(state),
    }
}

/// The world as it stands becomes a sandbox of its own at once.
pub(super) fn begin_anew(state: &mut State, name: String) {
    let name = if name.is_empty() { new_name(state.words) } else { name };
    let plain = sandbox::free_name(1, |number| match number {
        1 => name.clone(),
        _ => state.words.copy_of(&name, number),
    });
    state.kept = OpenSandbox::unkept(plain);
    save(state);
    address::forget_fragment();
}

/// The world as it stands is to be kept under this name, once something was done in it.
pub(super) fn begin_with(state: &mut State, name: String) {
    state.kept = OpenSandbox { saved: stand(&state.app), ..OpenSandbox::unkept(name) };
}

/// When the world began, and how many acts there were.
fn stand(app: &App) -> (u64, usize) {
    (app.journal().began, app.journal().entries.len())
}

/// Whether something was done in the world since it was kept last.
pub(super) fn is_due(state: &State) -> bool {
    state.kept.saved != stand(&state.app) || is_news(state)
}

/// Whether it has to be told that not all is kept of what programs of the page around write.
fn is_news(state: &State) -> bool {
    state.app.is_more_than_kept() && !state.kept.full
}

/// Keeps how things stand, before somebody leaves.
pub(super) fn leave(state: &mut State) {
    keep_lines(state);
    let kept = &state.kept;
    let is_ours = kept.id.is_some_and(|id| sandbox::head(id) == kept.head);
    if is_ours || is_due(state) {
        save(state);
    }
}

/// Between what is kept of the lines that are being typed: a character that nobody types.
const BETWEEN: char = '\u{1e}';
/// A longer line was hardly typed by hand.
const LONGEST_LINE: usize = 4000;

/// Keeps the lines that are being typed, for when this tab is loaded again.
fn keep_lines(state: &State) {
    let mut kept = state.kept.name.clone();
    for tab in state.app.tabs() {
        if let Some(view) = state.app.field(tab.id)
            && (1..=LONGEST_LINE).contains(&view.text.len())
        {
            kept.push_str(&format!("{BETWEEN}{} {}", tab.id, view.text));
        }
    }
    storage::save_here("lines", &kept);
}

/// Puts them back, if they were typed in this sandbox.
fn recall_lines(state: &mut State) {
    let kept = storage::load_here("lines").unwrap_or_default();
    let mut parts = kept.split(BETWEEN);
    if parts.next() != Some(state.kept.name.as_str()) {
        return;
    }
    for part in parts {
        let Some((terminal, text)) = part.split_once(' ') else { continue };
        if let Ok(terminal) = terminal.parse() {
            let selection = text.len()..text.len();
            state.app.update(Msg::Typed { terminal, text: text.to_owned(), selection });
        }
    }
}

/// Keeps the world under its name, or as a copy where another tab has kept something else under it.
pub(super) fn save(state: &mut State) {
    let words = state.words;
    if is_news(state) {
        state.kept.full = true;
        state.say(words.not_all_kept().to_owned());
    }
    let stand = stand(&state.app);
    if state.kept.id.is_none() && stand.1 == 0 {
        state.kept.saved = stand;
        return;
    }
    let there = state.kept.id.and_then(sandbox::head);
    if there.is_some() && there != state.kept.head {
        let name = std::mem::take(&mut state.kept.name);
        let copy = sandbox::free_name(2, |number| words.copy_of(&name, number));
        state.say(words.two_tabs(&name, &copy));
        state.kept = OpenSandbox::unkept(copy);
    }
    let kept = &mut state.kept;
    let now = clock::now();
    let id = kept.id.unwrap_or_else(|| sandbox::free_id(now));
    let head = kept.head(now, &kept.name);
    kept.saved = stand;
    if sandbox::save(id, &head, &state.app.saved().write()) {
        (kept.id, kept.head, kept.told) = (Some(id), Some(head), false);
        storage::save_here("sandbox", &id.to_string());
        address::forget_fragment();
    } else if !std::mem::replace(&mut kept.told, true) {
        state.say(words.nothing_kept().to_owned());
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
