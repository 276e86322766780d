//! A consumer's position: where it begins, what is pending, and what removed messages change.

use std::collections::VecDeque;

use super::{Consumer, SequencePair, SkipList};
use crate::base::Time;
use crate::gofmt::Nanos;
use crate::jsapi::{AckPolicy, DeliverPolicy};
use crate::server::context::ServerContext;
use crate::server::jetstream::store::{Filter, SEQUENCE_MAX, Store};

impl Consumer {
    /// Finds the first message to deliver by the deliver policy.
    pub(crate) fn choose_start(&mut self, store: &Store, max_msgs_per_subject: i64) {
        let (first, last) = (store.first(), store.last());
        let asked = self.config.opt_start_seq.min(SEQUENCE_MAX);
        let mut start = match self.config.deliver_policy {
            _ if asked != 0 => asked,
            DeliverPolicy::All => first,
            DeliverPolicy::Last if self.config.filters().is_empty() => last,
            DeliverPolicy::Last => {
                let lasts = self.config.filters().iter().filter_map(|filter| store.last_of(filter));
                lasts.map(|record| record.sequence).max().unwrap_or(0)
            }
            DeliverPolicy::LastPerSubject if max_msgs_per_subject == 1 => first,
            DeliverPolicy::LastPerSubject => {
                let sequences: VecDeque<u64> =
                    store.lasts(&self.filter, 0).map(|record| record.sequence).collect();
                let start = sequences.front().copied().unwrap_or(last);
                self.skip_list = Some(SkipList { sequences, resume: last });
                start
            }
            DeliverPolicy::ByStartTime => self.start_at_time(store),
            _ => last + 1,
        };
        if first == 0 && asked == 0 {
            start = 1;
        } else if start > last && asked == 0 {
            start = last + 1;
        } else if start < first {
            start = first;
        }
        self.next_sequence = start;
        self.next_delivery = 1;
        self.ack_floor.stream = start.saturating_sub(1);
        self.reported_ack_floor = self.ack_floor;
    }

    fn start_at_time(&self, store: &Store) -> u64 {
        let Some(time) = self.config.opt_start_time else { return store.last() + 1 };
        let start = store.sequence_at(time);
        // As nats-server, skips to the first message that a filter selects.
        let firsts = self.config.filters().iter().filter_map(|filter| store.next(&Filter::one(filter), 0));
        let nearest = firsts.map(|record| record.sequence).filter(|first| *first >= start).min();
        nearest.filter(|nearest| *nearest < store.last()).unwrap_or(start)
    }

    /// Counts the messages that it has not delivered.
    pub(crate) fn count_pending(&mut self, store: &Store) {
        let from = self.next_sequence;
        let count = match self.config.deliver_policy {
            DeliverPolicy::LastPerSubject => store.count_last(&self.filter, from),
            _ => store.count(&self.filter, from),
        };
        self.pending_count = count as i64;
        self.counted_to = store.last();
    }

