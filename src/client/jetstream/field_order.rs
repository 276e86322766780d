//! Configurations with their fields in the order in which nats.go writes them, and with what it leaves out. The values are
//! those of [`crate::jsapi`].

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::base::Time;
use crate::gojson;
use crate::jsapi::{
    AckPolicy, ConsumerAction, ConsumerConfig, ConsumerLimits, DeliverPolicy, DiscardPolicy, Nanos,
    PersistMode, Placement, ReplayPolicy, Republish, RetentionPolicy, StorageType, StoreCompression,
    StreamConfig, StreamSource, SubjectTransform,
};

/// The body of a request to create or update a stream.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct StreamRequest<'a>(#[serde(with = "GoStreamConfig")] pub(super) &'a StreamConfig);

/// The body of a request to create a consumer.
#[derive(Serialize)]
pub(super) struct ConsumerRequest<'a> {
    pub(super) stream_name: &'a str,
    #[serde(with = "GoConsumerConfig")]
    pub(super) config: &'a ConsumerConfig,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub(super) action: ConsumerAction,
}

#[derive(Serialize)]
#[serde(remote = "StreamConfig")]
struct GoStreamConfig {
    name: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    description: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    subjects: Vec<String>,
    retention: RetentionPolicy,
    max_consumers: i64,
    max_msgs: i64,
    max_bytes: i64,
    discard: DiscardPolicy,
    #[serde(skip_serializing_if = "gojson::is_default")]
    discard_new_per_subject: bool,
    max_age: Nanos,
    max_msgs_per_subject: i64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    max_msg_size: i32,
    storage: StorageType,
    num_replicas: i64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    no_ack: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    duplicate_window: Nanos,
    #[serde(skip_serializing_if = "gojson::is_default", serialize_with = "placement")]
    placement: Option<Placement>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    mirror: Option<StreamSource>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    sources: Vec<StreamSource>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    sealed: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    deny_delete: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    deny_purge: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    allow_rollup_hdrs: bool,
    compression: StoreCompression,
    #[serde(skip_serializing_if = "gojson::is_default")]
    first_seq: u64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    subject_transform: Option<SubjectTransform>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    republish: Option<Republish>,
    allow_direct: bool,
    mirror_direct: bool,
    consumer_limits: ConsumerLimits,
    #[serde(skip_serializing_if = "gojson::is_default")]
    metadata: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    allow_msg_ttl: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    subject_delete_marker_ttl: Nanos,
    #[serde(skip_serializing_if = "gojson::is_default")]
    allow_msg_counter: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    allow_atomic: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    allow_msg_schedules: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    persist_mode: PersistMode,
    #[serde(skip_serializing_if = "gojson::is_default")]
    allow_batched: bool,
}

#[derive(Serialize)]
#[serde(remote = "Placement")]
struct GoPlacement {
    cluster: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    tags: Vec<String>,
}

fn placement<S: Serializer>(placement: &Option<Placement>, serializer: S) -> Result<S::Ok, S::Error> {
    match placement {
        Some(placement) => GoPlacement::serialize(placement, serializer),
        None => serializer.serialize_none(),
    }
}

#[derive(Serialize)]
#[serde(remote = "ConsumerConfig")]
struct GoConsumerConfig {
    #[serde(skip_serializing_if = "gojson::is_default")]
    description: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    durable_name: Option<String>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    name: Option<String>,
    deliver_policy: DeliverPolicy,
    #[serde(skip_serializing_if = "gojson::is_default")]
    opt_start_seq: u64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    opt_start_time: Option<Time>,
    ack_policy: AckPolicy,
    #[serde(skip_serializing_if = "gojson::is_default")]
    ack_wait: Nanos,
    #[serde(skip_serializing_if = "gojson::is_default")]
    max_deliver: i64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    filter_subject: Option<String>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    filter_subjects: Vec<String>,
    replay_policy: ReplayPolicy,
    #[serde(skip_serializing_if = "gojson::is_default")]
    flow_control: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    idle_heartbeat: Nanos,
    #[serde(skip_serializing_if = "gojson::is_default")]
    headers_only: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    deliver_subject: Option<String>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    inactive_threshold: Nanos,
    num_replicas: i64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    mem_storage: bool,
}
