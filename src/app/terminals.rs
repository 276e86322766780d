//! The terminals: their order, their names and badges, which one is active, and how wide they are.

use std::collections::{BTreeMap, VecDeque};
use std::iter::once;
use std::rc::Rc;

use super::completion::WorldCompletion;
use super::model::{BADGES, Badge, Tab};
use super::owners::{ConnectionOwners, TerminalId};
use super::programs::ProgramTable;
use crate::base::pty::COLUMNS;
use crate::base::{Cost, TimeZone};
use crate::lesson::TerminalStatus;
use crate::server::ConnId;
use crate::shell::session::Session;
use crate::sim::World;
use crate::term::history::History;

/// One terminal: its number, its badge and its session with a shell.
pub(super) struct TerminalSession {
    id: TerminalId,
    badge: Badge,
    pub(super) session: Session,
}

/// Who a terminal is, or was before it was closed.
#[derive(Clone, Copy)]
pub(super) struct TerminalIdentity<'a> {
    pub(super) id: TerminalId,
    pub(super) name: &'a str,
    pub(super) badge: Badge,
}

/// A terminal that was closed, and the place of its tab.
struct ClosedTerminal {
    terminal: TerminalSession,
    place: usize,
}

/// How many closed terminals can be had back.
const CLOSED: usize = 4;

/// The longest name of a terminal, in characters.
pub(super) const LONGEST_NAME: usize = 20;

pub(super) struct Terminals {
    /// In the order of their tabs.
    sessions: Vec<TerminalSession>,
    /// The last ones that were closed, the last of all at the end.
    closed: VecDeque<ClosedTerminal>,
    /// Names and badges of all that were closed, as they were then.
    former: BTreeMap<TerminalId, (String, Badge)>,
    last_id: TerminalId,
    active: TerminalId,
    owners: ConnectionOwners,
    /// Columns of each terminal that are in sight, and the number that programs were told last.
    columns: usize,
    told_columns: usize,
    /// Commands of an earlier world, by the name of their terminal.
    histories: BTreeMap<String, String>,
}

impl TerminalSession {
    pub(super) fn id(&self) -> TerminalId {
        self.id
    }

    pub(super) fn badge(&self) -> Badge {
        self.badge
    }

    pub(super) fn name(&self) -> &str {
        &self.session.name
    }

    /// Whether a command runs in front.
    pub(super) fn is_busy(&self) -> bool {
        !self.session.is_ready()
    }

    /// Whether the command in front waits for a line.
    pub(super) fn asks(&self) -> bool {
        self.question().is_some()
    }

    /// What the command in front asks.
    pub(super) fn question(&self) -> Option<String> {
        self.session.question()
    }
}

