//! What an account uses of JetStream, and what it may use.

use serde::{Deserialize, Serialize};

use crate::gojson;

/// Usage and limits of an account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.JetStreamAccountStats")]
pub struct AccountInfo {
    /// Bytes of streams in memory.
    pub memory: u64,
    /// Bytes of streams in files.
    pub storage: u64,
    /// Bytes that streams with a limit may take.
    pub reserved_memory: u64,
    pub reserved_storage: u64,
    pub streams: u64,
    pub consumers: u64,
    pub limits: AccountLimits,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub domain: String,
    pub api: ApiStats,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.JetStreamAccountLimits")]
pub struct AccountLimits {
    pub max_memory: i64,
    pub max_storage: i64,
    pub max_streams: i64,
    pub max_consumers: i64,
    pub max_ack_pending: i64,
    /// The most bytes of a single stream in memory.
    pub memory_max_stream_bytes: i64,
    pub storage_max_stream_bytes: i64,
    /// Streams need a limit of bytes.
    pub max_bytes_required: bool,
}

impl Default for AccountLimits {
    /// No limits.
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

/// How the API is used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.JetStreamAPIStats")]
pub struct ApiStats {
    /// The level of the server's API (ADR-44).
    pub level: i64,
    /// Calls so far.
    pub total: u64,
    /// How many of them were answered with an error.
    pub errors: u64,
}
