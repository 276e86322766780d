//! What the page shows: the application, and the few things that are the page's own.

use super::layout::Layout;
use super::message::Command;
use super::past::Past;
use super::shown::{
    Aside, BlockAside, Dialog, Notice, Offer, OpenSandbox, Pane, SandboxList, Sharing, Theme,
};
use super::visit::{Room, Surroundings, Visit};
use super::words::Words;
use crate::app::journal::{Act, Journal};
use crate::app::model::{CodeLanguage, Tab};
use crate::app::replay::Replay;
use crate::app::{App, LessonSource, Msg, Options, ProtocolLogMsg, TerminalId};
use crate::explore::Explorer;
use crate::keep::{Cut, Keeper, SandboxId};
use crate::term::screen::Screen;

pub(super) struct State {
    pub(super) app: App,
    /// How a world of this page begins.
    options: Options,
    pub(super) visit: Visit,
    /// What time it is, in milliseconds since 1970.
    pub(super) now: u64,
    room: Room,
    /// What is wanted of the browser, until it is done.
    commands: Vec<Command>,
    pub(super) words: Words,
    /// What a narrow screen shows.
    pub(super) pane: Pane,
    /// The page shows no other pane than this one, however wide it is.
    alone: bool,
    pub(super) theme: Theme,
    /// How many terminals stand side by side, where there is room.
    pub(super) columns: usize,
    pub(super) layout: Layout,
    /// The programming language in which lessons show code.
    pub(super) code_language: CodeLanguage,
    /// Somebody shows it to others: large letters, and little around them.
    pub(super) presenting: bool,
    /// The terminal that gets another name.
    pub(super) renaming: Option<TerminalId>,
    /// The terminals that were used, the latest first.
    recent: Vec<TerminalId>,
    /// The inspector shows the protocol log, not the account.
    pub(super) shows_protocol_log: bool,
    /// What is said at a block of a terminal.
    pub(super) aside: Option<BlockAside>,
    /// Ctrl of the touch bar is held for the next key.
    pub(super) ctrl: bool,
    /// Whoever waited long for the program is told that it is there.
    pub(super) announce_ready: bool,
    /// One quiet line.
    pub(super) notice: Option<Notice>,
    pub(super) dialog: Option<Dialog>,
    pub(super) sharing: Sharing,
    /// The lesson that somebody writes, as it was left.
    pub(super) draft: String,
    /// The scenario of which every order is played, and what came of that.
    pub(super) scenario: String,
    pub(super) explorer: Explorer,
    pub(super) sandboxes: SandboxList,
    pub(super) undo: Undo,
    pub(super) past: Past,
    /// Keeps what is done here.
    pub(super) keeper: Keeper,
    /// A world that is being made, while that takes longer than a moment.
    pub(super) pending: Option<PendingWorld>,
    /// The page has just begun, and the world that it begins with is not there yet.
    pub(super) starting: bool,
    /// That not all is kept of what programs of the page around write.
    pub(super) told_not_all_kept: bool,
}

/// A world that is being made: what was done in it is done again.
pub(super) struct PendingWorld {
    /// Of the sandbox that it is, or will be.
    pub(super) name: String,
    pub(super) origin: Origin,
    pub(super) replay: Replay,
    pub(super) is_begun: bool,
    /// For how many milliseconds the page has worked on it.
    pub(super) worked: u64,
}

impl PendingWorld {
    pub(super) fn new(name: String, origin: Origin, replay: Replay) -> PendingWorld {
        PendingWorld { name, origin, replay, is_begun: false, worked: 0 }
    }
}

/// Where a world comes from.
pub(super) enum Origin {
    /// A sandbox that is kept here, which may be damaged.
    Kept { id: SandboxId, cut: Option<Cut> },
    /// A link. The sandbox that was used before it can be opened instead.
    Link { before: Option<SandboxId> },
    /// A file of this name.
    File { file: String },
    /// It was there before the world was begun again.
    Before,
}