impl Terminals {
    /// None yet. `histories` are the commands of an earlier world, by the name of their terminal.
    pub(super) fn new(histories: BTreeMap<String, String>) -> Terminals {
        Terminals {
            sessions: Vec::new(),
            closed: VecDeque::new(),
            former: BTreeMap::new(),
            last_id: 0,
            active: 0,
            owners: ConnectionOwners::default(),
            columns: COLUMNS,
            told_columns: COLUMNS,
            histories,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &TerminalSession> + Clone {
        self.sessions.iter()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut TerminalSession> {
        self.sessions.iter_mut()
    }

    pub(super) fn len(&self) -> usize {
        self.sessions.len()
    }

    pub(super) fn get(&self, id: TerminalId) -> Option<&TerminalSession> {
        self.sessions.iter().find(|terminal| terminal.id == id)
    }

    pub(super) fn get_mut(&mut self, id: TerminalId) -> Option<&mut TerminalSession> {
        self.sessions.iter_mut().find(|terminal| terminal.id == id)
    }

    pub(super) fn named(&self, name: &str) -> Option<&TerminalSession> {
        self.sessions.iter().find(|terminal| terminal.name() == name)
    }

    /// Who a terminal is, whether it is open or not.
    pub(super) fn identity(&self, id: TerminalId) -> Option<TerminalIdentity<'_>> {
        let open = self.get(id).map(|open| (open.name(), open.badge));
        let former = || self.former.get(&id).map(|(name, badge)| (name.as_str(), *badge));
        open.or_else(former).map(|(name, badge)| TerminalIdentity { id, name, badge })
    }

    /// The terminal that opened a connection.
    pub(super) fn owner(&self, connection: Option<ConnId>) -> Option<TerminalIdentity<'_>> {
        self.identity(self.owners.get(connection?)?)
    }

    /// Changes the session of a terminal, if that is open.
    pub(super) fn with_session(&mut self, id: TerminalId, change: impl FnOnce(&mut Session)) {
        if let Some(terminal) = self.get_mut(id) {
            change(&mut terminal.session);
        }
    }

    /// Opens a terminal behind the others.
    pub(super) fn open(&mut self, name: &str, world: &World, zone: &TimeZone) -> TerminalId {
        self.last_id += 1;
        world.meter().set(Cost::Terminals, u64::from(self.last_id));
        let id = self.last_id;
        let owners = self.owners.clone();
        let programs = ProgramTable {
            world: world.clone(),
            zone: zone.clone(),
            ids: world.ids().clone(),
            on_open: Rc::new(move |connection, _| owners.insert(connection, id)),
        };
        let shell = programs.shell("you", world.files().clone(), |table| Rc::new(table));
        let completion = Rc::new(WorldCompletion(world.clone()));
        let history = self.histories.get(name).map(String::as_str).unwrap_or_default();
        let session = Session::new(name, shell, completion, History::import(history), self.told_columns);
        self.sessions.push(TerminalSession { id, badge: self.free_badge(), session });
        id
    }

    /// Closes a terminal and ends what runs in it. If it was the active one, a neighbour becomes active. It can be had back for
    /// as long as it is among the last that were closed.
    pub(super) fn close(&mut self, id: TerminalId) {
        let Some(index) = self.index_of(id) else { return };
        let mut terminal = self.sessions.remove(index);
        terminal.session.close();
        self.former.insert(id, (terminal.name().to_owned(), terminal.badge));
        if self.closed.len() == CLOSED {
            self.closed.pop_front();
        }
        self.closed.push_back(ClosedTerminal { terminal, place: index });
        if self.active == id {
            let neighbour = self.sessions.get(index).or_else(|| self.sessions.last());
            self.active = neighbour.map_or(0, |terminal| terminal.id);
        }
    }

    /// The terminal that was closed last and can be had back.
    pub(super) fn last_closed(&self) -> Option<&TerminalSession> {
        self.closed.back().map(|closed| &closed.terminal)
    }

    /// Whether a terminal was closed and can be had back.
    pub(super) fn is_closed(&self, id: TerminalId) -> bool {
        self.closed.iter().any(|closed| closed.terminal.id == id)
    }

    /// Opens a closed terminal again where it was, with what it has shown, and turns to it. Its name and its badge are those
    /// that it had, unless another one has got them since.
    pub(super) fn reopen(&mut self, id: TerminalId) {
        let Some(index) = self.closed.iter().position(|closed| closed.terminal.id == id) else { return };
        let Some(ClosedTerminal { mut terminal, place }) = self.closed.remove(index) else { return };
        terminal.session.name = self.free_variant(terminal.name());
        if self.sessions.iter().any(|other| other.badge == terminal.badge) {
            terminal.badge = self.free_badge();
        }
        terminal.session.set_columns(self.told_columns);
        self.sessions.insert(place.min(self.sessions.len()), terminal);
        self.active = id;
    }

    /// The place of a terminal's tab.
    pub(super) fn index_of(&self, id: TerminalId) -> Option<usize> {
        self.sessions.iter().position(|terminal| terminal.id == id)
    }

    /// Moves the tab of a terminal to an index among the others.
    pub(super) fn move_to(&mut self, id: TerminalId, index: usize) {
        if let Some(from) = self.index_of(id) {
            let terminal = self.sessions.remove(from);
            self.sessions.insert(index.min(self.sessions.len()), terminal);
        }
    }

    pub(super) fn active(&self) -> TerminalId {
        self.active
    }

    pub(super) fn activate(&mut self, id: TerminalId) {
        self.active = id;
    }

    /// A name that no terminal has.
    pub(super) fn free_name(&self) -> String {
        let mut names = (1..).map(|number| format!("client{number}"));
        names.find(|name| self.named(name).is_none()).expect("numbers do not end")
    }

    /// This name, or if a terminal has it, one like it that none has.
    fn free_variant(&self, name: &str) -> String {
        let variant = |number: u32| {
            let end = format!("-{number}");
            name.chars().take(LONGEST_NAME - end.len()).chain(end.chars()).collect()
        };
        let mut names = once(name.to_owned()).chain((2..).map(variant));
        names.find(|name| self.named(name).is_none()).expect("numbers do not end")
    }

    /// The badge of the terminal with this name, or that which it would get.
    pub(super) fn badge_of(&self, name: &str) -> Badge {
        self.named(name).map_or_else(|| self.free_badge(), TerminalSession::badge)
    }

    fn free_badge(&self) -> Badge {
        let is_used = |badge: &Badge| self.sessions.iter().any(|terminal| terminal.badge == *badge);
        // One that was closed wants its own back, and what it has written shows it.
        let is_wanted = |badge: &Badge| self.closed.iter().any(|closed| closed.terminal.badge == *badge);
        let mut unused = (0..BADGES).filter(|badge| !is_used(badge));
        let free = unused.clone().find(|badge| !is_wanted(badge)).or_else(|| unused.next());
        free.unwrap_or(self.sessions.len() as Badge % BADGES)
    }

    /// Columns of each terminal that are in sight. Programs see it once [`Terminals::announce_columns`] was called.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    pub(super) fn set_columns(&mut self, columns: usize) {
        self.columns = columns;
    }

