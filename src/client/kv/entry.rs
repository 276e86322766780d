//! A revision of a key.

use std::time::Duration;

use crate::base::Time;
use crate::client::Message;
use crate::client::jetstream::StoredMessage;
use crate::client::ordered::Delivery;
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
    /// How many stored revisions of what was asked for were still to come.
    pub delta: u64,
    pub operation: Operation,
}

impl Operation {
    /// As history and watch name it.
    pub fn name(self) -> &'static str {
        match self {
            Operation::Put => "PUT",
            Operation::Delete => "DELETE",
            Operation::Purge => "PURGE",
        }
    }

    /// By the header of the client that wrote it, or else that of the server that marked a limit.
    fn of(operation: Option<&[u8]>, reason: Option<&[u8]>) -> Operation {
        match (operation, reason) {
            (Some(b"DEL"), _) | (None | Some(b""), Some(b"Remove")) => Operation::Delete,
            (Some(b"PURGE"), _) | (None | Some(b""), Some(b"MaxAge" | b"Purge")) => Operation::Purge,
            _ => Operation::Put,
        }
    }
}

const OPERATION: &str = "KV-Operation";
const MARKER_REASON: &str = "Nats-Marker-Reason";

impl Entry {
    /// What follows the prefix of the bucket's subjects. A bucket that once was a mirror may hold other subjects: the official
    /// client cuts as much from them.
    pub fn key(&self) -> &str {
        self.content.text()
    }

    pub fn value(&self) -> &[u8] {
        self.content.body()
    }

    pub(super) fn stored(prefix: &str, message: StoredMessage) -> Entry {
        let header = |name| message.headers.get(name).map(str::as_bytes);
        let operation = Operation::of(header(OPERATION), header(MARKER_REASON));
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
        operation = operation.or_else(|| headers::value(line, OPERATION));
        reason = reason.or_else(|| headers::value(line, MARKER_REASON));
    }
    Operation::of(operation, reason)
}

/// A duration as Go writes it, for example `1h0m0s`, `1.5s`, `10ms`.
pub fn go_duration(duration: Duration) -> String {
    let nanos = duration.as_nanos();
    if nanos == 0 {
        return "0s".to_owned();
    }
    for (unit, name) in [(1, "ns"), (1_000, "µs"), (1_000_000, "ms")] {
        if nanos < unit * 1_000 {
            return format!("{}{name}", decimal(nanos, unit));
        }
    }
    let seconds = nanos / 1_000_000_000;
    let rest = format!("{}s", decimal(nanos % 60_000_000_000, 1_000_000_000));
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => rest,
        (0, minutes) => format!("{minutes}m{rest}"),
        (hours, minutes) => format!("{hours}h{minutes}m{rest}"),
    }
}

/// `value / unit` with as many decimals as are needed.
fn decimal(value: u128, unit: u128) -> String {
    let digits = unit.ilog10() as usize;
    let fraction = format!("{:0digits$}", value % unit);
    let fraction = fraction.trim_end_matches('0');
    if digits == 0 || fraction.is_empty() {
        (value / unit).to_string()
    } else {
        format!("{}.{fraction}", value / unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_go_writes_them() {
        for (nanos, want) in [
            (0, "0s"),
            (1, "1ns"),
            (1_500, "1.5µs"),
            (10_000_000, "10ms"),
            (1_500_000_000, "1.5s"),
            (60_000_000_000, "1m0s"),
            (3_600_000_000_000, "1h0m0s"),
            (93_784_005_000_000, "26h3m4.005s"),
        ] {
            assert_eq!(go_duration(Duration::from_nanos(nanos)), want);
        }
    }

    #[test]
    fn the_clients_header_counts_before_the_servers() {
        assert_eq!(Operation::of(None, None), Operation::Put);
        assert_eq!(Operation::of(Some(b"DEL"), Some(b"MaxAge")), Operation::Delete);
        assert_eq!(Operation::of(None, Some(b"MaxAge")), Operation::Purge);
        assert_eq!(Operation::of(None, Some(b"Remove")), Operation::Delete);
        assert_eq!(Operation::of(Some(b"other"), Some(b"MaxAge")), Operation::Put);
    }
}
