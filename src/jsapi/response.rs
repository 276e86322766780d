//! Answers of the API.

use serde::{Deserialize, Serialize};

use super::{ApiError, ConsumerInfo, Nanos, StoredMessage, StreamInfo};
use crate::base::Time;
use crate::gojson;

/// Any answer: its type, an error if it is one, and its body, which with an error is the default one (ADR-1).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Response<T> {
    /// `io.nats.jetstream.api.v1.<kind>_response`.
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ApiError>,
    #[serde(flatten)]
    pub body: T,
}

/// That something was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SuccessResponse {
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub success: bool,
}

/// `STREAM.CREATE`; that of `STREAM.UPDATE` is a [`StreamInfo`] alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StreamCreateResponse {
    #[serde(flatten)]
    pub info: Option<StreamInfo>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub did_create: bool,
}

/// `STREAM.INFO`: the information, and which part of the subjects it tells.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StreamInfoResponse {
    pub total: u64,
    pub offset: u64,
    pub limit: u64,
    #[serde(flatten)]
    pub info: Option<StreamInfo>,
}

/// `STREAM.NAMES`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StreamNamesResponse {
    /// How many there are, of which at most `limit` are told from `offset` on.
    pub total: u64,
    pub offset: u64,
    pub limit: u64,
    /// `null` where there are none.
    pub streams: Option<Vec<String>>,
}

/// `STREAM.LIST`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StreamListResponse {
    /// How many there are, of which at most `limit` are told from `offset` on.
    pub total: u64,
    pub offset: u64,
    pub limit: u64,
    pub streams: Vec<StreamInfo>,
}

/// `STREAM.PURGE`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StreamPurgeResponse {
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub success: bool,
    /// How many messages are gone.
    pub purged: u64,
}

/// `STREAM.MSG.GET`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MsgGetResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<StoredMessage>,
}

/// `CONSUMER.NAMES`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConsumerNamesResponse {
    /// How many there are, of which at most `limit` are told from `offset` on.
    pub total: u64,
    pub offset: u64,
    pub limit: u64,
    pub consumers: Vec<String>,
}

/// `CONSUMER.LIST`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConsumerListResponse {
    /// How many there are, of which at most `limit` are told from `offset` on.
    pub total: u64,
    pub offset: u64,
    pub limit: u64,
    pub consumers: Vec<ConsumerInfo>,
}

/// `CONSUMER.PAUSE`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConsumerPauseResponse {
    pub paused: bool,
    /// Zero where it is not paused.
    pub pause_until: Time,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub pause_remaining: Nanos,
}

/// `CONSUMER.RESET`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ConsumerResetResponse {
    #[serde(flatten)]
    pub info: Option<ConsumerInfo>,
    /// The sequence with which it goes on.
    pub reset_seq: u64,
}
