//! When a goal is met: by the server's state, or by what has happened.

use super::goal::{ConditionalWrite, Goal, Key, WatchStart};
use super::world_state::Contention;
use crate::jsapi::{ConsumerConfig, DeliverPolicy, kv};
use crate::server::event::{Event, EventKind};
use crate::server::view::{ConsumerView, Operation, RevisionView, StreamView, View};

/// The header of a write that is only stored if the key's last revision is the given one.
const EXPECTED: &str = "Nats-Expected-Last-Subject-Sequence";

impl Goal {
    /// Whether the server's state meets it. `None` for a goal that is met by an event, which then has to be remembered.
    pub fn holds(&self, server: Option<&View>) -> Option<bool> {
        let bucket = |bucket: &str| server.and_then(|view| view.bucket(bucket));
        let held = match self {
            Goal::JetStream => server.is_some_and(|view| view.server.jetstream),
            Goal::BucketExists { bucket: name } => bucket(name).is_some(),
            // Without a server with JetStream nothing is known of buckets.
            Goal::BucketGone { bucket: name } => {
                server.is_some_and(|view| view.server.jetstream && view.bucket(name).is_none())
            }
            Goal::BucketTtl { bucket: name, ttl } => {
                bucket(name).is_some_and(|b| b.config.max_age.duration() == *ttl)
            }
            Goal::BucketHistory { bucket: name, entries } => {
                bucket(name).is_some_and(|b| b.config.max_msgs_per_subject == *entries)
            }
            Goal::BucketMarkerTtl { bucket: name, ttl } => {
                bucket(name).is_some_and(|b| b.config.subject_delete_marker_ttl.duration() == *ttl)
            }
            Goal::BucketMaxSize { bucket: name, bytes } => {
                bucket(name).is_some_and(|b| b.config.max_bytes == *bytes)
            }
            Goal::BucketMaxValueSize { bucket: name, bytes } => {
                bucket(name).is_some_and(|b| b.config.max_msg_size == *bytes)
            }
            Goal::BucketMirrors { bucket: name, origin } => {
                let mirror = bucket(name).and_then(|b| b.config.mirror.as_ref());
                mirror.is_some_and(|mirror| kv::bucket_of(&mirror.name) == Some(origin))
            }
            Goal::BucketSources { bucket: name, origin } => bucket(name).is_some_and(|b| {
                b.config.sources.iter().any(|source| kv::bucket_of(&source.name) == Some(origin))
            }),
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
            Goal::Entries { key, count } => key.entries(server).len() == *count,
            Goal::WatcherActive { bucket: name, start } => bucket(name).is_some_and(|b| {
                active_watchers(b).any(|watcher| start.is_none_or(|start| start.is_of(&watcher.config)))
            }),
            Goal::WatcherGone { bucket: name } => {
                server.is_some() && bucket(name).is_none_or(|b| active_watchers(b).count() == 0)
            }
            Goal::AccountSeen
            | Goal::Read { .. }
            | Goal::NotFound { .. }
            | Goal::Delivered { .. }
            | Goal::DeliveredMarker { .. }
            | Goal::Refused { .. }
            | Goal::RefusedWithError { .. }
            | Goal::Requested { .. }
            | Goal::MessageRead { .. }
            | Goal::Expired { .. }
            | Goal::Contended { .. } => return None,
        };
        Some(held)
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
            (Goal::Read { key, revision }, EventKind::Read { stream, subject, sequence: Some(sequence) }) => {
                subject.as_ref().is_some_and(|subject| key.is(stream, subject))
                    && revision.is_none_or(|revision| revision == *sequence)
            }
            (
                Goal::NotFound { key },
                EventKind::Read { stream, subject: Some(subject), sequence: Some(sequence) },
            ) => key.is(stream, subject) && key.marker(server, *sequence).is_some(),
            // Whoever asks for a revision that is not kept need not say of which key.
            (Goal::NotFound { key }, EventKind::Read { stream, subject, sequence: None }) => {
                subject.as_ref().map_or_else(|| key.is_in(stream), |subject| key.is(stream, subject))
            }
            (Goal::Delivered { key, value }, EventKind::Delivered { stream, subject, sequence, .. }) => {
                key.is(stream, subject)
                    && value.as_ref().is_none_or(|value| key.had(server, *sequence, value))
            }
            (
                Goal::DeliveredMarker { key, purge },
                EventKind::Delivered { stream, subject, operation, .. },
            ) => {
                key.is(stream, subject)
                    && match operation {
                        Operation::Put => false,
                        Operation::Delete => !purge,
                        Operation::Purge | Operation::Expired => *purge,
                    }
            }
            (
                Goal::Refused { key, write },
                EventKind::PublishRejected { stream, subject, expected: Some(expected), .. },
            ) => key.is(stream, subject) && ConditionalWrite::expecting(*expected) == *write,
            (
                Goal::RefusedWithError { key, code },
                EventKind::PublishRejected { stream, subject, error, .. },
            ) => key.is(stream, subject) && error.err_code == *code,
            (Goal::Requested { subject: wanted, code }, EventKind::ApiRequest { subject, error }) => {
                wanted == subject
                    && code.is_none_or(|code| error.as_ref().is_some_and(|error| error.err_code == code))
            }
            (
                Goal::MessageRead { stream: wanted, subject: of },
                EventKind::Read { stream, subject: Some(subject), sequence: Some(_) },
            ) => wanted == stream && of == subject,
            (Goal::Expired { key }, _) => key.has_expired_by(event),
            _ => false,
        }
    }

    /// Whether this meets it.
    pub(super) fn is_met_by_contention(&self, contention: &Contention) -> bool {
        let Contention { stream, subject, kind, .. } = contention;
        matches!(self, Goal::Contended { key, kind: wanted } if kind == wanted && key.is(stream, subject))
    }
}

