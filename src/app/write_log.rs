//! What was stored in the streams lately, and by which terminal.

use std::collections::{BTreeMap, VecDeque};

use super::model::Operation;
use super::owners::TerminalId;
use crate::base::Time;

/// A message that a stream stored.
pub(super) struct LoggedWrite {
    pub(super) time: Time,
    pub(super) subject: String,
    pub(super) sequence: u64,
    pub(super) operation: Operation,
    /// `None` for a client that is in no terminal.
    pub(super) terminal: Option<TerminalId>,
    /// When it came to the end of its life, if it did.
    pub(super) expired: Option<Time>,
}

/// For each stream its latest messages, in the order of their sequences.
#[derive(Default)]
pub(super) struct WriteLog(BTreeMap<String, VecDeque<LoggedWrite>>);

/// How many writes of a stream are kept.
const CAPACITY: usize = 10_000;

impl WriteLog {
    pub(super) fn add(&mut self, stream: &str, write: LoggedWrite) {
        let writes = self.0.entry(stream.to_owned()).or_default();
        if writes.len() == CAPACITY {
            writes.pop_front();
        }
        writes.push_back(write);
    }

    /// Forgets a stream, whose sequences begin at 1 again when it is created again.
    pub(super) fn forget(&mut self, stream: &str) {
        self.0.remove(stream);
    }

    /// The writes of a subject, newest first.
    pub(super) fn of_subject(&self, stream: &str, subject: &str) -> impl Iterator<Item = &LoggedWrite> {
        self.0.get(stream).into_iter().flatten().rev().filter(move |write| write.subject == subject)
    }

    pub(super) fn get(&self, stream: &str, sequence: u64) -> Option<&LoggedWrite> {
        let writes = self.0.get(stream)?;
        writes.get(place_of(writes, sequence)?)
    }

    /// Whether a sequence of a stream was the last value of its subject.
    pub(super) fn is_last_value(&self, stream: &str, subject: &str, sequence: u64) -> bool {
        let last = self.of_subject(stream, subject).next();
        last.is_some_and(|last| last.sequence == sequence && last.operation == Operation::Put)
    }

    /// Notes that a message has come to the end of its life.
    pub(super) fn expire(&mut self, stream: &str, sequence: u64, time: Time) {
        let Some(writes) = self.0.get_mut(stream) else { return };
        if let Some(place) = place_of(writes, sequence) {
            writes[place].expired = Some(time);
        }
    }
}

fn place_of(writes: &VecDeque<LoggedWrite>, sequence: u64) -> Option<usize> {
    writes.binary_search_by_key(&sequence, |write| write.sequence).ok()
}
