//! What messages of the protocol mean, in the words of the commands that do the same: those are the reader's own.

use std::collections::BTreeMap;

use super::text;
use crate::gojson;
use crate::jsapi::ApiError;
use crate::jsapi::kv::{self, bucket_and_key};
use crate::server::event::Wire;
use crate::wire::{AckSubject, Verb, headers};
use serde::Deserialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    Message,
    /// A call of the JetStream API, or its answer.
    Api,
    /// PING, PONG, +OK, INFO, CONNECT.
    Upkeep,
}

/// What came of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageOutcome {
    None,
    Done,
    /// Stored with this revision.
    Revision(u64),
    /// A reader or a watcher was sent a revision; so many more wait.
    Delivered(u64, u64),
    Refused(String),
}

/// Reads messages in the order in which they were sent: the meaning of an answer is that of its request.
#[derive(Default)]
pub(super) struct Interpreter {
    /// Open requests, by the subject that the answer goes to.
    requests: BTreeMap<String, (MessageKind, String)>,
}

/// Open requests that are kept.
const REQUESTS: usize = 200;

/// What is read in the JSON of INFO, CONNECT, requests and answers.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    /// Of CONNECT.
    name: String,
    /// Of INFO.
    version: String,
    /// Of requests for one message.
    last_by_subj: String,
    /// Of purges.
    filter: String,
    /// Of requests for one message, and of acknowledgements.
    seq: Option<u64>,
    /// Of acknowledgements.
    stream: String,
    error: Option<ApiError>,
}

impl Fields {
    /// Nothing is read of what is no JSON object, or was cut.
    fn of(wire: &Wire) -> Fields {
        gojson::from_slice(&wire.payload).unwrap_or_default()
    }
}

impl Interpreter {
    pub(super) fn interpret(&mut self, wire: &Wire) -> (MessageKind, String, MessageOutcome) {
        use MessageKind::{Message, Upkeep};
        match wire.verb {
            Verb::Pub | Verb::HPub => {
                let (kind, meaning) = published(wire);
                if !wire.reply.is_empty() {
                    if self.requests.len() == REQUESTS {
                        self.requests.clear();
                    }
                    self.requests.insert(wire.reply.clone(), (kind, meaning.clone()));
                }
                (kind, meaning, MessageOutcome::None)
            }
            Verb::Msg | Verb::HMsg => match self.requests.remove(&wire.subject) {
                Some((kind, meaning)) => (kind, meaning, answered(wire)),
                None => delivered(wire),
            },
            Verb::Sub | Verb::Unsub => (Message, String::new(), MessageOutcome::None),
            Verb::Err => (Message, String::new(), MessageOutcome::Refused(text::value(&wire.payload))),
            Verb::Connect => (Upkeep, Fields::of(wire).name, MessageOutcome::None),
            Verb::Info => (Upkeep, Fields::of(wire).version, MessageOutcome::None),
            Verb::Ping | Verb::Pong | Verb::Ok => (Upkeep, String::new(), MessageOutcome::None),
        }
    }
}

/// What is published, as a command.
fn published(wire: &Wire) -> (MessageKind, String) {
    let subject = wire.subject.as_str();
    if let Some((bucket, key)) = bucket_and_key(subject) {
        return (MessageKind::Message, write_command(wire, bucket, key));
    }
    let Some(call) = subject.strip_prefix("$JS.API.") else {
        let is_api = subject.starts_with("$JS.") || subject.starts_with("$SYS.");
        let kind = if is_api { MessageKind::Api } else { MessageKind::Message };
        return (kind, String::new());
    };
    if let Some((bucket, key)) =
        call.strip_prefix("DIRECT.GET.").and_then(|rest| bucket_and_key(rest.split_once('.')?.1))
    {
        return (MessageKind::Api, format!("get {bucket} {key}"));
    }
    let tokens: Vec<&str> = call.split('.').collect();
    let verbs = match tokens[..] {
        ["INFO", ..] => 1,
        [_, "MSG" | "DURABLE" | "LEADER" | "PEER", ..] => 3,
        _ => 2,
    };
    let (verbs, names) = tokens.split_at(verbs.min(tokens.len()));
    let fields = Fields::of(wire);
    let subject = [fields.last_by_subj, fields.filter].into_iter().find(|subject| !subject.is_empty());
    let sequence = fields.seq.map(|sequence| sequence.to_string());
    let verbs = verbs.iter().map(|verb| verb.to_ascii_lowercase());
    let names = names.iter().take(2).map(|name| (*name).to_owned());
    let words: Vec<String> = verbs.chain(names).chain(subject).chain(sequence).collect();
    (MessageKind::Api, words.join(" "))
}

/// The command that writes such a message.
fn write_command(wire: &Wire, bucket: &str, key: &str) -> String {
    let header = |name| headers::find(&wire.headers, name);
    let expected =
        header("Nats-Expected-Last-Subject-Sequence").and_then(|value| std::str::from_utf8(value).ok());
    let value = text::value(&wire.payload);
    match (header(kv::OPERATION), expected) {
        (Some(kv::DELETE), _) => format!("del {bucket} {key}"),
        (Some(kv::PURGE), _) => format!("purge {bucket} {key}"),
        (_, Some("0")) => format!("create {bucket} {key} {value}"),
        (_, Some(revision)) => format!("update {bucket} {key} {value} {revision}"),
        _ => format!("put {bucket} {key} {value}"),
    }
}

/// What came of a request.
fn answered(wire: &Wire) -> MessageOutcome {
    if let Some(status) = status(wire) {
        return MessageOutcome::Refused(status);
    }
    // A message that was read has its sequence in a header, one that was stored in the acknowledgement.
    if let Some(sequence) = headers::find(&wire.headers, "Nats-Sequence") {
        let sequence = std::str::from_utf8(sequence).ok().and_then(|sequence| sequence.parse().ok());
        return sequence.map_or(MessageOutcome::Done, |sequence| MessageOutcome::Delivered(sequence, 0));
    }
    match Fields::of(wire) {
        Fields { error: Some(error), .. } => MessageOutcome::Refused(error.description),
        Fields { seq: Some(stored), stream, .. } if !stream.is_empty() => MessageOutcome::Revision(stored),
        _ => MessageOutcome::Done,
    }
}

/// A message that answers no request: it was sent to a watcher or a subscriber.
fn delivered(wire: &Wire) -> (MessageKind, String, MessageOutcome) {
    if let Some(status) = status(wire) {
        return (MessageKind::Upkeep, status, MessageOutcome::None);
    }
    let outcome = match AckSubject::parse(wire.reply.as_bytes()) {
        Some(ack) => MessageOutcome::Delivered(ack.stream_sequence, ack.pending),
        None => MessageOutcome::None,
    };
    let meaning = bucket_and_key(&wire.subject).map(|(bucket, key)| entry_command(wire, bucket, key));
    (MessageKind::Message, meaning.unwrap_or_default(), outcome)
}

/// As [`write_command`], without the condition that the entry was written on.
fn entry_command(wire: &Wire, bucket: &str, key: &str) -> String {
    match headers::find(&wire.headers, kv::OPERATION) {
        Some(_) => write_command(wire, bucket, key),
        None => format!("put {bucket} {key} {}", text::value(&wire.payload)),
    }
}

/// The status of a message that has nothing else, such as `404 Message Not Found`.
fn status(wire: &Wire) -> Option<String> {
    let line = wire.headers.split(|byte| *byte == b'\r').next()?;
    let status = String::from_utf8_lossy(line.strip_prefix(b"NATS/1.0 ")?).into_owned();
    Some(status).filter(|status| !status.is_empty())
}
