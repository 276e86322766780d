//! What must be so for a step to be done. `goal_form` has how it is written, `judge` whether it is so.
//!
//! Goals are met by the server's state, or by an event since the step began ([`Goal::holds`] tells which). What is to be gone has
//! to have existed.

use std::time::Duration;

use super::world_state::ContentionKind;

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
    /// It exists, and keeps so many entries of each key.
    BucketHistory {
        bucket: String,
        entries: i64,
    },
    /// It exists, leaves markers where values expire, and keeps these so long.
    BucketMarkerTtl {
        bucket: String,
        ttl: Duration,
    },
    /// It exists, and holds so many bytes at most.
    BucketMaxSize {
        bucket: String,
        bytes: i64,
    },
    /// It exists, and takes in values of so many bytes at most.
    BucketMaxValueSize {
        bucket: String,
        bytes: i32,
    },
    /// It exists, and is a mirror of the bucket `origin`.
    BucketMirrors {
        bucket: String,
        origin: String,
    },
    /// It exists, and is fed from the bucket `origin`, perhaps from others too.
    BucketSources {
        bucket: String,
        origin: String,
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
    /// So many entries of the key are kept, markers too.
    Entries {
        key: Key,
        count: usize,
    },
    WatcherActive {
        bucket: String,
        start: Option<WatchStart>,
    },
    WatcherGone {
        bucket: String,
    },
    /// Somebody has got the key's value, of this revision.
    Read {
        key: Key,
        revision: Option<u64>,
    },
    /// Somebody has asked for a value of the key, and there was none.
    NotFound {
        key: Key,
    },
    /// A watcher or a history has been sent an entry of the key.
    Delivered {
        key: Key,
        value: Option<String>,
    },
    /// The same, a marker; a purge marker is also that of a value that has expired.
    DeliveredMarker {
        key: Key,
        purge: bool,
    },
    Refused {
        key: Key,
        write: ConditionalWrite,
    },
    /// A write of the key was answered with an error of this number.
    RefusedWithError {
        key: Key,
        code: u16,
    },
    /// A request to the server, such as `$JS.API.STREAM.LIST`; answered with the error of this number, if one is given.
    Requested {
        subject: String,
        code: Option<u16>,
    },
    /// Somebody has got a message of this subject out of a stream.
    MessageRead {
        stream: String,
        subject: String,
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

/// What a watcher began with, where that is not the newest entry of each key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchStart {
    /// All entries that are kept.
    History,
    /// The first one that was written after it began.
    Updates,
    Revision(u64),
}

/// A write that is stored only under a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionalWrite {
    /// The key has no value.
    Create,
    /// The key's last revision is a given one.
    Update,
}

/// A key in its bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub bucket: String,
    pub name: String,
}

impl Goal {
    /// The key that it is about.
    pub(super) fn key(&self) -> Option<&Key> {
        match self {
            Goal::Value { key, .. }
            | Goal::Created { key, .. }
            | Goal::Updated { key, .. }
            | Goal::Revision { key, .. }
            | Goal::Marker { key, .. }
            | Goal::Entries { key, .. }
            | Goal::Read { key, .. }
            | Goal::NotFound { key }
            | Goal::Delivered { key, .. }
            | Goal::DeliveredMarker { key, .. }
            | Goal::Refused { key, .. }
            | Goal::RefusedWithError { key, .. }
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
            | Goal::BucketHistory { bucket, .. }
            | Goal::BucketMarkerTtl { bucket, .. }
            | Goal::BucketMaxSize { bucket, .. }
            | Goal::BucketMaxValueSize { bucket, .. }
            | Goal::BucketMirrors { bucket, .. }
            | Goal::BucketSources { bucket, .. }
            | Goal::WatcherActive { bucket, .. }
            | Goal::WatcherGone { bucket } => Some(bucket),
            _ => self.key().map(|key| key.bucket.as_str()),
        }
    }
}
