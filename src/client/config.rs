//! The JSON bodies of the JetStream API, as a client sends and reads them. Durations are nanoseconds, sizes bytes,
//! and -1 stands for no limit. Source: <https://docs.nats.io/reference/reference-protocols/nats_api_reference>.

use std::collections::BTreeMap;

use crate::base::json::fields;

/// The settings of a stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamConfig {
    pub name: String,
    pub description: String,
    pub subjects: Vec<String>,
    pub retention: String,
    pub max_consumers: i64,
    pub max_msgs: i64,
    pub max_bytes: i64,
    pub discard: String,
    pub discard_new_per_subject: bool,
    pub max_age: i64,
    pub max_msgs_per_subject: i64,
    pub max_msg_size: i64,
    pub storage: String,
    pub num_replicas: i64,
    pub no_ack: bool,
    pub duplicate_window: i64,
    pub placement: Option<Placement>,
    pub mirror: Option<StreamSource>,
    pub sources: Vec<StreamSource>,
    pub sealed: bool,
    pub deny_delete: bool,
    pub deny_purge: bool,
    pub allow_rollup_hdrs: bool,
    pub compression: String,
    pub first_seq: u64,
    pub subject_transform: Option<SubjectTransform>,
    pub republish: Option<Republish>,
    pub allow_direct: bool,
    pub mirror_direct: bool,
    pub consumer_limits: BTreeMap<String, i64>,
    pub metadata: BTreeMap<String, String>,
    pub allow_msg_ttl: bool,
    pub subject_delete_marker_ttl: i64,
    pub allow_msg_counter: bool,
    pub allow_atomic: bool,
    pub allow_msg_schedules: bool,
    pub allow_batched: bool,
}
fields!(StreamConfig:
    name, description if any, subjects if any, retention, max_consumers, max_msgs, max_bytes, discard,
    discard_new_per_subject if any, max_age, max_msgs_per_subject, max_msg_size if any, storage,
    num_replicas, no_ack if any, duplicate_window if any, placement if any, mirror if any, sources if any,
    sealed if any, deny_delete if any, deny_purge if any, allow_rollup_hdrs if any, compression,
    first_seq if any, subject_transform if any, republish if any, allow_direct, mirror_direct, consumer_limits,
    metadata if any, allow_msg_ttl if any, subject_delete_marker_ttl if any, allow_msg_counter if any,
    allow_atomic if any, allow_msg_schedules if any, allow_batched if any
);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placement {
    pub cluster: String,
    pub tags: Vec<String>,
}
fields!(Placement: cluster, tags if any);

/// Where a mirror or source takes its messages from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamSource {
    pub name: String,
    pub opt_start_seq: u64,
    pub filter_subject: String,
    pub subject_transforms: Vec<SubjectTransform>,
    pub external: Option<External>,
}
fields!(StreamSource:
    name, opt_start_seq if any, filter_subject if any, subject_transforms if any, external if any
);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct External {
    pub api: String,
    pub deliver: String,
}
fields!(External: api, deliver);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubjectTransform {
    pub src: String,
    pub dest: String,
}
fields!(SubjectTransform: src, dest);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Republish {
    pub src: String,
    pub dest: String,
    pub headers_only: bool,
}
fields!(Republish: src if any, dest, headers_only if any);

