//! Events as values: for the inspector, the goals of lessons, and the protocol log.

use crate::base::Time;
use crate::jsapi::ApiError;
use crate::server::connection::{CloseReason, ConnId};
use crate::server::observe::operation::Operation;
use crate::wire::op::Message;
use crate::wire::{Connect, Verb};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub time: Time,
    /// The connection that caused it or that it happened to; `None` where the server acted by itself, as on expiry.
    pub connection: Option<ConnId>,
    /// The number of its client, as in INFO; 0 where there is none.
    pub client_id: u64,
    pub kind: EventKind,
}

/// Which events are recorded; those that nobody reads should not be made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventLevel {
    #[default]
    Off,
    /// All but [`EventKind::Wire`].
    Events,
    /// Also every protocol operation.
    Wire,
}

/// Something that a client did and may not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientViolation {
    /// Authentication failed, by this user name or with a token.
    Authentication {
        user: Option<String>,
        token: bool,
    },
    /// A message is too large.
    MaxPayload {
        bytes: usize,
        most: usize,
    },
    /// Bytes that are no operation, or one with wrong arguments, in the words of nats-server.
    Protocol {
        text: String,
    },
    /// A line is too long.
    ControlLine,
    /// A message on a subject, or with a reply subject, that the user may not publish to.
    Publish {
        is_reply: bool,
        subject: String,
    },
    Subscription {
        subject: String,
        queue: Option<String>,
        sid: String,
    },
    MaxConnections,
    MaxSubscriptions,
}

#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    Opened {
        ip: String,
    },
    /// CONNECT was accepted.
    Connected {
        name: String,
        lang: String,
        version: String,
    },
    Closed {
        reason: CloseReason,
    },
    Subscribed {
        subject: String,
        queue: Option<String>,
    },
    Unsubscribed {
        subject: String,
        sid: String,
    },
    /// Recorded at every level.
    ClientViolation {
        /// The client's CONNECT.
        connect: Box<Connect>,
        /// The user's name, `[REDACTED]` for a token; empty for none.
        user: String,
        violation: ClientViolation,
    },
    /// A request to the JetStream API, with the error of its response.
    ApiRequest {
        subject: String,
        error: Option<ApiError>,
    },
    StreamCreated {
        stream: String,
    },
    StreamUpdated {
        stream: String,
    },
    StreamDeleted {
        stream: String,
    },
    StreamPurged {
        stream: String,
        filter: Option<String>,
        purged: u64,
    },
    /// A message was stored: a put, a delete, a purge or a marker.
    Stored {
        stream: String,
        subject: String,
        sequence: u64,
        operation: Operation,
        /// The expected last sequence of the subject; 0 for none.
        expected: Option<u64>,
    },
    /// A publish was refused by its stream.
    PublishRejected {
        stream: String,
        subject: String,
        /// The expected last sequence of the subject.
        expected: Option<u64>,
        /// The last sequence, where another one was expected; 0 for none.
        actual: Option<u64>,
        error: ApiError,
    },
    /// A message was removed from its stream.
    Removed {
        stream: String,
        subject: String,
        sequence: u64,
        reason: RemovalReason,
    },
    /// A single message was requested; `sequence` is `None` if there was none.
    Read {
        stream: String,
        subject: Option<String>,
        sequence: Option<u64>,
    },
    ConsumerCreated {
        stream: String,
        consumer: String,
    },
    ConsumerDeleted {
        stream: String,
        consumer: String,
    },
    /// A consumer delivered a message; `pending` more are waiting.
    Delivered {
        stream: String,
        consumer: String,
        subject: String,
        sequence: u64,
        operation: Operation,
        pending: u64,
    },
    Wire(Wire),
}

/// Why a message was removed from its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovalReason {
    /// The limit of messages per subject.
    History,
    /// The stream's limit of messages or bytes.
    Limit,
    /// The stream's maximum age.
    Age,
    /// Its own time to live passed.
    TimeToLive,
    /// A later message with `Nats-Rollup`.
    Rollup,
    Purged,
    Deleted,
    /// Acknowledged, in a stream of interest or work queue retention.
    Acknowledged,
}

impl RemovalReason {
    /// Whether the message came to the end of its life.
    pub fn is_expiry(self) -> bool {
        matches!(self, RemovalReason::Age | RemovalReason::TimeToLive)
    }
}

/// One operation of the client protocol, decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// From the server to the client.
    pub outgoing: bool,
    pub verb: Verb,
    pub subject: String,
    pub reply: String,
    pub sid: String,
    pub queue: String,
    pub headers: Vec<u8>,
    /// The payload, or the text of INFO, CONNECT and -ERR; cut after [`Wire::PAYLOAD_MAX`] bytes.
    pub payload: Vec<u8>,
    /// The payload's real length.
    pub length: usize,
}

impl Wire {
    pub const PAYLOAD_MAX: usize = 4096;

    /// An operation with a text or nothing.
    pub fn of_text(outgoing: bool, verb: Verb, text: &[u8]) -> Wire {
        Wire {
            outgoing,
            verb,
            subject: String::new(),
            reply: String::new(),
            sid: String::new(),
            queue: String::new(),
            headers: Vec::new(),
            payload: text[..text.len().min(Wire::PAYLOAD_MAX)].to_vec(),
            length: text.len(),
        }
    }

    /// An operation with a message.
    pub(crate) fn of_message(outgoing: bool, verb: Verb, sid: &[u8], message: &Message<'_, &[u8]>) -> Wire {
        let text = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        Wire {
            subject: text(message.subject),
            reply: text(message.reply.unwrap_or_default()),
            sid: text(sid),
            headers: message.headers.to_vec(),
            ..Wire::of_text(outgoing, verb, message.body)
        }
    }
}
