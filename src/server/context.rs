//! What every part of the server works with: the time, who listens, what is to be sent, what is due, and the log.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use crate::base::{Rng, Time};
use crate::server::ConnId;
use crate::server::hash_index::Seed;
use crate::server::observe::event::{Event, EventKind, EventLevel};
use crate::server::protocol::router::Router;

pub(crate) struct Desk {
    pub(crate) now: Time,
    pub(crate) router: Router,
    pub(crate) outbox: VecDeque<Post>,
    pub(crate) log: Log,
    pub(crate) seed: Seed,
    /// The server's name, as advisories and stream information tell it.
    pub(crate) server_name: String,
    /// The domain of JetStream, empty where there is none.
    pub(crate) domain: String,
    rng: Rng,
    timers: BTreeSet<(Time, Timer)>,
}

/// A message that the server itself publishes, waiting to be routed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Post {
    pub(crate) subject: String,
    /// What the receivers see; the same as `subject` where it is `None`.
    pub(crate) shown: Option<String>,
    pub(crate) reply: Option<String>,
    pub(crate) headers: Vec<u8>,
    pub(crate) body: Vec<u8>,
    /// How often the message has caused a message that caused it.
    pub(crate) hops: u8,
}

/// Who is to be asked at a time. The second number tells whether the place still holds the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    Session(u32, u64),
    Stream(u32, u64),
    Consumer(u32, u64),
}

/// The events that nobody has taken yet.
#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) event_level: EventLevel,
    events: VecDeque<Event>,
    /// On whose behalf things happen now.
    pub(crate) connection: Option<ConnId>,
    now: Time,
    warnings: VecDeque<String>,
    /// When somebody was warned once, and of what.
    warned: VecDeque<(Time, String)>,
}

/// Events that are kept for somebody to take; the oldest go first.
const EVENTS_MAX: usize = 10_000;

/// Warnings that are kept.
const WARNINGS_MAX: usize = 100;

/// So long nothing is said again of which one warning is enough.
const ONCE: Duration = Duration::from_secs(60);

/// Bytes of a text that is too long to be remembered.
const LONG: usize = 1024;

const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

impl Desk {
    pub(crate) fn new(seed: u64, event_level: EventLevel, now: Time) -> Desk {
        let mut rng = Rng::new(seed);
        let seed = Seed(rng.draw());
        Desk {
            now,
            router: Router::new(seed),
            outbox: VecDeque::new(),
            log: Log { event_level, now, ..Log::default() },
            seed,
            server_name: String::new(),
            domain: String::new(),
            rng,
            timers: BTreeSet::new(),
        }
    }

    pub(crate) fn set_now(&mut self, now: Time) {
        self.now = self.now.max(now);
        self.log.now = self.now;
    }

    /// A name of `length` letters and digits.
    pub(crate) fn name(&mut self, length: usize) -> String {
        self.rng.text(BASE62, length)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.rng.below(limit)
    }

    /// A server's public key: `N` and 55 characters of base 32.
    pub(crate) fn server_id(&mut self) -> String {
        format!("N{}", self.rng.text(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 55))
    }

    pub(crate) fn post(&mut self, post: Post) {
        self.outbox.push_back(post);
    }

    /// Publishes a body.
    pub(crate) fn say(&mut self, subject: &str, body: impl Into<Vec<u8>>) {
        self.post(Post { subject: subject.to_owned(), body: body.into(), ..Post::default() });
    }

    /// Publishes a header block alone.
    pub(crate) fn say_status(&mut self, subject: &str, headers: impl Into<Vec<u8>>) {
        self.post(Post { subject: subject.to_owned(), headers: headers.into(), ..Post::default() });
    }

    /// Moves a timer, whose owner remembers when it is due, to `when`, unless it is due before that anyway. Whoever is
    /// asked too early sets it again, which is cheaper than to move it each time that something is put off.
    pub(crate) fn wake(&mut self, timer: Timer, due: &mut Option<Time>, when: Option<Time>) {
        let Some(when) = when else { return };
        match *due {
            Some(before) if before <= when => return,
            Some(before) => {
                self.timers.remove(&(before, timer));
            }
            None => {}
        }
        self.timers.insert((when, timer));
        *due = Some(when);
    }

    /// Forgets the timer of somebody who is gone.
    pub(crate) fn forget(&mut self, timer: Timer, due: Option<Time>) {
        if let Some(due) = due {
            self.timers.remove(&(due, timer));
        }
    }

    pub(crate) fn next_timer(&self) -> Option<Time> {
        self.timers.first().map(|(time, _)| *time)
    }

    /// The next timer that is due.
    pub(crate) fn take_timer(&mut self) -> Option<Timer> {
        self.timers.first().filter(|(time, _)| *time <= self.now)?;
        self.timers.pop_first().map(|(_, timer)| timer)
    }
}

impl Log {
    pub(crate) fn wants(&self, event_level: EventLevel) -> bool {
        self.event_level >= event_level
    }

    /// Notes what happened, if anybody wants to know.
    pub(crate) fn tell(&mut self, kind: impl FnOnce() -> EventKind) {
        if self.event_level >= EventLevel::Events {
            self.note(self.connection, kind);
        }
    }

    /// As [`Log::tell`], of another connection than the present one.
    pub(crate) fn add_if_told(&mut self, connection: Option<ConnId>, kind: impl FnOnce() -> EventKind) {
        if self.event_level >= EventLevel::Events {
            self.note(connection, kind);
        }
    }

    /// Apart, since events take much program, which then does not stand amid that of what is told.
    #[cold]
    fn note(&mut self, connection: Option<ConnId>, kind: impl FnOnce() -> EventKind) {
        self.add(connection, kind());
    }

    pub(crate) fn add(&mut self, connection: Option<ConnId>, kind: EventKind) {
        if self.events.len() == EVENTS_MAX {
            self.events.pop_front();
        }
        self.events.push_back(Event { time: self.now, connection, kind });
    }

    /// Notes what an operator should know.
    pub(crate) fn warn(&mut self, text: String) {
        if self.warnings.len() == WARNINGS_MAX {
            self.warnings.pop_front();
        }
        self.warnings.push_back(text);
    }

    /// As [`Log::warn`], but for the same text only once a minute, unless it is long.
    pub(crate) fn warn_once(&mut self, text: String) {
        let now = self.now;
        while self.warned.front().is_some_and(|(since, _)| now >= *since + ONCE) {
            self.warned.pop_front();
        }
        if self.warned.iter().all(|(_, other)| *other != text) {
            if self.warned.len() == WARNINGS_MAX {
                self.warned.pop_front();
            }
            if text.len() < LONG {
                self.warned.push_back((now, text.clone()));
            }
            self.warn(text);
        }
    }

    pub(crate) fn take_warning(&mut self) -> Option<String> {
        self.warnings.pop_front()
    }

    pub(crate) fn has_events(&self) -> bool {
        !self.events.is_empty()
    }

    pub(crate) fn take(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events).into()
    }

    pub(crate) fn set_event_level(&mut self, event_level: EventLevel) {
        self.event_level = event_level;
    }
}
