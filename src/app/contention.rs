//! How clients contend for keys: who read, wrote and was refused, which client holds a key as its lock, and whether a write was
//! lost. All of it is what the server was asked and what it answered.

use std::collections::{BTreeMap, VecDeque};

use super::model::{AccessKind, Operation};
use super::owners::TerminalId;
use super::terminals::Terminals;
use super::text;
use super::write_log::WriteLog;
use crate::base::Time;
use crate::lesson::{Contention, ContentionKind};
use crate::server::view::View;
use crate::server::{ConnId, Event, EventKind};

/// A client that reads or writes a key: a terminal, or a connection from elsewhere with the name that it gave itself.
#[derive(Clone, Debug)]
pub(super) struct Contender {
    pub(super) terminal: Option<TerminalId>,
    connection: ConnId,
    pub(super) name: String,
}

/// What a client did at a key.
#[derive(Clone)]
pub(super) struct Access {
    /// Ascends over all accesses.
    pub(super) number: u64,
    pub(super) time: Time,
    /// `None` for the server itself.
    pub(super) contender: Option<Contender>,
    pub(super) kind: AccessKind,
}

/// A key that was created where it had no value, and what has become of it.
pub(super) struct Lock {
    pub(super) holder: Contender,
    pub(super) since: Time,
    /// The last one that the holder wrote.
    pub(super) revision: u64,
    /// When its value comes to the end of its life.
    pub(super) expires: Option<Time>,
    /// Others that were refused, oldest first; the last few of them.
    pub(super) refused: VecDeque<Access>,
    /// What ended it.
    pub(super) end: Option<Access>,
}

/// What is known of a key.
#[derive(Default)]
pub(super) struct KeyContention {
    /// What was done to it last, oldest first.
    pub(super) accesses: VecDeque<Access>,
    pub(super) lock: Option<Lock>,
    /// Ascends over all keys with what is noted.
    pub(super) used: u64,
}

/// The keys that were read, or written under a condition; for each stream by their subjects.
#[derive(Default)]
pub(super) struct ContentionLog {
    streams: BTreeMap<String, BTreeMap<String, KeyContention>>,
    noted: u64,
    /// What has come of the events since the observation before.
    news: Vec<Contention>,
}

/// How many keys are known; how much of each; and how many that were refused a lock.
const KEYS: usize = 200;
const ACCESSES: usize = 8;
const REFUSED: usize = 5;

impl Contender {
    pub(super) fn is(&self, other: &Contender) -> bool {
        match (self.terminal, other.terminal) {
            (None, None) => self.connection == other.connection,
            (one, other) => one == other,
        }
    }

    fn of(event: &Event, terminals: &Terminals, view: &View) -> Option<Contender> {
        let connection = event.connection?;
        let terminal = terminals.owner(Some(connection)).map(|terminal| terminal.id);
        let known = view.connections.iter().find(|known| known.id == connection);
        let name = known.map_or_else(|| format!("client {}", event.client_id), text::client_name);
        Some(Contender { terminal, connection, name })
    }
}

impl ContentionLog {
    /// What has come of the events since the observation before, in their order.
    pub(super) fn news(&self) -> &[Contention] {
        &self.news
    }

    /// The keys of a stream, by subject.
    pub(super) fn keys(&self, stream: &str) -> impl Iterator<Item = (&String, &KeyContention)> {
        self.streams.get(stream).into_iter().flatten()
    }

    /// Another observation begins.
    pub(super) fn begin(&mut self) {
        self.news.clear();
    }

    /// Takes an event, the one at this place among those of the observation. `writes` has it already.
    pub(super) fn add(
        &mut self,
        place: usize,
        event: &Event,
        terminals: &Terminals,
        view: &View,
        writes: &WriteLog,
    ) {
        let (stream, subject, kind) = match &event.kind {
            EventKind::Stored { stream, subject, sequence, operation: Operation::Put, expected } => {
                let (revision, expected) = (*sequence, *expected);
                (stream, subject, AccessKind::Wrote { revision, expected, overwrote: None })
            }
            EventKind::Stored { stream, subject, operation: Operation::Expired, .. } => {
                (stream, subject, AccessKind::Expired)
            }
            EventKind::Stored { stream, subject, sequence, operation, .. } => {
                (stream, subject, AccessKind::Removed { revision: *sequence, operation: *operation })
            }
            EventKind::PublishRejected {
                stream,
                subject,
                expected: Some(expected),
                actual: Some(actual),
                ..
            } => {
                let (expected, actual) = (*expected, *actual);
                (stream, subject, AccessKind::Refused { expected, actual })
            }
            EventKind::Read { stream, subject: Some(subject), sequence: Some(revision) } => {
                let read = writes.get(stream, *revision);
                if read.is_some_and(|read| read.operation != Operation::Put) {
                    return;
                }
                (stream, subject, AccessKind::Read { revision: *revision })
            }
            EventKind::Removed { stream, subject, sequence, reason }
                if reason.is_expiry()
                    && self.knows(stream, subject)
                    && writes.is_last_value(stream, subject, *sequence) =>
            {
                (stream, subject, AccessKind::Expired)
            }
            EventKind::StreamCreated { stream } | EventKind::StreamDeleted { stream } => {
                self.streams.remove(stream);
                return;
            }
            _ => return,
        };
        let Some(key) = self.key(stream, subject, &kind) else { return };
        let contender = Contender::of(event, terminals, view);
        let subjects = view.stream(stream).map(|stream| &stream.subjects);
        let stored = subjects.into_iter().flatten().find(|it| it.subject == *subject);
        let expires = stored.and_then(|stored| stored.last().expires);
        let came = key.add(Access { number: key.used, time: event.time, contender, kind }, expires);
        self.news.extend(came.map(|kind| Contention {
            event: place,
            stream: stream.clone(),
            subject: subject.clone(),
            kind,
        }));
    }

