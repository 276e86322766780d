//! An exact NATS server with JetStream as a value: bytes go in, bytes come out.
//!
//! It has no clock, no sockets and no chance of its own. Whoever drives it calls [`Server::handle`] with what
//! came on a connection, takes what [`Server::poll`] gives until that is `None`, and calls [`Server::tick`]
//! no later than [`Server::deadline`]. A picture of it is [`Server::view`], its news [`Server::take_events`].

pub mod config;
mod context;
mod hash_index;
mod jetstream;
mod observe;
mod persist;
mod protocol;
mod reload;

use std::collections::{BTreeMap, VecDeque};

pub use config::{Auth, Config, JetStreamConfig, Permission, User};
pub use jetstream::{consumer, stream};
pub use observe::event::{CloseReason, Event, EventKind, EventLevel};
pub use observe::monitor::{StreamDetail, StreamDetailOptions};
pub use observe::view::{SubjectWindow, View};
pub use observe::{event, view};
pub use persist::{PersistCursor, PersistedState, RestoredStream};
pub use protocol::system::{DOMAIN_SUBJECTS, strip_domain};

use self::jetstream::JetStream;
use self::observe::build_view;
use crate::base::{Slab, Time};
use crate::server::context::{Desk, Timer};
use crate::server::protocol::route::Answer;
use crate::server::protocol::router::Matches;
use crate::server::protocol::session::Session;

/// A connection, numbered by whoever drives the server; a number is not used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub u64);

/// What came on a connection.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    Open {
        ip: String,
    },
    Bytes(&'a [u8]),
    Closed,
    /// So many bytes that were handed out have not been taken by the other side yet.
    PendingBytes(usize),
}

/// What is to be done on a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    Bytes(ConnId, Vec<u8>),
    /// After what was handed out before has been written.
    Close(ConnId, CloseReason),
}

/// The version of `nats-server` that this one is.
pub const VERSION: &str = "2.15.1";

/// The commit that it was built from, and the compiler.
pub const GIT_COMMIT: &str = "b2fd3ef";
pub const GO_VERSION: &str = "go1.27.2";

/// The JetStream API level of that version.
pub const API_LEVEL: u32 = 5;

/// The most room that a server keeps for what it will say.
const SPARE_MAX: usize = 128 * 1024;

/// A NATS server.
pub struct Server {
    config: Config,
    id: String,
    started: Time,
    desk: Desk,
    sessions: Slab<Session>,
    places: BTreeMap<ConnId, u32>,
    connected: u64,
    /// It takes no new clients.
    is_leaving: bool,
    /// How often it has told of itself.
    told: u64,
    jetstream: Option<JetStream>,
    /// Sessions that have something to be taken.
    listed: VecDeque<u32>,
    /// Names of those who have written; a stored message keeps the number.
    authors: Vec<String>,
    is_password: fn(&str, &str) -> bool,
    matches: Matches,
    answer: Answer,
    /// Room for what is said next.
    spare: Vec<u8>,
}

impl Server {
    /// A server that starts now with what a former one has left on its disk.
    pub fn new(config: Config, disk: PersistedState, now: Time) -> Server {
        let mut desk = Desk::new(config.seed, config.event_level, now);
        let id = desk.server_id();
        desk.server_name = config.name.clone().unwrap_or_else(|| id.clone());
        let PersistedState { streams, authors } = disk;
        let jetstream = config.jetstream.clone().map(|config| JetStream::new(config, streams, &mut desk));
        let mut server = Server {
            config,
            id,
            started: now,
            desk,
            sessions: Slab::default(),
            places: BTreeMap::new(),
            connected: 4,
            is_leaving: false,
            told: 8,
            jetstream,
            listed: VecDeque::new(),
            authors,
            is_password: |known, given| known == given,
            matches: Matches::default(),
            answer: Answer::default(),
            spare: Vec::new(),
        };
        server.settle();
        server
    }

