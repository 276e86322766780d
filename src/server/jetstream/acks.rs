//! Acknowledgements, and messages that are delivered again.

use super::JetStream;
use super::advisory::{Acknowledged, ConsumerPause, MaxDeliver, Refused, advise};
use super::headers::parse_digits;
use crate::base::Time;
use crate::jsapi::AckPolicy;
use crate::server::context::{Desk, Timer};

use crate::server::jetstream::consumer::request::nak_delay;
use crate::server::jetstream::consumer::{Consumer, Pair};
use crate::server::observe::event::EventKind;

/// What the last tokens of an ack subject say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AckOf {
    deliveries: u64,
    sequence: u64,
    delivery: u64,
}

impl AckOf {
    /// Reads `<deliveries>.<sequence>.<delivery>.<time>.<pending>`.
    pub(crate) fn parse(tokens: &[&str]) -> Option<AckOf> {
        let [deliveries, sequence, delivery, _, _] = tokens else { return None };
        // What is no number is one that no message has.
        let [deliveries, sequence, delivery] =
            [deliveries, sequence, delivery].map(|token| parse_digits(token.as_bytes()) as u64);
        Some(AckOf { deliveries, sequence, delivery })
    }
}

impl JetStream {
    /// What a client says of a message. `false` if there is no such consumer, or it wants no acknowledgements.
    pub(crate) fn acknowledge(
        &mut self,
        names: [&str; 2],
        of: AckOf,
        reply: Option<&str>,
        body: &[u8],
        desk: &mut Desk,
    ) -> bool {
        let Some(place) = self.consumer_place(names[0], names[1]) else { return false };
        let Some(consumer) = self.consumers.get_mut(place) else { return false };
        if !matches!(consumer.config.ack_policy, AckPolicy::Explicit | AckPolicy::All) {
            return false;
        }
        let mut answers = of.sequence != 0;
        let mut gone = Vec::new();
        let last = self.streams.get(consumer.stream).map_or(0, |stream| stream.store.last());
        let settles = matches!(body, b"" | b"+ACK" | b"+OK") || body.starts_with(b"+TERM");
        match body {
            // What is not stored yet cannot have been delivered.
            _ if of.sequence > last && settles => answers = false,
            b"" | b"+ACK" | b"+OK" => {
                gone = consumer.settle(of.sequence, of.delivery, of.deliveries, true, desk)
            }
            b"+WPI" => consumer.still_working(of.sequence, desk.now),
            _ if body.starts_with(b"+NXT") => {
                gone = consumer.settle(of.sequence, of.delivery, of.deliveries, true, desk);
                answers = false;
            }
            _ if body.starts_with(b"-NAK") => consumer.refused(of, &body[4..], desk),
            _ if body.starts_with(b"+TERM") => {
                let reason = String::from_utf8_lossy(body[5..].trim_ascii()).into_owned();
                gone = consumer.settle(of.sequence, of.delivery, of.deliveries, false, desk);
                consumer.advise_terminated(of.sequence, of.delivery, of.deliveries, &reason, desk);
            }
            _ => {}
        }
        let stream = consumer.stream;
        for sequence in gone {
            self.acknowledged(stream, sequence, desk);
        }
        if body.starts_with(b"+NXT")
            && let Some(reply) = reply
        {
            self.add_request(place, reply, &body[4..], desk);
        }
        if let Some(reply) = reply.filter(|_| answers) {
            desk.say(reply, "");
        }
        self.nudge(place);
        if let Some(consumer) = self.consumers.get_mut(place) {
            let next = consumer.next_due();
            desk.wake(Timer::Consumer(place, consumer.number), &mut consumer.due, next);
        }
        true
    }

