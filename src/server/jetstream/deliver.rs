//! Messages from streams to those who listen or ask: consumers take turns, and each turn delivers some messages.

use slotmap::SlotMap;

use super::{JetStream, append};
use crate::jsapi::RetentionPolicy;
use crate::server::Server;
use crate::server::context::ServerContext;
use crate::server::jetstream::consumer::Consumer;
use crate::server::jetstream::store::Record;
use crate::server::keys::{ConsumerKey, SessionKey};
use crate::server::observe::event::EventKind;
use crate::server::observe::operation::Operation;
use crate::server::protocol::outbox::OutgoingMessage;
use crate::server::protocol::output_queue::OutputQueue;
use crate::server::protocol::router::Owner;
use crate::server::protocol::session::Session;
use crate::wire::headers::Block;
use crate::wire::op::Message;

/// Messages that a consumer delivers in one turn, so that one with a million of them does not keep the others waiting.
const TURN: usize = 256;

/// How a consumer's turn ended.
enum TurnEnd {
    /// It has nothing, or may not deliver now.
    Idle,
    /// It has more for its next turn.
    Unfinished,
    /// This session has enough to read for now.
    Backlogged(SessionKey),
}

impl Server {
    /// Gives a turn to every consumer that may have something to deliver. `false` if there was none.
    pub(crate) fn give_turns(&mut self) -> bool {
        let Some(jetstream) = &mut self.jetstream else { return false };
        let mut did = jetstream.replicate_changes(&mut self.ctx);
        for _ in 0..jetstream.ready.len() {
            let Some(jetstream) = &mut self.jetstream else { break };
            let Some(consumer_key) = jetstream.ready.pop_front() else { break };
            did = true;
            let end = self.take_turn(consumer_key);
            let Some(jetstream) = &mut self.jetstream else { break };
            let Some(consumer) = jetstream.consumers.get_mut(consumer_key) else { continue };
            consumer.ready = false;
            match end {
                TurnEnd::Idle => jetstream.finish_turn(consumer_key, &mut self.ctx),
                TurnEnd::Unfinished => jetstream.mark_ready(consumer_key),
                TurnEnd::Backlogged(session_key) => match self.sessions.get_mut(session_key) {
                    Some(session) => session.stalled_consumers.push(consumer_key),
                    None => jetstream.mark_ready(consumer_key),
                },
            }
        }
        did
    }

    fn take_turn(&mut self, consumer_key: ConsumerKey) -> TurnEnd {
        for _ in 0..TURN {
            let Some(jetstream) = &mut self.jetstream else { return TurnEnd::Idle };
            let Some(consumer) = jetstream.consumers.get_mut(consumer_key) else { return TurnEnd::Idle };
            if !consumer.may_deliver(self.ctx.now) {
                return TurnEnd::Idle;
            }
            if consumer.is_push() {
                consumer.find_listeners(&self.ctx.router, &mut self.matches);
                let listeners = consumer.listeners.iter().filter_map(|key| self.ctx.router.get(*key));
                let backlogged = listeners.filter_map(|subscription| match subscription.owner {
                    Owner::Session(key) if self.sessions.get(key)?.is_backlogged() => Some(key),
                    _ => None,
                });
                if let Some(session_key) = backlogged.into_iter().next() {
                    return TurnEnd::Backlogged(session_key);
                }
            }
            if !self.deliver_next(consumer_key) {
                return TurnEnd::Idle;
            }
        }
        TurnEnd::Unfinished
    }

