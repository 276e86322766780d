//! Configurations and information with their fields in the order in which jsm.go writes them, and with what it leaves out.
//! The values are those of [`crate::jsapi`].

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::base::Time;
use crate::gojson::is_default;
use crate::jsapi::{
    AckPolicy, ClusterInfo, ConsumerConfig, ConsumerInfo, ConsumerLimits, DeliverPolicy, DiscardPolicy,
    Nanos, PersistMode, Placement, PriorityGroupState, PriorityPolicy, ReplayPolicy, Republish,
    RetentionPolicy, SequenceInfo, StorageType, StoreCompression, StreamAlternate, StreamConfig, StreamInfo,
    StreamSource, StreamSourceInfo, StreamState, SubjectTransform,
};

#[derive(Serialize)]
#[serde(remote = "StreamInfo")]
pub struct ManagerStreamInfo {
    #[serde(with = "ManagerStreamConfig")]
    config: StreamConfig,
    created: Time,
    #[serde(with = "ManagerStreamState")]
    state: StreamState,
    #[serde(skip_serializing_if = "is_default")]
    domain: String,
    #[serde(skip_serializing_if = "is_default")]
    cluster: Option<ClusterInfo>,
    #[serde(skip_serializing_if = "is_default")]
    mirror: Option<StreamSourceInfo>,
    #[serde(skip_serializing_if = "is_default")]
    sources: Vec<StreamSourceInfo>,
    #[serde(skip_serializing_if = "is_default")]
    alternates: Vec<StreamAlternate>,
    ts: Time,
}

#[derive(Serialize)]
#[serde(remote = "StreamConfig")]
pub struct ManagerStreamConfig {
    name: String,
    #[serde(skip_serializing_if = "is_default")]
    description: String,
    #[serde(skip_serializing_if = "is_default")]
    subjects: Vec<String>,
    retention: RetentionPolicy,
    max_consumers: i64,
    max_msgs_per_subject: i64,
    max_msgs: i64,
    max_bytes: i64,
    max_age: Nanos,
    #[serde(skip_serializing_if = "is_default")]
    max_msg_size: i32,
    storage: StorageType,
    discard: DiscardPolicy,
    num_replicas: i64,
    #[serde(skip_serializing_if = "is_default")]
    no_ack: bool,
    #[serde(skip_serializing_if = "is_default")]
    duplicate_window: Nanos,
    #[serde(skip_serializing_if = "is_default")]
    placement: Option<Placement>,
    #[serde(skip_serializing_if = "is_default")]
    mirror: Option<StreamSource>,
    #[serde(skip_serializing_if = "is_default")]
    sources: Vec<StreamSource>,
    #[serde(skip_serializing_if = "is_default")]
    compression: StoreCompression,
    #[serde(skip_serializing_if = "is_default")]
    subject_transform: Option<SubjectTransform>,
    #[serde(skip_serializing_if = "is_default")]
    republish: Option<Republish>,
    sealed: bool,
    deny_delete: bool,
    deny_purge: bool,
    allow_rollup_hdrs: bool,
    allow_direct: bool,
    mirror_direct: bool,
    #[serde(skip_serializing_if = "is_default")]
    discard_new_per_subject: bool,
    #[serde(skip_serializing_if = "is_default")]
    first_seq: u64,
    #[serde(skip_serializing_if = "is_default")]
    metadata: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "is_default")]
    allow_msg_ttl: bool,
    #[serde(skip_serializing_if = "is_default")]
    subject_delete_marker_ttl: Nanos,
    consumer_limits: ConsumerLimits,
    #[serde(skip_serializing_if = "is_default")]
    allow_atomic: bool,
    #[serde(skip_serializing_if = "is_default")]
    allow_msg_counter: bool,
    #[serde(skip_serializing_if = "is_default")]
    allow_msg_schedules: bool,
    #[serde(skip_serializing_if = "is_default")]
    persist_mode: PersistMode,
    #[serde(skip_serializing_if = "is_default")]
    allow_batched: bool,
}

#[derive(Serialize)]
#[serde(remote = "StreamState")]
pub struct ManagerStreamState {
    messages: u64,
    bytes: u64,
    first_seq: u64,
    first_ts: Time,
    last_seq: u64,
    last_ts: Time,
    #[serde(skip_serializing_if = "is_default")]
    num_deleted: u64,
    #[serde(skip_serializing_if = "is_default")]
    deleted: Vec<u64>,
    #[serde(skip_serializing_if = "is_default")]
    num_subjects: u64,
    #[serde(skip_serializing_if = "is_default")]
    subjects: BTreeMap<String, u64>,
    consumer_count: u64,
}

