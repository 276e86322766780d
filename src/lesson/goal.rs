//! What must be so for a step to be done, written as a line of text each.
//!
//! ```text
//! account seen                           somebody has asked for the account
//! jetstream on                           a server with JetStream runs
//! bucket my-kv exists                    or: gone
//! bucket locks ttl = 30s                 it exists, and its values live so long
//! bucket locks age >= 40s                it was made so long ago
//! value my-kv Key1 = Value1              the key's value, however it came there
//! created my-sem Semaphore1 = Value1     the value, written under the condition that nobody else had written
//! updated my-sem Semaphore1 = Value2     the value, written under the condition of a revision
//! revision my-sem Semaphore1 >= 13       of the key's newest entry
//! marker my-kv Key1 delete               or: purge
//! watcher my-kv active                   or: gone
//! read my-kv Key1                        somebody has got the key's value
//! delivered my-kv Key1                   a watcher or a history has been sent an entry of the key
//! delivered my-kv Key1 = Value2          the same, with this value
//! refused my-sem Semaphore1 create       a `create` was refused since the key had a value; or: update, of an older revision
//! expired locks report                   a value came to the end of its life
//! contended counter visits shared-read   two clients have read the same revision
//! contended counter visits lost-update   one has replaced a revision that it had not read
//! contended counter visits retried       one whose update was refused has read again, and updated from there
//! ```
//!
//! The last seven and `account seen` are met by an event since the step began, the others by the server's state. What is
//! to be gone has to have existed.

use std::fmt;
use std::time::Duration;

use super::world_state::{Contention, ContentionKind};
use crate::jsapi::kv;
use crate::server::event::{Event, EventKind, RemovalReason};
use crate::server::view::{ConsumerView, Operation, RevisionView, StreamView, View};

/// One line of a step's goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    AccountSeen,
    JetStream,
    BucketExists { bucket: String },
    BucketGone { bucket: String },
    BucketTtl { bucket: String, ttl: Duration },
    BucketAge { bucket: String, age: Duration },
    Value { key: Key, value: String },
    Created { key: Key, value: String },
    Updated { key: Key, value: String },
    Revision { key: Key, at_least: u64 },
    Marker { key: Key, purge: bool },
    WatcherActive { bucket: String },
    WatcherGone { bucket: String },
    Read { key: Key },
    Delivered { key: Key, value: Option<String> },
    Refused { key: Key, write: ConditionalWrite },
    Expired { key: Key },
    Contended { key: Key, kind: ContentionKind },
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
    fn named(name: &str) -> Option<ConditionalWrite> {
        match name {
            "create" => Some(ConditionalWrite::Create),
            "update" => Some(ConditionalWrite::Update),
            _ => None,
        }
    }

    /// That which expects this last revision; 0 for none.
    fn expecting(revision: u64) -> ConditionalWrite {
        if revision == 0 { ConditionalWrite::Create } else { ConditionalWrite::Update }
    }
}

impl ContentionKind {
    fn named(name: &str) -> Option<ContentionKind> {
        match name {
            "shared-read" => Some(ContentionKind::SharedRead),
            "lost-update" => Some(ContentionKind::LostUpdate),
            "retried" => Some(ContentionKind::Retried),
            _ => None,
        }
    }
}

/// A key in its bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub bucket: String,
    pub name: String,
}

/// Why a line is no goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoalError {
    Unknown(String),
    /// The line has not this form, which its first word asks for.
    Form(&'static str),
    /// Not a whole number, or not a duration such as `30s`, `5m` or `2h`.
    Number(String),
}

impl fmt::Display for GoalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GoalError::Unknown(word) => write!(f, "no goal begins with `{word}`"),
            GoalError::Form(form) => write!(f, "such a goal is written `{form}`"),
            GoalError::Number(text) => write!(f, "`{text}` is not a number that fits here"),
        }
    }
}

/// The header of a write that is only stored if the key's last revision is the given one.
const EXPECTED: &str = "Nats-Expected-Last-Subject-Sequence";

