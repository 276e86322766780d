//! A consumer's configuration.
//! Source: <https://docs.nats.io/nats-concepts/jetstream/consumers#configuration>.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Nanos;
use crate::base::Time;
use crate::gojson;

/// The configuration of a consumer. Waits: 0 is none. Empty texts are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.ConsumerConfig")]
pub struct ConsumerConfig {
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "gojson::empty_as_none")]
    pub durable_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "gojson::empty_as_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub description: String,
    pub deliver_policy: DeliverPolicy,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub opt_start_seq: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opt_start_time: Option<Time>,
    pub ack_policy: AckPolicy,
    /// How long an acknowledgement is waited for before a message is delivered again.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub ack_wait: Nanos,
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "gojson::int")]
    pub max_deliver: i64,
    /// In place of `ack_wait`, the wait after each delivery.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub backoff: Vec<Nanos>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "gojson::empty_as_none")]
    pub filter_subject: Option<String>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub filter_subjects: Vec<String>,
    pub replay_policy: ReplayPolicy,
    /// Bits a second.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub rate_limit_bps: u64,
    /// Percent of the acknowledgements that are reported, such as `30%`.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub sample_freq: String,
    /// Pull requests that may wait at once.
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "gojson::int")]
    pub max_waiting: i64,
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "gojson::int")]
    pub max_ack_pending: i64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub flow_control: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub headers_only: bool,
    /// The most messages that a pull request may ask for.
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "gojson::int")]
    pub max_batch: i64,
    /// The longest that a pull request may wait.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub max_expires: Nanos,
    /// The most bytes that a pull request may ask for.
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "gojson::int")]
    pub max_bytes: i64,
    /// Where a push consumer delivers; `None` for one that is pulled from.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "gojson::empty_as_none")]
    pub deliver_subject: Option<String>,
    /// The queue group that shares the deliveries of a push consumer.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "gojson::empty_as_none")]
    pub deliver_group: Option<String>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub idle_heartbeat: Nanos,
    /// How long it may be unused before the server deletes it.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub inactive_threshold: Nanos,
    #[serde(deserialize_with = "gojson::int")]
    pub num_replicas: i64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub mem_storage: bool,
    /// It copies a stream and is not listed.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub direct: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub sourcing: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub metadata: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause_until: Option<Time>,
    /// ADR-42.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub priority_groups: Vec<String>,
    /// ADR-42.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub priority_policy: PriorityPolicy,
    /// How long a pinned client may be silent (ADR-42).
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub priority_timeout: Nanos,
}

impl ConsumerConfig {
    /// The subjects that it wants; none for all.
    pub fn filters(&self) -> &[String] {
        match &self.filter_subject {
            Some(filter) => std::slice::from_ref(filter),
            None => &self.filter_subjects,
        }
    }
}

/// Where in the stream a consumer begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliverPolicy {
    #[default]
    #[serde(alias = "undefined")]
    All,
    Last,
    New,
    ByStartSequence,
    ByStartTime,
    /// The last message of each subject first, then what follows.
    LastPerSubject,
}

/// What is acknowledged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AckPolicy {
    #[default]
    None,
    /// One acknowledgement stands for all messages up to its own.
    All,
    Explicit,
    FlowControl,
}

/// How quickly stored messages are delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplayPolicy {
    #[default]
    Instant,
    /// As quickly as they were published.
    Original,
}

/// Which of the clients that pull gets messages (ADR-42).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "unknown priority policy: {}")]
pub enum PriorityPolicy {
    #[default]
    None,
    Overflow,
    PinnedClient,
    Prioritized,
}
