//! What passes between the clients and the server, message by message, and what it means: as the command that does
//! the same, since those words are the reader's own.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use super::diagnosis::People;
use super::model::Look;
use super::text;
use crate::server::event::Wire;
use crate::server::view::View;
use crate::server::{ConnId, Event, EventKind, EventLevel};
use crate::wire::headers;

/// How many are kept, and how many are drawn unless more are asked for.
const KEPT: usize = 1000;
pub(super) const DRAWN: usize = 100;

/// Questions whose answers are waited for.
const ASKED: usize = 200;

/// How much of a payload and of headers is kept.
const PAYLOAD: usize = 1000;

/// What passes, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Passing {
    pub listening: bool,
    /// Those that are drawn, oldest first.
    pub lines: Vec<Rc<Passed>>,
    /// How many fit what is wanted.
    pub total: usize,
    /// Who has sent or received something.
    pub clients: Vec<(String, Option<Look>)>,
    pub wanted: Wanted,
}

/// Which messages are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Those of this client; all if none is named.
    pub client: Option<String>,
    /// Calls of the JetStream API too.
    pub api: bool,
    /// Whatever only keeps the connection too.
    pub upkeep: bool,
}

/// One operation of the protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Counts all that passed.
    pub number: u64,
    pub time: String,
    pub client: String,
    pub look: Option<Look>,
    /// From the server to the client.
    pub outgoing: bool,
    pub verb: &'static str,
    pub subject: String,
    pub kind: Kind,
    /// The command that means the same, or what it asks for; empty where the operation says it all.
    pub meaning: String,
    /// What came of it.
    pub outcome: Outcome,
    /// As it is in the protocol.
    pub raw: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Message,
    /// A call of the JetStream API, or its answer.
    Api,
    /// PING, PONG, +OK, INFO, CONNECT.
    Upkeep,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    None,
    /// It is done.
    Done,
    Revision(u64),
    /// A reader or a watcher was told of a revision; so many more wait.
    Told(u64, u64),
    Refused(String),
}

pub(super) struct Traffic {
    pub(super) listening: bool,
    pub(super) wanted: Wanted,
    pub(super) limit: usize,
    passed: VecDeque<Rc<Passed>>,
    number: u64,
    /// What was asked, by where the answer goes.
    asked: BTreeMap<String, (Kind, String)>,
}

impl Default for Traffic {
    fn default() -> Traffic {
        let wanted = Wanted { client: None, api: true, upkeep: false };
        let (passed, asked) = (VecDeque::new(), BTreeMap::new());
        Traffic { listening: false, wanted, limit: DRAWN, passed, number: 0, asked }
    }
}

impl Traffic {
    pub(super) fn event_level(&self) -> EventLevel {
        if self.listening { EventLevel::Wire } else { EventLevel::Events }
    }

    pub(super) fn clear(&mut self) {
        self.passed.clear();
    }

    /// Takes what has passed.
    pub(super) fn hear(&mut self, events: &[Event], people: &People<'_>, view: Option<&View>) {
        for event in events {
            let EventKind::Wire(wire) = &event.kind else { continue };
            let desk = people.of(event.connection);
            let client = match desk {
                Some(desk) => desk.name().to_owned(),
                None => view.and_then(|view| name(view, event.connection?)).unwrap_or_default(),
            };
            let (kind, meaning, outcome) = self.read(wire);
            self.number += 1;
            if self.passed.len() == KEPT {
                self.passed.pop_front();
            }
            self.passed.push_back(Rc::new(Passed {
                number: self.number,
                time: people.time_of_day(event.time),
                client,
                look: desk.map(|desk| desk.look),
                outgoing: wire.outgoing,
                verb: wire.verb,
                subject: wire.subject.clone(),
                kind,
                meaning,
                outcome,
                raw: raw(wire),
            }));
        }
    }

    pub(super) fn passing(&self) -> Passing {
        let wanted = &self.wanted;
        let mut clients: Vec<(String, Option<Look>)> = Vec::new();
        let mut lines = Vec::new();
        let mut total = 0;
        for passed in self.passed.iter().rev() {
            if !clients.iter().any(|(name, _)| *name == passed.client) {
                clients.push((passed.client.clone(), passed.look));
            }
            let fits = match passed.kind {
                Kind::Message => true,
                Kind::Api => wanted.api,
                Kind::Upkeep => wanted.upkeep,
            };
            if fits && wanted.client.as_ref().is_none_or(|client| *client == passed.client) {
                total += 1;
                if total <= self.limit {
                    lines.push(passed.clone());
                }
            }
        }
        lines.reverse();
        clients.sort();
        Passing { listening: self.listening, lines, total, clients, wanted: wanted.clone() }
    }