    /// The key that an access is noted at. A write without a condition says nothing of a key that nobody has read.
    fn key(&mut self, stream: &str, subject: &str, kind: &AccessKind) -> Option<&mut KeyContention> {
        self.noted += 1;
        if !self.knows(stream, subject) {
            let begins = matches!(
                kind,
                AccessKind::Read { .. }
                    | AccessKind::Refused { .. }
                    | AccessKind::Wrote { expected: Some(_), .. }
            );
            if !begins {
                return None;
            }
            self.forget_oldest();
            self.streams
                .entry(stream.to_owned())
                .or_default()
                .insert(subject.to_owned(), KeyContention::default());
        }
        let key = self.streams.get_mut(stream)?.get_mut(subject)?;
        key.used = self.noted;
        Some(key)
    }

    fn knows(&self, stream: &str, subject: &str) -> bool {
        self.streams.get(stream).is_some_and(|keys| keys.contains_key(subject))
    }

    fn forget_oldest(&mut self) {
        let all = || self.streams.iter().flat_map(|(stream, keys)| keys.iter().map(move |it| (stream, it)));
        if all().count() < KEYS {
            return;
        }
        let oldest = all().min_by_key(|(_, (_, key))| key.used);
        let oldest = oldest.map(|(stream, (subject, _))| (stream.clone(), subject.clone()));
        if let Some((stream, subject)) = oldest
            && let Some(keys) = self.streams.get_mut(&stream)
        {
            keys.remove(&subject);
        }
    }
}

impl KeyContention {
    /// Whether clients got in each other's way by other means than a lock.
    pub(super) fn is_contended(&self) -> bool {
        let mut writer: Option<&Access> = None;
        self.accesses.iter().any(|access| match access.kind {
            AccessKind::Wrote { overwrote, .. } => {
                writer = Some(access);
                overwrote.is_some()
            }
            AccessKind::Refused { expected, actual } => {
                expected > 0
                    && actual > 0
                    && writer.is_some_and(|writer| !writer.is_by(access.contender.as_ref()))
            }
            AccessKind::Read { .. } | AccessKind::Removed { .. } | AccessKind::Expired => false,
        })
    }

    /// Adds what was done, and tells what that comes to. `expires` is the end of life of the key's value thereafter.
    fn add(&mut self, mut access: Access, expires: Option<Time>) -> Option<ContentionKind> {
        if self.is_part_of_create(&access) {
            return None;
        }
        let mut came = None;
        match &mut access.kind {
            AccessKind::Read { revision } => {
                let revision = *revision;
                let is_shared = self.accesses.iter().any(|other| {
                    other.kind == AccessKind::Read { revision } && !other.is_by(access.contender.as_ref())
                });
                came = is_shared.then_some(ContentionKind::SharedRead);
            }
            AccessKind::Wrote { expected, overwrote, .. } => {
                // `create` finds out by being refused that there is a marker, and then follows that.
                let is_create = self.take_refused_create(access.contender.as_ref()) || *expected == Some(0);
                if is_create {
                    *expected = Some(0);
                }
                *overwrote = self.unread_by(access.contender.as_ref()).filter(|_| expected.is_none());
                came = match expected {
                    None => overwrote.map(|_| ContentionKind::LostUpdate),
                    Some(expected) => self
                        .has_read_after_refusal(access.contender.as_ref(), *expected)
                        .then_some(ContentionKind::Retried),
                };
            }
            AccessKind::Refused { .. } | AccessKind::Removed { .. } | AccessKind::Expired => {}
        }
        self.follow_lock(&access, expires);
        if self.accesses.len() == ACCESSES {
            self.accesses.pop_front();
        }
        self.accesses.push_back(access);
        came
    }

