//! A client's session: its CONNECT, user, subscriptions and output.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::base::Time;
use crate::server::config::User;
use crate::server::connection::CloseReason;
use crate::server::connection::ConnId;
use crate::server::keys::{ConsumerKey, SubscriptionKey};
use crate::server::observe::event::{EventKind, Wire};
use crate::server::observe::event_log::EventLog;
use crate::server::protocol::router::Subscription;
use crate::wire::op::Message;
use crate::wire::{Connect, Decoder, ServerOp, Verb, encode};

pub(crate) struct Session {
    pub(crate) id: ConnId,
    /// `client_id` in INFO.
    pub(crate) client_id: u64,
    pub(crate) ip: String,
    pub(crate) port: u16,
    pub(crate) started: Time,
    pub(crate) connect: Connect,
    /// CONNECT was accepted.
    pub(crate) connected: bool,
    /// It must send CONNECT with valid credentials before anything else.
    pub(crate) must_authenticate: bool,
    pub(crate) user: Option<User>,
    /// Where the user may only respond (`allow_responses`): the reply subjects of the requests it got.
    allowed_responses: Vec<AllowedResponse>,
    pub(crate) subscriptions: BTreeMap<Box<str>, SubscriptionKey>,
    pub(crate) decoder: Decoder,
    /// Bytes for the client that `poll` has not handed out yet.
    pub(crate) output: Vec<u8>,
    /// Bytes that were handed out but have not reached the client.
    pub(crate) pending_bytes: usize,
    pub(crate) close_reason: Option<CloseReason>,
    /// It stands in the server's output queue.
    pub(crate) is_queued: bool,
    /// Consumers that wait until the backlog is smaller.
    pub(crate) stalled_consumers: Vec<ConsumerKey>,
    /// The position of its name in the list of authors, plus one; 0 before it has published anything.
    pub(crate) author_index: u16,
    pub(crate) first_pong_sent: bool,
    pub(crate) pings_outstanding: u32,
    pub(crate) ping_at: Option<Time>,
    pub(crate) ping_sent: Option<Time>,
    pub(crate) round_trip: Option<Duration>,
    pub(crate) last_activity: Time,
    pub(crate) timer_due: Option<Time>,
    pub(crate) traffic: Traffic,
    pub(crate) trace: Option<Vec<Wire>>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) in_messages: u64,
    pub(crate) in_bytes: u64,
    pub(crate) out_messages: u64,
    pub(crate) out_bytes: u64,
}

impl Traffic {
    pub(crate) fn add(&mut self, other: Traffic) {
        self.in_messages += other.in_messages;
        self.in_bytes += other.in_bytes;
        self.out_messages += other.out_messages;
        self.out_bytes += other.out_bytes;
    }
}

/// A reply subject on which the client may respond: since when, and how often it has.
struct AllowedResponse {
    subject: Box<[u8]>,
    since: Time,
    count: u64,
}

/// With so many reply subjects, those that have expired are removed.
const RESPONSES_MAX: usize = 4096;

/// Back-pressure: consumers deliver no more to a client above so many unread bytes, so that it is not cut off as slow.
const BACKLOG_MAX: usize = 1024 * 1024;

impl Session {
    pub(crate) fn new(id: ConnId, client_id: u64, (ip, port): (String, u16), now: Time) -> Session {
        Session {
            id,
            client_id,
            ip,
            port,
            started: now,
            connect: Connect::default(),
            connected: false,
            must_authenticate: false,
            user: None,
            allowed_responses: Vec::new(),
            subscriptions: BTreeMap::default(),
            decoder: Decoder::default(),
            output: Vec::new(),
            pending_bytes: 0,
            close_reason: None,
            is_queued: false,
            stalled_consumers: Vec::new(),
            author_index: 0,
            first_pong_sent: false,
            pings_outstanding: 0,
            ping_at: None,
            ping_sent: None,
            round_trip: None,
            last_activity: now,
            timer_due: None,
            traffic: Traffic::default(),
            trace: None,
        }
    }

    /// Appends an operation to the output.
    pub(crate) fn send(&mut self, op: &ServerOp<'_>) {
        if self.close_reason.is_some() {
            return;
        }
        if let Some(traced) = &mut self.trace {
            traced.push(outgoing(op));
        }
        op.encode(&mut self.output);
    }

    /// Appends a message for one of its subscriptions, without headers for a client that does not know them.
    pub(crate) fn deliver(
        &mut self,
        subscription: &mut Subscription,
        message: &Message<'_, &[u8]>,
        now: Time,
    ) {
        subscription.delivered += 1;
        self.note_request(message.reply, now);
        let Message { subject, reply, headers, body } = *message;
        let headers = if self.connect.headers { headers } else { &[] };
        self.traffic.out_messages += 1;
        self.traffic.out_bytes += (headers.len() + body.len()) as u64;
        let sid = subscription.sid.as_bytes();
        if self.trace.is_some() || self.close_reason.is_some() {
            return self.send(&ServerOp::Msg { sid, message: Message { subject, reply, headers, body } });
        }
        encode::message(&mut self.output, sid, subject, reply, headers, body);
    }

