//! The messages between clients and server, for whoever wants to see the protocol.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::model::{Badge, ListWindow};
use super::protocol_meaning::{Interpreter, MessageKind, MessageOutcome};
use super::terminals::Terminals;
use super::text;
use crate::base::TimeZone;
use crate::server::event::Wire;
use crate::server::view::View;
use crate::server::{ConnId, Event, EventKind, EventLevel};
use crate::wire::Verb;

/// How many messages are kept.
const CAPACITY: usize = 10_000;

/// How many messages are shown until somebody says what is in sight.
const AT_FIRST: usize = 100;

/// How much of a payload and of headers is kept, in bytes.
const RAW_MAX: usize = 1000;

/// The log as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ProtocolLogView {
    pub listening: bool,
    /// Those that pass the filter, oldest first.
    pub messages: ListWindow<Arc<ProtocolMessage>>,
    /// Name and badge of each client that has sent or received something.
    pub clients: Vec<(String, Option<Badge>)>,
    pub filter: ProtocolFilter,
}

/// Which messages are to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolFilter {
    /// Those of this client; all if none is named.
    pub client: Option<String>,
    /// Calls of the JetStream API too.
    pub api: bool,
    /// PING, PONG and the like too.
    pub upkeep: bool,
}

/// One operation of the protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolMessage {
    /// Counted from 1, for ever.
    pub number: u64,
    /// The time of day.
    pub time: String,
    pub client: String,
    pub badge: Option<Badge>,
    /// From the server to the client.
    pub outgoing: bool,
    pub verb: &'static str,
    pub subject: String,
    pub kind: MessageKind,
    /// The command that means the same, or what it asks for; empty where the operation says it all.
    pub meaning: String,
    pub outcome: MessageOutcome,
    /// As it is in the protocol.
    pub raw: String,
}

pub(super) struct ProtocolLog {
    listening: bool,
    filter: ProtocolFilter,
    /// Which messages are shown, of those that pass the filter, counted from the newest.
    in_sight: Range<usize>,
    /// Oldest first.
    messages: VecDeque<Arc<ProtocolMessage>>,
    count: u64,
    interpreter: Interpreter,
}

impl Default for ProtocolLog {
    fn default() -> ProtocolLog {
        ProtocolLog {
            listening: false,
            filter: ProtocolFilter { client: None, api: true, upkeep: false },
            in_sight: 0..AT_FIRST,
            messages: VecDeque::new(),
            count: 0,
            interpreter: Interpreter::default(),
        }
    }
}

impl ProtocolLog {
    pub(super) fn is_listening(&self) -> bool {
        self.listening
    }

    pub(super) fn listen(&mut self, listening: bool) {
        self.listening = listening;
    }

    /// What the server has to tell for it.
    pub(super) fn event_level(&self) -> EventLevel {
        if self.listening { EventLevel::Wire } else { EventLevel::Events }
    }

    pub(super) fn set_filter(&mut self, filter: ProtocolFilter) {
        self.filter = filter;
        self.in_sight = 0..AT_FIRST;
    }

    pub(super) fn look_at(&mut self, rows: Range<usize>) {
        self.in_sight = rows;
    }

    pub(super) fn clear(&mut self) {
        self.messages.clear();
    }

    /// Adds the messages among these events.
    pub(super) fn add(
        &mut self,
        events: &[Event],
        terminals: &Terminals,
        zone: &TimeZone,
        view: Option<&View>,
    ) {
        for event in events {
            let EventKind::Wire(wire) = &event.kind else { continue };
            let terminal = terminals.owner(event.connection);
            let client = match terminal {
                Some(terminal) => terminal.name.to_owned(),
                None => view.and_then(|view| client_name(view, event.connection?)).unwrap_or_default(),
            };
            let (kind, meaning, outcome) = self.interpreter.interpret(wire);
            self.count += 1;
            if self.messages.len() == CAPACITY {
                self.messages.pop_front();
            }
            self.messages.push_back(Arc::new(ProtocolMessage {
                number: self.count,
                time: text::time_of_day(event.time, zone),
                client,
                badge: terminal.map(|terminal| terminal.badge),
                outgoing: wire.outgoing,
                verb: wire.verb.as_str(),
                subject: text::visible(&wire.subject).into_owned(),
                kind,
                meaning: text::visible(&meaning).into_owned(),
                outcome,
                raw: raw(wire),
            }));
        }
    }

    pub(super) fn view(&self) -> ProtocolLogView {
        let mut clients: Vec<(String, Option<Badge>)> = Vec::new();
        for message in self.messages.iter().rev() {
            if !clients.iter().any(|(name, _)| *name == message.client) {
                clients.push((message.client.clone(), message.badge));
            }
        }
        clients.sort();
        let passing = || self.messages.iter().filter(|message| self.filter.passes(message));
        let total = passing().count();
        let first = total.saturating_sub(self.in_sight.end);
        let end = total.saturating_sub(self.in_sight.start);
        let rows = passing().skip(first).take(end.saturating_sub(first)).cloned().collect();
        ProtocolLogView {
            listening: self.listening,
            messages: ListWindow { first, rows, total },
            clients,
            filter: self.filter.clone(),
        }
    }
}

impl ProtocolFilter {
    fn passes(&self, message: &ProtocolMessage) -> bool {
        let kind = match message.kind {
            MessageKind::Message => true,
            MessageKind::Api => self.api,
            MessageKind::Upkeep => self.upkeep,
        };
        kind && self.client.as_ref().is_none_or(|client| *client == message.client)
    }
}

/// The name of a client that is in no terminal.
fn client_name(view: &View, id: ConnId) -> Option<String> {
    view.connections.iter().find(|connection| connection.id == id).map(text::client_name)
}

/// The operation as it is in the protocol, with headers and payload cut where they are long.
fn raw(wire: &Wire) -> String {
    let mut words = vec![wire.verb.as_str().to_owned()];
    words.extend(
        [&wire.subject, &wire.queue, &wire.sid, &wire.reply].into_iter().filter(|it| !it.is_empty()).cloned(),
    );
    match wire.verb {
        Verb::Pub | Verb::Msg => words.push(wire.length.to_string()),
        Verb::HPub | Verb::HMsg => {
            words.extend([wire.headers.len().to_string(), (wire.headers.len() + wire.length).to_string()]);
        }
        Verb::Info
        | Verb::Connect
        | Verb::Sub
        | Verb::Unsub
        | Verb::Ping
        | Verb::Pong
        | Verb::Ok
        | Verb::Err => {}
    }
    let part = |bytes: &[u8]| lossy(&bytes[..bytes.len().min(RAW_MAX)]);
    let cut = if wire.length > RAW_MAX { "…" } else { "" };
    let line = text::visible(&words.join(" ")).into_owned();
    let between =
        if matches!(wire.verb, Verb::Info | Verb::Connect | Verb::Err | Verb::Unsub) { " " } else { "\n" };
    let between = if wire.length == 0 && wire.headers.is_empty() { "" } else { between };
    format!("{line}{between}{}{}{cut}", part(&wire.headers), part(&wire.payload))
}

fn lossy(bytes: &[u8]) -> String {
    text::visible(&String::from_utf8_lossy(bytes).replace("\r\n", "\n")).into_owned()
}
