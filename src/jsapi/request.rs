//! Requests to the API. What is not given is absent.

use serde::{Deserialize, Deserializer, Serialize};

use super::{ConsumerConfig, Nanos, StreamConfig};
use crate::base::Time;
use crate::gojson;

/// `STREAM.CREATE.<stream>` and `STREAM.UPDATE.<stream>`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StreamConfigRequest {
    #[serde(flatten)]
    pub config: StreamConfig,
    /// What the server would set otherwise than given is an error.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub pedantic: bool,
}

impl<'de> Deserialize<'de> for StreamConfigRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<StreamConfigRequest, D::Error> {
        let (pedantic, config) = gojson::embedded(deserializer, "server.StreamConfigRequest", "pedantic")?;
        Ok(StreamConfigRequest { config, pedantic })
    }
}

/// `STREAM.INFO.<stream>`; the body may be empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.JSApiStreamInfoRequest")]
pub struct StreamInfoRequest {
    /// How many subjects to pass over.
    #[serde(deserialize_with = "gojson::int")]
    pub offset: i64,
    /// Which sequences are gone.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub deleted_details: bool,
    /// Messages of each subject that this selects.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub subjects_filter: String,
}

/// `STREAM.NAMES` and `STREAM.LIST`; the body may be empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.JSApiStreamListRequest")]
pub struct StreamListRequest {
    /// How many streams to pass over.
    #[serde(deserialize_with = "gojson::int")]
    pub offset: i64,
    /// Only streams that listen to it.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub subject: String,
}

/// `STREAM.NAMES`, whose request has another name in Go.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename = "server.JSApiStreamNamesRequest")]
pub struct StreamNamesRequest(pub StreamListRequest);

/// `STREAM.PURGE.<stream>`; the body may be empty. Source: ADR-10.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename = "server.JSApiStreamPurgeRequest")]
pub struct StreamPurgeRequest {
    /// Only messages of these subjects.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub filter: String,
    /// Only messages below this sequence.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub seq: u64,
    /// All but the newest of these many.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub keep: u64,
}

/// `STREAM.MSG.GET.<stream>` for one message, and `DIRECT.GET.<stream>` for one or several (ADR-31).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename = "server.JSApiMsgGetRequest")]
pub struct MsgGetRequest {
    /// The message at this sequence, or the first from it on.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub seq: u64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub last_by_subj: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub next_by_subj: String,
    /// How many messages; only for direct gets.
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "gojson::int")]
    pub batch: i64,
    /// How many bytes of them; only for direct gets.
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "gojson::int")]
    pub max_bytes: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<Time>,
    /// The last message of each of these; only for direct gets.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub multi_last: Vec<String>,
    /// As the stream was at this sequence; with `multi_last`.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub up_to_seq: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub up_to_time: Option<Time>,
    /// Without the message's headers.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub no_hdr: bool,
}

/// `STREAM.MSG.DELETE.<stream>`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename = "server.JSApiMsgDeleteRequest")]
pub struct MsgDeleteRequest {
    pub seq: u64,
    /// Without overwriting its bytes.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub no_erase: bool,
}

/// `CONSUMER.CREATE.<stream>`, with `.<name>` and `.<filter>` after it, and `CONSUMER.DURABLE.CREATE.<stream>.<name>`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.CreateConsumerRequest")]
pub struct CreateConsumerRequest {
    pub stream_name: String,
    pub config: ConsumerConfig,
    pub action: ConsumerAction,
    /// What the server would set otherwise than given is an error.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub pedantic: bool,
}

/// What a request to create a consumer insists on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "unknown consumer action: {}")]
pub enum ConsumerAction {
    #[default]
    #[serde(rename = "")]
    CreateOrUpdate,
    Create,
    Update,
}

/// `CONSUMER.NAMES.<stream>` and `CONSUMER.LIST.<stream>`; the body may be empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.JSApiConsumersRequest")]
pub struct ConsumerListRequest {
    /// How many consumers to pass over.
    #[serde(deserialize_with = "gojson::int")]
    pub offset: i64,
}

/// `CONSUMER.PAUSE.<stream>.<consumer>`; the body may be empty, which ends a pause.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.JSApiConsumerPauseRequest")]
pub struct ConsumerPauseRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause_until: Option<Time>,
}

/// `CONSUMER.UNPIN.<stream>.<consumer>` (ADR-42).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.JSApiConsumerUnpinRequest")]
pub struct ConsumerUnpinRequest {
    pub group: String,
}

/// `CONSUMER.RESET.<stream>.<consumer>`; the body may be empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.JSApiConsumerResetRequest")]
pub struct ConsumerResetRequest {
    /// Where to go on; 0 for the first message that is not acknowledged.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub seq: u64,
}

/// `CONSUMER.MSG.NEXT.<stream>.<consumer>`: asks a pull consumer for messages. The body may be empty, for one message,
/// or just a number of them. Source: ADR-13. Its type has no name in Go.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "")]
pub struct NextRequest {
    /// How long the request waits.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub expires: Nanos,
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "gojson::int")]
    pub batch: i64,
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "gojson::int")]
    pub max_bytes: i64,
    /// Ends at once where there is nothing.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub no_wait: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub idle_heartbeat: Nanos,
    /// The priority group (ADR-42), which the four fields after it belong to.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub group: String,
    /// Only while at least so many messages are pending.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub min_pending: i64,
    /// Only while at least so many acknowledgements are pending.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub min_ack_pending: i64,
    /// The pin that the client was given.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub id: String,
    /// 0 to 9; the lowest goes first.
    #[serde(skip_serializing_if = "gojson::is_default", deserialize_with = "gojson::int")]
    pub priority: i64,
}
