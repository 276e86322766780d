//! What a client says after CONNECT: PUB, SUB, UNSUB.

use crate::server::Server;
use crate::server::observe::event::{self, ClientViolation, CloseReason, EventKind, EventLevel, Wire};
use crate::server::protocol::router::{Owner, SubNumber, Subscription};
use crate::server::protocol::system::strip_domain;
use crate::wire::op::Message;
use crate::wire::{ClientOp, Connect, Limits, ServerOp, Violation, subject};

impl Server {
    /// Takes bytes apart into operations and does them.
    pub(crate) fn hear(&mut self, place: u32, bytes: &[u8]) {
        let limits =
            Limits { max_payload: self.config.max_payload, max_control_line: self.config.max_control_line };
        let Some(session) = self.sessions.get_mut(place).filter(|session| session.closing.is_none()) else {
            return;
        };
        let mut decoder = std::mem::take(&mut session.decoder);
        decoder.push(bytes);
        loop {
            let (first, waiting) = (decoder.first(), decoder.waiting());
            let go_on = match decoder.client_op(limits) {
                Ok(None) => break,
                Ok(Some(op)) => self.obey(place, &op),
                Err(violation) => {
                    let at = bytes.len().saturating_sub(waiting);
                    self.violation(place, violation, first) || self.told_nonsense(place, violation, bytes, at)
                }
            };
            if !go_on {
                return;
            }
            if !self.is_settled() {
                self.settle_some();
            }
        }
        if let Some(session) = self.sessions.get_mut(place) {
            session.decoder = decoder;
        }
    }

    fn violation(&mut self, place: u32, violation: Violation, first: Option<u8>) -> bool {
        let Some(session) = self.sessions.get(place) else { return false };
        if session.awaiting_auth && !matches!(first, Some(b'C' | b'c')) {
            self.keep_out(place, &Connect::default());
            return false;
        }
        if let Violation::MaxPayload(bytes) = violation {
            let most = self.config.max_payload;
            self.report_violation(place, ClientViolation::MaxPayload { bytes, most });
        }
        let (text, reason) = match violation {
            Violation::Arguments => {
                self.close(place, CloseReason::ProtocolViolation);
                return false;
            }
            Violation::UnknownOperation => ("Unknown Protocol Operation", CloseReason::ProtocolViolation),
            Violation::ControlLine => ("maximum control line exceeded", CloseReason::MaxControlLineExceeded),
            Violation::MaxPayload(_) => ("Maximum Payload Violation", CloseReason::MaxPayloadExceeded),
        };
        self.refuse(place, text, reason);
        false
    }

    /// Tells the operator of what is no operation from its first byte on. Always `false`: the connection is over.
    #[cold]
    fn told_nonsense(&mut self, place: u32, violation: Violation, bytes: &[u8], at: usize) -> bool {
        let rest = bytes.get(at..).unwrap_or_default();
        let is_nonsense = rest.first().is_some_and(|first| !b"PpHhSsUuCcIi+-".contains(first));
        if violation == Violation::UnknownOperation && is_nonsense {
            let start = rest[..rest.len().min(ClientViolation::SNIPPET_MAX)].to_vec();
            self.report_violation(place, ClientViolation::UnknownOperation { at, start });
        }
        false
    }

    /// Does one operation. `false` when the connection is over.
    fn obey(&mut self, place: u32, op: &ClientOp<'_>) -> bool {
        if self.desk.log.wants(EventLevel::Wire) {
            self.desk.log.tell(|| EventKind::Wire(incoming(op)));
        }
        let now = self.desk.now;
        let Some(session) = self.sessions.get_mut(place) else { return false };
        // To say that one is there is not yet to do anything.
        if matches!(op, ClientOp::Pub(_) | ClientOp::Sub { .. } | ClientOp::Unsub { .. }) {
            session.last_in = now;
        }
        if session.awaiting_auth && !matches!(op, ClientOp::Connect(_)) && !self.admit_unnamed(place) {
            return false;
        }
        match op {
            ClientOp::Connect(body) => return self.connect(place, body),
            ClientOp::Ping => self.ping(place),
            ClientOp::Pong => self.pong(place),
            ClientOp::Pub(message) => return self.publish(place, message),
            ClientOp::Sub { subject, queue, sid } => self.subscribe(place, subject, *queue, sid),
            ClientOp::Unsub { sid, max } => self.unsubscribe_sid(place, sid, *max),
        }
        true
    }