    /// A client has got what it was asked about. `false` if there is no such consumer.
    pub(crate) fn flow_answered(&mut self, stream: &str, consumer: &str, subject: &str) -> bool {
        let Some(place) = self.consumer_place(stream, consumer) else { return false };
        let Some(consumer) = self.consumers.get_mut(place) else { return false };
        if !consumer.config.flow_control {
            return false;
        }
        if consumer.flow.request.as_deref() != Some(subject) {
            return true;
        }
        const WINDOW_MAX: usize = 32 * 1024 * 1024;
        let flow = &mut consumer.flow;
        flow.window = (flow.window * 2).min(WINDOW_MAX);
        flow.out = flow.out.saturating_sub(flow.asked);
        (flow.request, flow.asked) = (None, 0);
        self.nudge(place);
        true
    }

    /// What is due for a consumer.
    pub(crate) fn wake_consumer(&mut self, place: u32, number: u64, desk: &mut Desk) {
        let now = desk.now;
        let Some(consumer) = self.consumers.get_mut(place).filter(|consumer| consumer.number == number)
        else {
            return;
        };
        consumer.due = None;
        consumer.redeliver_due(desk);
        if consumer.replay_at.is_some_and(|at| now >= at) {
            consumer.replay_at = None;
        }
        if consumer.resume_at.is_some_and(|at| now >= at) {
            consumer.resume_at = None;
            consumer.advise_pause(desk);
        }
        consumer.unpin_due(desk);
        if consumer.heartbeat_at.is_some_and(|at| now >= at) {
            consumer.beat(desk);
        }
        if !consumer.is_push() {
            // Now also those that do not wait, though it may be at its limit.
            consumer.look_through_requests(true, desk);
        }
        if consumer.delete_at.is_some_and(|at| now >= at) {
            consumer.delete_at = None;
        }
        if consumer.delete_at.is_none() && consumer.is_abandoned(now) {
            let what = EventKind::ConsumerDeleted {
                stream: consumer.stream_name.clone(),
                consumer: consumer.name.clone(),
            };
            desk.log.tell(|| what);
            return self.remove_consumer(place, desk);
        }
        let next = consumer.next_due();
        desk.wake(Timer::Consumer(place, number), &mut consumer.due, next);
        self.nudge(place);
    }
}

impl Consumer {
    /// Takes a message as done. Returns the sequences that are.
    fn settle(
        &mut self,
        sequence: u64,
        delivery: u64,
        deliveries: u64,
        sample: bool,
        desk: &mut Desk,
    ) -> Vec<u64> {
        if sequence >= self.next_sequence && !self.config.flow_control {
            return Vec::new();
        }
        if self.delete_at.is_some() && !self.is_push() {
            self.delete_at = self.patience.map(|patience| desk.now + patience);
        }
        match self.config.ack_policy {
            AckPolicy::Explicit => {
                if let Some(pending) = self.pending.remove(&sequence) {
                    if sample && !self.config.sample_freq.is_empty() {
                        self.advise_sample(sequence, delivery, deliveries, pending.time, desk);
                    }
                    self.move_floor(pending.delivery, sequence);
                    self.move_told_floor(pending.delivery, sequence);
                    self.last_ack = Some(desk.now);
                }
                self.redelivered.remove(&sequence);
                self.again.retain(|each| *each != sequence);
                vec![sequence]
            }
            AckPolicy::All if delivery > self.ack_floor.consumer && sequence > self.ack_floor.stream => {
                let floor =
                    std::mem::replace(&mut self.ack_floor, Pair { consumer: delivery, stream: sequence })
                        .stream;
                self.last_ack = Some(desk.now);
                if self.pending.contains_key(&sequence) && delivery > self.told_floor.consumer {
                    self.told_floor = self.ack_floor;
                }
                let open = self.pending.keys().copied();
                let mut done: Vec<u64> = open.take_while(|open| *open <= sequence).collect();
                let all = done.len() as u64;
                self.pending.retain(|open, _| *open > sequence);
                // What was given up before stays known as delivered again where the real server walks over the open
                // messages instead of the sequences.
                let is_done = |each: u64| match sequence - floor > all {
                    true => done.binary_search(&each).is_ok(),
                    false => each > floor && each <= sequence,
                };
                self.redelivered.retain(|each, _| !is_done(*each));
                self.again.retain(|each| !is_done(*each));
                if done.last() != Some(&sequence) {
                    done.push(sequence);
                }
                done
            }
            _ => Vec::new(),
        }
    }

