//! Messages from streams to those who listen or ask.

use std::time::Duration;

use super::JetStream;
use crate::base::Time;
use crate::jsapi::{AckPolicy, RetentionPolicy};
use crate::server::Server;
use crate::server::context::{Desk, Post, Timer};
use crate::server::jetstream::consumer::{Consumer, Pair, Pending};
use crate::server::jetstream::store::{Record, Store};
use crate::server::observe::event::EventKind;
use crate::server::observe::view::Operation;
use crate::server::protocol::router::{Matches, Owner};

/// Consumers take turns, so that one with a million messages to deliver does not keep the others waiting.
const TURN: usize = 256;

/// What a consumer found to deliver.
struct Next {
    sequence: u64,
    /// How often it will have been delivered then.
    deliveries: u64,
}

/// What came of a consumer's turn.
enum Turn {
    /// It has nothing, or may not deliver now.
    Over,
    /// It goes on later.
    Again,
    /// This session has enough to read for now.
    Held(u32),
}

impl Server {
    /// Gives every consumer that may have something a turn. `false` if there was none.
    pub(crate) fn deliver_some(&mut self) -> bool {
        let Some(jetstream) = &mut self.jetstream else { return false };
        let mut did = jetstream.copy_fresh(&mut self.desk);
        for _ in 0..self.jetstream.as_ref().map_or(0, |jetstream| jetstream.ready.len()) {
            let Some(place) = self.jetstream.as_mut().and_then(|jetstream| jetstream.ready.pop_front())
            else {
                break;
            };
            did = true;
            let turn = self.take_turn(place);
            let Some(jetstream) = &mut self.jetstream else { break };
            let Some(consumer) = jetstream.consumers.get_mut(place) else { continue };
            consumer.ready = false;
            match turn {
                Turn::Over => jetstream.rest(place, &mut self.desk),
                Turn::Again => jetstream.nudge(place),
                Turn::Held(session) => match self.sessions.get_mut(session) {
                    Some(session) => session.held.push(place),
                    None => jetstream.nudge(place),
                },
            }
        }
        did
    }

    fn take_turn(&mut self, place: u32) -> Turn {
        for _ in 0..TURN {
            let Some(jetstream) = &mut self.jetstream else { return Turn::Over };
            let Some(consumer) = jetstream.consumers.get_mut(place) else { return Turn::Over };
            if !consumer.may_deliver(self.desk.now) {
                return Turn::Over;
            }
            if consumer.is_push() {
                consumer.find_listeners(&self.desk, &mut self.matches);
                let full = consumer.listeners.iter().find_map(|number| {
                    let Owner::Session(place) = self.desk.router.get(*number)?.owner else { return None };
                    self.sessions.get(place).is_some_and(|session| session.is_full()).then_some(place)
                });
                if let Some(full) = full {
                    return Turn::Held(full);
                }
            }
            if !self.deliver_next(place) {
                return Turn::Over;
            }
        }
        Turn::Again
    }

