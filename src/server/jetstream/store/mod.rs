//! The messages of one stream with an index by subject, and the counts that a stream reports.
//!
//! Limits, expiry and permissions are the stream's business.

mod filter;
mod log;
mod query;
mod subject_index;
mod subjects;

pub(crate) use filter::Filter;
pub(crate) use log::{FIELD_MAX, Record, RecordSummary};

use std::collections::BTreeSet;

use self::log::Log;
use self::subject_index::SubjectIndex;
use self::subjects::{Sequences, Subjects};
use crate::base::Time;
use crate::jsapi::StorageType;
use crate::server::hash_seed::HashSeed;
use crate::server::jetstream::stream::ttl;

/// When a message expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expiry {
    /// By the stream's maximum age alone.
    ByAge,
    /// At this moment, by its own time to live, or sooner by the maximum age.
    At(Time),
    /// Never, whatever the maximum age is.
    Never,
}

/// A message on its way into a store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewMessage<'a> {
    pub(crate) time: Time,
    pub(crate) author: u16,
    pub(crate) subject: &'a str,
    pub(crate) headers: &'a [u8],
    pub(crate) body: &'a [u8],
    pub(crate) expiry: Expiry,
}

#[derive(Clone, Debug)]
pub(crate) struct Store {
    storage: StorageType,
    seed: HashSeed,
    log: Log,
    subjects: Subjects,
    index: SubjectIndex,
    /// Messages with a time to live, by the time of expiry.
    expiring: BTreeSet<(Time, u64)>,
    messages: u64,
    bytes: u64,
    first: u64,
    last: u64,
    last_time: Option<Time>,
}

/// Requested sequences are limited to this one, so that counting on never overflows.
pub(crate) const SEQUENCE_MAX: u64 = u64::MAX >> 1;

impl Store {
    /// An empty store whose first message will have the sequence `first`, or 1.
    pub(crate) fn new(storage: StorageType, seed: HashSeed, first: u64) -> Store {
        let first = first.min(SEQUENCE_MAX);
        Store {
            storage,
            seed,
            log: Log::default(),
            subjects: Subjects::default(),
            index: SubjectIndex::default(),
            expiring: BTreeSet::new(),
            messages: 0,
            bytes: 0,
            first,
            last: first.saturating_sub(1),
            last_time: None,
        }
    }

    /// Bytes that nats-server's store counts for a message.
    pub(crate) fn size(&self, subject: &str, headers: &[u8], body: &[u8]) -> u64 {
        self.size_of(subject.len() + headers.len() + body.len(), !headers.is_empty())
    }

    fn size_of(&self, length: usize, has_headers: bool) -> u64 {
        let extra = match self.storage {
            StorageType::Memory => 16,
            StorageType::File if has_headers => 34,
            StorageType::File => 30,
        };
        length as u64 + extra
    }

    /// Stores a message and returns its sequence and the number of its subject.
    pub(crate) fn push(&mut self, new: &NewMessage<'_>) -> (u64, u32) {
        let sequence = self.last + 1;
        if self.messages == 0 {
            self.first = sequence;
        }
        self.last = sequence;
        self.last_time = Some(new.time);
        self.messages += 1;
        self.bytes += self.size(new.subject, new.headers, new.body);
        let subject_number = match self.number(new.subject) {
            Some(number) => {
                self.subjects.push(number, sequence);
                number
            }
            None => {
                let number = self.subjects.add(sequence);
                self.index.insert(self.seed.hash(0, new.subject.as_bytes()), number);
                number
            }
        };
        let &NewMessage { time, author, subject, headers, body, expiry } = new;
        if let Expiry::At(end) = expiry {
            self.expiring.insert((end, sequence));
        }
        let record =
            Record { sequence, time, subject_number, author, subject: subject.as_bytes(), headers, body };
        self.log.push(&record, expiry != Expiry::ByAge);
        (sequence, subject_number)
    }

