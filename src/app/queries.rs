//! What there is to see: everything here is asked for and changes nothing.

use std::time::Duration;

use super::announcements::Said;
use super::diagnosis::People;
use super::inspector::{self, Around};
use super::journal::Act;
use super::lesson_runner::Guide;
use super::model::{ClockFace, LOOKS, Lesson, Look, Picture, Tab};
use super::programs::Table;
use super::protocol_log::Passing;
use super::terminals::Desk;
use super::{App, HOST, TerminalId, text};
use crate::base::Zone;
use crate::lesson::{TerminalStatus, WorldState};
use crate::shell::session::{Doing, Hint, PastedList, Session};
use crate::term;
use std::rc::Rc;

impl App {
    /// Looks at what has happened in the world: the picture, the lesson's goals.
    pub(super) fn look(&mut self) {
        self.listen();
        let now = self.now();
        let people = People { desks: &self.desks, owners: &self.owners, zone: self.options.zone };
        let news = self.record.look(&self.world, &people, now, self.traffic.event_level());
        self.traffic.hear(&self.record.events, &people, self.record.view.as_ref());
        let asked = self.desks.iter().fold(0, |all, desk| all << 1 | u64::from(desk.asks()));
        if !news && self.looked == (self.changes, asked) {
            return;
        }
        self.changes += 1;
        self.looked = (self.changes, asked);
        let terminals = self.terminal_statuses();
        let Some(guide) = &mut self.guide else { return };
        let state = WorldState {
            server: self.record.view.as_ref(),
            events: &self.record.events,
            terminals: &terminals,
        };
        let done = guide.done();
        guide.look(&state);
        if news && guide.done() > done {
            let steps = guide.steps();
            let done = guide.done();
            self.say(Said::StepDone { done, steps });
        }
    }

    /// Changes whenever the lesson or the picture may have: whoever has drawn them need not ask before.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    fn terminal_statuses(&self) -> Vec<TerminalStatus> {
        self.desks
            .iter()
            .map(|desk| TerminalStatus { name: desk.name().to_owned(), asks: desk.asks() })
            .collect()
    }

    pub fn lesson(&self) -> Option<Lesson> {
        let terminals = self.terminal_statuses();
        let state = WorldState { server: self.record.view.as_ref(), events: &[], terminals: &terminals };
        Some(self.guide.as_ref()?.model(&state, &|name| self.look_of(name)))
    }

    /// The step of the lesson that is shown.
    pub fn open_step(&self) -> Option<usize> {
        self.guide.as_ref().map(Guide::open)
    }

    /// How many steps of the lesson are done.
    pub fn steps_done(&self) -> usize {
        self.guide.as_ref().map_or(0, Guide::done)
    }

    pub fn picture(&self) -> Picture {
        let terminal = |connection: u64| {
            let owner = *self.owners.borrow().get(&connection)?;
            self.desk(owner).map(|desk| (desk.name().to_owned(), desk.look))
        };
        let people = People { desks: &self.desks, owners: &self.owners, zone: self.options.zone };
        let around = Around {
            address: &format!("127.0.0.1:{}", HOST.port),
            before: &|stream| self.record.before(stream),
            terminal: &terminal,
            told: &|stream, consumer| self.record.told(stream, consumer),
            sight: &self.sight,
            time: &|time| people.time_of_day(time),
            author: &|stream, sequence| {
                let owner = self.record.author(stream, sequence)?;
                self.desk(owner).map(|desk| desk.name().to_owned())
            },
        };
        let view = self.world.with_server(HOST, |server| {
            let window = |stream: &str| self.sight.window(stream);
            server.view_with(&window)
        });
        inspector::picture(view.as_ref(), &around)
    }

    /// What passes between the clients and the server.
    pub fn passing(&self) -> Passing {
        self.traffic.passing()
    }

    pub fn clock(&self) -> ClockFace {
        let local = self.now().local(self.options.zone);
        let (date, time) = local.split_once(' ').unwrap_or((&local, ""));
        ClockFace {
            date: date.to_owned(),
            time: time.to_owned(),
            held: self.held,
            next: self.next_expiry().map(|left| text::duration(left.max(Duration::from_secs(1)))),
        }
    }

    pub(super) fn next_expiry(&self) -> Option<Duration> {
        self.record.next_end().map(|time| time.since(self.now()))
    }

    pub fn tabs(&self) -> Vec<Tab> {
        self.desks.iter().map(|desk| self.tab_of(desk)).collect()
    }

    pub fn tab(&self, terminal: TerminalId) -> Option<Tab> {
        self.desk(terminal).map(|desk| self.tab_of(desk))
    }

    fn tab_of(&self, desk: &Desk) -> Tab {
        Tab {
            id: desk.id,
            name: desk.name().to_owned(),
            look: desk.look,
            active: desk.id == self.active,
            running: desk.is_busy() && !desk.asks(),
            unread: desk.session.unread() as usize,
        }
    }

    pub fn active(&self) -> TerminalId {
        self.active
    }

    /// Lines that nobody has seen, in all terminals.
    pub fn unread(&self) -> usize {
        self.desks.iter().map(|desk| desk.session.unread() as usize).sum()
    }

    pub fn screen(&self, terminal: TerminalId) -> Option<&term::Screen> {
        self.desk(terminal).map(|desk| &desk.session.screen)
    }

    /// What a terminal's text field should show.
    pub fn field(&self, terminal: TerminalId) -> Option<term::View<'_>> {
        self.desk(terminal).map(|desk| desk.session.editor.view())
    }

    /// What stands before the text field: the shell's prompt, what a program asks, or nothing while it runs.
    pub fn prompt(&self, terminal: TerminalId) -> String {
        let Some(desk) = self.desk(terminal) else { return String::new() };
        match desk.session.doing() {
            Doing::Ready => desk.session.prompt(),
            Doing::Asking(question) => question,
            Doing::Running { .. } => String::new(),
        }
    }

    /// The last command there as it may have been meant, if it failed.
    pub fn correction(&self, terminal: TerminalId) -> Option<&str> {
        self.desk(terminal)?.session.correction()
    }

    /// The commands that were picked out of a paste.
    pub fn pasted(&self, terminal: TerminalId) -> Option<&PastedList> {
        self.desk(terminal)?.session.pasted()
    }

    /// Something to be said beside the line.
    pub fn hint(&self, terminal: TerminalId) -> Option<Hint> {
        self.desk(terminal)?.session.hint()
    }

    pub(super) fn desk(&self, id: TerminalId) -> Option<&Desk> {
        self.desks.iter().find(|desk| desk.id == id)
    }

    pub(super) fn desk_mut(&mut self, id: TerminalId) -> Option<&mut Desk> {
        self.desks.iter_mut().find(|desk| desk.id == id)
    }

    /// The terminal of this name, which is opened if there is none.
    pub(super) fn desk_named(&mut self, name: &str) -> TerminalId {
        match self.desks.iter().find(|desk| desk.name() == name) {
            Some(desk) => desk.id,
            None => {
                self.write(Act::Open { name: name.to_owned() });
                self.open_desk(name)
            }
        }
    }

    pub(super) fn open_desk(&mut self, name: &str) -> TerminalId {
        self.last_desk += 1;
        let id = self.last_desk;
        let (world, owners) = (self.world.clone(), self.owners.clone());
        let programs = Table { world, terminal: id, owners, zone: self.options.zone };
        let history = self.histories.get(name).map(String::as_str).unwrap_or_default();
        let look = self.free_look();
        self.desks.push(Desk::new(id, name, look, Rc::new(programs), &self.world, history, self.told));
        id
    }

    pub(super) fn select(&mut self, terminal: TerminalId) {
        if let Some(desk) = self.desk_mut(terminal) {
            desk.session.mark_read();
            self.active = terminal;
        }
    }

    pub(super) fn free_name(&self) -> String {
        let name = |number| format!("client{number}");
        (1..)
            .map(name)
            .find(|name| !self.desks.iter().any(|desk| desk.name() == name))
            .expect("numbers do not end")
    }

    fn free_look(&self) -> Look {
        let used = |look: &Look| self.desks.iter().any(|desk| desk.look == *look);
        (0..LOOKS).find(|look| !used(look)).unwrap_or(self.desks.len() as Look % LOOKS)
    }

    fn look_of(&self, name: &str) -> Look {
        match self.desks.iter().find(|desk| desk.name() == name) {
            Some(desk) => desk.look,
            None => self.free_look(),
        }
    }

    pub fn zone(&self) -> Zone {
        self.options.zone
    }
}

