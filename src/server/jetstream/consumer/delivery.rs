//! Which message a consumer delivers next, and what a delivery changes.

use std::time::Duration;

use super::{Consumer, Pending, SequencePair};
use crate::base::Time;
use crate::jsapi::AckPolicy;
use crate::server::context::ServerContext;
use crate::server::jetstream::store::{Record, Store};
use crate::server::protocol::outbox::OutgoingMessage;
use crate::server::protocol::router::{Matches, Owner, Router};
use crate::wire::AckSubject;
use crate::wire::headers::Block;

/// The message that a consumer delivers next.
pub(crate) struct Next {
    pub(crate) sequence: u64,
    /// How often it will have been delivered, this delivery included.
    pub(crate) deliveries: u64,
}

impl Consumer {
    /// Whether it may deliver anything now.
    pub(crate) fn may_deliver(&self, now: Time) -> bool {
        if self.is_paused(now) || self.replay_at.is_some() {
            return false;
        }
        match self.is_push() {
            true => self.active && (self.flow.window == 0 || self.flow.out <= self.flow.window),
            false => !self.pull_requests.is_empty(),
        }
    }

    /// Looks up the listeners if subscriptions have changed. They can be served without the router only if they are all
    /// plain subscriptions of clients.
    pub(crate) fn find_listeners(&mut self, router: &Router, matches: &mut Matches) {
        let Some(deliver) = &self.config.deliver_subject else { return };
        if self.listeners_version == Some(router.version()) {
            return;
        }
        router.find(deliver, matches);
        let plain = matches.queues.is_empty()
            && !deliver.starts_with('$')
            && matches.plain.iter().all(|key| {
                let subscription = router.get(*key);
                subscription.is_some_and(|s| matches!(s.owner, Owner::Session(_)) && s.max.is_none())
            });
        self.listeners.clone_from(&matches.plain);
        self.listeners_version = plain.then_some(router.version());
    }

