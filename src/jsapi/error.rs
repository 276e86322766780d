//! Errors of the API. Their codes and texts are listed in nats-server's `server/errors.json`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An error that the API answers with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename = "server.ApiError")]
pub struct ApiError {
    /// Like a status of HTTP.
    pub code: u16,
    /// The error's own number, such as 10071 for a wrong last sequence.
    pub err_code: u16,
    pub description: String,
}

impl ApiError {
    pub fn is_wrong_last_sequence(&self) -> bool {
        matches!(self.err_code, code::WRONG_LAST_SEQUENCE | code::WRONG_LAST_SEQUENCE_CONSTANT)
    }
}

impl fmt::Display for ApiError {
    /// In the words of nats.go.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ApiError { code, err_code, description } = self;
        write!(f, "nats: API error: code={code} err_code={err_code} description={description}")
    }
}

/// What of any answer says whether it is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ErrorResponse {
    pub error: Option<ApiError>,
}

/// Error codes that clients decide upon.
pub mod code {
    pub const NOT_AVAILABLE: u16 = 10008;
    pub const CONSUMER_NOT_FOUND: u16 = 10014;
    pub const INSUFFICIENT_RESOURCES: u16 = 10023;
    pub const MESSAGE_NOT_FOUND: u16 = 10037;
    pub const NOT_ENABLED_FOR_ACCOUNT: u16 = 10039;
    pub const STREAM_NAME_IN_USE: u16 = 10058;
    pub const STREAM_NOT_FOUND: u16 = 10059;
    pub const WRONG_LAST_SEQUENCE: u16 = 10071;
    pub const NOT_ENABLED: u16 = 10076;
    pub const WRONG_LAST_SEQUENCE_CONSTANT: u16 = 10164;
}