    /// Takes what came on a connection.
    pub fn handle(&mut self, now: Time, connection: ConnId, input: Input<'_>) {
        self.advance(now);
        self.desk.log.connection = Some(connection);
        match (input, self.places.get(&connection).copied()) {
            (Input::Open { ip }, None) => self.open(connection, ip),
            (Input::Bytes(bytes), Some(place)) => self.hear(place, bytes),
            (Input::Closed, Some(place)) => self.leave(place),
            (Input::PendingBytes(bytes), Some(place)) => self.waiting(place, bytes),
            _ => {}
        }
        if !self.is_settled() {
            self.settle_some();
        }
        self.desk.log.connection = None;
    }

    /// Does what is due.
    pub fn tick(&mut self, now: Time) {
        self.advance(now);
        self.settle();
    }

    /// The next thing to be done on a connection.
    pub fn poll(&mut self) -> Option<Output> {
        loop {
            if let Some(place) = self.listed.pop_front() {
                if let Some(output) = self.take_output(place) {
                    return Some(output);
                }
            } else if !self.is_settled() {
                self.settle_some();
            } else {
                return None;
            }
        }
    }

    /// The connection whose end [`Server::poll`] tells next, while it is still known.
    pub fn next_close(&self) -> Option<(ConnId, CloseReason)> {
        let session = self.sessions.get(*self.listed.front()?)?;
        let reason = session.closing.filter(|_| session.out.is_empty())?;
        Some((session.id, reason))
    }

    /// What there is to see of one connection.
    pub fn connection(&self, connection: ConnId) -> Option<view::ConnectionView> {
        let place = self.places.get(&connection)?;
        Some(build_view::draw_connection(self, self.sessions.get(*place)?))
    }

    /// Takes back the memory of what [`Server::poll`] has handed out, emptied, to use it again.
    pub fn reuse(&mut self, room: Vec<u8>) {
        if room.capacity() <= SPARE_MAX {
            self.spare = room;
        }
    }

    /// When [`Server::tick`] is to be called at the latest.
    pub fn deadline(&self) -> Option<Time> {
        self.desk.next_timer()
    }

    /// A snapshot with the newest thousand subjects of every stream.
    pub fn view(&self) -> View {
        self.view_with(&|_| SubjectWindow::default())
    }