    /// Delivers one message. `false` if there is none, nobody can have it, or it was the last.
    fn deliver_next(&mut self, place: u32) -> bool {
        let Some(jetstream) = &mut self.jetstream else { return false };
        let JetStream { consumers, streams, scratch, .. } = jetstream;
        let Some(consumer) = consumers.get_mut(place) else { return false };
        let Some(stream) = streams.get(consumer.stream) else { return false };
        let Some((next, record)) = consumer.next(&stream.store, &mut self.desk) else { return false };
        let has_waited = consumer.held.take().is_some();
        if next.deliveries == 1 && !has_waited {
            consumer.unseen -= 1;
        }
        let headers_only = consumer.config.headers_only.then(|| headers_only(&record));
        let (headers, body) = match &headers_only {
            Some(headers) => (headers.as_slice(), &b""[..]),
            None => (record.headers, record.body),
        };
        consumer.write_ack_subject(&record, next.deliveries, scratch);
        let reply: &[u8] = scratch;
        let size = reply.len() + headers.len() + body.len();
        if consumer.config.rate_limit_bps > 0 && !has_waited {
            let largest = [stream.config.max_msg_size, self.config.max_payload as i32];
            if consumer.exceeds_rate(&next, record.subject.len() + size, largest, self.desk.now) {
                return false;
            }
        }
        let post = |subject| Post {
            subject,
            shown: Some(record.subject_text().to_owned()),
            headers: headers.to_vec(),
            body: body.to_vec(),
            reply: Some(String::from_utf8_lossy(reply).into_owned()),
            hops: 0,
        };
        if !consumer.is_push() {
            let Some(taken) = consumer.take_request(record.subject.len() + size, &mut self.desk) else {
                consumer.put_back(&next);
                return false;
            };
            consumer.note_delivery(&next, self.desk.now);
            tell(&mut self.desk, consumer, &record);
            let mut post = post(taken.reply);
            consumer.sign(&mut post.headers);
            self.hand_out(post, taken.end);
            return true;
        }
        consumer.note_delivery(&next, self.desk.now);
        tell(&mut self.desk, consumer, &record);
        let deliver = consumer.config.deliver_subject.as_deref().unwrap_or_default();
        let length = size + deliver.len();
        if consumer.listeners_of.is_some() {
            for number in &consumer.listeners {
                // The same as `Server::deliver`, while the stream is borrowed.
                let Some(subscription) = self.desk.router.get_mut(*number) else { continue };
                let Owner::Session(place) = subscription.owner else { continue };
                let Some(session) = self.sessions.get_mut(place) else { continue };
                subscription.delivered += 1;
                session.note_question(Some(reply), self.desk.now);
                session.deliver(&subscription.sid, record.subject, Some(reply), headers, body);
                if !session.listed {
                    session.listed = true;
                    self.listed.push_back(place);
                }
            }
        } else {
            self.desk.post(post(deliver.to_owned()));
        }
        consumer.control_flow(length, &mut self.desk);
        let is_last = consumer.has_no_more(stream.store.last());
        // A stream that keeps messages only for consumers may drop one that needs no acknowledgement.
        if stream.config.retention != RetentionPolicy::Limits && !consumer.acks() {
            let place = consumer.stream;
            jetstream.acknowledged(place, next.sequence, &mut self.desk);
        }
        !is_last
    }
}

impl Server {
    /// Sends a message that was asked for. What was said before comes first, and the end of a request comes last.
    fn hand_out(&mut self, post: Post, end: Option<String>) {
        let end = end.map(|headers| (post.subject.clone(), headers));
        match self.desk.outbox.is_empty() {
            true => self.route_post(&post),
            false => self.desk.post(post),
        }
        if let Some((subject, headers)) = end {
            self.desk.say_status(&subject, headers);
        }
    }
}

impl JetStream {
    /// A consumer has nothing to deliver: one-shot requests end, and its timer is set.
    fn rest(&mut self, place: u32, desk: &mut Desk) {
        let Some(consumer) = self.consumers.get_mut(place) else { return };
        if !consumer.is_push() {
            let at_end = !consumer.is_at_limit();
            consumer.look_through_requests(at_end, desk);
        }
        let next = consumer.next_due();
        desk.wake(Timer::Consumer(place, consumer.number), &mut consumer.due, next);
    }
}

fn tell(desk: &mut Desk, consumer: &Consumer, record: &Record<'_>) {
    desk.log.tell(|| EventKind::Delivered {
        stream: consumer.stream_name.clone(),
        consumer: consumer.name.clone(),
        subject: record.subject_text().to_owned(),
        sequence: record.sequence,
        operation: Operation::of(record.headers),
        pending: consumer.num_pending(),
    });
}

/// The headers of a message of which only those are wanted: its size is added.
fn headers_only(record: &Record<'_>) -> Vec<u8> {
    super::append(record.headers, &[("Nats-Msg-Size", itoa::Buffer::new().format(record.body.len()))])
}

impl Consumer {
    /// Whether it may deliver anything now.
    fn may_deliver(&self, now: Time) -> bool {
        if self.is_paused(now) || self.replay_at.is_some() {
            return false;
        }
        match self.is_push() {
            true => self.active && (self.flow.window == 0 || self.flow.out <= self.flow.window),
            false => !self.waiting.is_empty(),
        }
    }

    /// Looks up who listens, if anything has changed. Where they are not just plain subscriptions of clients, the router
    /// has to be asked for every message.
    fn find_listeners(&mut self, desk: &Desk, matches: &mut Matches) {
        let Some(deliver) = &self.config.deliver_subject else { return };
        if self.listeners_of == Some(desk.router.changes()) {
            return;
        }
        desk.router.find(deliver, matches);
        let plain = matches.queues.is_empty()
            && !deliver.starts_with('$')
            && matches.plain.iter().all(|number| {
                let subscription = desk.router.get(*number);
                subscription.is_some_and(|s| matches!(s.owner, Owner::Session(_)) && s.max.is_none())
            });
        self.listeners.clone_from(&matches.plain);
        self.listeners_of = plain.then_some(desk.router.changes());
    }