#[derive(Serialize)]
#[serde(remote = "ConsumerConfig")]
pub struct ManagerConsumerConfig {
    #[serde(skip_serializing_if = "is_default")]
    description: String,
    ack_policy: AckPolicy,
    #[serde(skip_serializing_if = "is_default")]
    ack_wait: Nanos,
    deliver_policy: DeliverPolicy,
    #[serde(skip_serializing_if = "is_default")]
    deliver_subject: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    deliver_group: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    durable_name: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    name: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    filter_subject: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    filter_subjects: Vec<String>,
    #[serde(skip_serializing_if = "is_default")]
    flow_control: bool,
    #[serde(skip_serializing_if = "is_default")]
    idle_heartbeat: Nanos,
    #[serde(skip_serializing_if = "is_default")]
    max_ack_pending: i64,
    #[serde(skip_serializing_if = "is_default")]
    max_deliver: i64,
    #[serde(skip_serializing_if = "is_default")]
    backoff: Vec<Nanos>,
    #[serde(skip_serializing_if = "is_default")]
    max_waiting: i64,
    #[serde(skip_serializing_if = "is_default")]
    opt_start_seq: u64,
    #[serde(skip_serializing_if = "is_default")]
    opt_start_time: Option<Time>,
    #[serde(skip_serializing_if = "is_default")]
    rate_limit_bps: u64,
    replay_policy: ReplayPolicy,
    #[serde(skip_serializing_if = "is_default")]
    sample_freq: String,
    #[serde(skip_serializing_if = "is_default")]
    headers_only: bool,
    #[serde(skip_serializing_if = "is_default")]
    max_batch: i64,
    #[serde(skip_serializing_if = "is_default")]
    max_expires: Nanos,
    #[serde(skip_serializing_if = "is_default")]
    max_bytes: i64,
    #[serde(skip_serializing_if = "is_default")]
    inactive_threshold: Nanos,
    num_replicas: i64,
    #[serde(skip_serializing_if = "is_default")]
    mem_storage: bool,
    #[serde(skip_serializing_if = "is_default")]
    metadata: BTreeMap<String, String>,
    #[serde(serialize_with = "zero_time")]
    pause_until: Option<Time>,
    #[serde(skip_serializing_if = "is_default")]
    priority_groups: Vec<String>,
    #[serde(skip_serializing_if = "is_default")]
    priority_policy: PriorityPolicy,
    #[serde(skip_serializing_if = "is_default")]
    priority_timeout: Nanos,
    #[serde(skip_serializing_if = "is_default")]
    direct: bool,
    #[serde(skip_serializing_if = "is_default")]
    sourcing: bool,
}

/// Go's `omitempty` leaves out no time.
fn zero_time<S: Serializer>(time: &Option<Time>, serializer: S) -> Result<S::Ok, S::Error> {
    time.unwrap_or_default().serialize(serializer)
}

#[derive(Serialize)]
#[serde(remote = "ConsumerInfo")]
pub struct ManagerConsumerInfo {
    stream_name: String,
    name: String,
    #[serde(serialize_with = "consumer_config")]
    config: Option<ConsumerConfig>,
    created: Time,
    delivered: SequenceInfo,
    ack_floor: SequenceInfo,
    num_ack_pending: u64,
    num_redelivered: u64,
    num_waiting: u64,
    num_pending: u64,
    #[serde(skip_serializing_if = "is_default")]
    push_bound: bool,
    #[serde(skip_serializing_if = "is_default")]
    paused: bool,
    #[serde(skip_serializing_if = "is_default")]
    pause_remaining: Nanos,
    ts: Time,
    #[serde(skip_serializing_if = "is_default")]
    priority_groups: Vec<PriorityGroupState>,
}

fn consumer_config<S: Serializer>(config: &Option<ConsumerConfig>, serializer: S) -> Result<S::Ok, S::Error> {
    match config {
        Some(config) => ManagerConsumerConfig::serialize(config, serializer),
        None => ManagerConsumerConfig::serialize(&ConsumerConfig::default(), serializer),
    }
}