    /// A snapshot with a part of the subjects of every stream, which goes by its name.
    pub fn view_with<'a>(&self, window: &dyn Fn(&str) -> SubjectWindow<'a>) -> View {
        build_view::draw(self, window)
    }

    /// What happened since they were taken last; at most the last ten thousand events.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.desk.log.take()
    }

    /// Whether [`Server::take_events`] gives any.
    pub fn has_events(&self) -> bool {
        self.desk.log.has_events()
    }

    /// The next of the warnings that the real server would have logged by now.
    pub fn take_warning(&mut self) -> Option<String> {
        self.desk.log.take_warning()
    }

    /// How much [`Server::take_events`] tells.
    pub fn event_level(&self) -> EventLevel {
        self.desk.log.event_level
    }

    /// Has a pure function say whether a password or a token (the second) is that of the configuration (the first), where
    /// it may stand in a form that nobody can read. Without it they are compared as they are.
    pub fn set_password_check(&mut self, is_password: fn(&str, &str) -> bool) {
        self.is_password = is_password;
    }

    /// How much it tells from now on.
    pub fn set_event_level(&mut self, event_level: EventLevel) {
        self.desk.log.set_event_level(event_level);
        for place in self.sessions.iter().map(|(place, _)| place).collect::<Vec<_>>() {
            if let Some(session) = self.sessions.get_mut(place) {
                session.traced = (event_level >= EventLevel::Wire).then(Vec::new);
            }
        }
    }

    /// The server's identifier, which is its name too where it was given none.
    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn name(&self) -> &str {
        &self.desk.server_name
    }

    /// Ends the server. Streams in files outlive it, those in memory do not.
    pub fn shutdown(self) -> PersistedState {
        let streams = self.jetstream.map(JetStream::into_files).unwrap_or_default();
        PersistedState { streams, authors: self.authors }
    }

    /// What [`Server::shutdown`] would leave now, as [`PersistedState::to_bytes`] has it; `None` where that is empty.
    pub fn persisted_bytes(&self) -> Option<Vec<u8>> {
        persist::bytes(&self.authors, self.jetstream.as_ref()?)
    }

    /// What [`Server::persisted_bytes`] tells now.
    pub fn persist_cursor(&self) -> PersistCursor {
        self.jetstream.as_ref().map(PersistCursor::all).unwrap_or_default()
    }

    /// What has come since what is known, for [`PersistedState::add`]: whole streams, messages, and consumers of a stream with new
    /// messages. It is known then. `None` where nothing has come. Of single messages that were removed it does not tell,
    /// nor of acknowledgements alone.
    pub fn persist_changes(&self, known: &mut PersistCursor) -> Option<Vec<u8>> {
        persist::additions::write(&self.authors, self.jetstream.as_ref()?, known)
    }

    /// Lets time pass: everything that was due on the way happens at its own time.
    fn advance(&mut self, now: Time) {
        while let Some(due) = self.desk.next_timer().filter(|due| *due <= now) {
            self.desk.set_now(due);
            while let Some(timer) = self.desk.take_timer() {
                self.wake(timer);
            }
            self.settle();
        }
        self.desk.set_now(now);
    }

    fn wake(&mut self, timer: Timer) {
        match timer {
            Timer::Session(place, number) => self.wake_session(place, number),
            Timer::Stream(place, number) => {
                if let Some(jetstream) = &mut self.jetstream {
                    jetstream.wake_stream(place, number, &mut self.desk);
                }
            }
            Timer::Consumer(place, number) => {
                if let Some(jetstream) = &mut self.jetstream {
                    jetstream.wake_consumer(place, number, &mut self.desk);
                }
            }
        }
    }

    /// Whether nothing is left to be routed or delivered.
    fn is_settled(&self) -> bool {
        self.desk.outbox.is_empty() && !self.jetstream.as_ref().is_some_and(JetStream::is_busy)
    }

    /// Routes what the server itself has to say, and lets consumers deliver, until all is said.
    fn settle(&mut self) {
        while self.settle_some() {}
    }

    /// The same with one turn for each consumer, so that an answer need not wait for all that is to be delivered:
    /// `poll` goes on. `false` if no consumer had anything.
    fn settle_some(&mut self) -> bool {
        self.route_posts();
        let did = self.deliver_some();
        self.route_posts();
        did
    }

    fn route_posts(&mut self) {
        while let Some(post) = self.desk.outbox.pop_front() {
            self.route_post(&post);
        }
    }

    /// Puts a session on the list of those that have something to be taken.
    fn list(&mut self, place: u32) {
        if let Some(session) = self.sessions.get_mut(place).filter(|session| !session.listed) {
            session.listed = true;
            self.listed.push_back(place);
        }
    }

    fn take_output(&mut self, place: u32) -> Option<Output> {
        let session = self.sessions.get_mut(place)?;
        session.listed = false;
        let id = session.id;
        session.tell_traced(&mut self.desk.log);
        if !session.out.is_empty() {
            let bytes = std::mem::replace(&mut session.out, std::mem::take(&mut self.spare));
            if session.closing.is_some() {
                session.listed = true;
                self.listed.push_front(place);
            }
            if let Some(jetstream) = self.jetstream.as_mut().filter(|_| !session.held.is_empty()) {
                jetstream.resume(std::mem::take(&mut session.held));
            }
            return Some(Output::Bytes(id, bytes));
        }
        let reason = session.closing?;
        self.remove(place);
        Some(Output::Close(id, reason))
    }
}

#[cfg(test)]
mod tests;