    /// What an operation means.
    fn read(&mut self, wire: &Wire) -> (Kind, String, Outcome) {
        let payload = || text::value(&wire.payload);
        match wire.verb {
            "PUB" | "HPUB" => {
                let (kind, meaning) = published(wire);
                if !wire.reply.is_empty() {
                    if self.asked.len() == ASKED {
                        self.asked.clear();
                    }
                    self.asked.insert(wire.reply.clone(), (kind, meaning.clone()));
                }
                (kind, meaning, Outcome::None)
            }
            "MSG" | "HMSG" => match self.asked.remove(&wire.subject) {
                Some((kind, meaning)) => (kind, meaning, answered(wire)),
                None => delivered(wire),
            },
            "SUB" | "UNSUB" => (Kind::Message, String::new(), Outcome::None),
            "-ERR" => (Kind::Message, String::new(), Outcome::Refused(payload())),
            "CONNECT" => (Kind::Upkeep, field(&wire.payload, "name").unwrap_or_default(), Outcome::None),
            "INFO" => (Kind::Upkeep, field(&wire.payload, "version").unwrap_or_default(), Outcome::None),
            _ => (Kind::Upkeep, String::new(), Outcome::None),
        }
    }
}

/// The name that a connection from outside the terminals goes by.
fn name(view: &View, id: ConnId) -> Option<String> {
    view.connections.iter().find(|known| known.id == id).map(super::inspector::client_name)
}

/// What is published, as a command.
fn published(wire: &Wire) -> (Kind, String) {
    let subject = wire.subject.as_str();
    if let Some((bucket, key)) = key_of(subject) {
        return (Kind::Message, written(wire, bucket, key));
    }
    let Some(call) = subject.strip_prefix("$JS.API.") else {
        let kind = if subject.starts_with("$JS.") || subject.starts_with("$SYS.") {
            Kind::Api
        } else {
            Kind::Message
        };
        return (kind, String::new());
    };
    if let Some((bucket, key)) =
        call.strip_prefix("DIRECT.GET.").and_then(|rest| key_of(rest.split_once('.')?.1))
    {
        return (Kind::Api, format!("get {bucket} {key}"));
    }
    let tokens: Vec<&str> = call.split('.').collect();
    let verbs = match tokens[..] {
        ["INFO", ..] => 1,
        [_, "MSG" | "DURABLE" | "LEADER" | "PEER", ..] => 3,
        _ => 2,
    };
    let verbs = verbs.min(tokens.len());
    let names = tokens[verbs..].iter().take(2).map(|name| (*name).to_owned());
    let key = field(&wire.payload, "last_by_subj").or_else(|| field(&wire.payload, "filter"));
    let sequence = number(&wire.payload, "seq").map(|sequence| sequence.to_string());
    let verbs = tokens[..verbs].iter().map(|verb| verb.to_ascii_lowercase());
    let words: Vec<String> = verbs.chain(names).chain(key).chain(sequence).collect();
    (Kind::Api, words.join(" "))
}

/// The command that writes such a message.
fn written(wire: &Wire, bucket: &str, key: &str) -> String {
    let header = |name| headers::find(&wire.headers, name).and_then(|value| std::str::from_utf8(value).ok());
    let value = text::value(&wire.payload);
    match (header("KV-Operation"), header("Nats-Expected-Last-Subject-Sequence")) {
        (Some("DEL"), _) => format!("del {bucket} {key}"),
        (Some("PURGE"), _) => format!("purge {bucket} {key}"),
        (_, Some("0")) => format!("create {bucket} {key} {value}"),
        (_, Some(revision)) => format!("update {bucket} {key} {value} {revision}"),
        _ => format!("put {bucket} {key} {value}"),
    }
}