    /// The next message to deliver: one that is delivered again, one of the list that it began with, or a new one.
    fn next<'s>(&mut self, store: &'s Store, desk: &mut Desk) -> Option<(Next, Record<'s>)> {
        if let Some((sequence, deliveries)) = self.held {
            if let Some(record) = store.get(sequence) {
                return Some((Next { sequence, deliveries }, record));
            }
            self.held = None;
        }
        while let Some(sequence) = self.again.pop_front() {
            let deliveries = self.redelivered.get(&sequence).copied().unwrap_or(1) + 1;
            if self.config.max_deliver > 0 && deliveries > self.config.max_deliver as u64 {
                self.give_up(sequence, deliveries - 1, desk);
                continue;
            }
            let Some(record) = store.get(sequence) else {
                self.terminate(sequence, "Unacknowledged message was deleted", desk);
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
            if self.unseen != 0 {
                (self.unseen, self.counted_to) = (0, store.last());
            }
            return None;
        };
        if record.sequence <= self.replay_until && self.replay_waited != record.sequence {
            let last = self.last_replayed.replace(record.time);
            let wait = last.map(|last| record.time.since(last)).filter(|wait| wait.as_millis() > 1);
            if let Some(wait) = wait {
                self.replay_waited = record.sequence;
                self.replay_at = Some(desk.now + wait);
                return None;
            }
        }
        self.next_sequence = record.sequence + 1;
        Some((Next { sequence: record.sequence, deliveries: 1 }, record))
    }

    /// Whether [`Consumer::next`] would find nothing and change nothing, when the stream ends with `last`.
    fn has_no_more(&self, last: u64) -> bool {
        self.next_sequence > last && self.unseen == 0 && self.skip_list.is_none() && self.again.is_empty()
    }

    /// A message could not be handed out.
    fn put_back(&mut self, next: &Next) {
        if next.deliveries == 1 {
            self.unseen += 1;
        }
        if next.deliveries == 1 && next.sequence + 1 == self.next_sequence {
            self.next_sequence -= 1;
        } else if !self.again.contains(&next.sequence) {
            self.redelivered.insert(next.sequence, next.deliveries - 1);
            self.again.push_back(next.sequence);
        }
    }

    /// Whether a message has to wait, where so many bytes may go out without a rest as the stream's or else the server's
    /// largest message has, and then no more than the rate. One that is larger waits for ever, as in the real server.
    fn exceeds_rate(&mut self, next: &Next, size: usize, largest: [i32; 2], now: Time) -> bool {
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
        self.held = Some((next.sequence, next.deliveries));
        self.replay_at = Some(now + wait);
        true
    }

    fn note_delivery(&mut self, next: &Next, now: Time) {
        let delivery = self.next_delivery;
        self.next_delivery += 1;
        self.last_delivery = Some(now);
        self.heartbeat_at = self.heartbeat().map(|wait| now + wait);
        if !self.is_push() {
            self.last_request = now;
        }
        if self.config.ack_policy == AckPolicy::None {
            self.ack_floor = Pair { consumer: delivery, stream: next.sequence };
            self.told_floor = self.ack_floor;
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

    /// Writes the subject on which a message is acknowledged into `subject`; clients read the message's position from it.
    fn write_ack_subject(&self, record: &Record<'_>, deliveries: u64, subject: &mut Vec<u8>) {
        subject.clear();
        subject.extend_from_slice(self.ack_prefix.as_bytes());
        let mut digits = itoa::Buffer::new();
        for number in
            [deliveries, record.sequence, self.next_delivery, record.time.nanos(), self.num_pending()]
        {
            subject.push(b'.');
            subject.extend_from_slice(digits.format(number).as_bytes());
        }
    }

    /// Counts what is on its way, and asks the client whether it has got it when that is half of what may be.
    fn control_flow(&mut self, size: usize, desk: &mut Desk) {
        if self.flow.window == 0 {
            return;
        }
        self.flow.out += size;
        match self.flow.request.is_some() {
            false if self.flow.out > self.flow.window / 2 => {
                let reply = format!("$JS.FC.{}.{}.{}", self.stream_name, self.name, desk.name(4));
                self.flow.asked = self.flow.out;
                self.flow.request = Some(reply.clone());
                desk.post(Post {
                    subject: self.config.deliver_subject.clone().unwrap_or_default(),
                    reply: Some(reply),
                    headers: b"NATS/1.0 100 FlowControl Request\r\n\r\n".to_vec(),
                    ..Post::default()
                });
            }
            true if self.flow.out - self.flow.asked >= self.flow.window => self.flow.asked += size,
            _ => {}
        }
    }
}