    fn move_floor(&mut self, delivery: u64, sequence: u64) {
        match self.pending.first_key_value() {
            None => {
                self.ack_floor.consumer = self.next_delivery - 1;
                self.ack_floor.stream = self.next_sequence - 1;
            }
            Some(_) if delivery == self.ack_floor.consumer + 1 => {
                self.ack_floor = Pair { consumer: delivery, stream: sequence };
                if let Some((next, open)) = self.pending.range(sequence + 1..).next() {
                    self.ack_floor = Pair { consumer: open.delivery - 1, stream: next - 1 };
                }
            }
            Some(_) => {}
        }
    }

    /// As [`Consumer::move_floor`], for an acknowledgement alone.
    fn move_told_floor(&mut self, delivery: u64, sequence: u64) {
        let floor = &mut self.told_floor;
        if self.pending.is_empty() && delivery > floor.consumer {
            self.told_floor = self.delivered();
        } else if delivery == floor.consumer + 1 {
            *floor = Pair { consumer: delivery, stream: sequence };
            if let Some((next, open)) = self.pending.range(sequence + 1..).next() {
                *floor = Pair { consumer: open.delivery - 1, stream: next - 1 };
            }
        }
    }

    fn still_working(&mut self, sequence: u64, now: Time) {
        if let Some(pending) = self.pending.get_mut(&sequence) {
            pending.time = now;
        }
    }

    fn refused(&mut self, of: AckOf, argument: &[u8], desk: &mut Desk) {
        let AckOf { deliveries, sequence, delivery } = of;
        let in_range = delivery > self.ack_floor.consumer && delivery <= self.next_delivery;
        if !in_range || !self.pending.contains_key(&sequence) {
            return;
        }
        let subject = format!("$JS.EVENT.ADVISORY.CONSUMER.MSG_NAKED.{}.{}", self.stream_name, self.name);
        let body = self.about_refused(sequence, delivery, deliveries);
        advise(desk, &subject, "io.nats.jetstream.advisory.v1.nak", body);
        if let Some(delay) = nak_delay(argument).filter(|_| !argument.trim_ascii().is_empty()) {
            self.again.retain(|each| *each != sequence);
            let wait = self.config.ack_wait.duration();
            let now = desk.now;
            if let Some(pending) = self.pending.get_mut(&sequence) {
                // It is due when its wait has passed, so the wait is taken off in advance.
                pending.time = (now + delay.duration()) - wait;
                let at = now + delay.duration();
                self.redeliver_at = Some(self.redeliver_at.map_or(at, |before| before.min(at)));
            }
            return;
        }
        if !self.again.contains(&sequence) {
            self.again.push_back(sequence);
        }
    }