impl Goal {
    /// Reads a line.
    pub fn parse(line: &str) -> Result<Goal, GoalError> {
        let (head, value) = match line.split_once(" = ") {
            Some((head, value)) => (head, Some(value.trim())),
            None => (line, None),
        };
        let words: Vec<&str> = head.split_whitespace().collect();
        let key = |bucket: &str, name: &str| Key { bucket: bucket.to_owned(), name: name.to_owned() };
        let owned = str::to_owned;
        Ok(match (words.as_slice(), value) {
            (["account", "seen"], None) => Goal::AccountSeen,
            (["jetstream", "on"], None) => Goal::JetStream,
            (["bucket", b, "exists"], None) => Goal::BucketExists { bucket: owned(b) },
            (["bucket", b, "gone"], None) => Goal::BucketGone { bucket: owned(b) },
            (["bucket", b, "ttl"], Some(ttl)) => Goal::BucketTtl { bucket: owned(b), ttl: duration(ttl)? },
            (["bucket", b, "age", ">=", age], None) => {
                Goal::BucketAge { bucket: owned(b), age: duration(age)? }
            }
            (["value", b, k], Some(value)) => Goal::Value { key: key(b, k), value: owned(value) },
            (["created", b, k], Some(value)) => Goal::Created { key: key(b, k), value: owned(value) },
            (["updated", b, k], Some(value)) => Goal::Updated { key: key(b, k), value: owned(value) },
            (["revision", b, k, ">=", n], None) => Goal::Revision { key: key(b, k), at_least: number(n)? },
            (["marker", b, k, "delete"], None) => Goal::Marker { key: key(b, k), purge: false },
            (["marker", b, k, "purge"], None) => Goal::Marker { key: key(b, k), purge: true },
            (["watcher", b, "active"], None) => Goal::WatcherActive { bucket: owned(b) },
            (["watcher", b, "gone"], None) => Goal::WatcherGone { bucket: owned(b) },
            (["read", b, k], None) => Goal::Read { key: key(b, k) },
            (["delivered", b, k], value) => Goal::Delivered { key: key(b, k), value: value.map(owned) },
            (["refused", b, k, write], None) => match ConditionalWrite::named(write) {
                Some(write) => Goal::Refused { key: key(b, k), write },
                None => return Err(form("refused")),
            },
            (["expired", b, k], None) => Goal::Expired { key: key(b, k) },
            (["contended", b, k, kind], None) => match ContentionKind::named(kind) {
                Some(kind) => Goal::Contended { key: key(b, k), kind },
                None => return Err(form("contended")),
            },
            ([first, ..], _) => return Err(form(first)),
            ([], _) => return Err(GoalError::Unknown(String::new())),
        })
    }

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

/// The form of goals with this first word.
fn form(first: &str) -> GoalError {
    GoalError::Form(match first {
        "account" => "account seen",
        "jetstream" => "jetstream on",
        "bucket" => "bucket BUCKET exists|gone|ttl = 30s|age >= 30s",
        "value" => "value BUCKET KEY = VALUE",
        "created" => "created BUCKET KEY = VALUE",
        "updated" => "updated BUCKET KEY = VALUE",
        "revision" => "revision BUCKET KEY >= REVISION",
        "marker" => "marker BUCKET KEY delete|purge",
        "watcher" => "watcher BUCKET active|gone",
        "read" => "read BUCKET KEY",
        "delivered" => "delivered BUCKET KEY [= VALUE]",
        "refused" => "refused BUCKET KEY create|update",
        "expired" => "expired BUCKET KEY",
        "contended" => "contended BUCKET KEY shared-read|lost-update|retried",
        other => return GoalError::Unknown(other.to_owned()),
    })
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N, GoalError> {
    text.parse().map_err(|_| GoalError::Number(text.to_owned()))
}

/// `30s`, `5m` or `2h`.
fn duration(text: &str) -> Result<Duration, GoalError> {
    let wrong = || GoalError::Number(text.to_owned());
    let (digits, seconds) = [('s', 1), ('m', 60), ('h', 3600)]
        .into_iter()
        .find_map(|(unit, n)| Some((text.strip_suffix(unit)?, n)))
        .ok_or_else(wrong)?;
    let count: u32 = number(digits)?;
    Ok(Duration::from_secs(u64::from(count) * seconds))
}