    fn publish(&mut self, place: u32, message: &Message<'_>) -> bool {
        let plain = strip_domain(&self.desk.domain, message.subject);
        let message = &Message { subject: plain.as_deref().unwrap_or(message.subject), ..*message };
        let Some(session) = self.sessions.get_mut(place) else { return false };
        if !message.headers.is_empty() && !session.connect.headers {
            self.close(place, CloseReason::ProtocolViolation);
            return false;
        }
        session.traffic.in_messages += 1;
        session.traffic.in_bytes += (message.headers.len() + message.body.len()) as u64;
        let (verbose, pedantic) = (session.connect.verbose, session.connect.pedantic);
        let allowed = session.may_publish(message.subject, self.desk.now);
        if pedantic && !subject::is_literal(message.subject) {
            self.say(place, &ServerOp::Err("Invalid Publish Subject"));
        }
        let reserved = |subject: &str| {
            subject.starts_with("_GR_.") || subject.starts_with("$GR.") || subject.starts_with("$NRG.")
        };
        if reserved(message.subject) || !allowed {
            self.forbid(place, "to", false, message.subject);
            return true;
        }
        if let Some(reply) = message.reply.filter(|reply| reply.starts_with("_R_.")) {
            self.forbid(place, "with Reply of", true, reply);
            return true;
        }
        if verbose {
            self.say(place, &ServerOp::Ok);
        }
        let author = self.author(place);
        if !self.route(Some(place), author, message, message.subject, 0) {
            self.no_responders(place, message);
        }
        true
    }

    #[cold]
    fn forbid(&mut self, place: u32, what: &str, is_reply: bool, name: &str) {
        let text = format!("Permissions Violation for Publish {what} \"{name}\"");
        self.say(place, &ServerOp::Err(&text));
        self.report_violation(place, ClientViolation::Publish { is_reply, subject: name.to_owned() });
    }

    /// A subscription that may not be.
    #[cold]
    fn forbid_subscription(&mut self, place: u32, pattern: &str, queue: Option<&str>, sid: &str) {
        let mut text = format!("Permissions Violation for Subscription to \"{pattern}\"");
        if let Some(queue) = queue {
            text.push_str(&format!(" using queue \"{queue}\""));
        }
        self.say(place, &ServerOp::Err(&text));
        let (subject, queue, sid) = (pattern.to_owned(), queue.map(str::to_owned), sid.to_owned());
        self.report_violation(place, ClientViolation::Subscription { subject, queue, sid });
    }

    /// Tells the operator what a client did that it may not.
    #[cold]
    pub(crate) fn report_violation(&mut self, place: u32, violation: ClientViolation) {
        let Some(session) = self.sessions.get_mut(place) else { return };
        session.tell_traced(&mut self.desk.log);
        let (connect, user) = (Box::new(session.connect.clone()), session.called().to_owned());
        self.desk.log.add(Some(session.id), EventKind::ClientViolation { connect, user, violation });
    }

    /// Tells a client that nobody listens to its request, if it wants to be told.
    fn no_responders(&mut self, place: u32, message: &Message<'_>) {
        let Some(reply) = message.reply else { return };
        let Some(session) = self.sessions.get_mut(place).filter(|session| session.connect.no_responders)
        else {
            return;
        };
        self.desk.router.find(reply, &mut self.matches);
        let own = self.matches.plain.iter().filter_map(|number| self.desk.router.get(*number));
        let Some(subscription) =
            own.into_iter().find(|subscription| subscription.owner == Owner::Session(place))
        else {
            return;
        };
        let headers = format!("NATS/1.0 503\r\nNats-Subject: {}\r\n\r\n", message.subject);
        let answer = Message { subject: reply, reply: None, headers: headers.as_bytes(), body: b"" };
        session.send(&ServerOp::Msg { sid: subscription.sid.as_bytes(), message: answer.bytes() });
        self.list(place);
    }

