//! A stream as the server describes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ApiError, ExternalStream, Nanos, StreamConfig, SubjectTransform};
use crate::base::Time;
use crate::gojson;

/// A stream: its configuration, what it holds, and what it copies from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.StreamInfo")]
pub struct StreamInfo {
    pub config: StreamConfig,
    pub created: Time,
    pub state: StreamState,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub domain: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<ClusterInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mirror: Option<StreamSourceInfo>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub sources: Vec<StreamSourceInfo>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub alternates: Vec<StreamAlternate>,
    /// When the server said so.
    pub ts: Time,
}

/// What a stream holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.StreamState")]
pub struct StreamState {
    pub messages: u64,
    pub bytes: u64,
    pub first_seq: u64,
    /// When the first message was stored; zero where there is none.
    pub first_ts: Time,
    pub last_seq: u64,
    pub last_ts: Time,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub num_subjects: u64,
    /// Messages by subject, where they were asked for.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub subjects: BTreeMap<String, u64>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub num_deleted: u64,
    /// Sequences between the first and the last that are gone, where they were asked for.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub deleted: Vec<u64>,
    pub consumer_count: u64,
}

/// The servers that hold a stream.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.ClusterInfo")]
pub struct ClusterInfo {
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub name: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub leader: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub replicas: Vec<PeerInfo>,
}

/// One of the servers that follow a leader.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.PeerInfo")]
pub struct PeerInfo {
    pub name: String,
    pub current: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub offline: bool,
    /// How long ago it was heard of.
    pub active: Nanos,
    /// How many entries of the log it lacks.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub lag: u64,
}

/// How far a mirror or source is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.StreamSourceInfo")]
pub struct StreamSourceInfo {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external: Option<ExternalStream>,
    /// Messages that are still to be copied.
    pub lag: u64,
    /// The last sequence of the source that is stored here.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub seq: u64,
    /// How long ago the source was heard of; -1 for never.
    pub active: Nanos,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ApiError>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub filter_subject: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub subject_transforms: Vec<SubjectTransform>,
}

/// A mirror that holds the same messages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.StreamAlternate")]
pub struct StreamAlternate {
    pub name: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub domain: String,
    pub cluster: String,
}
