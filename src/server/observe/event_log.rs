//! Events and warnings that nobody has taken yet.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use crate::base::Time;
use crate::server::connection::ConnId;
use crate::server::observe::event::{Event, EventKind, EventLevel};

/// Events that are kept; the oldest go first.
const EVENTS_MAX: usize = 10_000;

/// Warnings that are kept.
const WARNINGS_MAX: usize = 100;

/// How long [`EventLog::warn_once`] does not repeat a warning.
const WARN_ONCE_INTERVAL: Duration = Duration::from_secs(60);

/// A longer warning is not remembered, and so is repeated.
const WARN_ONCE_LENGTH_MAX: usize = 1024;

#[derive(Debug, Default)]
pub(crate) struct EventLog {
    pub(crate) level: EventLevel,
    /// The connection whose input is handled now.
    pub(crate) connection: Option<ConnId>,
    now: Time,
    events: VecDeque<Event>,
    /// How many events there have been.
    count: u64,
    /// The numbers of the clients.
    clients: BTreeMap<ConnId, u64>,
    warnings: VecDeque<String>,
    /// Warnings that are not to be repeated, and when each was given.
    warned: VecDeque<(Time, String)>,
}

impl EventLog {
    pub(crate) fn new(level: EventLevel, now: Time) -> EventLog {
        EventLog { level, now, ..EventLog::default() }
    }

    pub(crate) fn set_now(&mut self, now: Time) {
        self.now = now;
    }

    pub(crate) fn is_enabled(&self, level: EventLevel) -> bool {
        self.level >= level
    }

    /// Records what the present connection caused, if events are recorded.
    pub(crate) fn record(&mut self, kind: impl FnOnce() -> EventKind) {
        if self.is_enabled(EventLevel::Events) {
            self.record_lazily(self.connection, kind);
        }
    }

    /// As [`EventLog::record`], for another connection than the present one.
    pub(crate) fn record_for(&mut self, connection: Option<ConnId>, kind: impl FnOnce() -> EventKind) {
        if self.is_enabled(EventLevel::Events) {
            self.record_lazily(connection, kind);
        }
    }

    /// Out of line: keeps the construction of events off the hot path.
    #[cold]
    fn record_lazily(&mut self, connection: Option<ConnId>, kind: impl FnOnce() -> EventKind) {
        self.push(connection, kind());
    }

    /// Records an event whatever the level is.
    pub(crate) fn push(&mut self, connection: Option<ConnId>, kind: EventKind) {
        if self.events.len() == EVENTS_MAX {
            self.events.pop_front();
        }
        let client = connection.and_then(|connection| self.clients.get(&connection));
        self.events.push_back(Event {
            time: self.now,
            connection,
            client_id: client.copied().unwrap_or(0),
            kind,
        });
        self.count += 1;
    }

    pub(crate) fn add_client(&mut self, connection: ConnId, client_id: u64) {
        self.clients.insert(connection, client_id);
    }

    pub(crate) fn remove_client(&mut self, connection: ConnId) {
        self.clients.remove(&connection);
    }

    /// How many events there have been, and those after the first `seen` of them that are still here: all, or only what
    /// clients did wrong.
    pub(crate) fn after(&self, seen: u64, all: bool) -> (u64, Vec<Event>) {
        let new = usize::try_from(self.count.saturating_sub(seen)).unwrap_or(usize::MAX);
        let skipped = self.events.len().saturating_sub(new);
        let is_wanted = |event: &&Event| all || matches!(event.kind, EventKind::ClientViolation { .. });
        (self.count, self.events.iter().skip(skipped).filter(is_wanted).cloned().collect())
    }

    /// Notes what nats-server would have logged as a warning.
    pub(crate) fn warn(&mut self, text: String) {
        if self.warnings.len() == WARNINGS_MAX {
            self.warnings.pop_front();
        }
        self.warnings.push_back(text);
    }

    /// As [`EventLog::warn`], but the same text at most once a minute.
    pub(crate) fn warn_once(&mut self, text: String) {
        let now = self.now;
        while self.warned.front().is_some_and(|(since, _)| now >= *since + WARN_ONCE_INTERVAL) {
            self.warned.pop_front();
        }
        if self.warned.iter().all(|(_, other)| *other != text) {
            if self.warned.len() == WARNINGS_MAX {
                self.warned.pop_front();
            }
            if text.len() < WARN_ONCE_LENGTH_MAX {
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
}
