//! What happened, as values: for the inspector, the goals of lessons, and a decoded log of the wire.

use crate::base::Time;
use crate::jsapi::ApiError;
use crate::server::connection::{CloseReason, ConnId};
use crate::server::observe::operation::Operation;
use crate::wire::Connect;
use crate::wire::op::Message;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub time: Time,
    /// Who caused it, or to whom it happened; `None` where the server acted by itself, as on expiry.
    pub connection: Option<ConnId>,
    pub kind: EventKind,
}

/// How much is told. What nobody reads should not be made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventLevel {
    #[default]
    Off,
    /// Everything but [`EventKind::Wire`].
    Events,
    /// Also every operation on every connection.
    Wire,
}

/// What a client did that it may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientViolation {
    /// It is nobody that may come in, by this user name or with a token.
    Authentication {
        user: Option<String>,
        token: bool,
    },
    /// A message of so many bytes.
    MaxPayload {
        bytes: usize,
        most: usize,
    },
    /// From a byte on it said what is no operation; the first of it, at most [`ClientViolation::SNIPPET_MAX`] bytes.
    UnknownOperation {
        at: usize,
        start: Vec<u8>,
    },
    /// A message on a subject that is not its own, or with such a reply.
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

impl ClientViolation {
    /// Bytes of nonsense that are told.
    pub const SNIPPET_MAX: usize = 32;
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
    /// A client did what it may not. This is always told.
    ClientViolation {
        /// What it said of itself when it was let in.
        connect: Box<Connect>,
        /// The user that it goes by, or `[REDACTED]` for one with a token; empty for nobody.
        user: String,
        violation: ClientViolation,
    },
    /// A call of the JetStream API, with the error that it was answered with.
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
    },
    /// A publish was refused by its stream.
    PublishRejected {
        stream: String,
        subject: String,
        /// The last sequence that the subject was to have.
        expected: Option<u64>,
        error: ApiError,
    },
    /// A message left its stream.
    Removed {
        stream: String,
        subject: String,
        sequence: u64,
        reason: RemovalReason,
    },
    /// A single message was asked for; `sequence` is `None` where there was none.
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
    /// A consumer handed out a message; `pending` more are waiting.
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

/// Why a message left its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovalReason {
    /// The subject keeps only so many.
    History,
    /// The stream keeps only so many messages or bytes.
    Limit,
    /// Older than the stream's maximum age.
    Age,
    /// Its own time to live passed.
    TimeToLive,
    /// A later message said so (`Nats-Rollup`).
    Rollup,
    Purged,
    Deleted,
    /// Acknowledged, in a stream that keeps messages only until then.
    Acknowledged,
}

/// One operation of the client protocol, decoded.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Wire {
    /// From the server to the client.
    pub outgoing: bool,
    /// `INFO`, `CONNECT`, `PUB`, `HPUB`, `SUB`, `UNSUB`, `MSG`, `HMSG`, `PING`, `PONG`, `+OK`, `-ERR`.
    pub verb: &'static str,
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
}

/// An operation that carries a text or nothing.
pub(crate) fn wire_text(outgoing: bool, verb: &'static str, text: &[u8]) -> Wire {
    let shown = &text[..text.len().min(Wire::PAYLOAD_MAX)];
    Wire { outgoing, verb, payload: shown.to_vec(), length: text.len(), ..Wire::default() }
}

/// An operation that carries a message.
pub(crate) fn wire_message(
    outgoing: bool,
    verb: &'static str,
    sid: &[u8],
    message: &Message<'_, &[u8]>,
) -> Wire {
    let text = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
    Wire {
        subject: text(message.subject),
        reply: text(message.reply.unwrap_or_default()),
        sid: text(sid),
        headers: message.headers.to_vec(),
        ..wire_text(outgoing, verb, message.body)
    }
}
