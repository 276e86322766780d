//! Operations of a client: they are decoded, checked and executed. PUB, SUB and UNSUB are here, the others in
//! `handshake`.

use crate::server::Server;
use crate::server::connection::CloseReason;
use crate::server::keys::{SessionKey, SubscriptionKey};
use crate::server::observe::event::{ClientViolation, EventKind, EventLevel, Wire};
use crate::server::protocol::parse_error;
use crate::server::protocol::route::Publisher;
use crate::server::protocol::router::{Owner, Subscription};
use crate::server::protocol::system::strip_domain;
use crate::wire::headers::Block;
use crate::wire::op::Message;
use crate::wire::{ClientOp, Connect, Limits, ServerOp, Verb, Violation, subject};

/// Of a message with headers from a client that has not said that it knows them.
const NO_HEADERS: &str = "message headers not supported";

impl Server {
    /// Decodes a client's bytes and executes its operations.
    pub(crate) fn receive(&mut self, session_key: SessionKey, bytes: &[u8]) {
        let limits =
            Limits { max_payload: self.config.max_payload, max_control_line: self.config.max_control_line };
        let Some(session) =
            self.sessions.get_mut(session_key).filter(|session| session.close_reason.is_none())
        else {
            return;
        };
        let mut decoder = std::mem::take(&mut session.decoder);
        decoder.push(bytes);
        loop {
            let (first, waiting) = (decoder.first(), decoder.waiting());
            let go_on = match decoder.client_op(limits) {
                Ok(None) => break,
                Ok(Some(op)) => self.execute(session_key, &op),
                Err(violation) => {
                    let at = bytes.len().saturating_sub(waiting);
                    self.close_for_violation(session_key, violation, first);
                    self.report_parse_error(session_key, violation, bytes, at);
                    false
                }
            };
            if !go_on {
                return;
            }
            if !self.is_settled() {
                self.settle_once();
            }
        }
        if let Some(session) = self.sessions.get_mut(session_key) {
            session.decoder = decoder;
        }
    }

    fn close_for_violation(&mut self, session_key: SessionKey, violation: Violation, first: Option<u8>) {
        let Some(session) = self.sessions.get(session_key) else { return };
        if session.must_authenticate && !matches!(first, Some(b'C' | b'c')) {
            return self.reject_unauthenticated(session_key, &Connect::default());
        }
        if let Violation::MaxPayload(bytes) = violation {
            let most = self.config.max_payload;
            self.report_violation(session_key, ClientViolation::MaxPayload { bytes, most });
        }
        let (text, reason) = match violation {
            Violation::Arguments => return self.close(session_key, CloseReason::ProtocolViolation),
            Violation::UnknownOperation => ("Unknown Protocol Operation", CloseReason::ProtocolViolation),
            Violation::ControlLine => ("maximum control line exceeded", CloseReason::MaxControlLineExceeded),
            Violation::MaxPayload(_) => ("Maximum Payload Violation", CloseReason::MaxPayloadExceeded),
        };
        self.close_with_error(session_key, text, reason);
    }

    /// Reports what the decoder refused.
    #[cold]
    fn report_parse_error(&mut self, session_key: SessionKey, violation: Violation, bytes: &[u8], at: usize) {
        let is_arguments = match violation {
            Violation::UnknownOperation => false,
            Violation::Arguments => true,
            Violation::ControlLine => {
                return self.report_violation(session_key, ClientViolation::ControlLine);
            }
            Violation::MaxPayload(_) => return,
        };
        let is_message = bytes.get(at).is_some_and(|first| first.eq_ignore_ascii_case(&b'H'));
        let has_headers = self.sessions.get(session_key).is_some_and(|session| session.connect.headers);
        let text = match is_arguments && is_message && !has_headers {
            true => Some(NO_HEADERS.to_owned()),
            false => parse_error::describe(bytes, at, is_arguments),
        };
        if let Some(text) = text {
            self.report_violation(session_key, ClientViolation::Protocol { text });
        }
    }

    /// Executes one operation. `false` when the connection is over.
    fn execute(&mut self, session_key: SessionKey, op: &ClientOp<'_>) -> bool {
        if self.ctx.events.is_enabled(EventLevel::Wire) {
            self.ctx.events.record(|| EventKind::Wire(incoming(op)));
        }
        let now = self.ctx.now;
        let Some(session) = self.sessions.get_mut(session_key) else { return false };
        // PING and PONG do not count as activity.
        if matches!(op, ClientOp::Pub(_) | ClientOp::Sub { .. } | ClientOp::Unsub { .. }) {
            session.last_activity = now;
        }
        if session.must_authenticate
            && !matches!(op, ClientOp::Connect(_))
            && !self.authenticate_default_user(session_key)
        {
            return false;
        }
        match op {
            ClientOp::Connect(body) => return self.connect(session_key, body),
            ClientOp::Ping => self.ping(session_key),
            ClientOp::Pong => self.pong(session_key),
            ClientOp::Pub(message) => return self.publish(session_key, message),
            ClientOp::Sub { subject, queue, sid } => self.subscribe(session_key, subject, *queue, sid),
            ClientOp::Unsub { sid, max } => self.unsubscribe_sid(session_key, sid, *max),
        }
        true
    }

