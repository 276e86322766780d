//! A consumer as the server describes it.

use serde::{Deserialize, Serialize};

use super::{ConsumerConfig, Nanos};
use crate::base::Time;
use crate::gojson;

/// A consumer: its configuration, and how far it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.ConsumerInfo")]
pub struct ConsumerInfo {
    pub stream_name: String,
    pub name: String,
    pub created: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<ConsumerConfig>,
    /// The last delivery.
    pub delivered: SequenceInfo,
    /// Everything up to here is acknowledged.
    pub ack_floor: SequenceInfo,
    /// Deliveries that are not acknowledged yet.
    pub num_ack_pending: u64,
    pub num_redelivered: u64,
    /// Pull requests that wait.
    pub num_waiting: u64,
    /// Messages that are still to be delivered.
    pub num_pending: u64,
    /// Somebody listens to the deliver subject.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub push_bound: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub paused: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub pause_remaining: Nanos,
    /// When the server said so.
    pub ts: Time,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub priority_groups: Vec<PriorityGroupState>,
}

/// A position, counted in deliveries and in the stream's sequences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename = "server.SequenceInfo")]
pub struct SequenceInfo {
    pub consumer_seq: u64,
    pub stream_seq: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_active: Option<Time>,
}

/// Which client a priority group is pinned to (ADR-42).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.PriorityGroupState")]
pub struct PriorityGroupState {
    pub group: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned_client_id: Option<String>,
    /// Since when; zero where it is not pinned.
    pub pinned_ts: Time,
}
