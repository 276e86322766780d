//! What the page shows: the application, and the few things that are the page's own.

use std::collections::BTreeMap;

use super::dialog::Dialog;
use super::keep::Kept;
use super::sandbox;
use super::sandboxes::{self, Back, Shelf};
use super::share::Sharing;
use super::transcript::LINES_DRAWN;
use super::words::{Language, Words};
use super::{browser, keep, window};
use crate::app::journal::Act;
use crate::app::{App, Msg, Show, TerminalId, Thing, Voice};

pub(super) struct State {
    pub(super) app: App,
    pub(super) words: Words,
    /// What a narrow screen shows.
    pub(super) part: Part,
    /// The page shows no other part than this one, however wide it is.
    alone: bool,
    pub(super) theme: Theme,
    /// How many terminals stand side by side, where there is room.
    pub(super) columns: usize,
    /// Somebody shows it to others: large letters, and little around them.
    pub(super) presenting: bool,
    /// The terminal that gets another name.
    pub(super) renaming: Option<TerminalId>,
    /// The terminals that were used, the latest first.
    recent: Vec<TerminalId>,
    /// How many lines of a terminal are drawn, where somebody asked for more than usual.
    lines: BTreeMap<TerminalId, usize>,
    /// The picture shows what passes between clients and server, not the account.
    pub(super) wire: bool,
    /// What is said at a block of a terminal.
    pub(super) aside: Option<(TerminalId, u64, Aside)>,
    /// Ctrl of the touch bar is held for the next key.
    pub(super) ctrl: bool,
    /// One quiet line.
    pub(super) notice: Option<Notice>,
    pub(super) dialog: Option<Dialog>,
    pub(super) sharing: Sharing,
    pub(super) shelf: Shelf,
    pub(super) back: Back,
    pub(super) kept: Kept,
}

/// One quiet line, and what it offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) text: String,
    pub(super) offer: Option<Offer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// To open a sandbox that is kept.
    Open(sandbox::Id),
    /// To have the world back that was begun again.
    TakeBack,
    /// To load the new version of the page.
    Reload,
}

/// The parts of the page; a narrow screen shows one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Lesson,
    Terminals,
    Picture,
}

/// The colours that the user wants; `Auto` is what the device or the page around says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    Auto,
    Light,
    Dark,
    Contrast,
}

/// A change of what is the page's own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Turn {
    Part(Part),
    Theme(Theme),
    Language(Language),
    Columns(usize),
    Voice(Voice),
    Rename(TerminalId),
    Present(bool),
    MoreLines(TerminalId),
    Wire(bool),
    /// Says why the command of this block failed, or says it no more.
    Why(TerminalId, u64),
    /// Offers what a block shows, or does so no more.
    Things(TerminalId, u64),
    /// One of the things that are offered is meant.
    Thing(usize),
    NoAside,
    Ctrl,
    Dialog(Option<Dialog>),
    /// What the notice offers.
    Accept(Offer),
    Dismiss,
}

impl State {
    pub(super) fn new(app: App, language: Language, theme: Theme, kept: Kept) -> State {
        State {
            app,
            words: Words(language),
            part: Part::Lesson,
            alone: false,
            theme,
            columns: 2,
            presenting: false,
            renaming: None,
            recent: Vec::new(),
            lines: BTreeMap::new(),
            wire: false,
            aside: None,
            ctrl: false,
            notice: None,
            dialog: None,
            sharing: Sharing::default(),
            shelf: Shelf::default(),
            back: Back::default(),
            kept,
        }
    }

    /// The terminals that stand side by side where there is room: those that were used last, in the order of their
    /// tabs. So a watcher stays in sight while somebody else works.
    pub(super) fn side_by_side(&self) -> Vec<TerminalId> {
        let tabs: Vec<TerminalId> = self.app.tabs().iter().map(|tab| tab.id).collect();
        let active = self.app.active();
        let used = self.recent.iter().copied().filter(|id| *id != active && tabs.contains(id));
        let others = tabs.iter().copied().filter(|id| *id != active && !self.recent.contains(id));
        let chosen: Vec<TerminalId> =
            [active].into_iter().chain(used).chain(others).take(self.columns).collect();
        tabs.into_iter().filter(|id| chosen.contains(id)).collect()
    }

    /// Notes which terminals were used in a world that was made again.
    pub(super) fn recall(&mut self) {
        self.recent.clear();
        for entry in self.app.journal().entries.iter().rev() {
            if let Act::Submit { terminal, .. } = &entry.act
                && !self.recent.contains(terminal)
            {
                self.recent.push(*terminal);
            }
        }
    }