impl State {
    pub(super) fn new(options: Options, visit: Visit, theme: Theme, keeper: Keeper) -> State {
        let (now, language) = (options.now, options.language);
        State {
            app: App::new(options.clone()),
            options,
            visit,
            now,
            room: Room::default(),
            commands: Vec::new(),
            words: Words(language),
            pane: Pane::Lesson,
            alone: false,
            theme,
            columns: 2,
            layout: Layout::default(),
            code_language: CodeLanguage::default(),
            presenting: false,
            renaming: None,
            recent: Vec::new(),
            shows_protocol_log: false,
            aside: None,
            ctrl: false,
            announce_ready: false,
            notice: None,
            dialog: None,
            sharing: Sharing::default(),
            draft: String::new(),
            scenario: String::new(),
            explorer: Explorer::default(),
            sandboxes: SandboxList::default(),
            undo: Undo::default(),
            past: Past::new(),
            keeper,
            pending: None,
            starting: true,
            told_not_all_kept: false,
        }
    }

    /// Lets the world go on up to now, unless somebody looks at its past.
    pub(super) fn let_time_pass(&mut self) {
        if self.past.moment().is_none() {
            self.app.time(self.now);
        }
    }

    /// When something will happen by itself, in milliseconds since 1970.
    pub(super) fn deadline(&self) -> Option<u64> {
        if self.pending.is_some() || self.explorer.is_searching() {
            return Some(0);
        }
        let world = self.app.deadline().filter(|_| self.past.moment().is_none());
        world.into_iter().chain(self.past.deadline(&self.app, self.now)).min()
    }

    /// Shows the present again, in which no time has passed.
    pub(super) fn come_back(&mut self) {
        if self.past.moment().is_some() {
            let (verbosity, columns) = (self.app.verbosity(), self.app.columns());
            self.turn_to(None);
            self.app.resume(self.now);
            // What was chosen meanwhile.
            let listen = ProtocolLogMsg::Listen(self.shows_protocol_log);
            self.app.update(Msg::Language(self.words.0));
            self.app.update(Msg::SetVerbosity(verbosity));
            self.app.update(Msg::Width(columns));
            self.app.update(Msg::ProtocolLog(listen));
        }
    }

    /// Turns to a moment of the past, or to the present.
    pub(super) fn turn_to(&mut self, moment: Option<usize>) {
        if self.past.moment().is_none() {
            self.past.recent.clone_from(&self.recent);
        }
        if let Some(present) = self.past.turn_to(moment, self.now) {
            self.app = present;
        }
        self.recent.clone_from(&self.past.recent);
    }

    /// The tabs of the terminals that are shown.
    pub(super) fn tabs(&self) -> Vec<Tab> {
        self.past.seen().map_or_else(|| self.app.tabs(), |seen| seen.tabs.clone())
    }

    /// The terminal in front.
    pub(super) fn active(&self) -> TerminalId {
        let seen = self.past.seen().and_then(|seen| seen.tabs.iter().find(|tab| tab.active));
        seen.map_or_else(|| self.app.active(), |tab| tab.id)
    }

    /// What a terminal shows.
    pub(super) fn screen(&self, terminal: TerminalId) -> Option<&Screen> {
        match self.past.seen() {
            Some(seen) => seen.screens.get(&terminal),
            None => self.app.screen(terminal),
        }
    }

    /// The terminals that stand side by side where there is room: those that were used last, in the order of their
    /// tabs. So a watcher stays in sight while somebody else works.
    pub(super) fn side_by_side(&self) -> Vec<TerminalId> {
        let tabs: Vec<TerminalId> = self.tabs().iter().map(|tab| tab.id).collect();
        let active = self.active();
        let used = self.recent.iter().copied().filter(|id| *id != active && tabs.contains(id));
        let others = tabs.iter().copied().filter(|id| *id != active && !self.recent.contains(id));
        let chosen: Vec<TerminalId> =
            [active].into_iter().chain(used).chain(others).take(self.columns).collect();
        tabs.into_iter().filter(|id| chosen.contains(id)).collect()
    }

    /// The terminal that stands before another one, beside it.
    pub(super) fn before(&self, terminal: TerminalId) -> Option<TerminalId> {
        /// More stand in two rows, each as wide as the others.
        const ONE_ROW: usize = 3;
        let shown = self.side_by_side();
        let place = shown.iter().position(|id| *id == terminal).filter(|_| shown.len() <= ONE_ROW)?;
        Some(shown[place.checked_sub(1)?])
    }

