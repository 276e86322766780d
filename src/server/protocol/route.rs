//! A message's way to all who listen, the server's own parts among them.

use crate::server::Server;
use crate::server::context::Post;
use crate::server::jetstream::Incoming;
use crate::server::observe::event::CloseReason;
use crate::server::protocol::router::{Matches, Owner, SubNumber};
use crate::wire::op::Message;

/// A message may cause another one so many times; only a circle of streams goes on for longer.
const HOPS_MAX: u8 = 32;

/// What is said to a message once it has been brought to everybody.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) headers: Vec<u8>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn is_empty(&self) -> bool {
        self.headers.is_empty() && self.body.is_empty()
    }

    /// Empties it; its room is used again.
    fn clear(&mut self) {
        self.headers.clear();
        self.body.clear();
    }
}

impl Server {
    /// Brings a message to everybody who listens. `shown` is the subject that they see. `false` if there is nobody.
    pub(crate) fn route(
        &mut self,
        from: Option<u32>,
        author: u16,
        message: &Message<'_>,
        shown: &str,
        hops: u8,
    ) -> bool {
        let Some(matches) = self.desk.router.matches(message.subject) else { return false };
        let mut answer = std::mem::take(&mut self.answer);
        answer.clear();
        let mut delivered = self.fan_out(from, author, message, shown, hops, &matches, &mut answer.body);
        if message.subject.starts_with("$JS.") || message.subject.starts_with("$SYS.") {
            delivered |= self.serve(from, message, &mut answer);
        }
        if let Some(reply) = message.reply.filter(|_| !answer.is_empty()) {
            let Answer { headers, body } = &answer;
            if self.desk.outbox.is_empty() && hops < HOPS_MAX {
                let answer = Message { subject: reply, reply: None, headers, body };
                self.route(None, 0, &answer, reply, hops + 1);
            } else {
                let (headers, body) = (headers.clone(), body.clone());
                self.desk.post(Post { subject: reply.to_owned(), headers, body, ..Post::default() });
            }
        }
        self.answer = answer;
        delivered
    }

    pub(crate) fn route_post(&mut self, post: &Post) {
        if post.hops > HOPS_MAX {
            return;
        }
        let message = Message {
            subject: post.subject.as_str(),
            reply: post.reply.as_deref(),
            headers: &post.headers,
            body: &post.body,
        };
        let shown = post.shown.as_deref().unwrap_or(&post.subject);
        self.route(None, 0, &message, shown, post.hops + 1);
    }

    #[expect(clippy::too_many_arguments, reason = "a message's whole way is told in one call")]
    fn fan_out(
        &mut self,
        from: Option<u32>,
        author: u16,
        message: &Message<'_>,
        shown: &str,
        hops: u8,
        matches: &Matches,
        ack: &mut Vec<u8>,
    ) -> bool {
        let mut delivered = false;
        for number in &matches.plain {
            match self.desk.router.get(*number).map(|subscription| subscription.owner) {
                Some(Owner::Session(_)) => delivered |= self.deliver(from, *number, message, shown),
                Some(Owner::Stream(place)) => {
                    delivered = true;
                    if let Some(jetstream) = &mut self.jetstream {
                        let incoming =
                            Incoming { subject: message.subject, author, hops, ..Incoming::new(message) };
                        jetstream.ingest(place, &incoming, &mut self.desk, ack);
                    }
                }
                None => {}
            }
        }
        for (_, members) in &matches.queues {
            let start = self.desk.below(members.len() as u64) as usize;
            let order = (0..members.len()).map(|at| members[(start + at) % members.len()]);
            delivered |= order.into_iter().any(|number| self.deliver(from, number, message, shown));
        }
        delivered
    }

    /// Hands a message to one subscription of a client, which sees the subject `shown`. `false` if it may not have it.
    pub(crate) fn deliver(
        &mut self,
        from: Option<u32>,
        number: SubNumber,
        message: &Message<'_>,
        shown: &str,
    ) -> bool {
        let Some(subscription) = self.desk.router.get_mut(number) else { return false };
        let Owner::Session(place) = subscription.owner else { return false };
        let Some(session) = self.sessions.get_mut(place) else { return false };
        let is_own = from == Some(place) && !session.connect.echo;
        if is_own || session.closing.is_some() || !session.may_hear(shown) {
            return false;
        }
        subscription.delivered += 1;
        let Message { reply, headers, body, .. } = *message;
        let reply = reply.map(str::as_bytes);
        session.note_question(reply, self.desk.now);
        session.deliver(&subscription.sid, shown.as_bytes(), reply, headers, body);
        let is_over = subscription.max.is_some_and(|max| subscription.delivered >= max);
        if is_over {
            session.subscriptions.remove(&subscription.sid);
        }
        let too_slow = session.out.len() + session.waiting > self.config.max_pending;
        if !session.listed {
            session.listed = true;
            self.listed.push_back(place);
        }
        if is_over {
            self.unsubscribe(number);
        }
        if too_slow {
            self.close(place, CloseReason::SlowConsumer);
        }
        true
    }
}