    fn publish(&mut self, session_key: SessionKey, message: &Message<'_>) -> bool {
        let plain = strip_domain(&self.ctx.domain, message.subject);
        let message = &Message { subject: plain.as_deref().unwrap_or(message.subject), ..*message };
        let Some(session) = self.sessions.get_mut(session_key) else { return false };
        if !message.headers.is_empty() && !session.connect.headers {
            self.close(session_key, CloseReason::ProtocolViolation);
            let text = NO_HEADERS.to_owned();
            self.report_violation(session_key, ClientViolation::Protocol { text });
            return false;
        }
        session.traffic.in_messages += 1;
        session.traffic.in_bytes += (message.headers.len() + message.body.len()) as u64;
        let (verbose, pedantic) = (session.connect.verbose, session.connect.pedantic);
        let allowed = session.may_publish(message.subject, self.ctx.now);
        if pedantic && !subject::is_literal(message.subject) {
            self.send(session_key, &ServerOp::Err("Invalid Publish Subject"));
        }
        let reserved = |subject: &str| {
            subject.starts_with("_GR_.") || subject.starts_with("$GR.") || subject.starts_with("$NRG.")
        };
        if reserved(message.subject) || !allowed {
            self.deny_publish(session_key, false, message.subject);
            return true;
        }
        if let Some(reply) = message.reply.filter(|reply| reply.starts_with("_R_.")) {
            self.deny_publish(session_key, true, reply);
            return true;
        }
        if verbose {
            self.send(session_key, &ServerOp::Ok);
        }
        let publisher = Publisher { session: Some(session_key), author: self.author(session_key), hops: 0 };
        if !self.route(publisher, message, message.subject) {
            self.no_responders(session_key, message);
        }
        true
    }

    /// Refuses a message for its subject or its reply subject.
    #[cold]
    fn deny_publish(&mut self, session_key: SessionKey, is_reply: bool, name: &str) {
        let what = if is_reply { "with Reply of" } else { "to" };
        let text = format!("Permissions Violation for Publish {what} \"{name}\"");
        self.send(session_key, &ServerOp::Err(&text));
        self.report_violation(session_key, ClientViolation::Publish { is_reply, subject: name.to_owned() });
    }

    /// Refuses a subscription that the user may not make.
    #[cold]
    fn deny_subscription(&mut self, session_key: SessionKey, pattern: &str, queue: Option<&str>, sid: &str) {
        let mut text = format!("Permissions Violation for Subscription to \"{pattern}\"");
        if let Some(queue) = queue {
            text.push_str(&format!(" using queue \"{queue}\""));
        }
        self.send(session_key, &ServerOp::Err(&text));
        let (subject, queue, sid) = (pattern.to_owned(), queue.map(str::to_owned), sid.to_owned());
        self.report_violation(session_key, ClientViolation::Subscription { subject, queue, sid });
    }

    /// Records a violation, whatever the event level is, with the client's CONNECT and user.
    #[cold]
    pub(crate) fn report_violation(&mut self, session_key: SessionKey, violation: ClientViolation) {
        let Some(session) = self.sessions.get_mut(session_key) else { return };
        session.flush_trace(&mut self.ctx.events);
        let (connect, user) = (Box::new(session.connect.clone()), session.user_name().to_owned());
        self.ctx.events.push(Some(session.id), EventKind::ClientViolation { connect, user, violation });
    }

    /// Answers a request to which nobody listens with status 503, if the client asked for that (ADR-4,
    /// `no_responders`).
    fn no_responders(&mut self, session_key: SessionKey, message: &Message<'_>) {
        let Some(reply) = message.reply else { return };
        let Some(session) =
            self.sessions.get_mut(session_key).filter(|session| session.connect.no_responders)
        else {
            return;
        };
        self.ctx.router.find(reply, &mut self.matches);
        let own = self.matches.plain.iter().filter_map(|key| self.ctx.router.get(*key));
        let Some(subscription) =
            own.into_iter().find(|subscription| subscription.owner == Owner::Session(session_key))
        else {
            return;
        };
        let headers = Block::status(503, "").with("Nats-Subject", message.subject.as_bytes()).end();
        let answer = Message { subject: reply, reply: None, headers: &headers, body: b"" };
        session.send(&ServerOp::Msg { sid: subscription.sid.as_bytes(), message: answer.bytes() });
        self.queue_output(session_key);
    }