/// What came of a question.
fn answered(wire: &Wire) -> Outcome {
    if let Some(status) = status(wire) {
        return Outcome::Refused(status);
    }
    // A message that was read has its sequence in a header, one that was stored in the answer.
    if let Some(read) = headers::find(&wire.headers, "Nats-Sequence") {
        let read = std::str::from_utf8(read).ok().and_then(|read| read.parse().ok());
        return read.map_or(Outcome::Done, |sequence| Outcome::Told(sequence, 0));
    }
    match (field(&wire.payload, "description"), number(&wire.payload, "seq")) {
        (Some(error), _) if number(&wire.payload, "err_code").is_some() => Outcome::Refused(error),
        (_, Some(stored)) if field(&wire.payload, "stream").is_some() => Outcome::Revision(stored),
        _ => Outcome::Done,
    }
}

/// What nobody has asked for just now: a watcher is told something, or a subscriber.
fn delivered(wire: &Wire) -> (Kind, String, Outcome) {
    if let Some(status) = status(wire) {
        return (Kind::Upkeep, status, Outcome::None);
    }
    // $JS.ACK.<stream>.<consumer>.<deliveries>.<stream sequence>.<consumer sequence>.<time>.<pending>
    let ack: Vec<&str> = wire.reply.split('.').collect();
    let told = match ack[..] {
        ["$JS", "ACK", .., sequence, _, _, pending] => sequence
            .parse()
            .ok()
            .zip(pending.parse().ok())
            .map(|(sequence, pending)| Outcome::Told(sequence, pending)),
        _ => None,
    };
    let meaning = key_of(&wire.subject).map(|(bucket, key)| written_plainly(wire, bucket, key));
    (Kind::Message, meaning.unwrap_or_default(), told.unwrap_or(Outcome::None))
}

/// As [`written`], without the condition that it was written on.
fn written_plainly(wire: &Wire, bucket: &str, key: &str) -> String {
    match headers::find(&wire.headers, "KV-Operation") {
        Some(_) => written(wire, bucket, key),
        None => format!("put {bucket} {key} {}", text::value(&wire.payload)),
    }
}

/// What a message says that has only a status, such as `404 Message Not Found`.
fn status(wire: &Wire) -> Option<String> {
    let line = wire.headers.split(|byte| *byte == b'\r').next()?;
    let status = String::from_utf8_lossy(line.strip_prefix(b"NATS/1.0 ")?).into_owned();
    Some(status).filter(|status| !status.is_empty())
}

fn key_of(subject: &str) -> Option<(&str, &str)> {
    subject.strip_prefix("$KV.")?.split_once('.')
}

/// A text field of a JSON object, wherever it is: the first of this name.
fn field(json: &[u8], name: &str) -> Option<String> {
    let text = std::str::from_utf8(json).ok()?;
    let (_, rest) = text.split_once(&format!("\"{name}\":"))?;
    let (value, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
    Some(value.to_owned()).filter(|value| !value.is_empty())
}

/// A number, likewise.
fn number(json: &[u8], name: &str) -> Option<u64> {
    let text = std::str::from_utf8(json).ok()?;
    let (_, rest) = text.split_once(&format!("\"{name}\":"))?;
    rest.trim_start().split(|char: char| !char.is_ascii_digit()).next()?.parse().ok()
}

/// The operation as it is in the protocol, with the payload cut where it is long.
fn raw(wire: &Wire) -> String {
    let mut words = vec![wire.verb.to_owned()];
    words.extend(
        [&wire.subject, &wire.queue, &wire.sid, &wire.reply].into_iter().filter(|it| !it.is_empty()).cloned(),
    );
    match wire.verb {
        "PUB" | "MSG" => words.push(wire.length.to_string()),
        "HPUB" | "HMSG" => {
            words.extend([wire.headers.len().to_string(), (wire.headers.len() + wire.length).to_string()]);
        }
        _ => {}
    }
    let part = |bytes: &[u8]| lossy(&bytes[..bytes.len().min(PAYLOAD)]);
    let cut = if wire.length > PAYLOAD { "…" } else { "" };
    let line = words.join(" ");
    let between = if matches!(wire.verb, "INFO" | "CONNECT" | "-ERR" | "UNSUB") { " " } else { "\n" };
    let between = if wire.length == 0 && wire.headers.is_empty() { "" } else { between };
    format!("{line}{between}{}{}{cut}", part(&wire.headers), part(&wire.payload))
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n")
}
