//! What must be so for a step to be done. `goal_form` has how it is written.
//!
//! Goals are met by the server's state, or by an event since the step began ([`Goal::is_met_by_events`]). What is to be gone has to
//! have existed.

use std::time::Duration;

use super::world_state::{Contention, ContentionKind};
use crate::jsapi::kv;
use crate::server::event::{Event, EventKind, RemovalReason};
use crate::server::view::{ConsumerView, Operation, RevisionView, StreamView, View};

/// One line of a step's goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Somebody has asked for the account.
    AccountSeen,
    /// A server with JetStream runs.
    JetStream,
    BucketExists {
        bucket: String,
    },
    BucketGone {
        bucket: String,
    },
    /// It exists, and its values live so long.
    BucketTtl {
        bucket: String,
        ttl: Duration,
    },
    /// It was made so long ago.
    BucketAge {
        bucket: String,
        age: Duration,
    },
    /// The key's value, however it came there.
    Value {
        key: Key,
        value: String,
    },
    /// The value, written under the condition that nobody else had written.
    Created {
        key: Key,
        value: String,
    },
    /// The value, written under the condition of a revision.
    Updated {
        key: Key,
        value: String,
    },
    /// Of the key's newest entry.
    Revision {
        key: Key,
        at_least: u64,
    },
    Marker {
        key: Key,
        purge: bool,
    },
    WatcherActive {
        bucket: String,
    },
    WatcherGone {
        bucket: String,
    },
    /// Somebody has got the key's value.
    Read {
        key: Key,
    },
    /// A watcher or a history has been sent an entry of the key.
    Delivered {
        key: Key,
        value: Option<String>,
    },
    Refused {
        key: Key,
        write: ConditionalWrite,
    },
    /// A value came to the end of its life.
    Expired {
        key: Key,
    },
    Contended {
        key: Key,
        kind: ContentionKind,
    },
}

/// A write that is stored only under a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionalWrite {
    /// The key has no value.
    Create,
    /// The key's last revision is a given one.
    Update,
}

impl ConditionalWrite {
    /// That which expects this last revision; 0 for none.
    fn expecting(revision: u64) -> ConditionalWrite {
        if revision == 0 { ConditionalWrite::Create } else { ConditionalWrite::Update }
    }
}

/// A key in its bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub bucket: String,
    pub name: String,
}

/// The header of a write that is only stored if the key's last revision is the given one.
const EXPECTED: &str = "Nats-Expected-Last-Subject-Sequence";

impl Goal {
    /// Whether an event meets it, which then has to be remembered, rather than the server's state.
    pub fn is_met_by_events(&self) -> bool {
        matches!(
            self,
            Goal::AccountSeen
                | Goal::Read { .. }
                | Goal::Delivered { .. }
                | Goal::Refused { .. }
                | Goal::Expired { .. }
                | Goal::Contended { .. }
        )
    }

    /// Whether the server's state meets it. Never, for a goal that is met by an event.
    pub fn holds(&self, server: Option<&View>) -> bool {
        let bucket = |bucket: &str| server.and_then(|view| view.bucket(bucket));
        match self {
            Goal::JetStream => server.is_some_and(|view| view.server.jetstream),
            Goal::BucketExists { bucket: name } => bucket(name).is_some(),
            // Without a server with JetStream nothing is known of buckets.
            Goal::BucketGone { bucket: name } => {
                server.is_some_and(|view| view.server.jetstream && view.bucket(name).is_none())
            }
            Goal::BucketTtl { bucket: name, ttl } => {
                bucket(name).is_some_and(|b| b.config.max_age.duration() == *ttl)
            }
            Goal::BucketAge { bucket: name, age } => {
                bucket(name).zip(server).is_some_and(|(b, view)| view.now.since(b.created) >= *age)
            }
            Goal::Value { key, value } => key.has(server, value, |_| true),
            Goal::Created { key, value } => key.has(server, value, |last| expected(last).is_some()),
            Goal::Updated { key, value } => {
                key.has(server, value, |last| expected(last).is_some_and(|revision| revision > 0))
            }
            Goal::Revision { key, at_least } => {
                key.last(server).is_some_and(|last| last.sequence >= *at_least)
            }
            Goal::Marker { key, purge } => {
                let want = if *purge { Operation::Purge } else { Operation::Delete };
                key.last(server).is_some_and(|last| last.operation == want)
            }
            Goal::WatcherActive { bucket: name } => {
                bucket(name).is_some_and(|b| active_watchers(b).count() > 0)
            }
            Goal::WatcherGone { bucket: name } => {
                server.is_some() && bucket(name).is_none_or(|b| active_watchers(b).count() == 0)
            }
            Goal::AccountSeen
            | Goal::Read { .. }
            | Goal::Delivered { .. }
            | Goal::Refused { .. }
            | Goal::Expired { .. }
            | Goal::Contended { .. } => false,
        }
    }

