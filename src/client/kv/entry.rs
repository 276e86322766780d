//! A revision of a key.

use crate::base::Time;
use crate::client::Message;
use crate::client::jetstream::StoredMessage;
use crate::client::ordered::Delivery;
use crate::jsapi::kv;
use crate::wire::{Excerpt, headers};

/// What a revision did to its key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Operation {
    #[default]
    Put,
    Delete,
    Purge,
}

/// A revision of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its key and its value.
    content: Excerpt,
    /// The bucket's sequence at which it was stored.
    pub revision: u64,
    pub created: Time,
    /// How many more of the stored revisions that were asked for follow.
    pub delta: u64,
    pub operation: Operation,
}

impl Operation {
    /// As `nats kv history` and `nats kv watch` print it.
    pub fn name(self) -> &'static str {
        match self {
            Operation::Put => "PUT",
            Operation::Delete => "DELETE",
            Operation::Purge => "PURGE",
        }
    }

    /// By the header of the client that wrote it, or else by that of the server's limit marker (ADR-48).
    fn of(operation: Option<&[u8]>, reason: Option<&[u8]>) -> Operation {
        match (operation, reason) {
            (Some(kv::DELETE), _) | (None | Some(b""), Some(b"Remove")) => Operation::Delete,
            (Some(kv::PURGE), _) | (None | Some(b""), Some(b"MaxAge" | b"Purge")) => Operation::Purge,
            _ => Operation::Put,
        }
    }
}

impl Entry {
    /// What follows the prefix of the bucket's subjects. A bucket that once was a mirror may hold other subjects, which are
    /// cut at the same length, as the official client does.
    pub fn key(&self) -> &str {
        self.content.text()
    }

    pub fn value(&self) -> &[u8] {
        self.content.body()
    }

    pub(super) fn stored(prefix: &str, message: StoredMessage) -> Entry {
        let header = |name| message.headers.get(name).map(str::as_bytes);
        let operation = Operation::of(header(kv::OPERATION), header(kv::MARKER_REASON));
        Entry {
            content: message.content.after(prefix.len()),
            revision: message.sequence,
            created: message.time,
            delta: 0,
            operation,
        }
    }

    pub(super) fn delivered(prefix: &str, delivery: Delivery) -> Entry {
        Entry {
            revision: delivery.sequence,
            created: delivery.time,
            delta: delivery.pending,
            operation: operation_of(&delivery.message),
            content: delivery.message.subject_excerpt(prefix.len()),
        }
    }
}

fn operation_of(message: &Message) -> Operation {
    let (mut operation, mut reason) = (None, None);
    for line in headers::lines(message.block()) {
        operation = operation.or_else(|| headers::value(line, kv::OPERATION));
        reason = reason.or_else(|| headers::value(line, kv::MARKER_REASON));
    }
    Operation::of(operation, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clients_header_counts_before_the_servers() {
        assert_eq!(Operation::of(None, None), Operation::Put);
        assert_eq!(Operation::of(Some(b"DEL"), Some(b"MaxAge")), Operation::Delete);
        assert_eq!(Operation::of(None, Some(b"MaxAge")), Operation::Purge);
        assert_eq!(Operation::of(None, Some(b"Remove")), Operation::Delete);
        assert_eq!(Operation::of(Some(b"other"), Some(b"MaxAge")), Operation::Put);
    }
}
