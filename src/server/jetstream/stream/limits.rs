//! Limits of a stream: which messages are refused, displaced, or expire.

use super::Stream;
use super::ttl::{self, Ttl};
use crate::base::Time;
use crate::jsapi::{ApiError, DiscardPolicy, StreamConfig};
use crate::server::jetstream::api_error;
use crate::wire::headers;

/// The error of a message that the store refuses.
fn store_failed(what: &str) -> ApiError {
    api_error::STREAM_STORE_FAILED.with_detail(what)
}

impl Stream {
    /// With discard policy `new`, whether there is room for a message.
    pub(crate) fn room_for(&self, subject: &str, headers_block: &[u8], body: &[u8]) -> Result<(), ApiError> {
        let StreamConfig { discard, max_msgs, max_bytes, max_msgs_per_subject, .. } = self.config;
        if discard != DiscardPolicy::New {
            return Ok(());
        }
        // Looked up only where it matters: it costs as much as to find the subject.
        let replaces =
            || max_msgs_per_subject > 0 && self.store.count_of(subject) as u64 >= max_msgs_per_subject as u64;
        let is_rollup = || headers::find(headers_block, "Nats-Rollup").is_some();
        if self.config.discard_new_per_subject && replaces() && !is_rollup() {
            return Err(store_failed("maximum messages per subject exceeded"));
        }
        if max_msgs > 0 && self.store.messages() >= max_msgs as u64 && !replaces() {
            return Err(store_failed("maximum messages exceeded"));
        }
        let size = self.store.size(subject, headers_block, body);
        if max_bytes > 0 && self.store.bytes() + size > max_bytes as u64 {
            let oldest = self.store.first_sequence_of(subject).filter(|_| replaces());
            let oldest = oldest.and_then(|sequence| self.store.get(sequence));
            // Where the key is at its limit, only what it drops must be as large, whatever the whole is.
            let makes_room =
                oldest.is_some_and(|old| self.store.size(old.subject_text(), old.headers, old.body) >= size);
            if !makes_room {
                return Err(store_failed("maximum bytes exceeded"));
            }
        }
        Ok(())
    }

    /// The oldest message of a subject that has too many.
    pub(crate) fn history_surplus(&self, subject_number: u32) -> Option<u64> {
        let keep = self.config.max_msgs_per_subject;
        self.store.surplus(subject_number, usize::try_from(keep).ok().filter(|keep| *keep > 0)?)
    }

    /// The oldest message, if there are too many and old ones are discarded.
    pub(crate) fn surplus(&self) -> Option<u64> {
        let StreamConfig { discard, max_msgs, max_bytes, .. } = self.config;
        let too_many = max_msgs > 0 && self.store.messages() > max_msgs as u64;
        let too_large = max_bytes > 0 && self.store.bytes() > max_bytes as u64;
        (discard == DiscardPolicy::Old && (too_many || too_large) && self.store.messages() > 0)
            .then(|| self.store.first())
    }

    /// Whether anything can become due.
    pub(crate) fn needs_timer(&self) -> bool {
        self.config.max_age.0 > 0 || self.store.next_to_expire().is_some() || !self.upstreams.is_empty()
    }

    /// The next message that expires by the stream's maximum age.
    pub(crate) fn next_by_age(&mut self) -> Option<(Time, u64)> {
        if self.config.max_age.0 <= 0 {
            return None;
        }
        let max_age = self.config.max_age.duration();
        let mut skipped = self.never_expiring_up_to;
        let next = self.store.from(self.never_expiring_up_to + 1).find(|record| {
            let never_expires = ttl::of_headers(record.headers) == Ok(Ttl::Never);
            if never_expires {
                skipped = record.sequence;
            }
            !never_expires
        });
        let next = next.map(|record| (record.time + max_age, record.sequence));
        self.never_expiring_up_to = skipped;
        next
    }

    /// When the next message expires, as far as it is known without a search.
    pub(crate) fn next_expiry_estimate(&self) -> Option<Time> {
        let max_age = self.config.max_age.duration();
        let aged = self.store.from(self.never_expiring_up_to + 1).next().filter(|_| !max_age.is_zero());
        let aged = aged.map(|record| record.time + max_age);
        let own = self.store.next_to_expire().filter(|_| self.config.allow_msg_ttl).map(|(end, _)| end);
        aged.into_iter().chain(own).min()
    }

    /// The next message that expires, by age or by its own time to live.
    pub(crate) fn next_expiry(&mut self) -> Option<(Time, u64)> {
        let aged = self.next_by_age();
        let own = self.store.next_to_expire().filter(|_| self.config.allow_msg_ttl);
        match (aged, own) {
            (Some(aged), Some(own)) => Some(aged.min(own)),
            (aged, own) => aged.or(own),
        }
    }
}