    fn subscribe(&mut self, place: u32, pattern: &str, queue: Option<&str>, sid: &str) {
        let Some(session) = self.sessions.get(place) else { return };
        if !session.may_subscribe(pattern, queue) {
            return self.forbid_subscription(place, pattern, queue, sid);
        }
        if self.config.max_subscriptions.is_some_and(|max| session.subscriptions.len() >= max) {
            self.report_violation(place, ClientViolation::MaxSubscriptions);
            return self.say(place, &ServerOp::Err("maximum subscriptions exceeded"));
        }
        let verbose = session.connect.verbose;
        if !session.subscriptions.contains_key(sid) {
            if !subject::is_pattern(pattern) {
                return self.say(place, &ServerOp::Err("Invalid Subject"));
            }
            let number = self.desk.router.add(Subscription {
                owner: Owner::Session(place),
                sid: sid.into(),
                subject: pattern.into(),
                queue: queue.map(Into::into),
                delivered: 0,
                max: None,
            });
            if let Some(session) = self.sessions.get_mut(place) {
                session.subscriptions.insert(sid.into(), number);
            }
            self.desk.log.tell(|| EventKind::Subscribed {
                subject: pattern.to_owned(),
                queue: queue.map(str::to_owned),
            });
            self.interest_changed(pattern);
        }
        if verbose {
            self.say(place, &ServerOp::Ok);
        }
    }

    fn unsubscribe_sid(&mut self, place: u32, sid: &str, max: Option<u64>) {
        let Some(session) = self.sessions.get_mut(place) else { return };
        if session.connect.verbose {
            session.send(&ServerOp::Ok);
            self.list(place);
        }
        let Some(session) = self.sessions.get_mut(place) else { return };
        if let Some(number) = session.subscriptions.get(sid).copied() {
            let subscription = self.desk.router.get_mut(number);
            match subscription.filter(|subscription| max.is_some_and(|max| max > subscription.delivered)) {
                Some(subscription) => subscription.max = max,
                None => {
                    session.subscriptions.remove(sid);
                    self.unsubscribe(number);
                }
            }
        }
    }

    /// Takes a subscription out of the router. The session has forgotten it already.
    pub(crate) fn unsubscribe(&mut self, number: SubNumber) {
        if let Some(subscription) = self.desk.router.remove(number) {
            if let Owner::Session(place) = subscription.owner
                && let Some(session) = self.sessions.get_mut(place)
            {
                session.tell_traced(&mut self.desk.log);
            }
            self.desk.log.tell(|| EventKind::Unsubscribed {
                subject: subscription.subject.to_string(),
                sid: subscription.sid.to_string(),
            });
            self.interest_changed(&subscription.subject);
        }
    }

    /// Tells consumers that wait for somebody to listen.
    fn interest_changed(&mut self, pattern: &str) {
        if let Some(jetstream) = &mut self.jetstream {
            jetstream.interest_changed(pattern, &mut self.desk);
        }
    }

    /// How many bytes have not reached a client; a client that is too slow is cut off.
    pub(crate) fn waiting(&mut self, place: u32, bytes: usize) {
        let Some(session) = self.sessions.get_mut(place) else { return };
        session.waiting = bytes;
        if !session.is_full() {
            let held = std::mem::take(&mut session.held);
            if let Some(jetstream) = &mut self.jetstream {
                jetstream.resume(held);
            }
        }
    }

    /// The number of a connection's name among those who have written.
    fn author(&mut self, place: u32) -> u16 {
        let Some(session) = self.sessions.get_mut(place) else { return 0 };
        if session.author == 0 {
            let title = session.title();
            let known = self.authors.iter().position(|author| *author == title);
            let at = match known {
                Some(at) => at,
                None if self.authors.len() < usize::from(u16::MAX) => {
                    self.authors.push(title);
                    self.authors.len() - 1
                }
                // The last place is shared by all that come after.
                None => self.authors.len() - 1,
            };
            session.author = at as u16 + 1;
        }
        session.author
    }
}

#[cold]
fn incoming(op: &ClientOp<'_>) -> Wire {
    let text = |verb, text: &[u8]| event::wire_text(false, verb, text);
    match op {
        ClientOp::Connect(json) => text("CONNECT", json),
        ClientOp::Ping => text("PING", b""),
        ClientOp::Pong => text("PONG", b""),
        ClientOp::Pub(message) => {
            let verb = if message.headers.is_empty() { "PUB" } else { "HPUB" };
            event::wire_message(false, verb, b"", &message.bytes())
        }
        ClientOp::Sub { subject, queue, sid } => Wire {
            subject: (*subject).to_owned(),
            queue: queue.unwrap_or_default().to_owned(),
            sid: (*sid).to_owned(),
            ..text("SUB", b"")
        },
        ClientOp::Unsub { sid, max } => Wire {
            sid: (*sid).to_owned(),
            ..text("UNSUB", max.map(|max| max.to_string()).unwrap_or_default().as_bytes())
        },
    }
}
