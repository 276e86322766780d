//! What the log says of connections and of what passes on them, where somebody wants to know it.

use std::collections::BTreeMap;

use playground::server::event::Wire;
use playground::server::{CloseReason, Event, What};
use serde_json::Value;

/// A line's tag and its text.
pub(crate) type Told = (&'static str, String);

/// Connections as the log names them.
#[derive(Default)]
pub(crate) struct Clients(BTreeMap<u64, Client>);

#[derive(Default)]
struct Client {
    /// Its address and its number, and later what it says of itself.
    name: String,
    /// What its last CONNECT says.
    says: Value,
}

impl Clients {
    /// The lines for what happened; `address` is of the connection with that number.
    pub(crate) fn tell(&mut self, mut events: Vec<Event>, address: &dyn Fn(&Event) -> String) -> Vec<Told> {
        // What a client is still told comes before its end.
        events.sort_by_key(|event| matches!(event.what, What::Closed { .. }));
        let mut lines = Vec::new();
        for event in &events {
            self.tell_one(event, address, &mut lines);
        }
        lines
    }

    fn tell_one(&mut self, event: &Event, address: &dyn Fn(&Event) -> String, lines: &mut Vec<Told>) {
        let number = event.connection.map_or(0, crate::log::number);
        let client = self.0.entry(number).or_default();
        if client.name.is_empty() {
            client.name = format!("{} - cid:{number}", address(event));
        }
        match &event.what {
            What::Opened { .. } => {
                lines.push(("DBG", format!("{} - Client connection created", client.name)))
            }
            What::Wire(wire) => {
                if wire.verb == "-ERR" && wire.payload == b"Authorization Violation" {
                    lines.push(("ERR", format!("{} - authentication error - {}", client.name, client.who())));
                }
                if wire.verb == "-ERR" && wire.payload == b"Authentication Timeout" {
                    lines.push(("DBG", format!("{} - Authentication Timeout", client.name)));
                }
                lines.extend(
                    traced(wire).into_iter().map(|text| ("TRC", format!("{} - {text}", client.name))),
                );
                if wire.verb == "CONNECT" {
                    client.says = serde_json::from_slice(&wire.payload).unwrap_or_default();
                }
            }
            What::Connected { .. } => client.introduce(),
            What::Closed { reason } => {
                let why = reason_text(*reason);
                lines.push(("DBG", format!("{} - Client connection closed: {why}", client.name)));
                // Whatever it is still told has been said.
                self.0.remove(&number);
            }
            _ => {}
        }
    }
}

impl Client {
    /// What its last CONNECT says under this name.
    fn said(&self, name: &str) -> Option<&str> {
        self.says[name].as_str().filter(|text| !text.is_empty())
    }

    /// From now on its lines have its library and its user in them.
    fn introduce(&mut self) {
        let version = self.said("version").map(|version| format!("v{version}"));
        let parts = [version.as_deref(), self.said("lang"), self.said("name")];
        let library = parts.into_iter().flatten().collect::<Vec<_>>().join(":");
        let mut more = String::new();
        if !library.is_empty() {
            more.push_str(&format!(" - {library:?}"));
        }
        if let Some(user) = self.said("user") {
            more.push_str(&format!(" - \"$G/user:{user}\""));
        }
        self.name.push_str(&more);
    }

    /// Who wanted to come in and may not.
    fn who(&self) -> String {
        match (self.said("user"), self.said("auth_token")) {
            (Some(user), _) => format!("User {user:?}"),
            (None, Some(_)) => "Token \"[REDACTED]\"".to_owned(),
            (None, None) => "User \"N/A\"".to_owned(),
        }
    }
}

fn reason_text(reason: CloseReason) -> &'static str {
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
fn traced(wire: &Wire) -> Vec<String> {
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
    if wire.headers.len() + wire.length > 0 {
        let all = [String::from_utf8_lossy(&wire.headers).as_ref(), &text].concat();
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
