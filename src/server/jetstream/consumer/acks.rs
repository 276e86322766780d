//! What an acknowledgement changes, and messages that are delivered again.

use super::request::nak_delay;
use super::{Consumer, SequencePair};
use crate::base::Time;
use crate::jsapi::AckPolicy;
use crate::server::context::ServerContext;
use crate::server::jetstream::headers::parse_digits;

/// A delivery that a client speaks of, as the subject of an acknowledgement has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Delivery {
    /// How often the message had been delivered.
    pub(crate) deliveries: u64,
    pub(crate) stream_seq: u64,
    pub(crate) consumer_seq: u64,
}

impl Delivery {
    /// Reads the last tokens of an [`AckSubject`](crate::wire::AckSubject) as nats-server does: they need not be numbers.
    pub(crate) fn parse(tokens: &[&str]) -> Option<Delivery> {
        let [deliveries, stream_seq, consumer_seq, _, _] = tokens else { return None };
        // What is not a number becomes one that no message has.
        let [deliveries, stream_seq, consumer_seq] =
            [deliveries, stream_seq, consumer_seq].map(|token| parse_digits(token.as_bytes()) as u64);
        Some(Delivery { deliveries, stream_seq, consumer_seq })
    }
}

/// The body of an acknowledgement.
/// Source: <https://docs.nats.io/using-nats/developer/develop_jetstream/consumers#acknowledging-messages>.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AckKind<'a> {
    /// `+ACK`
    Ack,
    /// `-NAK`, and how long to wait before the message is delivered again.
    Nak(&'a [u8]),
    /// `+WPI`: the client still works on it.
    InProgress,
    /// `+NXT`: acknowledges, and requests more.
    Next(&'a [u8]),
    /// `+TERM`, and why the message is not to be delivered again.
    Term(&'a [u8]),
    Unknown,
}

impl AckKind<'_> {
    pub(crate) fn parse(body: &[u8]) -> AckKind<'_> {
        match body {
            b"" | b"+ACK" | b"+OK" => AckKind::Ack,
            b"+WPI" => AckKind::InProgress,
            [b'+', b'N', b'X', b'T', request @ ..] => AckKind::Next(request),
            [b'-', b'N', b'A', b'K', delay @ ..] => AckKind::Nak(delay),
            [b'+', b'T', b'E', b'R', b'M', reason @ ..] => AckKind::Term(reason),
            _ => AckKind::Unknown,
        }
    }
}

impl Consumer {
    /// Takes a delivery as acknowledged; `sample` says whether it may be sampled for a metric. Returns the sequences of
    /// the messages that the consumer is done with.
    pub(crate) fn process_ack(
        &mut self,
        delivery: Delivery,
        sample: bool,
        ctx: &mut ServerContext,
    ) -> Vec<u64> {
        if delivery.stream_seq >= self.next_sequence && !self.config.flow_control {
            return Vec::new();
        }
        if self.delete_at.is_some() && !self.is_push() {
            self.delete_at = self.inactive_threshold.map(|threshold| ctx.now + threshold);
        }
        match self.config.ack_policy {
            AckPolicy::Explicit => self.ack_explicit(delivery, sample, ctx),
            AckPolicy::All => self.ack_all(delivery, ctx.now),
            _ => Vec::new(),
        }
    }

    fn ack_explicit(&mut self, delivery: Delivery, sample: bool, ctx: &mut ServerContext) -> Vec<u64> {
        let sequence = delivery.stream_seq;
        if let Some(pending) = self.pending.remove(&sequence) {
            if sample && !self.config.sample_freq.is_empty() {
                self.advise_sample(delivery, pending.time, ctx);
            }
            self.move_ack_floor(pending.delivery, sequence);
            self.move_reported_ack_floor(pending.delivery, sequence);
            self.last_ack = Some(ctx.now);
        }
        self.redelivered.remove(&sequence);
        self.redelivery_queue.retain(|each| *each != sequence);
        vec![sequence]
    }

    /// Acknowledges a delivery and all before it.
    fn ack_all(&mut self, delivery: Delivery, now: Time) -> Vec<u64> {
        let acked = SequencePair { consumer: delivery.consumer_seq, stream: delivery.stream_seq };
        if acked.consumer <= self.ack_floor.consumer || acked.stream <= self.ack_floor.stream {
            return Vec::new();
        }
        let floor = std::mem::replace(&mut self.ack_floor, acked).stream;
        self.last_ack = Some(now);
        if self.pending.contains_key(&acked.stream) && acked.consumer > self.reported_ack_floor.consumer {
            self.reported_ack_floor = self.ack_floor;
        }
        let pending = self.pending.keys().copied();
        let mut done: Vec<u64> = pending.take_while(|sequence| *sequence <= acked.stream).collect();
        let count = done.len() as u64;
        self.pending.retain(|sequence, _| *sequence > acked.stream);
        // As nats-server, which walks over the pending messages if that is shorter than over the sequences: messages
        // that exceeded their deliveries before stay known as redelivered then.
        let is_done = |sequence: u64| match acked.stream - floor > count {
            true => done.binary_search(&sequence).is_ok(),
            false => sequence > floor && sequence <= acked.stream,
        };
        self.redelivered.retain(|sequence, _| !is_done(*sequence));
        self.redelivery_queue.retain(|sequence| !is_done(*sequence));
        if done.last() != Some(&acked.stream) {
            done.push(acked.stream);
        }
        done
    }

