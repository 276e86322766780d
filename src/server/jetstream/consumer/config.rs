//! A consumer's configuration as a value, in the order of fields in which the real server writes it.

use std::collections::BTreeMap;

use crate::gofmt::Nanos;

use crate::base::Time;

/// Waits: zero is none. Empty texts are `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerConfig {
    pub durable: Option<String>,
    pub name: Option<String>,
    pub description: String,
    pub deliver_policy: DeliverPolicy,
    pub opt_start_seq: u64,
    pub opt_start_time: Option<Time>,
    pub ack_policy: AckPolicy,
    pub ack_wait: Nanos,
    pub max_deliver: i64,
    pub backoff: Vec<Nanos>,
    pub filter_subject: Option<String>,
    pub filter_subjects: Vec<String>,
    pub replay_policy: ReplayPolicy,
    pub rate_limit_bps: u64,
    pub sample_freq: String,
    pub max_waiting: i64,
    pub max_ack_pending: i64,
    pub flow_control: bool,
    pub headers_only: bool,
    pub max_batch: i64,
    pub max_expires: Nanos,
    pub max_bytes: i64,
    /// Where a push consumer delivers; `None` for one that is pulled from.
    pub deliver_subject: Option<String>,
    pub deliver_group: Option<String>,
    pub idle_heartbeat: Nanos,
    pub inactive_threshold: Nanos,
    pub replicas: i64,
    pub memory_storage: bool,
    pub direct: bool,
    pub sourcing: bool,
    pub metadata: BTreeMap<String, String>,
    pub pause_until: Option<Time>,
    pub priority_groups: Vec<String>,
    pub priority_policy: PriorityPolicy,
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeliverPolicy {
    #[default]
    All,
    Last,
    New,
    ByStartSequence,
    ByStartTime,
    LastPerSubject,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AckPolicy {
    #[default]
    None,
    All,
    Explicit,
    FlowControl,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReplayPolicy {
    #[default]
    Instant,
    Original,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PriorityPolicy {
    #[default]
    None,
    Overflow,
    PinnedClient,
    Prioritized,
}