    /// Moves to a sequence, or for 0 to the first after the ack floor, and numbers deliveries anew.
    /// Returns the sequence, or why that is not allowed.
    pub(crate) fn reset(&mut self, sequence: u64, store: &Store) -> Result<u64, &'static str> {
        let behind_floor = self.ack_floor.stream + 1;
        let sequence = match self.config.deliver_policy {
            _ if sequence == 0 => behind_floor,
            DeliverPolicy::All => sequence.min(SEQUENCE_MAX),
            DeliverPolicy::ByStartSequence if sequence < self.config.opt_start_seq => {
                return Err("below start seq");
            }
            DeliverPolicy::ByStartTime
                if sequence < store.sequence_at(self.config.opt_start_time.unwrap_or_default()) =>
            {
                return Err("below start time");
            }
            DeliverPolicy::ByStartSequence | DeliverPolicy::ByStartTime => sequence.min(SEQUENCE_MAX),
            _ => return Err("not allowed"),
        };
        let mut recount = self.next_sequence != sequence || !self.pending.is_empty();
        let in_order = matches!(self.config.ack_policy, AckPolicy::All | AckPolicy::FlowControl);
        if recount && in_order && sequence == behind_floor {
            self.pending_count += self.pending.len() as i64;
            recount = false;
        }
        (self.pending, self.redelivered) = Default::default();
        self.redelivery_queue.clear();
        (self.next_sequence, self.next_delivery) = (sequence, 1);
        self.ack_floor = SequencePair { consumer: 0, stream: sequence - 1 };
        self.reported_ack_floor = self.ack_floor;
        (self.last_delivery, self.last_ack) = (None, None);
        if recount {
            self.count_pending(store);
        }
        Ok(sequence)
    }

    /// The number of pending messages, corrected by what the stream has.
    pub(crate) fn checked_pending(&mut self, store: &Store) -> u64 {
        if self.next_sequence > store.last() {
            self.pending_count = 0;
        } else if self.pending_count > 0 {
            let room = store.messages().min(store.last() - self.next_sequence + 1);
            self.pending_count = self.pending_count.min(room as i64);
        }
        self.num_pending()
    }

    /// A message that the filter selects was stored. `true` if it can perhaps be delivered.
    pub(crate) fn message_came(&mut self, sequence: u64) -> bool {
        if sequence > self.counted_to {
            self.pending_count += 1;
        }
        sequence >= self.next_sequence && (self.active || !self.pull_requests.is_empty())
    }

    /// A message of the stream is about to be removed.
    pub(crate) fn message_gone(&mut self, sequence: u64, subject: &str, ctx: &mut ServerContext) {
        // The filter costs most, so it is asked last.
        let is_unseen = sequence >= self.next_sequence;
        let is_open = !self.pending.is_empty() || !self.redelivered.is_empty();
        if !(is_unseen || is_open) || !self.filter.matches(subject) {
            return;
        }
        if is_unseen {
            self.pending_count -= 1;
        }
        match self.pending.contains_key(&sequence) {
            true => self.terminate(sequence, "Unacknowledged message was deleted", ctx),
            false => {
                self.redelivered.remove(&sequence);
            }
        }
    }

    /// Forgets messages below the stream's first.
    pub(crate) fn forget_below(&mut self, first: u64) {
        self.redelivered.retain(|sequence, _| *sequence >= first);
        self.redelivery_queue.retain(|sequence| *sequence >= first);
    }

    /// Moves behind purged messages. `start` is the first message left, 0 for none; `wider` says that the filter
    /// selects more than was purged.
    pub(crate) fn purged(&mut self, start: u64, last: u64, wider: bool, store: &Store, now: Time) {
        let start = if start == 0 && !wider { last + 1 } else { start };
        self.next_sequence = self.next_sequence.max(start);
        if self.ack_floor.stream < start {
            self.ack_floor.stream = start - 1;
            let floor = self.ack_floor.stream;
            let gone: Vec<(u64, u64)> = self
                .pending
                .iter()
                .filter(|(sequence, _)| **sequence <= floor || wider && store.get(**sequence).is_none())
                .map(|(sequence, pending)| (*sequence, pending.delivery))
                .collect();
            for (sequence, delivery) in gone {
                if delivery > self.ack_floor.consumer {
                    self.ack_floor.consumer = delivery;
                    self.next_delivery = self.next_delivery.max(delivery);
                }
                self.pending.remove(&sequence);
                self.redelivered.remove(&sequence);
                self.last_ack = Some(now);
            }
        }
        if self.pending.is_empty() {
            self.redelivered.clear();
            self.ack_floor.consumer = self.next_delivery - 1;
            self.ack_floor.stream = self.next_sequence.saturating_sub(1);
        }
        self.reported_ack_floor = self.ack_floor;
        let next = self.next_sequence;
        self.redelivery_queue.retain(|sequence| *sequence >= next);
    }

    /// How long to wait for an acknowledgement after so many deliveries.
    pub(crate) fn ack_wait(&self, deliveries: u64) -> Nanos {
        let backoff = &self.config.backoff;
        match backoff.get((deliveries as usize).min(backoff.len().saturating_sub(1))) {
            Some(wait) => *wait,
            None => self.config.ack_wait,
        }
    }
}
