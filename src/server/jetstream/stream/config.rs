//! A stream's configuration as a value, in the order of fields in which the real server writes it.

use std::collections::BTreeMap;

use crate::gofmt::Nanos;

use crate::base::Time;

/// Counts and sizes: -1 is no limit, as on the wire. Waits: zero is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamConfig {
    pub name: String,
    pub description: String,
    pub subjects: Vec<String>,
    pub retention: Retention,
    pub max_consumers: i64,
    pub max_msgs: i64,
    pub max_bytes: i64,
    pub max_age: Nanos,
    /// In a bucket: how many revisions of a key are kept.
    pub max_msgs_per_subject: i64,
    pub max_msg_size: i32,
    pub discard: Discard,
    pub storage: Storage,
    pub replicas: i64,
    pub no_ack: bool,
    pub duplicate_window: Nanos,
    pub placement: Option<Placement>,
    pub mirror: Option<Source>,
    pub sources: Vec<Source>,
    pub compression: Compression,
    pub first_seq: u64,
    pub subject_transform: Option<Transform>,
    pub republish: Option<Republish>,
    pub allow_direct: bool,
    pub mirror_direct: bool,
    pub discard_new_per_subject: bool,
    pub sealed: bool,
    pub deny_delete: bool,
    pub deny_purge: bool,
    pub allow_rollup: bool,
    pub consumer_limits: ConsumerLimits,
    pub allow_msg_ttl: bool,
    /// How long the markers live that the server leaves where a subject's last message expired.
    pub subject_delete_marker_ttl: Nanos,
    pub allow_msg_counter: bool,
    pub allow_atomic: bool,
    pub allow_msg_schedules: bool,
    pub allow_batched: bool,
    pub persist_mode: PersistMode,
    pub metadata: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Retention {
    #[default]
    Limits,
    Interest,
    WorkQueue,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Discard {
    #[default]
    Old,
    New,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    #[default]
    File,
    Memory,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compression {
    #[default]
    None,
    S2,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PersistMode {
    #[default]
    Default,
    Async,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placement {
    pub cluster: String,
    pub tags: Vec<String>,
    pub preferred: String,
}

/// A stream that another one copies from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    pub name: String,
    pub opt_start_seq: u64,
    pub opt_start_time: Option<Time>,
    pub filter_subject: String,
    pub subject_transforms: Vec<Transform>,
    pub external: Option<External>,
    pub consumer: Option<SourceConsumer>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct External {
    pub api: String,
    pub deliver: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceConsumer {
    pub name: String,
    pub deliver_subject: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transform {
    pub src: String,
    pub dest: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Republish {
    pub src: String,
    pub dest: String,
    pub headers_only: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ConsumerLimits {
    pub inactive_threshold: Nanos,
    pub max_ack_pending: i64,
}
