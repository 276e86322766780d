//! Stored messages, and what is said of their storing.

use serde::{Deserialize, Serialize};

use super::ApiError;
use crate::base::Time;
use crate::gojson;

/// The answer to a publish: where a message is stored, or why it is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename = "server.JSPubAckResponse")]
pub struct PubAck {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ApiError>,
    pub stream: String,
    /// The sequence at which it is stored.
    pub seq: u64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub domain: String,
    /// A message of the same id was stored before, and this one is not.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub duplicate: bool,
}

/// A message of a stream as `STREAM.MSG.GET` answers it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename = "server.StoredMsg")]
pub struct StoredMessage {
    pub subject: String,
    pub seq: u64,
    /// An encoded block of headers; base64 in JSON.
    #[serde(skip_serializing_if = "gojson::is_default", with = "gojson::base64")]
    pub hdrs: Vec<u8>,
    /// The body; base64 in JSON.
    #[serde(skip_serializing_if = "gojson::is_default", with = "gojson::base64")]
    pub data: Vec<u8>,
    pub time: Time,
}