    fn subscribe(&mut self, session_key: SessionKey, pattern: &str, queue: Option<&str>, sid: &str) {
        let Some(session) = self.sessions.get(session_key) else { return };
        if !session.may_subscribe(pattern, queue) {
            return self.deny_subscription(session_key, pattern, queue, sid);
        }
        if self.config.max_subscriptions.is_some_and(|max| session.subscriptions.len() >= max) {
            self.report_violation(session_key, ClientViolation::MaxSubscriptions);
            return self.send(session_key, &ServerOp::Err("maximum subscriptions exceeded"));
        }
        let verbose = session.connect.verbose;
        if !session.subscriptions.contains_key(sid) {
            if !subject::is_pattern(pattern) {
                return self.send(session_key, &ServerOp::Err("Invalid Subject"));
            }
            let key = self.ctx.router.add(Subscription {
                owner: Owner::Session(session_key),
                sid: sid.into(),
                subject: pattern.into(),
                queue: queue.map(Into::into),
                delivered: 0,
                max: None,
            });
            if let Some(session) = self.sessions.get_mut(session_key) {
                session.subscriptions.insert(sid.into(), key);
            }
            self.ctx.events.record(|| EventKind::Subscribed {
                subject: pattern.to_owned(),
                queue: queue.map(str::to_owned),
            });
            self.interest_changed(pattern);
        }
        if verbose {
            self.send(session_key, &ServerOp::Ok);
        }
    }

    fn unsubscribe_sid(&mut self, session_key: SessionKey, sid: &str, max: Option<u64>) {
        let Some(session) = self.sessions.get_mut(session_key) else { return };
        if session.connect.verbose {
            session.send(&ServerOp::Ok);
            self.queue_output(session_key);
        }
        let Some(session) = self.sessions.get_mut(session_key) else { return };
        if let Some(number) = session.subscriptions.get(sid).copied() {
            let subscription = self.ctx.router.get_mut(number);
            match subscription.filter(|subscription| max.is_some_and(|max| max > subscription.delivered)) {
                Some(subscription) => subscription.max = max,
                None => {
                    session.subscriptions.remove(sid);
                    self.unsubscribe(number);
                }
            }
        }
    }

    /// Removes a subscription, which the session has forgotten already, from the router.
    pub(crate) fn unsubscribe(&mut self, number: SubscriptionKey) {
        if let Some(subscription) = self.ctx.router.remove(number) {
            if let Owner::Session(session_key) = subscription.owner
                && let Some(session) = self.sessions.get_mut(session_key)
            {
                session.flush_trace(&mut self.ctx.events);
            }
            self.ctx.events.record(|| EventKind::Unsubscribed {
                subject: subscription.subject.to_string(),
                sid: subscription.sid.to_string(),
            });
            self.interest_changed(&subscription.subject);
        }
    }

    /// Tells push consumers that somebody listens to a subject, or does not any more.
    fn interest_changed(&mut self, pattern: &str) {
        if let Some(jetstream) = &mut self.jetstream {
            jetstream.interest_changed(pattern, &mut self.ctx);
        }
    }

    /// Notes how many bytes have not reached a client. Consumers that waited go on when there is room.
    pub(crate) fn set_pending_bytes(&mut self, session_key: SessionKey, bytes: usize) {
        let Some(session) = self.sessions.get_mut(session_key) else { return };
        session.pending_bytes = bytes;
        if !session.is_backlogged() {
            let held = std::mem::take(&mut session.stalled_consumers);
            if let Some(jetstream) = &mut self.jetstream {
                jetstream.resume_consumers(held);
            }
        }
    }

    /// The position of a client's name in the list of authors, plus one.
    fn author(&mut self, session_key: SessionKey) -> u16 {
        let Some(session) = self.sessions.get_mut(session_key) else { return 0 };
        if session.author_index == 0 {
            let title = session.author_name();
            let known = self.authors.iter().position(|author| *author == title);
            let at = match known {
                Some(at) => at,
                None if self.authors.len() < usize::from(u16::MAX) => {
                    self.authors.push(title);
                    self.authors.len() - 1
                }
                // All that come after share the last entry.
                None => self.authors.len() - 1,
            };
            session.author_index = at as u16 + 1;
        }
        session.author_index
    }
}

#[cold]
fn incoming(op: &ClientOp<'_>) -> Wire {
    let text = |verb, text: &[u8]| Wire::of_text(false, verb, text);
    match op {
        ClientOp::Connect(json) => text(Verb::Connect, json),
        ClientOp::Ping => text(Verb::Ping, b""),
        ClientOp::Pong => text(Verb::Pong, b""),
        ClientOp::Pub(message) => {
            let verb = if message.headers.is_empty() { Verb::Pub } else { Verb::HPub };
            Wire::of_message(false, verb, b"", &message.bytes())
        }
        ClientOp::Sub { subject, queue, sid } => Wire {
            subject: (*subject).to_owned(),
            queue: queue.unwrap_or_default().to_owned(),
            sid: (*sid).to_owned(),
            ..text(Verb::Sub, b"")
        },
        ClientOp::Unsub { sid, max } => Wire {
            sid: (*sid).to_owned(),
            ..text(Verb::Unsub, max.map(|max| max.to_string()).unwrap_or_default().as_bytes())
        },
    }
}
