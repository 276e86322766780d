//! How things stood when a command failed. It is noted at that moment, since everything may be different a moment later.

use super::model::{Badge, Operation};
use super::owners::TerminalId;
use super::terminals::Terminals;
use super::text;
use super::write_log::{LoggedWrite, WriteLog};
use crate::base::TimeZone;
use crate::jsapi::kv;
use crate::server::view::View;
use crate::server::{Event, EventKind};

/// A key that a command of a terminal could not write or read.
pub(super) struct FailureContext {
    pub(super) terminal: TerminalId,
    /// The block of the terminal's screen that the command belongs to.
    pub(super) block: u64,
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) kind: FailureKind,
    /// What was written to the key, as far as it matters; oldest first.
    pub(super) writes: Vec<KeyWrite>,
    /// If the revision that was expected never was one of the key.
    pub(super) foreign: Option<ForeignRevision>,
    /// The time of day when the key's last value came to the end of its life, if that is why there is none.
    pub(super) expired: Option<String>,
}

#[derive(Clone, Copy)]
pub(super) enum FailureKind {
    /// A write was refused: the revision that it expected, and the key's last one.
    Refused { expected: u64, actual: u64 },
    /// There was no value to read.
    NoValue,
}

/// A revision that was expected of a key and never was one of it.
pub(super) enum ForeignRevision {
    /// It is a write of another key.
    OfKey(KeyWrite),
    /// The bucket's revisions have come to this one only.
    Unwritten { last: u64 },
}

/// A write of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyWrite {
    pub key: String,
    pub revision: u64,
    pub operation: Operation,
    /// `None` if the stream has it no more.
    pub value: Option<String>,
    /// The name and the badge of the terminal that wrote it.
    pub author: Option<(String, Badge)>,
    /// The time of day.
    pub time: String,
}

/// How many writes are shown.
const WRITES: usize = 6;

impl FailureContext {
    /// What an event says of a failure, if it is one of a terminal's command.
    pub(super) fn of(
        event: &Event,
        terminals: &Terminals,
        zone: &TimeZone,
        view: &View,
        log: &WriteLog,
    ) -> Option<FailureContext> {
        let terminal = terminals.get(terminals.owner(event.connection)?.id)?;
        let (stream, subject) = match &event.kind {
            EventKind::PublishRejected { stream, subject, .. }
            | EventKind::Read { stream, subject: Some(subject), .. } => (stream, subject),
            _ => return None,
        };
        let mut logged = log.of_subject(stream, subject).peekable();
        let kind = match &event.kind {
            EventKind::PublishRejected { expected: Some(expected), actual: Some(actual), .. } => {
                FailureKind::Refused { expected: *expected, actual: *actual }
            }
            EventKind::Read { sequence: Some(_), .. }
                if logged.peek().is_none_or(|last| last.operation == Operation::Put) =>
            {
                return None;
            }
            EventKind::Read { .. } => FailureKind::NoValue,
            _ => return None,
        };
        let expired = logged.peek().and_then(|last| last.expired).map(|time| text::time_of_day(time, zone));
        // From the revision that was expected on, or else the last one.
        let from = match kind {
            FailureKind::Refused { expected, actual } => expected.min(actual),
            FailureKind::NoValue => 0,
        };
        let most = if from > 0 { WRITES } else { 1 };
        let relevant = logged.take_while(|write| write.sequence >= from).take(most);
        let bucket = kv::bucket_name(stream);
        let key_write = |write: &LoggedWrite| key_write(write, bucket, terminals, zone);
        let mut writes: Vec<KeyWrite> = relevant.map(key_write).collect();
        writes.reverse();
        add_values(&mut writes, view, stream, subject);
        let foreign = match (kind, view.stream(stream)) {
            (FailureKind::Refused { expected, .. }, Some(view)) if expected > view.last_sequence => {
                Some(ForeignRevision::Unwritten { last: view.last_sequence })
            }
            (FailureKind::Refused { expected, .. }, _) => {
                let written = log.get(stream, expected).filter(|write| write.subject != *subject);
                written.map(|write| {
                    let mut other = key_write(write);
                    add_values(std::slice::from_mut(&mut other), view, stream, &write.subject);
                    ForeignRevision::OfKey(other)
                })
            }
            (FailureKind::NoValue, _) => None,
        };
        Some(FailureContext {
            terminal: terminal.id(),
            block: terminal.session.screen.all_blocks().next_back().map_or(0, |block| block.id),
            bucket: bucket.to_owned(),
            key: kv::key_of(subject, bucket).unwrap_or(subject).to_owned(),
            kind,
            writes,
            foreign,
            expired,
        })
    }
}

fn key_write(write: &LoggedWrite, bucket: &str, terminals: &Terminals, zone: &TimeZone) -> KeyWrite {
    let author = write.terminal.and_then(|terminal| terminals.identity(terminal));
    KeyWrite {
        key: kv::key_of(&write.subject, bucket).unwrap_or(&write.subject).to_owned(),
        revision: write.sequence,
        operation: write.operation,
        value: None,
        author: author.map(|terminal| (terminal.name.to_owned(), terminal.badge)),
        time: text::time_of_day(write.time, zone),
    }
}

/// Adds the values that the stream still has.
fn add_values(writes: &mut [KeyWrite], view: &View, stream: &str, subject: &str) {
    let stored =
        view.stream(stream).and_then(|stream| stream.subjects.iter().find(|it| it.subject == subject));
    for revision in stored.iter().flat_map(|stored| &stored.revisions) {
        let write = writes.iter_mut().find(|write| write.revision == revision.sequence);
        if let Some(write) = write.filter(|write| write.operation == Operation::Put) {
            write.value = Some(text::value(&revision.value));
        }
    }
}