impl ConditionalWrite {
    /// That which expects this last revision; 0 for none.
    fn expecting(revision: u64) -> ConditionalWrite {
        if revision == 0 { ConditionalWrite::Create } else { ConditionalWrite::Update }
    }
}

impl WatchStart {
    /// Whether a consumer began so.
    fn is_of(self, consumer: &ConsumerConfig) -> bool {
        match self {
            WatchStart::History => consumer.deliver_policy == DeliverPolicy::All,
            WatchStart::Updates => consumer.deliver_policy == DeliverPolicy::New,
            WatchStart::Revision(revision) => {
                consumer.deliver_policy == DeliverPolicy::ByStartSequence
                    && consumer.opt_start_seq == revision
            }
        }
    }
}

impl Key {
    /// The key's newest entry, which may be a marker.
    pub(super) fn last<'a>(&self, server: Option<&'a View>) -> Option<&'a RevisionView> {
        Some(server?.bucket(&self.bucket)?.key(&self.name)?.last())
    }

    /// All that is kept of the key, oldest first.
    fn entries<'a>(&self, server: Option<&'a View>) -> &'a [RevisionView] {
        let key = server.and_then(|view| view.bucket(&self.bucket)?.key(&self.name));
        key.map(|key| key.revisions.as_slice()).unwrap_or_default()
    }

    /// The entry of this revision, if it is a marker.
    fn marker<'a>(&self, server: Option<&'a View>, revision: u64) -> Option<&'a RevisionView> {
        self.entries(server)
            .iter()
            .find(|entry| entry.sequence == revision && entry.operation != Operation::Put)
    }

    /// Whether the key has this value, in an entry that fulfils the condition.
    fn has(&self, server: Option<&View>, value: &str, condition: impl Fn(&RevisionView) -> bool) -> bool {
        self.last(server).is_some_and(|last| {
            last.operation == Operation::Put && last.value == value.as_bytes() && condition(last)
        })
    }

    /// Whether this event is the end of the life of a value of the key.
    pub(super) fn has_expired_by(&self, event: &Event) -> bool {
        match &event.kind {
            EventKind::Removed { stream, subject, reason, .. } => {
                self.is(stream, subject) && reason.is_expiry()
            }
            // A marker has taken its place.
            EventKind::Stored { stream, subject, operation: Operation::Expired, .. } => {
                self.is(stream, subject)
            }
            _ => false,
        }
    }

    /// Whether a revision of the key has this value.
    fn had(&self, server: Option<&View>, revision: u64, value: &str) -> bool {
        self.entries(server).iter().any(|it| {
            it.sequence == revision && it.operation == Operation::Put && it.value == value.as_bytes()
        })
    }

    /// Whether a stream is this key's bucket.
    fn is_in(&self, stream: &str) -> bool {
        kv::bucket_of(stream) == Some(&self.bucket)
    }

    /// Whether a subject of a stream is this key.
    fn is(&self, stream: &str, subject: &str) -> bool {
        self.is_in(stream) && kv::key_of(subject, &self.bucket) == Some(&self.name)
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
