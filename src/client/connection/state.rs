//! What a connection has of its server: the pipe, the subscriptions, and what has come in.

use std::collections::{BTreeMap, VecDeque};

use super::server_error::{Consequence, ServerError};
use crate::base::{ReplyToken, read_digits};
use crate::client::reconnect::Reconnecting;
use crate::client::{Error, Message, Pipe};
use crate::gojson;
use crate::wire::{ClientOp, Decoder, Info, Limits, ServerOp, find_control_or_space, op};

/// What a client accepts from its server.
const LIMITS: Limits = Limits { max_payload: 64 << 20, max_control_line: 64 << 10 };

/// Messages that wait for one reader; later ones are dropped, as a slow consumer's are.
const MAX_PENDING_MESSAGES: usize = 512 * 1024;

/// Bytes that may wait for the server to come back.
const RECONNECT_BUFFER_MAX: usize = 8 << 20;

pub(super) struct State {
    /// `None` while the connection is lost, and once it is closed.
    pub(super) pipe: Option<Pipe>,
    decoder: Decoder,
    pub(super) info: Info,
    pub(super) subscriptions: BTreeMap<u64, PendingMessages>,
    last_sid: u64,
    pings_sent: u64,
    pub(super) pongs_received: u64,
    /// `_INBOX.<id>.` with an id of this connection's own: what the reply subjects of its requests begin with.
    pub(super) inbox: String,
    /// The subscription that receives all replies, once there is one.
    pub(super) reply_sid: Option<u64>,
    /// The number of the last request, counted from one that is this connection's own. The last token of a reply
    /// subject is made from it.
    last_request: u64,
    /// Replies by the last tokens of their subjects; `None` while they are waited for.
    pub(super) replies: BTreeMap<ReplyToken, Option<Message>>,
    /// Why the server refused the connection, if it did.
    pub(super) refusal: Option<String>,
    /// The last error that the server sent on a connection that it had accepted.
    pub(super) last_error: Option<String>,
    /// Errors of which whoever uses the connection has not been told yet.
    pub(super) untold_errors: Vec<String>,
    /// Why the server is about to close the connection; `None` where it did not say.
    pub(super) lost_reason: Option<String>,
    /// The CONNECT that the server accepted, to be sent again; `None` before that and once closed.
    pub(super) accepted_connect: Option<Vec<u8>>,
    pub(super) reconnecting: Option<Reconnecting>,
    is_closed: bool,
    /// What was sent while there was no server.
    reconnect_buffer: Vec<u8>,
}

/// A subscription, with the messages that wait to be read.
pub(super) struct PendingMessages {
    pub(super) subject: String,
    pub(super) queue: Option<String>,
    pub(super) messages: VecDeque<Message>,
    /// How many more will come, where that is limited.
    pub(super) remaining: Option<u64>,
    /// Replies to requests come by it.
    pub(super) is_replies: bool,
}

impl State {
    pub(super) fn new(pipe: Pipe, inbox: String) -> State {
        State {
            pipe: Some(pipe),
            decoder: Decoder::default(),
            info: Info::default(),
            subscriptions: BTreeMap::new(),
            last_sid: 0,
            pings_sent: 0,
            pongs_received: 0,
            last_request: inbox.bytes().fold(0, |sum, b| sum.wrapping_mul(31).wrapping_add(u64::from(b))),
            inbox,
            reply_sid: None,
            replies: BTreeMap::new(),
            refusal: None,
            last_error: None,
            untold_errors: Vec::new(),
            lost_reason: None,
            accepted_connect: None,
            reconnecting: None,
            is_closed: false,
            reconnect_buffer: Vec::new(),
        }
    }

    /// Whether a message can be sent.
    pub(super) fn check(&self, subject: &[&str], headers: &[u8], body: &[u8]) -> Result<(), Error> {
        if subject.iter().all(|part| part.is_empty()) || subject.iter().any(|part| has_space(part)) {
            return Err(Error::InvalidSubject);
        }
        let max_payload = self.info.max_payload;
        if max_payload > 0 && headers.len() + body.len() > max_payload as usize {
            return Err(Error::MaxPayload);
        }
        Ok(())
    }

    /// Lets `write` append bytes for the server, or for the time when it is back, where the connection `may_come_back`.
    pub(super) fn send(
        &mut self,
        may_come_back: bool,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), Error> {
        if let Some(pipe) = &self.pipe {
            pipe.send(write);
            return Ok(());
        }
        let is_waiting = may_come_back && self.accepted_connect.is_some();
        if !is_waiting || self.reconnect_buffer.len() > RECONNECT_BUFFER_MAX {
            return Err(Error::Closed);
        }
        write(&mut self.reconnect_buffer);
        Ok(())
    }

    /// The next reply token.
    pub(super) fn next_token(&mut self) -> ReplyToken {
        self.last_request = self.last_request.wrapping_add(1);
        ReplyToken::of(self.last_request)
    }

