//! What the log says of connections and of what passes on them, where somebody wants to know it.

use std::collections::BTreeMap;

use playground::gofmt::quote;
use playground::server::event::{ClientViolation, Wire};
use playground::server::{CloseReason, Event, EventKind, strip_domain};
use serde_json::Value;

/// A line's tag and its text.
pub(crate) type Told = (&'static str, String);

/// Connections as the log names them.
#[derive(Default)]
pub(crate) struct Clients {
    known: BTreeMap<u64, Client>,
    /// The account that all of them belong to.
    pub(crate) account: String,
    /// The domain of JetStream, empty where there is none.
    pub(crate) domain: String,
}

#[derive(Default)]
struct Client {
    /// Its address and its number, and later what it says of itself.
    name: String,
    /// What its last CONNECT says.
    says: Value,
}

impl Clients {
    /// The lines for what happened; `address` is of the connection with that number. Of payloads only so many bytes are
    /// shown, or all if that is 0.
    pub(crate) fn tell(
        &mut self,
        mut events: Vec<Event>,
        max_traced: usize,
        address: &dyn Fn(&Event) -> String,
    ) -> Vec<Told> {
        let mut over = Vec::new();
        // With a connection its subscriptions end, which is not told.
        events.retain(|event| match event.kind {
            EventKind::Closed { .. } => {
                over.push(event.connection);
                true
            }
            EventKind::Unsubscribed { .. } => !over.contains(&event.connection),
            _ => true,
        });
        // What a client is still told comes before its end.
        events.sort_by_key(|event| matches!(event.kind, EventKind::Closed { .. }));
        let mut lines = Vec::new();
        for event in &events {
            self.tell_one(event, max_traced, address, &mut lines);
        }
        lines
    }

    fn tell_one(
        &mut self,
        event: &Event,
        max_traced: usize,
        address: &dyn Fn(&Event) -> String,
        lines: &mut Vec<Told>,
    ) {
        let number = event.connection.map_or(0, crate::log::number);
        let name = || format!("{} - cid:{number}", address(event));
        let client = match &event.kind {
            // This is told even where nothing else is, and then of nobody that is known.
            EventKind::ClientViolation { connect, user, violation } => {
                let known = self.known.get(&number).map(|client| client.name.clone());
                let label = || label(&connect.version, &connect.lang, &connect.name, user, &self.account);
                let name = known.unwrap_or_else(|| name() + &label());
                return lines.push(("ERR", format!("{name} - {}", words(violation))));
            }
            EventKind::Opened { .. }
            | EventKind::Wire(_)
            | EventKind::Connected { .. }
            | EventKind::Unsubscribed { .. }
            | EventKind::Closed { .. } => self.known.entry(number).or_default(),
            _ => return,
        };
        if client.name.is_empty() {
            client.name = name();
        }
        match &event.kind {
            EventKind::Opened { .. } => {
                lines.push(("DBG", format!("{} - Client connection created", client.name)))
            }
            EventKind::Wire(wire) => {
                if wire.verb == "-ERR" && wire.payload == b"Authentication Timeout" {
                    lines.push(("DBG", format!("{} - Authentication Timeout", client.name)));
                }
                if wire.verb == "-ERR" && wire.payload == b"Stale Connection" {
                    lines.push(("DBG", format!("{} - Stale Client Connection - Closing", client.name)));
                }
                lines.extend(
                    traced(wire, max_traced, &self.domain)
                        .into_iter()
                        .map(|text| ("TRC", format!("{} - {text}", client.name))),
                );
                if wire.verb == "CONNECT" {
                    client.says = serde_json::from_slice(&wire.payload).unwrap_or_default();
                }
            }
            EventKind::Connected { .. } => client.introduce(&self.account),
            EventKind::Unsubscribed { sid, .. } => {
                lines.push(("TRC", format!("{} - <-> [DELSUB {sid}]", client.name)));
            }
            EventKind::Closed { reason } => {
                let why = reason_text(*reason);
                lines.push(("DBG", format!("{} - Client connection closed: {why}", client.name)));
                // Whatever it is still told has been said.
                self.known.remove(&number);
            }
            _ => {}
        }
    }
}

impl Client {
    /// From now on its lines have its library and its user in them.
    fn introduce(&mut self, account: &str) {
        let said = |name: &str| self.says[name].as_str().unwrap_or_default();
        let user = match said("user") {
            "" if !said("auth_token").is_empty() => TOKEN,
            user => user,
        };
        let label = label(said("version"), said("lang"), said("name"), user, account);
        self.name.push_str(&label);
    }
}

/// What stands in the place of a user who has a token.
const TOKEN: &str = "[REDACTED]";

/// How the log calls a client behind its number: by its library and its user.
fn label(version: &str, lang: &str, name: &str, user: &str, account: &str) -> String {
    let version = if version.is_empty() { String::new() } else { format!("v{version}") };
    let parts = [version.as_str(), lang, name].into_iter().filter(|part| !part.is_empty());
    let library = parts.collect::<Vec<_>>().join(":");
    let mut label = String::new();
    if !library.is_empty() {
        label = format!(" - \"{library}\"");
    }
    match user {
        "" => {}
        TOKEN => label.push_str(&format!(" - \"{account}/token\"")),
        user => label.push_str(&format!(" - \"{account}/user:{user}\"")),
    }
    label
}

/// A violation in the words of nats-server.
fn words(violation: &ClientViolation) -> String {
    match violation {
        ClientViolation::Authentication { user: Some(user), .. } => {
            format!("authentication error - User \"{user}\"")
        }
        ClientViolation::Authentication { token: true, .. } => {
            format!("authentication error - Token \"{TOKEN}\"")
        }
        ClientViolation::Authentication { .. } => "authentication error".to_owned(),
        ClientViolation::MaxPayload { bytes, most } => format!("maximum payload exceeded: {bytes} vs {most}"),
        ClientViolation::UnknownOperation { at, start } => {
            // Where there is no more, the last byte is not shown.
            let end = if start.len() < ClientViolation::SNIPPET_MAX { start.len() - 1 } else { start.len() };
            let text = quote(&start[..end]);
            format!("Client parser ERROR, state=0, i={at}: proto='{text}...'")
        }
        ClientViolation::Publish { is_reply, subject } => {
            format!("Publish Violation - {} \"{subject}\"", if *is_reply { "Reply" } else { "Subject" })
        }
        ClientViolation::Subscription { subject, queue, sid } => {
            let queue = queue.as_ref().map_or(String::new(), |queue| format!(" Queue: \"{queue}\","));
            format!("Subscription Violation - Subject \"{subject}\",{queue} SID {sid}")
        }
        ClientViolation::MaxConnections => "maximum connections exceeded".to_owned(),
        ClientViolation::MaxSubscriptions => "maximum subscriptions exceeded".to_owned(),
    }
}

pub(crate) fn reason_text(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::ClientClosed => "Client Closed",
        CloseReason::AuthenticationTimeout => "Authentication Timeout",
        CloseReason::AuthenticationViolation => "Authentication Failure",
        CloseReason::ProtocolViolation => "Protocol Violation",
        CloseReason::MaxPayloadExceeded => "Maximum Message Payload Exceeded",
        CloseReason::MaxControlLineExceeded => "Maximum Control Line Exceeded",
        CloseReason::MaxConnectionsExceeded => "Maximum Connections Exceeded",
        CloseReason::SlowConsumer => "Slow Consumer (Pending Bytes)",
        CloseReason::Stale => "Stale Connection",
        CloseReason::ServerShutdown => "Server Shutdown",
    }
}

