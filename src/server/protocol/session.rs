//! One connection: what it said of itself, its subscriptions, and the bytes that wait for it.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::base::Time;
use crate::server::config::User;
use crate::server::context::Log;
use crate::server::observe::event::{CloseReason, EventKind, Wire};
use crate::server::protocol::router::SubNumber;
use crate::server::{ConnId, observe::event};
use crate::wire::op::Message;
use crate::wire::{Connect, Decoder, ServerOp, encode};

pub(crate) struct Session {
    pub(crate) id: ConnId,
    /// `client_id` in INFO.
    pub(crate) number: u64,
    pub(crate) ip: String,
    pub(crate) started: Time,
    pub(crate) connect: Connect,
    /// CONNECT was accepted.
    pub(crate) connected: bool,
    /// It must say CONNECT before anything else.
    pub(crate) awaiting_auth: bool,
    pub(crate) user: Option<User>,
    /// What it was asked, where it may answer only that.
    replies: Vec<Reply>,
    pub(crate) subscriptions: BTreeMap<Box<str>, SubNumber>,
    pub(crate) decoder: Decoder,
    /// Bytes for the client that nobody has taken yet.
    pub(crate) out: Vec<u8>,
    /// Bytes that were taken but have not reached the client.
    pub(crate) waiting: usize,
    pub(crate) closing: Option<CloseReason>,
    /// It is on the list of those that have something to be taken.
    pub(crate) listed: bool,
    /// Consumers that wait until there is room.
    pub(crate) held: Vec<u32>,
    /// The number of its name in the list of authors; 0 before it has written anything.
    pub(crate) author: u16,
    pub(crate) first_pong_sent: bool,
    pub(crate) pings_out: u32,
    pub(crate) ping_at: Option<Time>,
    pub(crate) ping_sent: Option<Time>,
    pub(crate) round_trip: Option<Duration>,
    pub(crate) last_in: Time,
    pub(crate) due: Option<Time>,
    pub(crate) traffic: Traffic,
    pub(crate) traced: Option<Vec<Wire>>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) in_messages: u64,
    pub(crate) in_bytes: u64,
    pub(crate) out_messages: u64,
    pub(crate) out_bytes: u64,
}

/// A subject on which one may answer: since when, and how often one has.
struct Reply {
    subject: Box<[u8]>,
    since: Time,
    count: u64,
}

/// Subjects from which on those that are over are looked for.
const REPLIES_MAX: usize = 4096;

/// A watcher gets no more while so many bytes wait for it: it is not lost by being slow, and nothing is made that
/// nobody takes.
const HOLD_AT: usize = 1024 * 1024;

impl Session {
    pub(crate) fn new(id: ConnId, number: u64, ip: String, now: Time) -> Session {
        Session {
            id,
            number,
            ip,
            started: now,
            connect: Connect::default(),
            connected: false,
            awaiting_auth: false,
            user: None,
            replies: Vec::new(),
            subscriptions: BTreeMap::default(),
            decoder: Decoder::default(),
            out: Vec::new(),
            waiting: 0,
            closing: None,
            listed: false,
            held: Vec::new(),
            author: 0,
            first_pong_sent: false,
            pings_out: 0,
            ping_at: None,
            ping_sent: None,
            round_trip: None,
            last_in: now,
            due: None,
            traffic: Traffic::default(),
            traced: None,
        }
    }

    /// Appends an operation for the client.
    pub(crate) fn send(&mut self, op: &ServerOp<'_>) {
        if self.closing.is_some() {
            return;
        }
        if let Some(traced) = &mut self.traced {
            traced.push(outgoing(op));
        }
        op.encode(&mut self.out);
    }

    /// Appends a message, without headers for a client that does not know them.
    pub(crate) fn deliver(
        &mut self,
        sid: &str,
        subject: &[u8],
        reply: Option<&[u8]>,
        headers: &[u8],
        body: &[u8],
    ) {
        let headers = if self.connect.headers { headers } else { &[] };
        self.traffic.out_messages += 1;
        self.traffic.out_bytes += (headers.len() + body.len()) as u64;
        if self.traced.is_some() || self.closing.is_some() {
            let message = Message { subject, reply, headers, body };
            return self.send(&ServerOp::Msg { sid: sid.as_bytes(), message });
        }
        encode::message(&mut self.out, sid.as_bytes(), subject, reply, headers, body);
    }