    /// The floor may be any number, since it is what a client said that acknowledges all before a delivery.
    fn move_ack_floor(&mut self, delivery: u64, sequence: u64) {
        match self.pending.first_key_value() {
            None => {
                self.ack_floor.consumer = self.next_delivery - 1;
                self.ack_floor.stream = self.next_sequence - 1;
            }
            Some(_) if delivery == self.ack_floor.consumer.wrapping_add(1) => {
                self.ack_floor = SequencePair { consumer: delivery, stream: sequence };
                if let Some((next, open)) = self.pending.range(sequence + 1..).next() {
                    self.ack_floor = SequencePair { consumer: open.delivery - 1, stream: next - 1 };
                }
            }
            Some(_) => {}
        }
    }

    /// As [`Consumer::move_ack_floor`], for an acknowledgement alone.
    fn move_reported_ack_floor(&mut self, delivery: u64, sequence: u64) {
        let floor = &mut self.reported_ack_floor;
        if self.pending.is_empty() && delivery > floor.consumer {
            self.reported_ack_floor = self.delivered();
        } else if delivery == floor.consumer.wrapping_add(1) {
            *floor = SequencePair { consumer: delivery, stream: sequence };
            if let Some((next, open)) = self.pending.range(sequence + 1..).next() {
                *floor = SequencePair { consumer: open.delivery - 1, stream: next - 1 };
            }
        }
    }

    pub(crate) fn extend_ack_wait(&mut self, sequence: u64, now: Time) {
        if let Some(pending) = self.pending.get_mut(&sequence) {
            pending.time = now;
        }
    }

    pub(crate) fn process_nak(&mut self, delivery: Delivery, argument: &[u8], ctx: &mut ServerContext) {
        let Delivery { stream_seq: sequence, consumer_seq, .. } = delivery;
        let in_range = consumer_seq > self.ack_floor.consumer && consumer_seq <= self.next_delivery;
        if !in_range || !self.pending.contains_key(&sequence) {
            return;
        }
        self.advise_nak(delivery, ctx);
        if let Some(delay) = nak_delay(argument).filter(|_| !argument.trim_ascii().is_empty()) {
            self.redelivery_queue.retain(|each| *each != sequence);
            let wait = self.config.ack_wait.duration();
            let now = ctx.now;
            if let Some(pending) = self.pending.get_mut(&sequence) {
                // It is due when its wait has passed, so the wait is taken off in advance.
                pending.time = (now + delay.duration()) - wait;
                let at = now + delay.duration();
                self.redeliver_at = Some(self.redeliver_at.map_or(at, |before| before.min(at)));
            }
            return;
        }
        if !self.redelivery_queue.contains(&sequence) {
            self.redelivery_queue.push_back(sequence);
        }
    }

    /// Puts open messages whose wait has passed on the list of those that are delivered again.
    pub(crate) fn redeliver_due(&mut self, ctx: &mut ServerContext) {
        let now = ctx.now;
        if self.redeliver_at.is_none_or(|at| now < at) {
            return;
        }
        self.redeliver_at = None;
        let mut next: Option<Time> = None;
        for (sequence, pending) in self.pending.clone() {
            let before = self.redelivered.get(&sequence).copied().unwrap_or(0);
            let at = pending.time + self.ack_wait(before.saturating_sub(u64::from(before > 0))).duration();
            if now < at {
                next = Some(next.map_or(at, |before| before.min(at)));
                continue;
            }
            if self.redelivery_queue.contains(&sequence) {
                continue;
            }
            let deliveries = before.max(1);
            if self.config.max_deliver > 0 && deliveries >= self.config.max_deliver as u64 {
                self.exceed_deliveries(sequence, deliveries, ctx);
                continue;
            }
            self.redelivery_queue.push_back(sequence);
            if let Some(pending) = self.pending.get_mut(&sequence) {
                pending.time = now;
            }
            let again = now + self.ack_wait(deliveries).duration();
            next = Some(next.map_or(again, |before| before.min(again)));
        }
        self.redeliver_at = next;
    }

    /// A message has been delivered as often as may be.
    pub(crate) fn exceed_deliveries(&mut self, sequence: u64, deliveries: u64, ctx: &mut ServerContext) {
        self.advise_max_deliver(sequence, deliveries, ctx);
        if let Some(pending) = self.pending.remove(&sequence) {
            self.move_ack_floor(pending.delivery, sequence);
        }
        self.redelivered.insert(sequence, deliveries);
    }

    /// A message is not to be delivered again.
    pub(crate) fn terminate(&mut self, sequence: u64, reason: &str, ctx: &mut ServerContext) {
        let Some(pending) = self.pending.get(&sequence) else { return };
        let deliveries = self.redelivered.get(&sequence).copied().unwrap_or(1);
        let delivery = Delivery { deliveries, stream_seq: sequence, consumer_seq: pending.delivery };
        self.process_ack(delivery, false, ctx);
        self.advise_terminated(delivery, reason, ctx);
    }
}