    /// Whether that which shall be gone exists, or was created by one of these events. Never, for other goals.
    pub fn was_present(&self, server: Option<&View>, events: &[Event]) -> bool {
        let there = |bucket: &str| server.and_then(|view| view.bucket(bucket));
        match self {
            Goal::BucketGone { bucket } => {
                let made = |event: &Event| match &event.kind {
                    EventKind::StreamCreated { stream } => kv::bucket_of(stream) == Some(bucket),
                    _ => false,
                };
                there(bucket).is_some() || events.iter().any(made)
            }
            Goal::WatcherGone { bucket } => there(bucket).is_some_and(|b| active_watchers(b).count() > 0),
            _ => false,
        }
    }

    /// Whether it is met only after something existed.
    pub fn wants_absence(&self) -> bool {
        matches!(self, Goal::BucketGone { .. } | Goal::WatcherGone { .. })
    }

    /// Whether this event meets it; `server` is as it was thereafter.
    pub fn is_met_by(&self, event: &Event, server: Option<&View>) -> bool {
        match (self, &event.kind) {
            // That is what `nats account info` asks for and nobody else does, without JetStream too.
            (Goal::AccountSeen, EventKind::ApiRequest { subject, error: None }) => {
                subject == "$SYS.REQ.USER.INFO"
            }
            (Goal::Read { key }, EventKind::Read { stream, subject, sequence: Some(_) }) => {
                subject.as_ref().is_some_and(|subject| key.is(stream, subject))
            }
            (Goal::Delivered { key, value }, EventKind::Delivered { stream, subject, sequence, .. }) => {
                key.is(stream, subject)
                    && value.as_ref().is_none_or(|value| key.had(server, *sequence, value))
            }
            (
                Goal::Refused { key, write },
                EventKind::PublishRejected { stream, subject, expected: Some(expected), .. },
            ) => key.is(stream, subject) && ConditionalWrite::expecting(*expected) == *write,
            (Goal::Expired { key }, _) => key.has_expired_by(event),
            _ => false,
        }
    }

    /// Whether this meets it.
    pub(super) fn is_met_by_contention(&self, contention: &Contention) -> bool {
        let Contention { stream, subject, kind, .. } = contention;
        matches!(self, Goal::Contended { key, kind: wanted } if kind == wanted && key.is(stream, subject))
    }

    /// The key that it is about.
    pub(super) fn key(&self) -> Option<&Key> {
        match self {
            Goal::Value { key, .. }
            | Goal::Created { key, .. }
            | Goal::Updated { key, .. }
            | Goal::Revision { key, .. }
            | Goal::Marker { key, .. }
            | Goal::Read { key }
            | Goal::Delivered { key, .. }
            | Goal::Refused { key, .. }
            | Goal::Expired { key }
            | Goal::Contended { key, .. } => Some(key),
            _ => None,
        }
    }

    /// The bucket that it is about, or that holds its key.
    pub(super) fn bucket(&self) -> Option<&str> {
        match self {
            Goal::BucketExists { bucket }
            | Goal::BucketGone { bucket }
            | Goal::BucketTtl { bucket, .. }
            | Goal::BucketAge { bucket, .. }
            | Goal::WatcherActive { bucket }
            | Goal::WatcherGone { bucket } => Some(bucket),
            _ => self.key().map(|key| key.bucket.as_str()),
        }
    }
}

impl Key {
    /// The key's newest entry, which may be a marker.
    pub(super) fn last<'a>(&self, server: Option<&'a View>) -> Option<&'a RevisionView> {
        Some(server?.bucket(&self.bucket)?.key(&self.name)?.last())
    }

    /// Whether the key has this value, in an entry that fulfils the condition.
    fn has(&self, server: Option<&View>, value: &str, condition: impl Fn(&RevisionView) -> bool) -> bool {
        self.last(server).is_some_and(|last| {
            last.operation == Operation::Put && last.value == value.as_bytes() && condition(last)
        })
    }

    /// Whether this event is the end of the life of a value of the key.
    pub(super) fn has_expired_by(&self, event: &Event) -> bool {
        matches!(&event.kind, EventKind::Removed { stream, subject, reason, .. }
            if self.is(stream, subject) && matches!(reason, RemovalReason::Age | RemovalReason::TimeToLive))
    }

    /// Whether a revision of the key has this value.
    fn had(&self, server: Option<&View>, revision: u64, value: &str) -> bool {
        let bucket = server.and_then(|view| view.bucket(&self.bucket));
        let mut revisions =
            bucket.and_then(|bucket| bucket.key(&self.name)).into_iter().flat_map(|key| &key.revisions);
        revisions.any(|it| {
            it.sequence == revision && it.operation == Operation::Put && it.value == value.as_bytes()
        })
    }

    /// Whether a subject of a stream is this key.
    fn is(&self, stream: &str, subject: &str) -> bool {
        kv::bucket_of(stream) == Some(&self.bucket) && kv::key_of(subject, &self.bucket) == Some(&self.name)
    }
}

/// The revision that an entry was written on the condition of, if it was.
fn expected(entry: &RevisionView) -> Option<u64> {
    let (_, value) = entry.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(EXPECTED))?;
    value.parse().ok()
}

/// Watchers with a subscriber. (A consumer outlives its subscriber for a while.)
fn active_watchers(bucket: &StreamView) -> impl Iterator<Item = &ConsumerView> {
    bucket.watchers().filter(|watcher| watcher.connection.is_some())
}