    /// Delivers one message. `false` if there is none, nobody can have it, or it was the last.
    fn deliver_next(&mut self, consumer_key: ConsumerKey) -> bool {
        let Server { jetstream: Some(jetstream), ctx, sessions, output_queue, config, .. } = self else {
            return false;
        };
        let JetStream { consumers, streams, ack_subject, .. } = jetstream;
        let Some(consumer) = consumers.get_mut(consumer_key) else { return false };
        let Some(stream) = streams.get(consumer.stream) else { return false };
        let Some((next, record)) = consumer.next(&stream.store, ctx) else { return false };
        let has_waited = consumer.rate_limited.take().is_some();
        if next.deliveries == 1 && !has_waited {
            consumer.pending_count -= 1;
        }
        let without_body = consumer.config.headers_only.then(|| headers_only(&record));
        let (headers, body) = match &without_body {
            Some(headers) => (headers.as_slice(), &b""[..]),
            None => (record.headers, record.body),
        };
        consumer.write_ack_subject(&record, next.deliveries, ack_subject);
        let message = Message { subject: record.subject, reply: Some(ack_subject.as_slice()), headers, body };
        let size = ack_subject.len() + headers.len() + body.len();
        if consumer.config.rate_limit_bps > 0 && !has_waited {
            let largest = [stream.config.max_msg_size, config.max_payload as i32];
            if consumer.exceeds_rate(&next, record.subject.len() + size, largest, ctx.now) {
                return false;
            }
        }
        if !consumer.is_push() {
            let Some(served) = consumer.take_request(record.subject.len() + size, ctx) else {
                consumer.put_back(&next);
                return false;
            };
            consumer.note_delivery(&next, ctx.now);
            record_delivery(consumer, &record, ctx);
            let mut outgoing = outgoing(served.reply, &message);
            consumer.add_pin_header(&mut outgoing.headers);
            self.send_requested(outgoing, served.end);
            return true;
        }
        consumer.note_delivery(&next, ctx.now);
        record_delivery(consumer, &record, ctx);
        push(consumer, &message, ctx, sessions, output_queue);
        let deliver_subject = consumer.config.deliver_subject.as_deref().unwrap_or_default();
        consumer.control_flow(size + deliver_subject.len(), ctx);
        let is_last = consumer.has_no_more(stream.store.last());
        // A stream that keeps messages only for consumers may drop one that needs no acknowledgement.
        if stream.config.retention != RetentionPolicy::Limits && !consumer.acks() {
            let stream_key = consumer.stream;
            jetstream.acknowledged(stream_key, next.sequence, ctx);
        }
        !is_last
    }

    /// Sends a message that was requested. What the server said before comes first, and the end of the request last.
    fn send_requested(&mut self, message: OutgoingMessage, end: Option<Block>) {
        let end = end.map(|status| (message.subject.clone(), status));
        match self.ctx.outbox.is_empty() {
            true => self.route_outgoing(&message),
            false => self.ctx.outbox.push(message),
        }
        if let Some((subject, status)) = end {
            self.ctx.outbox.publish_status(&subject, status);
        }
    }
}

impl JetStream {
    /// A consumer has nothing to deliver: ends requests that do not wait, and sets its timer.
    fn finish_turn(&mut self, consumer_key: ConsumerKey, ctx: &mut ServerContext) {
        let Some(consumer) = self.consumers.get_mut(consumer_key) else { return };
        if !consumer.is_push() {
            let at_end = !consumer.is_at_limit();
            consumer.expire_requests(at_end, ctx);
        }
        self.schedule_consumer(consumer_key, ctx);
    }
}

/// Hands a message to the listeners of a push consumer: at once where only plain subscriptions of clients listen, and
/// else by way of the router.
fn push(
    consumer: &Consumer,
    message: &Message<'_, &[u8]>,
    ctx: &mut ServerContext,
    sessions: &mut SlotMap<SessionKey, Session>,
    output_queue: &mut OutputQueue,
) {
    if consumer.listeners_version.is_none() {
        let deliver_subject = consumer.config.deliver_subject.clone().unwrap_or_default();
        return ctx.outbox.push(outgoing(deliver_subject, message));
    }
    for key in &consumer.listeners {
        let Some(subscription) = ctx.router.get_mut(*key) else { continue };
        let Owner::Session(session_key) = subscription.owner else { continue };
        let Some(session) = sessions.get_mut(session_key) else { continue };
        session.deliver(subscription, message, ctx.now);
        output_queue.push(session_key, session);
    }
}

/// A delivered message for the outbox: it goes to `subject`, and receivers see the one that it is stored under.
fn outgoing(subject: String, message: &Message<'_, &[u8]>) -> OutgoingMessage {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    OutgoingMessage {
        subject,
        shown_subject: Some(text(message.subject)),
        reply: message.reply.map(text),
        headers: message.headers.to_vec(),
        body: message.body.to_vec(),
        hops: 0,
    }
}

fn record_delivery(consumer: &Consumer, record: &Record<'_>, ctx: &mut ServerContext) {
    ctx.events.record(|| EventKind::Delivered {
        stream: consumer.stream_name.clone(),
        consumer: consumer.name.clone(),
        subject: record.subject_text().to_owned(),
        sequence: record.sequence,
        operation: Operation::of(record.headers),
        pending: consumer.num_pending(),
    });
}

/// The headers of a message that is delivered without its body: its size is added.
fn headers_only(record: &Record<'_>) -> Vec<u8> {
    append(record.headers, &[("Nats-Msg-Size", itoa::Buffer::new().format(record.body.len()))])
}