    /// The next message: one to be redelivered, one of the skip list, or a new one.
    pub(crate) fn next<'s>(
        &mut self,
        store: &'s Store,
        ctx: &mut ServerContext,
    ) -> Option<(Next, Record<'s>)> {
        if let Some((sequence, deliveries)) = self.rate_limited {
            if let Some(record) = store.get(sequence) {
                return Some((Next { sequence, deliveries }, record));
            }
            self.rate_limited = None;
        }
        while let Some(sequence) = self.redelivery_queue.pop_front() {
            let deliveries = self.redelivered.get(&sequence).copied().unwrap_or(1) + 1;
            if self.config.max_deliver > 0 && deliveries > self.config.max_deliver as u64 {
                self.exceed_deliveries(sequence, deliveries - 1, ctx);
                continue;
            }
            let Some(record) = store.get(sequence) else {
                self.terminate(sequence, "Unacknowledged message was deleted", ctx);
                continue;
            };
            self.redelivered.insert(sequence, deliveries);
            return Some((Next { sequence, deliveries }, record));
        }
        if self.is_at_limit() {
            return None;
        }
        while let Some(list) = &mut self.skip_list {
            let Some(sequence) = list.sequences.pop_front() else {
                self.skip_list = None;
                break;
            };
            let last = list.sequences.is_empty();
            self.next_sequence = if last { list.resume } else { sequence } + 1;
            if last {
                self.skip_list = None;
            }
            if let Some(record) = store.get(sequence) {
                return Some((Next { sequence, deliveries: 1 }, record));
            }
        }
        let record = store.next(&self.filter, self.next_sequence);
        let Some(record) = record else {
            self.next_sequence = self.next_sequence.max(store.last() + 1);
            if self.pending_count != 0 {
                (self.pending_count, self.counted_to) = (0, store.last());
            }
            return None;
        };
        if record.sequence <= self.replay_until && self.replay_waited != record.sequence {
            let last = self.last_replayed.replace(record.time);
            let wait = last.map(|last| record.time.since(last)).filter(|wait| wait.as_millis() > 1);
            if let Some(wait) = wait {
                self.replay_waited = record.sequence;
                self.replay_at = Some(ctx.now + wait);
                return None;
            }
        }
        self.next_sequence = record.sequence + 1;
        Some((Next { sequence: record.sequence, deliveries: 1 }, record))
    }

    /// Whether [`Consumer::next`] would find nothing and change nothing, when the stream ends with `last`.
    pub(crate) fn has_no_more(&self, last: u64) -> bool {
        self.next_sequence > last
            && self.pending_count == 0
            && self.skip_list.is_none()
            && self.redelivery_queue.is_empty()
    }

    /// Takes back a message that could not be delivered.
    pub(crate) fn put_back(&mut self, next: &Next) {
        if next.deliveries == 1 {
            self.pending_count += 1;
        }
        if next.deliveries == 1 && next.sequence + 1 == self.next_sequence {
            self.next_sequence -= 1;
        } else if !self.redelivery_queue.contains(&next.sequence) {
            self.redelivered.insert(next.sequence, next.deliveries - 1);
            self.redelivery_queue.push_back(next.sequence);
        }
    }

    /// Whether a message has to wait for the rate limit. A burst may be as large as the stream's, or else the server's,
    /// largest message; as in nats-server, a message larger than that waits for ever.
    pub(crate) fn exceeds_rate(&mut self, next: &Next, size: usize, largest: [i32; 2], now: Time) -> bool {
        let at_once = largest.into_iter().find(|bytes| *bytes > 0).unwrap_or_default() as usize;
        let rate = (self.config.rate_limit_bps / 8).max(1);
        let span = |bytes: usize| Duration::from_nanos((bytes as u64).saturating_mul(1_000_000_000) / rate);
        let wait = if size > at_once {
            Duration::from_nanos(i64::MAX as u64)
        } else {
            self.rate_used = self.rate_used.max(now) + span(size);
            self.rate_used.since(now).saturating_sub(span(at_once))
        };
        if wait.is_zero() {
            return false;
        }
        self.rate_limited = Some((next.sequence, next.deliveries));
        self.replay_at = Some(now + wait);
        true
    }

    pub(crate) fn note_delivery(&mut self, next: &Next, now: Time) {
        let delivery = self.next_delivery;
        self.next_delivery += 1;
        self.last_delivery = Some(now);
        self.heartbeat_at = self.heartbeat().map(|wait| now + wait);
        if !self.is_push() {
            self.last_request = now;
        }
        if self.config.ack_policy == AckPolicy::None {
            self.ack_floor = SequencePair { consumer: delivery, stream: next.sequence };
            self.reported_ack_floor = self.ack_floor;
            return;
        }
        match self.pending.get_mut(&next.sequence) {
            Some(pending) => pending.time = now,
            None => {
                self.pending.insert(next.sequence, Pending { delivery, time: now });
            }
        }
        let wait = self.ack_wait(self.redelivered.get(&next.sequence).copied().unwrap_or(0));
        if wait.0 > 0 {
            let at = now + wait.duration();
            self.redeliver_at = Some(self.redeliver_at.map_or(at, |before| before.min(at)));
        }
    }

    /// Writes the subject on which a message is acknowledged.
    pub(crate) fn write_ack_subject(&self, record: &Record<'_>, deliveries: u64, subject: &mut Vec<u8>) {
        subject.clear();
        let delivery = AckSubject {
            deliveries,
            stream_sequence: record.sequence,
            consumer_sequence: self.next_delivery,
            time: record.time,
            pending: self.num_pending(),
        };
        delivery.write(&self.ack_prefix, subject);
    }

    /// Counts delivered bytes; when half of the window is on its way, asks the client to confirm what it got.
    pub(crate) fn control_flow(&mut self, size: usize, ctx: &mut ServerContext) {
        if self.flow.window == 0 {
            return;
        }
        self.flow.out += size;
        match self.flow.request.is_some() {
            false if self.flow.out > self.flow.window / 2 => {
                let reply = format!("$JS.FC.{}.{}.{}", self.stream_name, self.name, ctx.ids.base62(4));
                self.flow.asked = self.flow.out;
                self.flow.request = Some(reply.clone());
                ctx.outbox.push(OutgoingMessage {
                    subject: self.config.deliver_subject.clone().unwrap_or_default(),
                    reply: Some(reply),
                    headers: Block::status(100, "FlowControl Request").end(),
                    ..OutgoingMessage::default()
                });
            }
            true if self.flow.out - self.flow.asked >= self.flow.window => self.flow.asked += size,
            _ => {}
        }
    }
}