    /// The number of columns that programs see.
    pub(super) fn told_columns(&self) -> usize {
        self.told_columns
    }

    /// Lets programs see how many columns are in sight. Returns that number, if they saw another one before.
    pub(super) fn announce_columns(&mut self) -> Option<usize> {
        let changed = self.told_columns != self.columns;
        if changed {
            self.told_columns = self.columns;
            self.sessions.iter_mut().for_each(|terminal| terminal.session.set_columns(self.told_columns));
        }
        changed.then_some(self.columns)
    }

    /// Shows what programs printed, and starts what was entered. `true` if there may be more to do.
    pub(super) fn pump(&mut self, world: &World) -> bool {
        let mut goes_on = false;
        for terminal in &mut self.sessions {
            goes_on |= terminal.session.pump();
            for task in terminal.session.take_tasks() {
                world.spawn(task);
                goes_on = true;
            }
        }
        goes_on
    }

    /// The next command of a pasted list whose turn it is.
    pub(super) fn next_pasted(&mut self) -> Option<(TerminalId, String)> {
        self.sessions.iter_mut().find_map(|terminal| Some((terminal.id, terminal.session.next_pasted()?)))
    }

    pub(super) fn statuses(&self) -> Vec<TerminalStatus> {
        let status = |it: &TerminalSession| TerminalStatus {
            name: it.name().to_owned(),
            asks: it.asks(),
            busy: it.is_busy(),
        };
        self.sessions.iter().map(status).collect()
    }

    pub(super) fn tab(&self, terminal: &TerminalSession) -> Tab {
        Tab {
            id: terminal.id,
            name: terminal.name().to_owned(),
            badge: terminal.badge,
            active: terminal.id == self.active,
            running: terminal.is_busy() && !terminal.asks(),
            unread: terminal.session.unread() as usize,
        }
    }

    /// The commands of all terminals, by name, for [`Terminals::new`].
    pub(super) fn histories(&self) -> BTreeMap<String, String> {
        let history = |it: &TerminalSession| (it.name().to_owned(), it.session.editor.history.export());
        self.closed.iter().map(|closed| &closed.terminal).chain(&self.sessions).map(history).collect()
    }
}
