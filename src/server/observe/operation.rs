//! What a stored message means in a bucket.

use crate::jsapi::kv;
use crate::wire::headers;

/// What a stored message means to a Key/Value client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Put,
    Delete,
    Purge,
    /// Left by the server where the last message of a subject expired; clients show it as a purge.
    Expired,
}

impl Operation {
    /// What a message with these headers means.
    pub(crate) fn of(headers: &[u8]) -> Operation {
        if headers.is_empty() {
            return Operation::Put;
        }
        let find = |name| headers::find(headers, name);
        match (find(kv::OPERATION), find(kv::MARKER_REASON)) {
            (Some(kv::DELETE), _) => Operation::Delete,
            (Some(kv::PURGE), _) => Operation::Purge,
            (_, Some(b"Remove")) => Operation::Delete,
            (_, Some(_)) => Operation::Expired,
            _ => Operation::Put,
        }
    }
}