    /// Records the operations that were sent, if they are traced.
    pub(crate) fn flush_trace(&mut self, events: &mut EventLog) {
        if let Some(traced) = self.trace.as_mut().map(std::mem::take) {
            for wire in traced {
                events.push(Some(self.id), EventKind::Wire(wire));
            }
        }
    }

    pub(crate) fn is_backlogged(&self) -> bool {
        self.output.len() + self.pending_bytes > BACKLOG_MAX
    }

    /// The user's name; without configured users, the one that the client gave. A token is not shown.
    pub(crate) fn user_name(&self) -> &str {
        let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        match (&self.user, &self.connect.user) {
            (Some(user), _) => &user.name,
            (None, Some(name)) if !name.is_empty() => name,
            _ if given(&self.connect.auth_token) => "[REDACTED]",
            _ => "",
        }
    }

    /// Whether the user may publish there. A permission to respond is used up by asking.
    pub(crate) fn may_publish(&mut self, subject: &str, now: Time) -> bool {
        let Some(user) = &self.user else { return true };
        match user.responses {
            None => user.publish.allows(subject, None),
            // A user that may respond may publish nothing else, unless subjects are allowed explicitly.
            Some(_) if !user.publish.allow.is_empty() && user.publish.allows(subject, None) => true,
            Some(_) => self.may_respond(subject.as_bytes(), now),
        }
    }

    #[cold]
    fn may_respond(&mut self, subject: &[u8], now: Time) -> bool {
        let Some(responses) = self.user.as_ref().and_then(|user| user.responses) else { return false };
        let Some(at) = self.allowed_responses.iter().position(|reply| *reply.subject == *subject) else {
            return false;
        };
        let reply = &mut self.allowed_responses[at];
        reply.count += 1;
        let is_over = responses.max.is_some_and(|max| reply.count > max)
            || responses.expires.is_some_and(|expires| now.since(reply.since) > expires);
        if is_over {
            self.allowed_responses.swap_remove(at);
        }
        !is_over
    }

    /// Remembers the reply subject of a request, if the user may only respond.
    pub(crate) fn note_request(&mut self, reply: Option<&[u8]>, now: Time) {
        if self.user.as_ref().is_some_and(|user| user.responses.is_some()) {
            self.allow_response(reply.unwrap_or_default(), now);
        }
    }

    #[cold]
    fn allow_response(&mut self, subject: &[u8], now: Time) {
        let is_free = std::str::from_utf8(subject).is_ok_and(|subject| self.may_publish(subject, now));
        if subject.is_empty() || is_free {
            return;
        }
        if self.allowed_responses.len() >= RESPONSES_MAX
            && let Some(responses) = self.user.as_ref().and_then(|user| user.responses)
        {
            self.allowed_responses.retain(|reply| {
                responses.max.is_none_or(|max| reply.count < max)
                    && responses.expires.is_none_or(|expires| now.since(reply.since) <= expires)
            });
        }
        self.allowed_responses.push(AllowedResponse { subject: subject.into(), since: now, count: 0 });
    }

    pub(crate) fn may_subscribe(&self, subject: &str, queue: Option<&str>) -> bool {
        self.user.as_ref().is_none_or(|user| user.subscribe.allows(subject, queue))
    }

    /// Whether the user's permissions let a message on a subject through.
    pub(crate) fn may_receive(&self, subject: &str) -> bool {
        self.user.as_ref().is_none_or(|user| !user.subscribe.denies(subject))
    }

    /// How the client is called as the author of a message.
    pub(crate) fn author_name(&self) -> String {
        match self.connect.name.is_empty() {
            true => format!("client {}", self.client_id),
            false => self.connect.name.chars().take(64).collect(),
        }
    }
}

#[cold]
fn outgoing(op: &ServerOp<'_>) -> Wire {
    let text = |verb, text: &[u8]| Wire::of_text(true, verb, text);
    match op {
        ServerOp::Info(json) => text(Verb::Info, json),
        ServerOp::Ping => text(Verb::Ping, b""),
        ServerOp::Pong => text(Verb::Pong, b""),
        ServerOp::Ok => text(Verb::Ok, b""),
        ServerOp::Err(error) => text(Verb::Err, error.as_bytes()),
        ServerOp::Msg { sid, message } => {
            let verb = if message.headers.is_empty() { Verb::Msg } else { Verb::HMsg };
            Wire::of_message(true, verb, sid, message)
        }
    }
}