    /// Tells what was said to it.
    pub(crate) fn tell_traced(&mut self, log: &mut Log) {
        if let Some(traced) = self.traced.as_mut().map(std::mem::take) {
            for wire in traced {
                log.add(Some(self.id), EventKind::Wire(wire));
            }
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.out.len() + self.waiting > HOLD_AT
    }

    /// The name that the client goes by: a server without users believes whatever it says. Tokens are not told.
    pub(crate) fn called(&self) -> &str {
        let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        match (&self.user, &self.connect.user) {
            (Some(user), _) => &user.name,
            (None, Some(name)) if !name.is_empty() => name,
            _ if given(&self.connect.auth_token) => "[REDACTED]",
            _ => "",
        }
    }

    pub(crate) fn may_publish(&mut self, subject: &str, now: Time) -> bool {
        let Some(user) = &self.user else { return true };
        match user.responses {
            None => user.publish.allows(subject, None),
            // Who may answer may nothing else, unless that is told.
            Some(_) if !user.publish.allow.is_empty() && user.publish.allows(subject, None) => true,
            Some(_) => self.may_answer(subject.as_bytes(), now),
        }
    }

    #[cold]
    fn may_answer(&mut self, subject: &[u8], now: Time) -> bool {
        let Some(responses) = self.user.as_ref().and_then(|user| user.responses) else { return false };
        let Some(at) = self.replies.iter().position(|reply| *reply.subject == *subject) else { return false };
        let reply = &mut self.replies[at];
        reply.count += 1;
        let is_over = responses.max.is_some_and(|max| reply.count > max)
            || responses.expires.is_some_and(|expires| now.since(reply.since) > expires);
        if is_over {
            self.replies.swap_remove(at);
        }
        !is_over
    }

    /// Remembers what it is asked, if it may answer only that.
    pub(crate) fn note_question(&mut self, reply: Option<&[u8]>, now: Time) {
        if self.user.as_ref().is_some_and(|user| user.responses.is_some()) {
            self.note_reply(reply.unwrap_or_default(), now);
        }
    }

    #[cold]
    fn note_reply(&mut self, subject: &[u8], now: Time) {
        let is_free = std::str::from_utf8(subject).is_ok_and(|subject| self.may_publish(subject, now));
        if subject.is_empty() || is_free {
            return;
        }
        if self.replies.len() >= REPLIES_MAX
            && let Some(responses) = self.user.as_ref().and_then(|user| user.responses)
        {
            self.replies.retain(|reply| {
                responses.max.is_none_or(|max| reply.count < max)
                    && responses.expires.is_none_or(|expires| now.since(reply.since) <= expires)
            });
        }
        self.replies.push(Reply { subject: subject.into(), since: now, count: 0 });
    }

    pub(crate) fn may_subscribe(&self, subject: &str, queue: Option<&str>) -> bool {
        self.user.as_ref().is_none_or(|user| user.subscribe.allows(subject, queue))
    }

    /// Whether a message on a subject may reach it.
    pub(crate) fn may_hear(&self, subject: &str) -> bool {
        self.user.as_ref().is_none_or(|user| !user.subscribe.denies(subject))
    }

    /// How others may call it.
    pub(crate) fn title(&self) -> String {
        match self.connect.name.is_empty() {
            true => format!("client {}", self.number),
            false => self.connect.name.chars().take(64).collect(),
        }
    }
}

#[cold]
fn outgoing(op: &ServerOp<'_>) -> Wire {
    let text = |verb, text: &[u8]| event::wire_text(true, verb, text);
    match op {
        ServerOp::Info(json) => text("INFO", json),
        ServerOp::Ping => text("PING", b""),
        ServerOp::Pong => text("PONG", b""),
        ServerOp::Ok => text("+OK", b""),
        ServerOp::Err(error) => text("-ERR", error.as_bytes()),
        ServerOp::Msg { sid, message } => {
            let verb = if message.headers.is_empty() { "MSG" } else { "HMSG" };
            event::wire_message(true, verb, sid, message)
        }
    }
}