/// A stream as the server describes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamInfo {
    pub config: StreamConfig,
    /// RFC 3339.
    pub created: String,
    pub state: StreamState,
    pub cluster: Option<ClusterInfo>,
    pub mirror: Option<StreamSourceInfo>,
    pub sources: Vec<StreamSourceInfo>,
}
fields!(StreamInfo: config, created, state, cluster, mirror, sources);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamState {
    pub messages: u64,
    pub bytes: u64,
    pub first_seq: u64,
    pub first_ts: String,
    pub last_seq: u64,
    pub last_ts: String,
    pub num_subjects: u64,
    /// Messages by subject, where they were asked for.
    pub subjects: BTreeMap<String, u64>,
    pub num_deleted: u64,
    pub consumer_count: u64,
}
fields!(StreamState:
    messages, bytes, first_seq, first_ts, last_seq, last_ts, num_subjects, subjects, num_deleted,
    consumer_count
);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClusterInfo {
    pub name: String,
    pub leader: String,
}
fields!(ClusterInfo: name, leader);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamSourceInfo {
    pub name: String,
    pub lag: u64,
    /// Nanoseconds since the source was last heard of; -1 for never.
    pub active: i64,
    pub external: Option<External>,
    pub error: Option<super::ApiError>,
    pub filter_subject: String,
    pub subject_transforms: Vec<SubjectTransform>,
}
fields!(StreamSourceInfo: name, lag, active, external, error, filter_subject, subject_transforms);

/// The settings of a consumer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerConfig {
    pub description: String,
    pub durable_name: String,
    pub name: String,
    pub deliver_policy: String,
    pub opt_start_seq: u64,
    /// RFC 3339.
    pub opt_start_time: Option<String>,
    pub ack_policy: String,
    pub ack_wait: i64,
    pub max_deliver: i64,
    pub filter_subject: String,
    pub filter_subjects: Vec<String>,
    pub replay_policy: String,
    pub flow_control: bool,
    pub idle_heartbeat: i64,
    pub headers_only: bool,
    pub deliver_subject: String,
    pub inactive_threshold: i64,
    pub num_replicas: i64,
    pub mem_storage: bool,
}
fields!(ConsumerConfig:
    description if any, durable_name if any, name if any, deliver_policy, opt_start_seq if any,
    opt_start_time if any, ack_policy, ack_wait if any, max_deliver if any, filter_subject if any,
    filter_subjects if any, replay_policy, flow_control if any, idle_heartbeat if any, headers_only if any,
    deliver_subject if any, inactive_threshold if any, num_replicas, mem_storage if any
);

/// A consumer as the server describes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerInfo {
    pub stream_name: String,
    pub name: String,
    pub created: String,
    pub config: ConsumerConfig,
    pub delivered: SequencePair,
    pub num_pending: u64,
}
fields!(ConsumerInfo: stream_name, name, created, config, delivered, num_pending);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SequencePair {
    pub consumer_seq: u64,
    pub stream_seq: u64,
}
fields!(SequencePair: consumer_seq, stream_seq);

/// What the account uses and may use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountInfo {
    pub memory: u64,
    pub storage: u64,
    pub reserved_memory: u64,
    pub reserved_storage: u64,
    pub streams: u64,
    pub consumers: u64,
    pub limits: AccountLimits,
    pub api: ApiUsage,
}
fields!(AccountInfo: memory, storage, reserved_memory, reserved_storage, streams, consumers, limits, api);

#[derive(Clone, Debug, PartialEq)]
pub struct AccountLimits {
    pub max_memory: i64,
    pub max_storage: i64,
    pub max_streams: i64,
    pub max_consumers: i64,
    pub max_ack_pending: i64,
    pub memory_max_stream_bytes: i64,
    pub storage_max_stream_bytes: i64,
    pub max_bytes_required: bool,
}
fields!(AccountLimits:
    max_memory, max_storage, max_streams, max_consumers, max_ack_pending, memory_max_stream_bytes,
    storage_max_stream_bytes, max_bytes_required
);

impl Default for AccountLimits {
    fn default() -> AccountLimits {
        AccountLimits {
            max_memory: -1,
            max_storage: -1,
            max_streams: -1,
            max_consumers: -1,
            max_ack_pending: -1,
            memory_max_stream_bytes: -1,
            storage_max_stream_bytes: -1,
            max_bytes_required: false,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApiUsage {
    pub level: i64,
    pub total: u64,
    pub errors: u64,
}
fields!(ApiUsage: level, total, errors);
