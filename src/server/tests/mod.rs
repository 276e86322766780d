//! Bytes in, bytes out: a script of what clients say, beside what the server says to each.
//!
//! ```text
//! a> SUB x 1            the client `a` says a line; `|` ends a line within it
//! a? subject body       `a` asks with a reply subject that it has subscribed to
//! a< MSG x 1 2|hi|      what the server says to `a` then
//! a+                    `a` connects and says nothing more
//! a^                    `a` goes away
//! @wait 5s              time passes
//! @restart              the server ends and starts again with its disk
//! ```

mod consumers;
mod core;
mod kv;
mod streams;

use std::collections::BTreeMap;

use super::*;
use crate::base::Time;

const START: Time = Time(1_700_000_000_000_000_000);

/// A server in a script.
struct Stage {
    server: Server,
    config: Config,
    now: Time,
    clients: BTreeMap<String, ConnId>,
    opened: u64,
    said: String,
}

pub(super) fn with_jetstream() -> Config {
    Config { seed: 1, jetstream: Some(JetStreamConfig::default()), ..Config::default() }
}

/// Plays a script on a server with JetStream and compares all that is said.
#[track_caller]
pub(super) fn check(script: &str) {
    check_with(with_jetstream(), script);
}

#[track_caller]
pub(super) fn check_with(config: Config, script: &str) {
    let (script, want) = (unindent(script), unindent(script));
    let said = play(config, &script);
    assert!(said.trim() == want.trim(), "the server said\n{said}\n");
}

/// Plays what clients say in a script, and adds what the server says.
pub(super) fn play(config: Config, script: &str) -> String {
    let server = Server::new(config.clone(), PersistedState::default(), START);
    let mut stage =
        Stage { server, config, now: START, clients: BTreeMap::new(), opened: 0, said: String::new() };
    for line in script.lines().map(str::trim) {
        let name_end = line.find(['>', '?', '<', '^']).unwrap_or(0);
        let name = line[..name_end].to_owned();
        if let Some(wait) = line.strip_prefix("@wait ") {
            stage.line(line);
            let wait = crate::gofmt::parse_duration(wait).expect("a duration");
            stage.wait(stage.now + wait.duration());
        } else if line == "@restart" {
            stage.line(line);
            stage.restart();
        } else if let Some(text) = line.strip_prefix(&format!("{name}> ")) {
            stage.line(line);
            stage.say(&name, &format!("{}|", text));
        } else if let Some(request) = line.strip_prefix(&format!("{name}? ")) {
            stage.line(line);
            let (subject, body) = request.split_once(' ').unwrap_or((request, ""));
            stage.say(&name, &format!("PUB {subject} _R.1 {}|{body}|", body.len()));
        } else if let Some(name) = line.strip_suffix('+') {
            stage.line(line);
            stage.client(name);
        } else if line.ends_with('^') {
            stage.line(line);
            let id = stage.client(&name);
            stage.server.handle(stage.now, id, Input::Closed);
            stage.clients.remove(&name);
        }
        stage.hear();
    }
    stage.said
}

impl Stage {
    fn line(&mut self, line: &str) {
        self.said.push_str(line);
        self.said.push('\n');
    }

    /// The connection of a client; a new one has said CONNECT and subscribed to the answers to its requests.
    fn client(&mut self, name: &str) -> ConnId {
        if let Some(id) = self.clients.get(name) {
            return *id;
        }
        self.opened += 1;
        let id = ConnId(self.opened);
        self.clients.insert(name.to_owned(), id);
        self.server.handle(self.now, id, Input::Open { ip: "127.0.0.1".to_owned(), port: 50_000 });
        if !name.starts_with("raw") {
            let connect = format!(
                "CONNECT {{\"verbose\":false,\"pedantic\":false,\"headers\":true,\"no_responders\":true,\"protocol\":1,\"name\":\"{name}\"}}\r\nPING\r\nPONG\r\nSUB _R.* 0\r\n"
            );
            self.server.handle(self.now, id, Input::Bytes(connect.as_bytes()));
        }
        while self.server.poll().is_some() {}
        id
    }

    fn say(&mut self, name: &str, text: &str) {
        let id = self.client(name);
        self.server.handle(self.now, id, Input::Bytes(text.replace('|', "\r\n").as_bytes()));
    }

    fn wait(&mut self, until: Time) {
        while let Some(due) = self.server.deadline().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.server.tick(self.now);
            self.hear();
        }
        self.now = until;
        self.server.tick(until);
    }

    fn restart(&mut self) {
        let config = self.config.clone();
        let server = std::mem::replace(
            &mut self.server,
            Server::new(config.clone(), PersistedState::default(), self.now),
        );
        let bytes = server.shutdown().to_bytes();
        let disk = PersistedState::from_bytes(&bytes, 7).expect("what was written");
        self.server = Server::new(config, disk, self.now);
        self.clients.clear();
    }

    /// Writes down what the server says, in the clients' order.
    fn hear(&mut self) {
        let mut heard: BTreeMap<String, String> = BTreeMap::new();
        while let Some(output) = self.server.poll() {
            let (id, text) = match output {
                Output::Bytes(id, bytes) => (id, String::from_utf8_lossy(&bytes).into_owned()),
                Output::Close(id, reason) => (id, format!("<{reason:?}>\r\n")),
            };
            let name = self.clients.iter().find(|(_, each)| **each == id).map(|(name, _)| name.clone());
            heard.entry(name.unwrap_or_default()).or_default().push_str(&text);
        }
        for (name, text) in heard {
            for op in &operations(&text) {
                if *op != *"PING|" {
                    let line = format!(
                        "{name}< {}",
                        op.strip_suffix('|').unwrap_or(op).replace(self.server.id(), "ID")
                    );
                    self.line(&line);
                }
            }
        }
    }
}

/// Splits what a server said into operations, with `|` for the ends of lines.
fn operations(text: &str) -> Vec<String> {
    let mut ops = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let line_end = rest.find("\r\n").map_or(rest.len(), |at| at + 2);
        let line = &rest[..line_end];
        let is_message = line.starts_with("MSG") || line.starts_with("HMSG");
        let size: usize = line.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok()).unwrap_or(0);
        let end = if is_message { line_end + size + 2 } else { line_end };
        let end = end.min(rest.len());
        ops.push(rest[..end].replace("\r\n", "|"));
        rest = &rest[end..];
    }
    ops
}

fn unindent(script: &str) -> String {
    script.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