/// An operation as the real server traces it, its payload on a line of its own.
fn traced(wire: &Wire, max_traced: usize, domain: &str) -> Vec<String> {
    let arrow = if wire.outgoing { "->>" } else { "<<-" };
    let verb = match wire.verb {
        // INFO is not traced.
        "INFO" if wire.outgoing => return Vec::new(),
        "+OK" => "OK",
        verb => verb,
    };
    let mut words = vec![verb.to_owned()];
    for word in [&wire.subject, &wire.queue, &wire.sid, &wire.reply] {
        if !word.is_empty() {
            words.push(word.clone());
        }
    }
    let text = String::from_utf8_lossy(&wire.payload);
    let is_message = matches!(wire.verb, "PUB" | "HPUB" | "MSG" | "HMSG");
    if !is_message {
        if !text.is_empty() {
            words.push(redacted(&text));
        }
        return vec![format!("{arrow} [{}]", words.join(" "))];
    }
    if !wire.headers.is_empty() {
        words.push(wire.headers.len().to_string());
    }
    words.push((wire.headers.len() + wire.length).to_string());
    let mut lines = vec![format!("{arrow} [{}]", words.join(" "))];
    if let Some(plain) = strip_domain(domain, &wire.subject).filter(|_| !wire.outgoing) {
        lines.push(format!("{arrow} [MAPPING {} -> {plain}]", wire.subject));
    }
    if wire.headers.len() + wire.length > 0 {
        let mut all = [String::from_utf8_lossy(&wire.headers).as_ref(), &text].concat();
        if max_traced > 0 && all.len() > max_traced {
            let end = (0..=max_traced).rev().find(|end| all.is_char_boundary(*end)).unwrap_or_default();
            all.truncate(end);
            all.push_str("...");
        }
        lines.push(format!("{arrow} MSG_PAYLOAD: [{all:?}]"));
    }
    lines
}

/// A text without the secrets of CONNECT.
fn redacted(text: &str) -> String {
    let mut text = text.to_owned();
    for name in ["\"pass\":\"", "\"auth_token\":\""] {
        if let Some((before, rest)) = text.split_once(name)
            && let Some((_, after)) = rest.split_once('"')
        {
            text = format!("{before}{name}[REDACTED]\"{after}");
        }
    }
    text
}
