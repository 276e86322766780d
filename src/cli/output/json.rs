//! What commands print as JSON: the types of jsm.go and nats.go, with their fields in the order of those.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use crate::base::Time;
use crate::client::{Message, StoredMessage};
use crate::gojson::{self, is_default};
use crate::jsapi::{
    self, ClusterInfo, ConsumerLimits, DiscardPolicy, Nanos, PersistMode, Placement, Republish,
    RetentionPolicy, StorageType, StoreCompression, StreamAlternate, StreamConfig, StreamInfo, StreamSource,
    StreamSourceInfo, StreamState, SubjectTransform,
};

/// A stream, indented.
pub fn stream_info(info: &StreamInfo) -> String {
    #[derive(Serialize)]
    #[serde(transparent)]
    struct Printed<'a>(#[serde(with = "JsmStreamInfo")] &'a StreamInfo);

    let mut info = info.clone();
    // jsm.go does not know the sequences of sources.
    info.mirror.iter_mut().chain(&mut info.sources).for_each(|source| source.seq = 0);
    gojson::to_string_indent(&Printed(&info))
}

/// A message of a stream, indented.
pub fn stored_message(message: &StoredMessage) -> String {
    let hdrs = if message.headers.is_empty() { Vec::new() } else { message.headers.encode() };
    gojson::to_string_indent(&jsapi::StoredMessage {
        subject: message.subject().to_owned(),
        seq: message.sequence,
        hdrs,
        data: message.body().to_vec(),
        time: message.time,
    })
}

/// A message on one line, as Go prints a `nats.Msg`.
pub fn message(message: &Message) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Msg<'a> {
        subject: &'a str,
        reply: &'a str,
        header: Option<BTreeMap<String, Vec<String>>>,
        /// Base64.
        data: Option<String>,
        /// The subscription, which has nothing to print.
        sub: (),
    }

    let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in message.headers().list {
        headers.entry(name).or_default().push(value);
    }
    gojson::to_string(&Msg {
        subject: message.subject(),
        reply: message.reply().unwrap_or_default(),
        header: Some(headers).filter(|headers| !headers.is_empty()),
        data: Some(message.body()).filter(|body| !body.is_empty()).map(|body| BASE64_STANDARD.encode(body)),
        sub: (),
    })
}

#[derive(Serialize)]
#[serde(remote = "StreamInfo")]
struct JsmStreamInfo {
    #[serde(with = "JsmStreamConfig")]
    config: StreamConfig,
    created: Time,
    #[serde(with = "JsmStreamState")]
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
struct JsmStreamConfig {
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
struct JsmStreamState {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_have_the_order_of_jsm() {
        let json = r#"{
            "ts": "2026-11-23T01:02:03Z", "state": {"bytes": 1, "messages": 2, "num_deleted": 0},
            "config": {"subjects": ["$KV.b.>"], "name": "KV_b", "compression": "none", "metadata": {"a": "2", "b": "1"}},
            "sources": [{"name": "A", "seq": 7}]
        }"#;
        let info: StreamInfo = gojson::from_slice(json.as_bytes()).expect("JSON");
        let printed = stream_info(&info);
        let order = [
            "{\n  \"config\": {\n    \"name\": \"KV_b\",\n    \"subjects\": [\n      \"$KV.b.\\u003e\"\n    ],",
            "\"max_msgs_per_subject\"",
            "\"storage\"",
            "\"metadata\": {\n      \"a\": \"2\",\n      \"b\": \"1\"\n    },\n    \"consumer_limits\": {}",
            "\"state\": {\n    \"messages\": 2,\n    \"bytes\": 1,",
            "\"sources\": [\n    {\n      \"name\": \"A\",\n      \"lag\": 0,\n      \"active\": 0\n",
            "\"ts\": \"2026-11-23T01:02:03Z\"\n}",
        ];
        let places: Vec<_> = order.iter().map(|part| printed.find(part)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} of {printed}");
    }
}