    /// Counts a ping; the number of pongs that will have come with its own.
    pub(super) fn count_ping(&mut self) -> u64 {
        self.pings_sent += 1;
        self.pings_sent
    }

    /// Notes a subscription; its sid.
    pub(super) fn add_subscription(&mut self, subject: &str, queue: Option<&str>, is_replies: bool) -> u64 {
        self.last_sid += 1;
        let pending = PendingMessages {
            subject: subject.to_owned(),
            queue: queue.map(str::to_owned),
            messages: VecDeque::new(),
            remaining: None,
            is_replies,
        };
        self.subscriptions.insert(self.last_sid, pending);
        self.last_sid
    }

    /// Goes on with another pipe: sends CONNECT, all subscriptions, and what has waited.
    pub(super) fn resume(&mut self, pipe: Pipe) {
        self.reconnecting = None;
        self.decoder = Decoder::default();
        let buffer = std::mem::take(&mut self.reconnect_buffer);
        pipe.send(|out| {
            self.accepted_connect.iter().for_each(|json| ClientOp::Connect(json).encode(out));
            ClientOp::Ping.encode(out);
            for (sid, pending) in &self.subscriptions {
                let sid = &sid.to_string();
                let (subject, queue) = (pending.subject.as_str(), pending.queue.as_deref());
                ClientOp::Sub { subject, queue, sid }.encode(out);
                pending.remaining.iter().for_each(|max| ClientOp::Unsub { sid, max: Some(*max) }.encode(out));
            }
            out.extend_from_slice(&buffer);
        });
        // Pings that were under way stay without an answer; the one just sent is answered in their place.
        self.pongs_received = self.pings_sent;
        self.pings_sent += 1;
        self.pipe = Some(pipe);
    }

    /// Takes in whatever the server sent. A connection that ended or broke the protocol is dropped.
    pub(super) fn receive(&mut self) {
        let Some(pipe) = self.pipe.take_if(|pipe| pipe.has_input()) else { return };
        let is_open = pipe.receive(|bytes| self.decoder.take(bytes));
        let mut decoder = std::mem::take(&mut self.decoder);
        let is_valid = loop {
            match decoder.server_op(LIMITS) {
                Ok(Some(op)) => self.handle(&pipe, op),
                Ok(None) => break true,
                Err(_) => break false,
            }
        };
        self.decoder = decoder;
        if is_open && is_valid && !self.is_closed {
            self.pipe = Some(pipe);
        }
    }

    fn handle(&mut self, pipe: &Pipe, op: ServerOp<'_>) {
        match op {
            ServerOp::Info(json) => self.update_info(json),
            ServerOp::Ping => pipe.send(|out| ClientOp::Pong.encode(out)),
            ServerOp::Pong => self.pongs_received += 1,
            ServerOp::Ok => {}
            ServerOp::Err(text) => self.take_error(text),
            ServerOp::Msg { sid, message } => self.deliver(sid, message),
        }
    }

    #[cold]
    fn take_error(&mut self, text: &str) {
        if self.accepted_connect.is_none() {
            self.refusal = Some(text.to_owned());
            return;
        }
        let ServerError { text, consequence } = ServerError::of(text);
        match consequence {
            Consequence::Lost => {
                self.lost_reason = Some(text);
                return;
            }
            Consequence::Told => self.untold_errors.push(text.clone()),
            Consequence::ClosedAndTold => {
                self.untold_errors.push(text.clone());
                self.close();
            }
            Consequence::Closed => self.close(),
        }
        self.last_error = Some(text);
    }

    /// Closes the connection for good.
    pub(super) fn close(&mut self) {
        self.is_closed = true;
        (self.pipe, self.accepted_connect, self.reconnecting) = (None, None, None);
    }

    #[cold]
    fn update_info(&mut self, json: &[u8]) {
        if let Ok(info) = gojson::from_slice(json) {
            self.info = info;
        }
    }

    fn deliver(&mut self, sid: &[u8], message: op::Message<'_, &[u8]>) {
        let Some((sid, pending)) =
            read_digits(sid).and_then(|sid| Some((sid, self.subscriptions.get_mut(&sid)?)))
        else {
            return;
        };
        if pending.is_replies {
            let token = message.subject.get(self.inbox.len()..).and_then(ReplyToken::read);
            if let Some(reply @ None) = token.and_then(|token| self.replies.get_mut(&token)) {
                *reply = Some(Message::new(&message));
            }
            return;
        }
        if pending.messages.len() < MAX_PENDING_MESSAGES {
            pending.messages.push_back(Message::new(&message));
        }
        if let Some(remaining) = &mut pending.remaining {
            *remaining = remaining.saturating_sub(1);
            if *remaining == 0 && pending.messages.is_empty() {
                self.subscriptions.remove(&sid);
            }
        }
    }
}

/// Like the official client, this one leaves all other checks of subjects to the server.
pub(super) fn has_space(subject: &str) -> bool {
    // Nearly no subject holds a byte below those of letters, which is quickly seen.
    find_control_or_space(subject.as_bytes()).is_some()
        && subject.bytes().any(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
}