    /// Notes what is in use and in sight, after the application has changed.
    pub(super) fn look_around(&mut self) {
        let active = self.app.active();
        if self.recent.first() != Some(&active) {
            self.recent.retain(|id| *id != active);
            self.recent.insert(0, active);
        }
        let seen = match window::is_narrow() {
            true if self.part != Part::Terminals => Vec::new(),
            true => vec![active],
            false => self.side_by_side(),
        };
        if self.app.tabs().iter().any(|tab| tab.unread > 0 && seen.contains(&tab.id)) {
            self.app.update(Msg::See(seen));
        }
    }

    /// Changes whenever the lesson or the picture may have.
    pub(super) fn stamp(&self) -> u64 {
        self.app.changes() << 1 | self.words.0 as u64
    }

    /// How many lines of a terminal are drawn.
    pub(super) fn lines(&self, terminal: TerminalId) -> usize {
        self.lines.get(&terminal).copied().unwrap_or(LINES_DRAWN)
    }

    /// Turns to a part, where parts are shown one at a time.
    pub(super) fn show(&mut self, part: Part) {
        if !self.alone {
            self.part = part;
        }
    }

    /// Shows a part, and from now on no other.
    pub(super) fn show_alone(&mut self, part: Part) {
        self.part = part;
        self.alone = true;
    }

    /// Says something at a block, or no more if it is said there.
    fn say_aside(&mut self, terminal: TerminalId, block: u64, aside: Aside) {
        let explains = aside == Aside::Why;
        let is_said = |(at, of, said): &(TerminalId, u64, Aside)| {
            (*at, *of, *said == Aside::Why) == (terminal, block, explains)
        };
        let ends = self.aside.as_ref().is_some_and(is_said);
        self.aside = (!ends).then_some((terminal, block, aside));
    }

    /// Says one quiet line.
    pub(super) fn say(&mut self, text: String) {
        self.notice = Some(Notice { text, offer: None });
    }

    pub(super) fn turn(&mut self, turn: Turn) {
        match turn {
            Turn::Part(part) => self.show(part),
            Turn::Theme(theme) => {
                self.theme = theme;
                window::mark("data-theme", theme.name());
                keep::theme(theme);
            }
            Turn::Language(language) => {
                self.words = Words(language);
                self.app.update(Msg::Language(language));
                window::mark("lang", language.code());
                keep::language(language);
            }
            Turn::Columns(columns) => {
                self.columns = columns;
                keep::columns(columns);
            }
            Turn::Voice(voice) => {
                self.app.update(Msg::Voice(voice));
                keep::voice(voice);
            }
            Turn::Present(on) => {
                self.presenting = on;
                window::mark("data-presenting", if on { "true" } else { "false" });
            }
            Turn::Rename(terminal) => self.renaming = Some(terminal),
            Turn::MoreLines(terminal) => _ = self.lines.insert(terminal, self.lines(terminal) + LINES_DRAWN),
            Turn::Wire(wire) => {
                self.wire = wire;
                self.app.update(Msg::Show(Show::Listen(wire)));
            }
            Turn::Why(terminal, block) => self.say_aside(terminal, block, Aside::Why),
            Turn::Things(terminal, block) => {
                let things = self.app.things(terminal, block);
                let newest = things.len().saturating_sub(1);
                self.say_aside(terminal, block, Aside::Things(things, newest));
            }
            Turn::Thing(at) => {
                if let Some((_, _, Aside::Things(_, chosen))) = &mut self.aside {
                    *chosen = at;
                }
            }
            Turn::NoAside => self.aside = None,
            Turn::Ctrl => self.ctrl = !self.ctrl,
            Turn::Dialog(dialog) => self.dialog = dialog,
            Turn::Accept(offer) => {
                self.notice = None;
                match offer {
                    Offer::Open(id) => keep::turn_to(self, id),
                    Offer::TakeBack => sandboxes::take_back(self),
                    Offer::Reload => {
                        keep::leave(self);
                        browser::take_update();
                    }
                }
            }
            Turn::Dismiss => self.notice = None,
        }
    }
}

/// Something that is said at a block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Aside {
    /// Why it failed.
    Why,
    /// What it shows, and which of that is meant.
    Things(Vec<Thing>, usize),
}

impl Part {
    pub(super) const ALL: [Part; 3] = [Part::Lesson, Part::Terminals, Part::Picture];

    pub(super) fn name(self) -> &'static str {
        match self {
            Part::Lesson => "lesson",
            Part::Terminals => "terminals",
            Part::Picture => "picture",
        }
    }
}

impl Theme {
    pub(super) const ALL: [Theme; 4] = [Theme::Auto, Theme::Light, Theme::Dark, Theme::Contrast];

    pub(super) fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Contrast => "contrast",
        }
    }
}
