//! An exact NATS server with JetStream as a value: bytes go in, bytes come out.
//!
//! It has no clock, no sockets and no randomness of its own. Its driver calls [`Server::handle`] with what came on a
//! connection, takes the output of [`Server::poll`] until there is none, and calls [`Server::tick`] no later than
//! [`Server::deadline`]. Its state is seen by [`Server::view`], what happened by [`Server::take_events`].

pub mod config;
mod connection;
mod context;
mod hash_seed;
mod jetstream;
mod keys;
mod observe;
mod persist;
mod protocol;
mod reload;
mod timers;
mod version;

pub use config::{Auth, Config, JetStreamConfig, Permission, User};
pub use connection::{CloseReason, ConnId, Input, Output};
pub use observe::connection_info::{ConnectionInfo, SubscriptionDetail};
pub use observe::event::{Event, EventKind, EventLevel};
pub use observe::monitor::{StreamDetail, StreamDetailOptions};
pub use observe::view::{StreamWindow, View};
pub use observe::{event, view};
pub use persist::{PersistCursor, PersistedState, RestoredStream};
pub use protocol::system::{DOMAIN_SUBJECTS, strip_domain};
pub use version::{API_LEVEL, GIT_COMMIT, GO_VERSION, VERSION};

use std::collections::BTreeMap;

use self::jetstream::JetStream;
use slotmap::SlotMap;

use crate::base::Time;
use crate::server::context::ServerContext;
use crate::server::keys::SessionKey;
use crate::server::protocol::output_queue::OutputQueue;
use crate::server::protocol::reply_buffer::ReplyBuffer;
use crate::server::protocol::router::Matches;
use crate::server::protocol::session::{Session, Traffic};
use crate::server::timers::Timer;

/// A larger buffer is not kept for reuse.
const SPARE_OUTPUT_MAX: usize = 128 * 1024;

/// A NATS server.
pub struct Server {
    config: Config,
    id: String,
    started: Time,
    ctx: ServerContext,
    sessions: SlotMap<SessionKey, Session>,
    session_keys: BTreeMap<ConnId, SessionKey>,
    /// It asks its clients to go elsewhere.
    lame_duck: bool,
    /// Which events are asked for.
    event_level: EventLevel,
    /// The `seq` of what it last said of itself to a user.
    info_seq: u64,
    jetstream: Option<JetStream>,
    /// What clients have sent and got whose connections are closed.
    traffic_of_closed: Traffic,
    /// Sessions with output that [`Server::poll`] has to hand out.
    output_queue: OutputQueue,
    /// Bytes of messages in that output, about.
    undelivered: usize,
    /// Names of clients that have published; a stored message keeps the position in this list.
    authors: Vec<String>,
    is_password: fn(&str, &str) -> bool,
    /// Kept to reuse their memory.
    matches: Matches,
    reply: ReplyBuffer,
    spare_output: Vec<u8>,
}

impl Server {
    /// A server that starts `now` with the state that a former one has left.
    pub fn new(config: Config, disk: PersistedState, now: Time) -> Server {
        let mut ctx = ServerContext::new(&config, now);
        let id = ctx.ids.server_id();
        ctx.server_name = config.name.clone().unwrap_or_else(|| id.clone());
        let PersistedState { streams, authors } = disk;
        let jetstream = config.jetstream.clone().map(|config| JetStream::new(config, streams, &mut ctx));
        let event_level = config.event_level;
        let mut server = Server {
            config,
            event_level,
            id,
            started: now,
            ctx,
            sessions: SlotMap::with_key(),
            session_keys: BTreeMap::new(),
            lame_duck: false,
            info_seq: 8,
            jetstream,
            traffic_of_closed: Traffic::default(),
            output_queue: OutputQueue::default(),
            undelivered: 0,
            authors,
            is_password: |known, given| known == given,
            matches: Matches::default(),
            reply: ReplyBuffer::default(),
            spare_output: Vec::new(),
        };
        server.set_event_level(event_level);
        server.settle();
        server
    }

    /// Handles input of a connection.
    pub fn handle(&mut self, now: Time, connection: ConnId, input: Input<'_>) {
        self.advance(now);
        self.ctx.events.connection = Some(connection);
        match (input, self.session_keys.get(&connection).copied()) {
            (Input::Open { ip, port }, None) => self.open_session(connection, ip, port),
            (Input::Bytes(bytes), Some(session_key)) => self.receive(session_key, bytes),
            (Input::Closed, Some(session_key)) => self.client_gone(session_key),
            (Input::PendingBytes(bytes), Some(session_key)) => self.set_pending_bytes(session_key, bytes),
            _ => {}
        }
        if !self.is_settled() {
            self.settle_once();
        }
        self.ctx.events.connection = None;
    }

    /// Lets time pass, and does what is due.
    pub fn tick(&mut self, now: Time) {
        self.advance(now);
        self.settle();
    }

    /// The next thing to be done on a connection.
    pub fn poll(&mut self) -> Option<Output> {
        loop {
            if let Some(session_key) = self.output_queue.pop() {
                if let Some(output) = self.take_output(session_key) {
                    return Some(output);
                }
            } else if !self.is_settled() {
                self.settle_once();
            } else {
                self.undelivered = 0;
                return None;
            }
        }
    }

    /// The connection that the next [`Server::poll`] closes, while it can still be asked about.
    pub fn next_close(&self) -> Option<(ConnId, CloseReason)> {
        let session = self.sessions.get(self.output_queue.first()?)?;
        let reason = session.close_reason.filter(|_| session.output.is_empty())?;
        Some((session.id, reason))
    }

