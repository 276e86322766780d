//! Messages that the server itself publishes, in the order in which they are routed.

use crate::wire::headers::Block;
use std::collections::VecDeque;

/// A message that the server publishes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OutgoingMessage {
    /// What it is routed by.
    pub(crate) subject: String,
    /// The subject that receivers see, where it is another one.
    pub(crate) shown_subject: Option<String>,
    pub(crate) reply: Option<String>,
    pub(crate) headers: Vec<u8>,
    pub(crate) body: Vec<u8>,
    /// How many messages led to this one, each causing the next.
    pub(crate) hops: u8,
}

/// Messages that wait to be routed.
#[derive(Debug, Default)]
pub(crate) struct Outbox(VecDeque<OutgoingMessage>);

impl Outbox {
    pub(crate) fn push(&mut self, message: OutgoingMessage) {
        self.0.push_back(message);
    }

    /// Publishes a message without headers.
    pub(crate) fn publish(&mut self, subject: &str, body: impl Into<Vec<u8>>) {
        self.push(OutgoingMessage {
            subject: subject.to_owned(),
            body: body.into(),
            ..OutgoingMessage::default()
        });
    }

    /// Publishes a status, without a body.
    pub(crate) fn publish_status(&mut self, subject: &str, status: Block) {
        self.push(OutgoingMessage {
            subject: subject.to_owned(),
            headers: status.end(),
            ..OutgoingMessage::default()
        });
    }

    pub(crate) fn pop(&mut self) -> Option<OutgoingMessage> {
        self.0.pop_front()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
