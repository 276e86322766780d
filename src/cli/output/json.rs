//! What commands print as JSON: the types of jsm.go and nats.go, with their fields in the order of those.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use crate::cli::manager::order::{
    ManagerConsumerConfig, ManagerConsumerInfo, ManagerStreamConfig, ManagerStreamInfo,
};
use crate::client::{Message, StoredMessage};
use crate::gojson;
use crate::jsapi::{self, ConsumerConfig, ConsumerInfo, StreamConfig, StreamInfo};

/// A stream, indented.
pub fn stream_info(info: &StreamInfo) -> String {
    #[derive(Serialize)]
    #[serde(transparent)]
    struct Printed<'a>(#[serde(with = "ManagerStreamInfo")] &'a StreamInfo);

    let mut info = info.clone();
    // jsm.go does not know the sequences of sources.
    info.mirror.iter_mut().chain(&mut info.sources).for_each(|source| source.seq = 0);
    gojson::to_string_indent(&Printed(&info))
}

/// A stream's configuration, indented.
pub fn stream_config(config: &StreamConfig) -> String {
    #[derive(Serialize)]
    #[serde(transparent)]
    struct Printed<'a>(#[serde(with = "ManagerStreamConfig")] &'a StreamConfig);

    gojson::to_string_indent(&Printed(config))
}

/// A consumer's configuration, indented.
pub fn consumer_config(config: &ConsumerConfig) -> String {
    #[derive(Serialize)]
    #[serde(transparent)]
    struct Printed<'a>(#[serde(with = "ManagerConsumerConfig")] &'a ConsumerConfig);

    gojson::to_string_indent(&Printed(config))
}

/// A consumer, indented.
pub fn consumer_info(info: &ConsumerInfo) -> String {
    #[derive(Serialize)]
    #[serde(transparent)]
    struct Printed<'a>(#[serde(with = "ManagerConsumerInfo")] &'a ConsumerInfo);

    gojson::to_string_indent(&Printed(info))
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
        data: String,
        /// The subscription, which has nothing to print.
        sub: (),
    }

    let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in message.headers().with_status() {
        headers.entry(name.to_owned()).or_default().push(value.into_owned());
    }
    gojson::to_string(&Msg {
        subject: message.subject(),
        reply: message.reply().unwrap_or_default(),
        header: Some(headers).filter(|headers| !headers.is_empty()),
        data: BASE64_STANDARD.encode(message.body()),
        sub: (),
    })
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