    /// A refused `create` looks whether the key has a value.
    fn is_part_of_create(&self, access: &Access) -> bool {
        let last = self.accesses.back();
        matches!(access.kind, AccessKind::Read { .. })
            && last.is_some_and(|last| last.is_refused_create_of(access.contender.as_ref()))
    }

    /// Takes back that a `create` was refused, by this very command.
    fn take_refused_create(&mut self, contender: Option<&Contender>) -> bool {
        let is_one = self.accesses.back().is_some_and(|last| last.is_refused_create_of(contender));
        if is_one {
            self.accesses.pop_back();
            self.lock.iter_mut().for_each(|lock| {
                if lock.refused.back().is_some_and(|last| last.is_refused_create_of(contender)) {
                    lock.refused.pop_back();
                }
            });
        }
        is_one
    }

    /// The key's last revision, if a client has read or written an earlier one, and not that.
    fn unread_by(&self, contender: Option<&Contender>) -> Option<u64> {
        let last = self.accesses.iter().rev().find_map(|access| match access.kind {
            AccessKind::Wrote { revision, .. } => Some(Some((revision, access))),
            AccessKind::Removed { .. } | AccessKind::Expired => Some(None),
            AccessKind::Read { .. } | AccessKind::Refused { .. } => None,
        });
        let (last, write) = last.flatten()?;
        let known =
            self.accesses.iter().filter(|access| access.is_by(contender)).filter_map(Access::revision);
        (!write.is_by(contender) && known.max()? < last).then_some(last)
    }

    /// Whether what a client did last was that it was refused an update, and then read this revision.
    fn has_read_after_refusal(&self, contender: Option<&Contender>, revision: u64) -> bool {
        let mut own = self.accesses.iter().rev().filter(|access| access.is_by(contender)).peekable();
        let has_read = own.peek().is_some_and(|last| last.kind == AccessKind::Read { revision });
        let before = own.find(|access| !matches!(access.kind, AccessKind::Read { .. }));
        let was_refused =
            before.is_some_and(|it| matches!(it.kind, AccessKind::Refused { expected, .. } if expected > 0));
        has_read && was_refused
    }

    fn follow_lock(&mut self, access: &Access, expires: Option<Time>) {
        match (&access.kind, &access.contender, &mut self.lock) {
            (AccessKind::Wrote { revision, expected: Some(0), .. }, Some(holder), lock) => {
                *lock = Some(Lock {
                    holder: holder.clone(),
                    since: access.time,
                    revision: *revision,
                    expires,
                    refused: VecDeque::new(),
                    end: None,
                });
            }
            (AccessKind::Wrote { revision, expected: Some(_), .. }, Some(by), Some(lock))
                if lock.end.is_none() && lock.holder.is(by) =>
            {
                (lock.revision, lock.expires) = (*revision, expires);
            }
            // Whoever writes otherwise does not use it as a lock.
            (AccessKind::Wrote { .. }, _, lock) => *lock = None,
            (AccessKind::Removed { .. } | AccessKind::Expired, _, Some(lock)) if lock.end.is_none() => {
                lock.end = Some(access.clone());
            }
            (AccessKind::Refused { .. }, Some(by), Some(lock))
                if lock.end.is_some() || !lock.holder.is(by) =>
            {
                if lock.refused.len() == REFUSED {
                    lock.refused.pop_front();
                }
                lock.refused.push_back(access.clone());
            }
            (
                AccessKind::Read { .. }
                | AccessKind::Refused { .. }
                | AccessKind::Removed { .. }
                | AccessKind::Expired,
                ..,
            ) => {}
        }
    }
}

impl Lock {
    /// Whether the key is used as a lock, as far as one can tell: it frees itself after a time, or somebody else was refused.
    pub(super) fn is_shown(&self) -> bool {
        self.expires.is_some() || !self.refused.is_empty()
    }
}

impl Access {
    fn is_by(&self, contender: Option<&Contender>) -> bool {
        self.contender.as_ref().zip(contender).is_some_and(|(one, other)| one.is(other))
    }

    /// Whether it is a `create` that was refused, by the command with the connection of another access.
    fn is_refused_create_of(&self, contender: Option<&Contender>) -> bool {
        let same = self
            .contender
            .as_ref()
            .zip(contender)
            .is_some_and(|(one, other)| one.connection == other.connection);
        same && matches!(self.kind, AccessKind::Refused { expected: 0, .. })
    }

    /// The revision that it made known to the client.
    fn revision(&self) -> Option<u64> {
        match self.kind {
            AccessKind::Read { revision } | AccessKind::Wrote { revision, .. } => Some(revision),
            AccessKind::Removed { .. } | AccessKind::Refused { .. } | AccessKind::Expired => None,
        }
    }
}
