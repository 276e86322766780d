//! What the log says of connections and, if it traces, of what passes on them.

use std::collections::BTreeMap;

use super::wire_trace::trace;
use super::{Level, LogLine};
use crate::gojson;
use crate::server::event::{ClientViolation, Wire};
use crate::server::{CloseReason, Config, Event, EventKind};
use crate::wire::{Connect, Verb};

/// The connections that are open, as the log names them.
#[derive(Default)]
pub struct ConnectionLog {
    /// By client id.
    clients: BTreeMap<u64, Client>,
    account: String,
    /// JetStream's domain; empty if it has none.
    domain: String,
}

#[derive(Default)]
struct Client {
    /// Its address and id, and after CONNECT its library and user.
    name: String,
    connect: Connect,
}

impl ConnectionLog {
    pub fn configure(&mut self, config: &Config) {
        self.account.clone_from(&config.account);
        config.domain().clone_into(&mut self.domain);
    }

    /// The lines about some events. `address` is that of the client of an event; payloads are cut at `max_traced` bytes
    /// unless that is 0.
    pub fn lines(
        &mut self,
        mut events: Vec<Event>,
        max_traced: usize,
        address: &dyn Fn(&Event) -> String,
    ) -> Vec<LogLine> {
        // The subscriptions that end with their connection are not logged.
        let mut closed = BTreeMap::new();
        events.retain(|event| match event.kind {
            EventKind::Closed { reason } => {
                closed.insert(event.connection, reason);
                true
            }
            EventKind::Unsubscribed { .. } => !closed.contains_key(&event.connection),
            _ => true,
        });
        // What is still sent to a client comes before its end.
        events.sort_by_key(|event| matches!(event.kind, EventKind::Closed { .. }));
        let lines = events.iter().flat_map(|event| {
            let closing = closed.get(&event.connection).copied();
            self.event_lines(event, closing, max_traced, address)
        });
        lines.collect()
    }

    /// `closing` is why the event's connection ends, if it does.
    fn event_lines(
        &mut self,
        event: &Event,
        closing: Option<CloseReason>,
        max_traced: usize,
        address: &dyn Fn(&Event) -> String,
    ) -> Vec<LogLine> {
        let id = event.client_id;
        let new_name = || format!("{} - cid:{id}", address(event));
        let client = match &event.kind {
            // The only event that there is without debugging and tracing, so that the client may be unknown.
            EventKind::ClientViolation { connect, user, violation } => {
                let known = self.clients.get(&id).map(|client| client.name.clone());
                let name = known.unwrap_or_else(|| {
                    let library = library(&connect.version, &connect.lang, &connect.name);
                    new_name() + &library + &account_user(user, &self.account)
                });
                return vec![LogLine::error(format!("{name} - {}", describe(violation)))];
            }
            EventKind::Opened { .. }
            | EventKind::Wire(_)
            | EventKind::Connected { .. }
            | EventKind::Unsubscribed { .. }
            | EventKind::Closed { .. } => self.clients.entry(id).or_default(),
            _ => return Vec::new(),
        };
        if client.name.is_empty() {
            client.name = new_name();
        }
        let lines = match &event.kind {
            EventKind::Opened { .. } => vec![client.debug("Client connection created")],
            EventKind::Wire(wire) => client.wire_lines(wire, closing, max_traced, &self.domain),
            EventKind::Connected { .. } => {
                client.add_library_and_user(&self.account);
                Vec::new()
            }
            EventKind::Unsubscribed { sid, .. } => vec![client.trace(&format!("<-> [DELSUB {sid}]"))],
            EventKind::Closed { reason } => {
                vec![client.debug(&format!("Client connection closed: {}", close_reason(*reason)))]
            }
            _ => Vec::new(),
        };
        if matches!(event.kind, EventKind::Closed { .. }) {
            self.clients.remove(&id);
        }
        lines
    }
}

impl Client {
    fn debug(&self, text: &str) -> LogLine {
        LogLine::debug(format!("{} - {text}", self.name))
    }

    fn trace(&self, text: &str) -> LogLine {
        LogLine::new(Level::Trace, format!("{} - {text}", self.name))
    }

    fn wire_lines(
        &mut self,
        wire: &Wire,
        closing: Option<CloseReason>,
        max_traced: usize,
        domain: &str,
    ) -> Vec<LogLine> {
        let mut lines = Vec::new();
        if wire.verb == Verb::Err {
            match closing {
                Some(CloseReason::AuthenticationTimeout) => lines.push(self.debug("Authentication Timeout")),
                Some(CloseReason::Stale) => lines.push(self.debug("Stale Client Connection - Closing")),
                _ => {}
            }
        }
        lines.extend(trace(wire, max_traced, domain).iter().map(|text| self.trace(text)));
        if wire.verb == Verb::Connect {
            self.connect = gojson::update(&Connect::default(), &wire.payload).unwrap_or_default();
        }
        lines
    }

    fn add_library_and_user(&mut self, account: &str) {
        let Connect { user, auth_token, name, lang, version, .. } = &self.connect;
        let [user, token] = [user, auth_token].map(|text| text.as_deref().unwrap_or_default());
        let user = if user.is_empty() && !token.is_empty() { REDACTED } else { user };
        self.name += &library(version, lang, name);
        self.name += &account_user(user, account);
    }
}

/// What the log shows instead of a token. As the name of a user it stands for a client with a token.
const REDACTED: &str = "[REDACTED]";

/// ` - "v1.2.3:go:name"`, with as many of the three as the client has told.
fn library(version: &str, lang: &str, name: &str) -> String {
    let version = if version.is_empty() { String::new() } else { format!("v{version}") };
    let parts: Vec<&str> =
        [version.as_str(), lang, name].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!(" - \"{}\"", parts.join(":")) }
}

fn account_user(user: &str, account: &str) -> String {
    match user {
        "" => String::new(),
        REDACTED => format!(" - \"{account}/token\""),
        user => format!(" - \"{account}/user:{user}\""),
    }
}

/// In the words of nats-server.
fn describe(violation: &ClientViolation) -> String {
    match violation {
        ClientViolation::Authentication { user: Some(user), .. } => {
            format!("authentication error - User \"{user}\"")
        }
        ClientViolation::Authentication { token: true, .. } => {
            format!("authentication error - Token \"{REDACTED}\"")
        }
        ClientViolation::Authentication { .. } => "authentication error".to_owned(),
        ClientViolation::MaxPayload { bytes, most } => format!("maximum payload exceeded: {bytes} vs {most}"),
        ClientViolation::Protocol { text } => text.clone(),
        ClientViolation::ControlLine => "maximum control line exceeded".to_owned(),
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

/// In the words of nats-server.
pub fn close_reason(reason: CloseReason) -> &'static str {
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