    /// Puts open messages whose wait has passed on the list of those that are delivered again.
    fn redeliver_due(&mut self, desk: &mut Desk) {
        let now = desk.now;
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
            if self.again.contains(&sequence) {
                continue;
            }
            let deliveries = before.max(1);
            if self.config.max_deliver > 0 && deliveries >= self.config.max_deliver as u64 {
                self.give_up(sequence, deliveries, desk);
                continue;
            }
            self.again.push_back(sequence);
            if let Some(pending) = self.pending.get_mut(&sequence) {
                pending.time = now;
            }
            let again = now + self.ack_wait(deliveries).duration();
            next = Some(next.map_or(again, |before| before.min(again)));
        }
        self.redeliver_at = next;
    }

    /// A message has been delivered as often as may be.
    pub(super) fn give_up(&mut self, sequence: u64, deliveries: u64, desk: &mut Desk) {
        let subject =
            format!("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.{}.{}", self.stream_name, self.name);
        advise(
            desk,
            &subject,
            "io.nats.jetstream.advisory.v1.max_deliver",
            MaxDeliver { stream: &self.stream_name, consumer: &self.name, stream_seq: sequence, deliveries },
        );
        if let Some(pending) = self.pending.remove(&sequence) {
            self.move_floor(pending.delivery, sequence);
        }
        self.redelivered.insert(sequence, deliveries);
    }

    /// A message is not to be delivered again.
    pub(crate) fn terminate(&mut self, sequence: u64, reason: &str, desk: &mut Desk) {
        let Some(delivery) = self.pending.get(&sequence).map(|pending| pending.delivery) else { return };
        let deliveries = self.redelivered.get(&sequence).copied().unwrap_or(1);
        self.settle(sequence, delivery, deliveries, false, desk);
        self.advise_terminated(sequence, delivery, deliveries, reason, desk);
    }

    fn advise_terminated(
        &self,
        sequence: u64,
        delivery: u64,
        deliveries: u64,
        reason: &str,
        desk: &mut Desk,
    ) {
        let subject =
            format!("$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.{}.{}", self.stream_name, self.name);
        let body = Refused { reason, ..self.about_refused(sequence, delivery, deliveries) };
        advise(desk, &subject, "io.nats.jetstream.advisory.v1.terminated", body);
    }

    fn advise_sample(&self, sequence: u64, delivery: u64, deliveries: u64, since: Time, desk: &mut Desk) {
        let subject = format!("$JS.EVENT.METRIC.CONSUMER.ACK.{}.{}", self.stream_name, self.name);
        let body = Acknowledged {
            stream: &self.stream_name,
            consumer: &self.name,
            consumer_seq: delivery,
            stream_seq: sequence,
            ack_time: desk.now.since(since).into(),
            deliveries,
        };
        advise(desk, &subject, "io.nats.jetstream.metric.v1.consumer_ack", body);
    }

    /// What advisories tell of a delivered message.
    fn about_refused(&self, stream_seq: u64, consumer_seq: u64, deliveries: u64) -> Refused<'_> {
        let (stream, consumer) = (&self.stream_name, &self.name);
        Refused { stream, consumer, consumer_seq, stream_seq, deliveries, reason: "" }
    }

    fn beat(&mut self, desk: &mut Desk) {
        self.heartbeat_at = self.heartbeat().map(|wait| desk.now + wait);
        if self.active
            && let Some(deliver) = &self.config.deliver_subject
        {
            let status = self.heartbeat_status();
            desk.say_status(deliver, status);
        }
    }

    /// Tells that it is paused, or is not any more.
    pub(crate) fn advise_pause(&self, desk: &mut Desk) {
        let subject = format!("$JS.EVENT.ADVISORY.CONSUMER.PAUSE.{}.{}", self.stream_name, self.name);
        let until = self.config.pause_until;
        let body = ConsumerPause {
            stream: &self.stream_name,
            consumer: &self.name,
            paused: until.is_some_and(|until| desk.now < until),
            pause_until: until.unwrap_or_default(),
        };
        advise(desk, &subject, "io.nats.jetstream.advisory.v1.consumer_pause", body);
    }

    /// Whether nobody has wanted anything of it for as long as it waits; if not, it is asked again later. Where open
    /// messages may still be acknowledged, it waits for them first.
    fn is_abandoned(&mut self, now: Time) -> bool {
        let Some(patience) = self.patience else { return false };
        if self.is_push() {
            return !self.active && self.idle_since.is_some_and(|since| now >= since + patience);
        }
        let open = self.pending.iter().map(|(sequence, pending)| {
            let wait = self.ack_wait(self.redelivered.get(sequence).copied().unwrap_or(0));
            pending.time + wait.duration()
        });
        let mut last = open.max().unwrap_or(self.last_request).max(self.last_request);
        if !self.waiting.is_empty() {
            last = now;
        }
        let at = last + patience;
        if at > now {
            self.delete_at = Some(at);
        }
        at <= now
    }
}
