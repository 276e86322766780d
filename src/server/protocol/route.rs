//! A message's way to everybody who listens, streams and the server's own parts among them.

use crate::server::Server;
use crate::server::connection::CloseReason;
use crate::server::jetstream::stream::publish::Incoming;
use crate::server::keys::{SessionKey, SubscriptionKey};
use crate::server::protocol::outbox::OutgoingMessage;
use crate::server::protocol::reply_buffer::ReplyBuffer;
use crate::server::protocol::router::{Matches, Owner};
use crate::wire::op::Message;

/// How many messages may cause each other in turn; only streams that republish in a circle go on for longer.
const HOPS_MAX: u8 = 32;

/// Where a message comes from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Publisher {
    /// `None` for the server itself.
    pub(crate) session: Option<SessionKey>,
    /// The position of the client's name in the list of authors, plus one; 0 for the server.
    pub(crate) author: u16,
    /// How many messages led to this one.
    pub(crate) hops: u8,
}

impl Server {
    /// Brings a message to everybody who listens; clients see it under the subject `shown`. `false` if there is nobody.
    pub(crate) fn route(&mut self, publisher: Publisher, message: &Message<'_>, shown: &str) -> bool {
        let Some(matches) = self.ctx.router.matches(message.subject) else { return false };
        let mut buffer = std::mem::take(&mut self.reply);
        buffer.clear();
        let mut delivered = self.fan_out(publisher, message, shown, &matches, &mut buffer.body);
        if message.subject.starts_with("$JS.") || message.subject.starts_with("$SYS.") {
            delivered |= self.handle_system_request(publisher.session, message, &mut buffer);
        }
        if let Some(subject) = message.reply.filter(|_| !buffer.is_empty()) {
            let ReplyBuffer { headers, body } = &buffer;
            if self.ctx.outbox.is_empty() && publisher.hops < HOPS_MAX {
                let reply = Message { subject, reply: None, headers, body };
                let server = Publisher { hops: publisher.hops + 1, ..Publisher::default() };
                self.route(server, &reply, subject);
            } else {
                let (subject, headers, body) = (subject.to_owned(), headers.clone(), body.clone());
                let reply = OutgoingMessage { subject, headers, body, ..OutgoingMessage::default() };
                self.ctx.outbox.push(reply);
            }
        }
        self.reply = buffer;
        delivered
    }

    pub(crate) fn route_outgoing(&mut self, outgoing: &OutgoingMessage) {
        if outgoing.hops > HOPS_MAX {
            return;
        }
        let message = Message {
            subject: outgoing.subject.as_str(),
            reply: outgoing.reply.as_deref(),
            headers: &outgoing.headers,
            body: &outgoing.body,
        };
        let shown = outgoing.shown_subject.as_deref().unwrap_or(&outgoing.subject);
        let server = Publisher { hops: outgoing.hops + 1, ..Publisher::default() };
        self.route(server, &message, shown);
    }

    fn fan_out(
        &mut self,
        publisher: Publisher,
        message: &Message<'_>,
        shown: &str,
        matches: &Matches,
        ack: &mut Vec<u8>,
    ) -> bool {
        let mut delivered = false;
        for key in &matches.plain {
            match self.ctx.router.get(*key).map(|subscription| subscription.owner) {
                Some(Owner::Session(_)) => delivered |= self.deliver(publisher.session, *key, message, shown),
                Some(Owner::Stream(stream_key)) => {
                    delivered = true;
                    if let Some(jetstream) = &mut self.jetstream {
                        let Publisher { author, hops, .. } = publisher;
                        let incoming = Incoming { author, hops, ..Incoming::new(message) };
                        jetstream.ingest(stream_key, &incoming, &mut self.ctx, ack);
                    }
                }
                None => {}
            }
        }
        for (_, members) in &matches.queues {
            let start = self.ctx.ids.below(members.len() as u64) as usize;
            let mut order = (0..members.len()).map(|at| members[(start + at) % members.len()]);
            delivered |= order.any(|key| self.deliver(publisher.session, key, message, shown));
        }
        delivered
    }

    /// Hands a message to one subscription of a client. `false` if it may not have it.
    fn deliver(
        &mut self,
        from: Option<SessionKey>,
        key: SubscriptionKey,
        message: &Message<'_>,
        shown: &str,
    ) -> bool {
        let Some(subscription) = self.ctx.router.get_mut(key) else { return false };
        let Owner::Session(session_key) = subscription.owner else { return false };
        let Some(session) = self.sessions.get_mut(session_key) else { return false };
        let is_own = from == Some(session_key) && !session.connect.echo;
        let size = message.headers.len() + message.body.len();
        if self.undelivered + size > self.config.max_undelivered {
            self.close(session_key, CloseReason::SlowConsumer);
            return false;
        }
        if is_own || session.close_reason.is_some() || !session.may_receive(shown) {
            return false;
        }
        let Message { reply, headers, body, .. } = *message;
        let (subject, reply) = (shown.as_bytes(), reply.map(str::as_bytes));
        self.undelivered += size;
        session.deliver(subscription, &Message { subject, reply, headers, body }, self.ctx.now);
        self.output_queue.push(session_key, session);
        let is_over = subscription.max.is_some_and(|max| subscription.delivered >= max);
        if is_over {
            session.subscriptions.remove(&subscription.sid);
        }
        let is_too_slow = session.output.len() + session.pending_bytes > self.config.max_pending;
        if is_over {
            self.unsubscribe(key);
        }
        if is_too_slow {
            self.close(session_key, CloseReason::SlowConsumer);
        }
        true
    }
}
