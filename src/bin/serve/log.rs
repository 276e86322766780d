//! The log, on standard error or in a file, line by line as the real server writes it.

use std::cell::RefCell;
use std::fs::File;
use std::io::Write;

use playground::base::Zone;
use playground::server::banner::{self, Level, Line, Starting, Store};
use playground::server::event::Wire;
use playground::server::options::Options;
use playground::server::setup::Setup;
use playground::server::{ConnId, Event, What};

use crate::hub::Hub;
use crate::{now, store};

const SYSTEM_ACCOUNT: &str = "Created system account: \"$SYS\"";
const JETSTREAM_OF_THE_ACCOUNT: [&str; 6] = [
    "  Exports:",
    "     $JS.API.>",
    "Enabled JetStream for account \"$G\"",
    "  Max Memory:      -1 B",
    "  Max Storage:     -1 B",
    "JetStream state for account \"$G\" recovered",
];

pub(crate) struct Log {
    file: Option<RefCell<File>>,
    has_time: bool,
    debug: bool,
    trace: bool,
}

impl Log {
    pub(crate) fn open(setup: &Setup) -> std::io::Result<Log> {
        let file = match &setup.log_file {
            None => None,
            Some(path) => Some(RefCell::new(File::options().create(true).append(true).open(path)?)),
        };
        Ok(Log { file, has_time: setup.log_time, debug: setup.debug, trace: setup.trace })
    }

    pub(crate) fn line(&self, line: &Line) {
        let text = banner::print(line, std::process::id(), self.has_time.then(now), Zone::UTC);
        self.write(&text);
    }

    pub(crate) fn lines(&self, lines: &[Line]) {
        lines.iter().for_each(|line| self.line(line));
    }

    /// What is said before the server listens.
    pub(crate) fn start(&self, hub: &Hub, setup: &Setup, options: &Options, restored: &[(String, u64)]) {
        let (name, id) = (hub.name(), hub.id());
        let folder = store::folder(setup);
        let jetstream = setup.config.jetstream.as_ref().map(|config| Store {
            folder: &folder,
            max_memory: config.max_memory.max(0) as u64,
            max_storage: config.max_storage.max(0) as u64,
            restored,
        });
        let starting = Starting {
            name: &name,
            id: &id,
            node: id.get(1..9).unwrap_or_default(),
            jetstream,
            plain_password: options.password.is_some(),
        };
        for line in banner::starting(&starting) {
            if line.1.starts_with("Starting JetStream") {
                self.debug([SYSTEM_ACCOUNT]);
            }
            if line.1.starts_with("Took ") {
                self.debug(JETSTREAM_OF_THE_ACCOUNT);
            }
            self.line(&line);
        }
        if setup.config.jetstream.is_none() {
            self.debug([SYSTEM_ACCOUNT]);
        }
        if let Some(path) = &options.config {
            self.line(&(Level::Info, format!("Using configuration file: {path}")));
        }
        for name in &setup.ignored {
            self.line(&(Level::Warning, format!("{name} is not simulated")));
        }
    }

    /// Lines that are there only where somebody wants them.
    pub(crate) fn debug<const N: usize>(&self, lines: [&str; N]) {
        for text in lines.iter().filter(|_| self.debug) {
            self.line(&(Level::Debug, (*text).to_owned()));
        }
    }

    /// What happened on a connection whose client has this address.
    pub(crate) fn event(&self, event: &Event, address: &str) {
        let number = event.connection.map_or(0, number);
        let client = format!("{address} - cid:{number}");
        match &event.what {
            What::Wire(wire) if self.trace => {
                for text in traced(wire) {
                    self.tagged("TRC", &format!("{client} - {text}"));
                }
            }
            What::Opened { .. } if self.debug => {
                self.tagged("DBG", &format!("{client} - Client connection created"))
            }
            What::Closed { reason } if self.debug => {
                self.tagged("DBG", &format!("{client} - Client connection closed: {reason:?}"));
            }
            _ => {}
        }
    }

    fn tagged(&self, tag: &str, text: &str) {
        let line = banner::print(
            &(Level::Info, text.to_owned()),
            std::process::id(),
            self.has_time.then(now),
            Zone::UTC,
        );
        self.write(&line.replacen("[INF]", &format!("[{tag}]"), 1));
    }

    fn write(&self, text: &str) {
        // A log that cannot be written is not worth ending the server for.
        let _ = match &self.file {
            None => writeln!(std::io::stderr(), "{text}"),
            Some(file) => writeln!(file.borrow_mut(), "{text}"),
        };
    }
}

/// What the server calls a connection: the first ones are its own.
pub(crate) fn number(id: ConnId) -> u64 {
    id.0 + 4
}

/// An operation as the real server traces it, its payload on a line of its own.
fn traced(wire: &Wire) -> Vec<String> {
    let arrow = if wire.outgoing { "->>" } else { "<<-" };
    let mut words = vec![wire.verb.to_owned()];
    for word in [&wire.subject, &wire.queue, &wire.sid, &wire.reply] {
        if !word.is_empty() {
            words.push(word.clone());
        }
    }
    let text = String::from_utf8_lossy(&wire.payload);
    let is_message = matches!(wire.verb, "PUB" | "HPUB" | "MSG" | "HMSG");
    if !is_message {
        if !text.is_empty() {
            words.push(text.into_owned());
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