    /// Gives the terminal before another one such a percentage of their room, or leaves that to the page.
    pub(super) fn share(&mut self, terminal: TerminalId, percent: Option<u8>) {
        match (percent, self.before(terminal)) {
            (Some(percent), Some(before)) => {
                let shown = self.side_by_side();
                self.layout.divide((before, terminal), percent, &shown, self.active());
            }
            _ => self.layout.let_go(),
        }
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

    /// An empty world for a lesson.
    pub(super) fn empty_world(&self, lesson: LessonSource) -> App {
        App::new(Options {
            now: self.now,
            seed: self.now,
            language: self.words.0,
            lesson: Some(lesson),
            ..self.options.clone()
        })
    }

    /// Sees how things are around the page.
    pub(super) fn see(&mut self, surroundings: Surroundings) {
        (self.now, self.room) = (surroundings.now, surroundings.room);
    }

    /// Wants something of the browser.
    pub(super) fn ask(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Keeps what somebody writes for later visits, if it is not too long. What is written in a frame is not the visitor's own.
    pub(super) fn remember_text(&mut self, name: &'static str, text: &str) {
        /// In bytes.
        const KEPT_MAX: usize = 64 * 1024;
        if text.len() <= KEPT_MAX && !self.visit.embedded {
            self.ask(Command::Remember(name, text.to_owned()));
        }
    }

    /// What was wanted of the browser since this was called last.
    pub(super) fn take_commands(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.commands)
    }

    /// Notes what is in use and in sight, after the application has changed.
    pub(super) fn look_around(&mut self) {
        if self.past.seen().is_some() {
            return;
        }
        let active = self.app.active();
        if self.recent.first() != Some(&active) {
            self.recent.retain(|id| *id != active);
            self.recent.insert(0, active);
        }
        let seen = match self.room {
            Room::One if self.pane != Pane::Terminals => Vec::new(),
            Room::One | Room::Two => vec![active],
            Room::All => self.side_by_side(),
        };
        if self.app.tabs().iter().any(|tab| tab.unread > 0 && seen.contains(&tab.id)) {
            self.app.update(Msg::MarkRead(seen));
        }
    }

    /// Turns to a pane, where panes are shown one at a time.
    pub(super) fn show(&mut self, pane: Pane) {
        if !self.alone {
            self.pane = pane;
        }
    }

    /// Shows where something happens now, if that is not in sight.
    pub(super) fn show_terminals(&mut self) {
        if self.room == Room::One {
            self.show(Pane::Terminals);
        }
    }

    /// Shows a pane, and from now on no other.
    pub(super) fn show_alone(&mut self, pane: Pane) {
        self.pane = pane;
        self.alone = true;
    }

    /// Says something at a block, or no more if it is said there.
    pub(super) fn toggle_aside(&mut self, terminal: TerminalId, block: u64, aside: Aside) {
        let is_said = |said: &BlockAside| {
            let is_alike = matches!(
                (&said.aside, &aside),
                (Aside::Why, Aside::Why) | (Aside::Refs(..), Aside::Refs(..))
            );
            (said.terminal, said.block) == (terminal, block) && is_alike
        };
        let ends = self.aside.as_ref().is_some_and(is_said);
        self.aside = (!ends).then_some(BlockAside { terminal, block, aside });
    }

    /// Says one quiet line.
    pub(super) fn say(&mut self, text: String) {
        self.notice = Some(Notice { text, offers: Vec::new() });
    }

    /// Says one quiet line that offers something.
    pub(super) fn say_with<const N: usize>(&mut self, text: String, offers: [Offer; N]) {
        self.notice = Some(Notice { text, offers: offers.to_vec() });
    }

    /// Lists again what is kept, if that is in sight.
    pub(super) fn list_sandboxes(&mut self) {
        if self.dialog == Some(Dialog::Sandboxes) {
            let open = self.keeper.current().map(|(id, name)| OpenSandbox { id, name: name.to_owned() });
            let deleted = self.keeper.can_undelete();
            self.sandboxes = SandboxList { list: self.keeper.sandboxes(), open, deleted };
        }
    }

    /// The name of the sandbox of this tab.
    pub(super) fn sandbox_name(&self) -> &str {
        self.keeper.current().map_or("", |(_, name)| name)
    }
}

/// What can be had back.
#[derive(Default)]
pub(super) struct Undo {
    /// The world before it was begun again.
    pub(super) before: Option<Journal>,
}