/// For those who play a world without a page: transcripts and tests.
impl App {
    /// An application without terminals and servers.
    pub(super) fn bare(options: super::Options) -> App {
        App::empty(options)
    }

    /// A server with JetStream, in no terminal.
    pub(super) fn start_server(&mut self) {
        let jetstream = Some(crate::server::config::JetStreamConfig::default());
        let config = crate::server::Config {
            seed: self.world.ids().below(u64::MAX),
            host: "127.0.0.1".to_owned(),
            jetstream,
            ..crate::server::Config::default()
        };
        self.world.start_server(HOST, "", config).expect("nobody else listens in a new world");
    }

    pub(super) fn open_terminal(&mut self, name: &str) -> TerminalId {
        self.desk_named(name)
    }

    pub(super) fn type_line(&mut self, terminal: TerminalId, line: &str) {
        self.submit(terminal, line);
        self.settle();
    }

    pub(super) fn press_interrupt(&mut self, terminal: TerminalId) {
        self.interrupt(terminal);
        self.settle();
    }

    /// Ends whatever runs in a terminal.
    pub(super) fn end(&mut self, terminal: TerminalId) {
        self.with_session(terminal, Session::close);
        self.settle();
    }

    pub(super) fn runs(&self, terminal: TerminalId) -> bool {
        self.desk(terminal).is_some_and(Desk::is_busy)
    }

    pub(super) fn status(&self, terminal: TerminalId) -> Option<i32> {
        let desk = self.desk(terminal)?;
        (!desk.is_busy()).then(|| desk.session.status())
    }

    pub(super) fn question(&self, terminal: TerminalId) -> Option<String> {
        match self.desk(terminal)?.session.doing() {
            Doing::Asking(question) => Some(question),
            _ => None,
        }
    }

    /// When something will happen by itself in the world.
    pub(super) fn next_due(&self) -> Option<crate::base::Time> {
        self.world.deadline()
    }
}