    /// Moves the last sequence on without storing anything.
    pub(crate) fn skip_to(&mut self, last: u64, now: Time) {
        self.last = self.last.max(last);
        self.last_time.get_or_insert(now);
        if self.messages == 0 {
            self.first = self.last + 1;
        }
    }

    /// Sets the last sequence and its time to what they were when the messages were saved.
    pub(crate) fn set_end(&mut self, last: u64, time: Option<Time>) {
        self.last = self.last.max(last);
        self.last_time = time;
        if self.messages == 0 && self.last > 0 {
            self.first = self.last + 1;
        }
    }

    /// Removes a message; `false` where there is none.
    pub(crate) fn remove(&mut self, sequence: u64) -> bool {
        let Some(subject_number) = self.log.get(sequence).map(|record| record.subject_number) else {
            return false;
        };
        self.remove_known(subject_number, sequence);
        true
    }

    /// Removes a message whose subject's number is known. It reads the message only if it must, since old messages are
    /// rarely in the processor's cache.
    pub(crate) fn remove_known(&mut self, number: u32, sequence: u64) {
        let is_last = self.subjects.get(number).len() == 1;
        if is_last || !self.expiring.is_empty() {
            let Some(record) = self.log.get(sequence) else { return };
            if is_last {
                self.index.remove(self.seed.hash(0, record.subject), number);
            }
            if let Expiry::At(end) = own_expiry(&record) {
                self.expiring.remove(&(end, sequence));
            }
        }
        self.subjects.remove(number, sequence);
        let Some(RecordSummary { length, has_headers, .. }) = self.log.remove(sequence) else { return };
        self.messages -= 1;
        self.bytes -= self.size_of(length, has_headers);
        if self.messages == 0 {
            self.first = self.last + 1;
        } else if sequence == self.first {
            self.first = self.log.first().map_or(self.last + 1, |record| record.sequence);
        }
    }

    /// The oldest message of a subject if it has more than `keep`.
    pub(crate) fn surplus(&self, number: u32, keep: usize) -> Option<u64> {
        let sequences = self.subjects.get(number);
        (sequences.len() > keep).then(|| sequences.first())
    }

    /// Removes everything. The next message has at least the sequence `next`.
    pub(crate) fn clear(&mut self, next: u64) {
        self.log.clear();
        self.subjects.clear();
        self.index = SubjectIndex::default();
        self.expiring.clear();
        self.messages = 0;
        self.bytes = 0;
        self.last = self.last.max(next.min(SEQUENCE_MAX).saturating_sub(1));
        self.first = self.last + 1;
    }

    /// Removes all messages below a sequence. The next message has at least that sequence.
    pub(crate) fn compact(&mut self, sequence: u64) -> u64 {
        let before = self.messages;
        if sequence > self.last {
            self.clear(sequence);
            return before;
        }
        while self.messages > 0 && self.first < sequence {
            self.remove(self.first);
        }
        before - self.messages
    }

    /// The next message that expires by its own time to live.
    pub(crate) fn next_to_expire(&self) -> Option<(Time, u64)> {
        self.expiring.first().copied()
    }

    pub(crate) fn messages(&self) -> u64 {
        self.messages
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The sequence of the first message, or that which the next one will have.
    pub(crate) fn first(&self) -> u64 {
        self.first
    }

    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    pub(crate) fn last_time(&self) -> Option<Time> {
        self.last_time
    }

    pub(crate) fn subjects(&self) -> usize {
        self.subjects.len()
    }

    fn number(&self, subject: &str) -> Option<u32> {
        let has_subject = |number| {
            let last = self.subjects.get(number).last();
            self.log.is_on(last, subject)
        };
        self.index.find(self.seed.hash(0, subject.as_bytes()), has_subject)
    }

    fn sequences(&self, subject: &str) -> Option<&Sequences> {
        self.number(subject).map(|number| self.subjects.get(number))
    }
}

/// When a message expires that has its own time to live.
fn own_expiry(record: &Record<'_>) -> Expiry {
    let ttl = ttl::of_headers(record.headers).ok();
    ttl.and_then(|ttl| ttl.end(record.time)).map_or(Expiry::Never, Expiry::At)
}