    /// Takes back an emptied buffer of [`Server::poll`] to use its memory again.
    pub fn reuse(&mut self, room: Vec<u8>) {
        if room.capacity() <= SPARE_OUTPUT_MAX {
            self.spare_output = room;
        }
    }

    /// When [`Server::tick`] is to be called at the latest.
    pub fn deadline(&self) -> Option<Time> {
        self.ctx.timers.next()
    }

    /// Takes the events since the last call; at most the last ten thousand.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.ctx.events.take()
    }

    /// Bytes that all streams hold, and how many streams there are.
    pub fn stored(&self) -> (u64, usize) {
        let jetstream = self.jetstream.as_ref();
        jetstream.map_or((0, 0), |jetstream| (jetstream.memory + jetstream.storage, jetstream.names.len()))
    }

    /// How many events there have been, and of those after the first `seen` all that nobody has taken, or only what
    /// clients did wrong.
    pub fn events_after(&self, seen: u64, all: bool) -> (u64, Vec<Event>) {
        self.ctx.events.after(seen, all)
    }

    /// Whether [`Server::take_events`] gives any.
    pub fn has_events(&self) -> bool {
        self.ctx.events.has_events()
    }

    /// Takes the next warning that nats-server would have logged.
    pub fn take_warning(&mut self) -> Option<String> {
        self.ctx.events.take_warning()
    }

    /// Which events are recorded.
    pub fn event_level(&self) -> EventLevel {
        self.event_level
    }

    /// Sets how a given password or token (second) is checked against the configured one (first), which may be hashed.
    /// Without it they are compared as they are.
    pub fn set_password_check(&mut self, is_password: fn(&str, &str) -> bool) {
        self.is_password = is_password;
    }

    /// Sets which events are recorded from now on.
    pub fn set_event_level(&mut self, event_level: EventLevel) {
        self.event_level = event_level;
        let event_level = if self.config.is_traced { EventLevel::Wire } else { event_level };
        self.ctx.events.level = event_level;
        for session_key in self.sessions.iter().map(|(session_key, _)| session_key).collect::<Vec<_>>() {
            if let Some(session) = self.sessions.get_mut(session_key) {
                session.trace = (event_level >= EventLevel::Wire).then(Vec::new);
            }
        }
    }

    /// The server's identifier, which is its name too where it was given none.
    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn name(&self) -> &str {
        &self.ctx.server_name
    }

    /// Ends the server. Streams in files outlive it, those in memory do not.
    pub fn shutdown(self) -> PersistedState {
        let streams = self.jetstream.map(JetStream::into_file_streams).unwrap_or_default();
        PersistedState { streams, authors: self.authors }
    }

    /// What [`Server::shutdown`] would leave now, in the form of [`PersistedState::to_bytes`]; `None` if it is empty.
    pub fn persisted_bytes(&self) -> Option<Vec<u8>> {
        persist::bytes(&self.authors, self.jetstream.as_ref()?)
    }

    /// The cursor behind [`Server::persisted_bytes`] of now.
    pub fn persist_cursor(&self) -> PersistCursor {
        self.jetstream.as_ref().map(PersistCursor::all).unwrap_or_default()
    }

    /// The changes since `known`, for [`PersistedState::add`], and moves `known` on: streams, messages, and the
    /// consumers of streams with new messages; `None` if there are none. It does not tell of single messages that were
    /// removed, nor of acknowledgements alone.
    pub fn persist_changes(&self, known: &mut PersistCursor) -> Option<Vec<u8>> {
        persist::additions::write(&self.authors, self.jetstream.as_ref()?, known)
    }

    /// Lets time pass: everything that is due on the way happens at its own time.
    fn advance(&mut self, now: Time) {
        while let Some(due) = self.ctx.timers.next().filter(|due| *due <= now) {
            self.ctx.set_now(due);
            while let Some(timer) = self.ctx.timers.pop_due(self.ctx.now) {
                self.fire_timer(timer);
            }
            self.settle();
        }
        self.ctx.set_now(now);
    }

    fn fire_timer(&mut self, timer: Timer) {
        match timer {
            Timer::Session(key) => self.wake_session(key),
            Timer::Stream(key) => {
                if let Some(jetstream) = &mut self.jetstream {
                    jetstream.wake_stream(key, &mut self.ctx);
                }
            }
            Timer::Consumer(key) => {
                if let Some(jetstream) = &mut self.jetstream {
                    jetstream.wake_consumer(key, &mut self.ctx);
                }
            }
        }
    }

    /// Whether nothing is left to be routed, delivered or copied.
    fn is_settled(&self) -> bool {
        self.ctx.outbox.is_empty() && !self.jetstream.as_ref().is_some_and(JetStream::is_busy)
    }

    /// Routes the server's own messages and lets consumers deliver until nothing is left.
    fn settle(&mut self) {
        while self.settle_once() {}
    }

    /// As [`Server::settle`], but with one turn for each consumer, so that a reply does not wait for all deliveries;
    /// `poll` does the rest. `false` if no consumer had anything.
    fn settle_once(&mut self) -> bool {
        self.route_outbox();
        let did = self.give_turns();
        self.route_outbox();
        did
    }

    fn route_outbox(&mut self) {
        while let Some(message) = self.ctx.outbox.pop() {
            self.route_outgoing(&message);
        }
    }
}

#[cfg(test)]
mod tests;
