//! A stream's configuration.
//! Source: <https://docs.nats.io/nats-concepts/jetstream/streams#configuration>.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::Nanos;
use crate::base::Time;
use crate::gojson;

/// The configuration of a stream.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.StreamConfig")]
pub struct StreamConfig {
    pub name: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub description: String,
    /// What it listens to; none for a mirror.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub subjects: Vec<String>,
    pub retention: RetentionPolicy,
    #[serde(deserialize_with = "gojson::int")]
    pub max_consumers: i64,
    pub max_msgs: i64,
    pub max_bytes: i64,
    /// How long a message lives; 0 for ever.
    pub max_age: Nanos,
    /// In a bucket: how many revisions of a key are kept.
    pub max_msgs_per_subject: i64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub max_msg_size: i32,
    pub discard: DiscardPolicy,
    pub storage: StorageType,
    #[serde(deserialize_with = "gojson::int")]
    pub num_replicas: i64,
    /// Publishes are not acknowledged.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub no_ack: bool,
    /// How long message ids are remembered.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub duplicate_window: Nanos,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mirror: Option<StreamSource>,
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "pointers")]
    pub sources: Vec<StreamSource>,
    pub compression: StoreCompression,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub first_seq: u64,
    /// Applied to the subjects of messages before they are stored (ADR-36).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_transform: Option<SubjectTransform>,
    /// Where messages are published again once they are stored (ADR-28).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub republish: Option<Republish>,
    /// Every server that holds the stream answers direct gets (ADR-31).
    pub allow_direct: bool,
    /// A mirror answers the direct gets of its origin.
    pub mirror_direct: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub discard_new_per_subject: bool,
    pub sealed: bool,
    pub deny_delete: bool,
    pub deny_purge: bool,
    pub allow_rollup_hdrs: bool,
    pub consumer_limits: ConsumerLimits,
    /// Messages may have a time to live of their own (ADR-43).
    pub allow_msg_ttl: bool,
    /// How long the markers live that the server leaves where a subject's last message expired (ADR-43).
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub subject_delete_marker_ttl: Nanos,
    /// ADR-49.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub allow_msg_counter: bool,
    /// ADR-50.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub allow_atomic: bool,
    /// ADR-51.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub allow_msg_schedules: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub persist_mode: PersistMode,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub allow_batched: bool,
    /// ADR-33. Keys that begin with `_nats.` are the server's.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub metadata: BTreeMap<String, String>,
}

/// Go has a list of pointers here.
fn pointers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<StreamSource>, D::Error> {
    gojson::named(deserializer, "[]*server.StreamSource")
}

/// When a message is no longer kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RetentionPolicy {
    /// When a limit is reached.
    #[default]
    Limits,
    /// When every consumer has acknowledged it.
    Interest,
    /// When one consumer has acknowledged it.
    WorkQueue,
}

/// What happens to a message that would exceed a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscardPolicy {
    /// The oldest message makes room for it.
    #[default]
    Old,
    /// It is refused.
    New,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StorageType {
    #[default]
    File,
    Memory,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "unknown compression algorithm")]
pub enum StoreCompression {
    #[default]
    None,
    S2,
}

/// Whether a publish is acknowledged before it is on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersistMode {
    #[default]
    #[serde(alias = "")]
    Default,
    Async,
}

/// Which servers of a cluster hold a stream.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.Placement")]
pub struct Placement {
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub cluster: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub tags: Vec<String>,
    /// The server that shall lead.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub preferred: String,
}

/// A stream that another one copies from, as a mirror or one of several sources.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.StreamSource")]
pub struct StreamSource {
    pub name: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub opt_start_seq: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opt_start_time: Option<Time>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub filter_subject: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub subject_transforms: Vec<SubjectTransform>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external: Option<ExternalStream>,
    /// A consumer made beforehand to copy with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumer: Option<StreamConsumerSource>,
}

/// How a stream of another account or domain is reached.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.ExternalStream")]
pub struct ExternalStream {
    /// The prefix of its API's subjects.
    pub api: String,
    /// The prefix of the subjects that its messages are delivered to.
    pub deliver: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.StreamConsumerSource")]
pub struct StreamConsumerSource {
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub name: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub deliver_subject: String,
}

/// Subjects that match `src` become `dest`.
/// Source: <https://docs.nats.io/nats-concepts/subject_mapping>.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.SubjectTransformConfig")]
pub struct SubjectTransform {
    pub src: String,
    pub dest: String,
}

/// Stored messages whose subjects match `src` are published to `dest` (ADR-28).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.RePublish")]
pub struct Republish {
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub src: String,
    pub dest: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub headers_only: bool,
}

/// The most that a stream's consumers may set; 0 for no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.StreamConsumerLimits")]
pub struct ConsumerLimits {
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub inactive_threshold: Nanos,
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "gojson::int")]
    pub max_ack_pending: i64,
}
