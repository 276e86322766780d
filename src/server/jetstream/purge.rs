//! Messages are removed one by one or purged, and consumers follow.

use super::JetStream;
use crate::base::Time;
use crate::server::context::ServerContext;
use crate::server::keys::StreamKey;
use crate::server::observe::event::RemovalReason;
use crate::wire::subject;

impl JetStream {
    /// Removes one message; `false` where there is none.
    pub(crate) fn remove_message(
        &mut self,
        stream_key: StreamKey,
        sequence: u64,
        reason: RemovalReason,
        ctx: &mut ServerContext,
    ) -> bool {
        let Some(stream) = self.streams.get(stream_key) else { return false };
        let Some(record) = stream.store.get(sequence) else { return false };
        stream.note_removal(sequence, record.subject_text(), reason, &mut self.consumers, ctx);
        self.drop_message(stream_key, sequence)
    }

    fn drop_message(&mut self, stream_key: StreamKey, sequence: u64) -> bool {
        let Some(stream) = self.streams.get_mut(stream_key) else { return false };
        let before = stream.store.bytes();
        stream.store.remove(sequence);
        let (storage, after) = (stream.config.storage, stream.store.bytes());
        self.update_usage(storage, before, after);
        true
    }

    /// Removes the messages that a filter selects, all if it is empty: only those below `sequence`, if it is not 0, and
    /// all but the last `keep`. Returns how many were removed.
    pub(crate) fn purge(
        &mut self,
        stream_key: StreamKey,
        filter: &str,
        sequence: u64,
        keep: u64,
        reason: RemovalReason,
        ctx: &mut ServerContext,
    ) -> u64 {
        let Some(stream) = self.streams.get_mut(stream_key) else { return 0 };
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
            return self.purge_some(stream_key, filter, sequence, keep, reason, ctx);
        };
        let (storage, after) = (stream.config.storage, stream.store.bytes());
        self.update_usage(storage, before, after);
        if purged > 0 {
            self.recalculate(stream_key);
        }
        self.purge_consumers(stream_key, None, ctx.now);
        purged
    }

    fn purge_some(
        &mut self,
        stream_key: StreamKey,
        pattern: &str,
        sequence: u64,
        keep: u64,
        reason: RemovalReason,
        ctx: &mut ServerContext,
    ) -> u64 {
        let Some(stream) = self.streams.get(stream_key) else { return 0 };
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
            self.remove_message(stream_key, *only, reason, ctx);
        } else {
            // As in nats-server, consumers are not told of each message: they recount, and keep what is pending.
            for each in &selected {
                let Some(stream) = self.streams.get(stream_key) else { break };
                if let Some(record) = stream.store.get(*each) {
                    stream.record_removal(*each, record.subject_text(), reason, ctx);
                }
                self.drop_message(stream_key, *each);
            }
            if !selected.is_empty() {
                self.recalculate(stream_key);
            }
        }
        self.purge_consumers(stream_key, Some(pattern).filter(|pattern| !pattern.is_empty()), ctx.now);
        selected.len() as u64
    }

    /// Recounts what is pending for each consumer after many messages were removed.
    pub(crate) fn recalculate(&mut self, stream_key: StreamKey) {
        let Some(stream) = self.streams.get(stream_key) else { return };
        for consumer_key in stream.consumers.values() {
            if let Some(consumer) = self.consumers.get_mut(*consumer_key) {
                consumer.count_pending(&stream.store);
                consumer.forget_below(stream.store.first());
            }
        }
    }

    /// Moves consumers behind purged messages.
    fn purge_consumers(&mut self, stream_key: StreamKey, pattern: Option<&str>, now: Time) {
        let Some(stream) = self.streams.get(stream_key) else { return };
        let (first, last) = (stream.store.first(), stream.store.last());
        let first_left = match pattern {
            None => first,
            Some(pattern) => {
                let filter = stream.filter([pattern]);
                stream.store.next(&filter, 0).map_or(0, |record| record.sequence)
            }
        };
        for consumer_key in stream.consumers.values() {
            let Some(consumer) = self.consumers.get_mut(*consumer_key) else { continue };
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
