//! Messages that are removed, and what consumers make of it.

use super::JetStream;
use crate::base::{Slab, Time};
use crate::server::context::Desk;
use crate::server::jetstream::consumer::Consumer;
use crate::server::jetstream::stream::Stream;
use crate::server::observe::event::{EventKind, RemovalReason};
use crate::wire::subject;

impl Stream {
    /// Tells the consumers and the log that a message is about to go.
    pub(super) fn forget(
        &self,
        sequence: u64,
        subject: &str,
        reason: RemovalReason,
        consumers: &mut Slab<Consumer>,
        desk: &mut Desk,
    ) {
        self.tell_removed(sequence, subject, reason, desk);
        for consumer in self.consumers.values() {
            if let Some(consumer) = consumers.get_mut(*consumer) {
                consumer.message_gone(sequence, subject, desk);
            }
        }
    }

    fn tell_removed(&self, sequence: u64, subject: &str, reason: RemovalReason, desk: &mut Desk) {
        desk.log.tell(|| EventKind::Removed {
            stream: self.config.name.clone(),
            subject: subject.to_owned(),
            sequence,
            reason,
        });
    }
}

impl JetStream {
    /// Removes one message; `false` where there is none.
    pub(crate) fn remove_message(
        &mut self,
        place: u32,
        sequence: u64,
        reason: RemovalReason,
        desk: &mut Desk,
    ) -> bool {
        let Some(stream) = self.streams.get(place) else { return false };
        let Some(record) = stream.store.get(sequence) else { return false };
        stream.forget(sequence, record.subject_text(), reason, &mut self.consumers, desk);
        self.drop_message(place, sequence)
    }

    fn drop_message(&mut self, place: u32, sequence: u64) -> bool {
        let Some(stream) = self.streams.get_mut(place) else { return false };
        let before = stream.store.bytes();
        stream.store.remove(sequence);
        let (storage, after) = (stream.config.storage, stream.store.bytes());
        self.recount(storage, before, after);
        true
    }

    /// Removes what a filter selects (everything, if it is empty): only what is below `sequence`, if that is not 0, and
    /// all but the last `keep`. Returns how many went.
    pub(crate) fn purge(
        &mut self,
        place: u32,
        filter: &str,
        sequence: u64,
        keep: u64,
        reason: RemovalReason,
        desk: &mut Desk,
    ) -> u64 {
        let Some(stream) = self.streams.get_mut(place) else { return 0 };
        let before = stream.store.bytes();
        let is_all = filter.is_empty() || filter == ">";
        let purged = if sequence == 1 {
            0
        } else if is_all && keep == 0 && sequence == 0 {
            let purged = stream.store.messages();
            stream.store.clear(0);
            purged
        } else if is_all && sequence > 1 {
            stream.store.compact(sequence)
        } else {
            return self.purge_some(place, filter, sequence, keep, reason, desk);
        };
        let (storage, after) = (stream.config.storage, stream.store.bytes());
        self.recount(storage, before, after);
        if purged > 0 {
            self.recalculate(place);
        }
        self.purge_consumers(place, None, desk.now);
        purged
    }

    fn purge_some(
        &mut self,
        place: u32,
        pattern: &str,
        sequence: u64,
        keep: u64,
        reason: RemovalReason,
        desk: &mut Desk,
    ) -> u64 {
        let Some(stream) = self.streams.get(place) else { return 0 };
        let filter = stream.filter([pattern]);
        let count = stream.store.count(&filter, 0);
        let most = if keep == 0 { count } else { count.saturating_sub(keep) };
        let below = |s: u64| sequence == 0 || s < sequence;
        let selected: Vec<u64> = match filter.literal() {
            Some(subject) => stream.store.of(subject).map(|record| record.sequence).collect(),
            None => {
                let records = stream.store.from(0).filter(|record| filter.selects(record));
                records.map(|record| record.sequence).collect()
            }
        };
        let selected: Vec<u64> = selected.into_iter().filter(|s| below(*s)).take(most as usize).collect();
        if let [only] = selected.as_slice() {
            self.remove_message(place, *only, reason, desk);
        } else {
            // As in the real server, consumers are not told of each: they count anew, and keep open what they had got.
            for each in &selected {
                let Some(stream) = self.streams.get(place) else { break };
                if let Some(record) = stream.store.get(*each) {
                    stream.tell_removed(*each, record.subject_text(), reason, desk);
                }
                self.drop_message(place, *each);
            }
            if !selected.is_empty() {
                self.recalculate(place);
            }
        }
        self.purge_consumers(place, Some(pattern).filter(|pattern| !pattern.is_empty()), desk.now);
        selected.len() as u64
    }

    /// Counts anew what is pending for each consumer, after many messages have gone.
    pub(crate) fn recalculate(&mut self, place: u32) {
        let Some(stream) = self.streams.get(place) else { return };
        for consumer in stream.consumers.values() {
            if let Some(consumer) = self.consumers.get_mut(*consumer) {
                consumer.count_pending(&stream.store);
                consumer.forget_below(stream.store.first());
            }
        }
    }

    /// Moves consumers on whose messages are gone.
    fn purge_consumers(&mut self, place: u32, pattern: Option<&str>, now: Time) {
        let Some(stream) = self.streams.get(place) else { return };
        let (first, last) = (stream.store.first(), stream.store.last());
        let first_left = match pattern {
            None => first,
            Some(pattern) => {
                let filter = stream.filter([pattern]);
                stream.store.next(&filter, 0).map_or(0, |record| record.sequence)
            }
        };
        for place in stream.consumers.values() {
            let Some(consumer) = self.consumers.get_mut(*place) else { continue };
            let filters = consumer.config.filters();
            let (mut start, mut wider) = (first_left, false);
            if let Some(pattern) = pattern {
                let within = filters.iter().any(|filter| subject::covers(pattern, filter));
                let all_within = !filters.is_empty() && filters.iter().all(|f| subject::covers(pattern, f));
                let around = filters.is_empty() || filters.iter().any(|f| subject::covers(f, pattern));
                if !within && !around {
                    continue;
                }
                if !within || !all_within {
                    (start, wider) = (first, true);
                }
            }
            consumer.purged(start, last, wider, &stream.store, now);
        }
    }
}
