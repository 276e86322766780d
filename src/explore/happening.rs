//! What happens in an order, as values.

use std::fmt;

use super::fault::FaultKind;
use crate::jsapi::kv;
use crate::server::view::Operation;
use crate::server::{Event, EventKind};

/// What comes of a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    Read {
        bucket: String,
        key: String,
        revision: u64,
    },
    /// There was nothing to be read.
    NotFound {
        bucket: String,
        key: Option<String>,
    },
    Wrote {
        bucket: String,
        key: String,
        revision: u64,
        operation: Operation,
        /// The revision that it replaces, if the client had never read it nor been told of it.
        unread: Option<u64>,
    },
    /// The last revision was another one than the write was on the condition of; 0 for none.
    Refused {
        bucket: String,
        key: String,
        expected: u64,
        actual: Option<u64>,
    },
    Expired {
        bucket: String,
        key: String,
        revision: u64,
    },
    Delivered {
        bucket: String,
        key: String,
        revision: u64,
    },
    Entered(String),
    Left(String),
    Struck(FaultKind),
    Resumed,
    /// Nothing that anybody does leads to an end any more.
    NoEnd,
    /// The index of a rule that is broken now.
    Broke(usize),
}

impl Happening {
    /// What an event of the server means to whoever knows buckets; `None` for what they need not see.
    pub(super) fn of(event: &Event) -> Option<Happening> {
        let name = |stream: &str, subject: &str| {
            let bucket = kv::bucket_of(stream)?;
            Some((bucket.to_owned(), kv::key_of(subject, bucket)?.to_owned()))
        };
        match &event.kind {
            EventKind::Stored { stream, subject, sequence, operation, .. } => {
                let (bucket, key) = name(stream, subject)?;
                let (revision, operation) = (*sequence, *operation);
                Some(match operation {
                    Operation::Expired => Happening::Expired { bucket, key, revision },
                    _ => Happening::Wrote { bucket, key, revision, operation, unread: None },
                })
            }
            EventKind::PublishRejected { stream, subject, expected: Some(expected), actual, .. } => {
                let (bucket, key) = name(stream, subject)?;
                Some(Happening::Refused { bucket, key, expected: *expected, actual: *actual })
            }
            EventKind::Read { stream, subject, sequence } => {
                let named = subject.as_deref().and_then(|subject| name(stream, subject));
                match (sequence, named) {
                    (Some(revision), Some((bucket, key))) => {
                        Some(Happening::Read { bucket, key, revision: *revision })
                    }
                    (None, named) => {
                        let bucket = kv::bucket_of(stream)?.to_owned();
                        Some(Happening::NotFound { bucket, key: named.map(|(_, key)| key) })
                    }
                    (Some(_), None) => None,
                }
            }
            EventKind::Removed { stream, subject, sequence, reason } if reason.is_expiry() => {
                let (bucket, key) = name(stream, subject)?;
                Some(Happening::Expired { bucket, key, revision: *sequence })
            }
            EventKind::Delivered { stream, subject, sequence, .. } => {
                let (bucket, key) = name(stream, subject)?;
                Some(Happening::Delivered { bucket, key, revision: *sequence })
            }
            _ => None,
        }
    }
}

impl Happening {
    /// The index of the rule that breaks.
    pub fn broken_rule(&self) -> Option<usize> {
        match self {
            Happening::Broke(rule) => Some(*rule),
            _ => None,
        }
    }

    /// Whether a rule breaks, also that every client ends.
    pub(super) fn breaks_rule(&self) -> bool {
        matches!(self, Happening::Broke(_) | Happening::NoEnd)
    }
}

impl fmt::Display for Happening {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Happening::Read { bucket, key, revision } => {
                write!(out, "reads {bucket} > {key}: revision {revision}")
            }
            Happening::NotFound { bucket, key: Some(key) } => {
                write!(out, "reads {bucket} > {key}: not found")
            }
            Happening::NotFound { bucket, key: None } => write!(out, "reads in {bucket}: not found"),
            Happening::Wrote { bucket, key, revision, operation, unread } => {
                let verb = match operation {
                    Operation::Put => "writes",
                    Operation::Delete => "deletes",
                    Operation::Purge | Operation::Expired => "purges",
                };
                write!(out, "{verb} {bucket} > {key}: revision {revision}")?;
                match unread {
                    Some(unread) => write!(out, ", over revision {unread}, which it never knew"),
                    None => Ok(()),
                }
            }
            Happening::Refused { bucket, key, expected, actual } => {
                let was = actual.map_or_else(String::new, |actual| match actual {
                    0 => ": it has no value".to_owned(),
                    actual => format!(": it is at revision {actual}"),
                });
                match expected {
                    0 => write!(out, "is refused, {bucket} > {key} is there already{was}"),
                    expected => {
                        write!(out, "is refused, {bucket} > {key} is not at revision {expected}{was}")
                    }
                }
            }
            Happening::Expired { bucket, key, revision } => {
                write!(out, "{bucket} > {key}, revision {revision}, expires")
            }
            Happening::Delivered { bucket, key, revision } => {
                write!(out, "is told of {bucket} > {key}, revision {revision}")
            }
            Happening::Entered(section) => write!(out, "enters {section}"),
            Happening::Left(section) => write!(out, "leaves {section}"),
            Happening::Struck(FaultKind::Pause(time)) => write!(out, "pauses for {time:?}"),
            Happening::Struck(FaultKind::Death) => write!(out, "dies"),
            Happening::Struck(FaultKind::LostReply) => write!(out, "never hears the answer"),
            Happening::Resumed => write!(out, "is back"),
            Happening::NoEnd => write!(out, "from here on no order ends"),
            Happening::Broke(rule) => write!(out, "rule {} is broken", rule + 1),
        }
    }
}
