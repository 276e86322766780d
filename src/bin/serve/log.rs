//! The log, on standard error or in a file, line by line as the real server writes it.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::Write;

use playground::base::TimeZone;
use playground::gofmt::friendly_bytes;
use playground::nats_server::options::Options;
use playground::nats_server::setup::Setup;
use playground::nats_server::startup_log::{self, Level, Line, Starting, Store};
use playground::server::{ConnId, Event, GO_VERSION, JetStreamConfig, RestoredStream};

use crate::hub::Hub;
use crate::trace::Clients;
use crate::{now, passwords, reason, store, zone};

const SYSTEM_ACCOUNT: &str = "Created system account: \"$SYS\"";
const EXPORTS: [&str; 2] = ["  Exports:", "     $JS.API.>"];
const JETSTREAM_OF_THE_ACCOUNT: [&str; 4] = [
    "Enabled JetStream for account \"$G\"",
    "  Max Memory:      -1 B",
    "  Max Storage:     -1 B",
    "JetStream state for account \"$G\" recovered",
];

/// Bytes of a payload from which on one is warned.
const LARGE_PAYLOAD: usize = 8 * 1024 * 1024;

pub(crate) struct Log {
    file: RefCell<Option<LogFile>>,
    has_time: Cell<bool>,
    zone: RefCell<TimeZone>,
    debug: Cell<bool>,
    trace: Cell<bool>,
    max_traced: Cell<usize>,
    clients: RefCell<Clients>,
}

struct LogFile {
    path: String,
    file: File,
}

impl Log {
    pub(crate) fn open(setup: &Setup) -> Result<Log, String> {
        let log = Log {
            file: RefCell::new(None),
            has_time: Cell::new(true),
            zone: RefCell::new(TimeZone::UTC),
            debug: Cell::new(false),
            trace: Cell::new(false),
            max_traced: Cell::new(0),
            clients: RefCell::default(),
        };
        log.change(setup)?;
        Ok(log)
    }

    /// Takes what another setup says of it.
    pub(crate) fn change(&self, setup: &Setup) -> Result<(), String> {
        let file = match &setup.log_file {
            None => None,
            Some(path) => Some(LogFile { path: path.clone(), file: append(path)? }),
        };
        self.file.replace(file);
        self.has_time.set(setup.log_time);
        self.zone.replace(if setup.log_utc { TimeZone::UTC } else { zone() });
        self.debug.set(setup.debug);
        self.trace.set(setup.trace);
        self.max_traced.set(setup.max_traced);
        let mut clients = self.clients.borrow_mut();
        clients.account.clone_from(&setup.config.account);
        setup.config.domain().clone_into(&mut clients.domain);
        Ok(())
    }

    /// Opens the file anew, since somebody may have moved the old one away; what it says of that.
    pub(crate) fn reopen(&self) -> Line {
        let mut file = self.file.borrow_mut();
        let Some(file) = file.as_mut() else {
            return (Level::Info, "File log re-open ignored, not a file logger".to_owned());
        };
        match append(&file.path) {
            Ok(opened) => {
                file.file = opened;
                (Level::Info, "File log re-opened".to_owned())
            }
            Err(why) => (Level::Error, format!("error opening file: {why}")),
        }
    }

    pub(crate) fn line(&self, line: &Line) {
        self.write(&self.print(line));
    }

    pub(crate) fn lines(&self, lines: &[Line]) {
        lines.iter().for_each(|line| self.line(line));
    }

    /// What is said first: who the server is. `digest` is of the configuration file.
    pub(crate) fn introduce(&self, hub: &Hub, setup: &Setup, options: &Options, digest: &str) {
        let plain_password = has_plain_password(setup, options);
        for line in startup_log::starting(&starting(&hub.name(), &hub.id(), None, plain_password)) {
            if line.1.starts_with("  ID:") && setup.config.jetstream.is_some() {
                let node = hub.id().get(1..9).unwrap_or_default().to_owned();
                self.info(format!("  Node:     {node}"));
            }
            self.line(&line);
            if line.1.starts_with("  Git:") {
                self.debug([&format!("  Go build: {GO_VERSION}")]);
            }
        }
        if let Some(path) = &options.config {
            self.info(format!("Using configuration file: {path} ({digest})"));
        }
        self.debug([SYSTEM_ACCOUNT]);
        if setup.config.max_payload > LARGE_PAYLOAD {
            let why =
                "Maximum payloads over 8.00 MB are generally discouraged and could lead to poor performance";
            self.line(&(Level::Warning, why.to_owned()));
        }
    }

    /// What is said of JetStream.
    pub(crate) fn jetstream(
        &self,
        setup: &Setup,
        config: &JetStreamConfig,
        restored: &[RestoredStream],
    ) -> Result<(), String> {
        let folder = store::folder(setup);
        let [max_memory, max_storage] = [config.max_memory, config.max_storage].map(|n| n.max(0) as u64);
        let jetstream = Store { folder: &folder, max_memory, max_storage, restored };
        let lines = startup_log::starting(&starting("", "", Some(jetstream), false));
        let domain = &config.domain;
        let begin = lines.iter().position(|(_, text)| text == "Starting JetStream").unwrap_or_default();
        if let Err(why) = store::make(setup) {
            let ends = [lines.get(begin), lines.last()];
            ends.into_iter().flatten().for_each(|line| self.line(line));
            return Err(format!("Can't start JetStream: could not create storage directory - {why}"));
        }
        for line in &lines[begin..] {
            if line.1.starts_with("Took ") {
                self.debug(EXPORTS);
                if !domain.is_empty() {
                    self.debug([&format!(
                        "Adding JetStream Domain Mapping \"$JS.{domain}.API.>\" -> $JS.API.> to system account"
                    )]);
                }
                self.debug(JETSTREAM_OF_THE_ACCOUNT);
            }
            self.line(line);
            if line.1.starts_with("  Store Directory:") && !domain.is_empty() {
                self.info(format!("  Domain:          {domain}"));
            }
            if line.1 == "Starting JetStream" && is_dynamic(config) {
                let [memory, storage] = [max_memory, max_storage].map(friendly_bytes);
                self.debug([&format!(
                    "JetStream creating dynamic configuration - {memory} memory, {storage} disk"
                )]);
            }
        }
        Ok(())
    }

    pub(crate) fn info(&self, text: String) {
        self.line(&(Level::Info, text));
    }

    pub(crate) fn error(&self, text: String) {
        self.line(&(Level::Error, text));
    }

    /// Lines that are there only where somebody wants them.
    pub(crate) fn debug<const N: usize>(&self, lines: [&str; N]) {
        for text in lines.iter().filter(|_| self.debug.get()) {
            self.line(&(Level::Debug, (*text).to_owned()));
        }
    }

    /// What happened, on connections whose clients have these addresses.
    pub(crate) fn events(&self, events: Vec<Event>, address: &dyn Fn(&Event) -> String) {
        for (tag, text) in self.clients.borrow_mut().tell(events, self.max_traced.get(), address) {
            let wanted = match tag {
                "DBG" => self.debug.get(),
                "TRC" => self.trace.get(),
                _ => true,
            };
            if wanted {
                let line = self.print(&(Level::Info, text));
                self.write(&line.replacen("[INF]", &format!("[{tag}]"), 1));
            }
        }
    }

    fn print(&self, line: &Line) -> String {
        startup_log::print(line, std::process::id(), self.has_time.get().then(now), &self.zone.borrow())
    }

    fn write(&self, text: &str) {
        // A log that cannot be written is not worth ending the server for.
        let _ = match self.file.borrow_mut().as_mut() {
            None => writeln!(std::io::stderr(), "{text}"),
            Some(file) => writeln!(file.file, "{text}"),
        };
    }
}

/// Whether the room that JetStream has is what the machine has to give.
pub(crate) fn is_dynamic(config: &JetStreamConfig) -> bool {
    let usual = JetStreamConfig::default();
    config.max_memory == usual.max_memory || config.max_storage == usual.max_storage
}

fn starting<'a>(
    name: &'a str,
    id: &'a str,
    jetstream: Option<Store<'a>>,
    plain_password: bool,
) -> Starting<'a> {
    Starting { name, id, node: "", jetstream, plain_password }
}

fn append(path: &str) -> Result<File, String> {
    let opened = File::options().create(true).append(true).open(path);
    opened.map_err(|error| format!("open {path}: {}", reason(&error)))
}

/// Whether a password stands somewhere that is not bcrypt's. Of users in a list that counts who has none, too.
fn has_plain_password(setup: &Setup, options: &Options) -> bool {
    let auth = &setup.config.auth;
    let is_none = |password: &String| auth.is_single && password.is_empty();
    let is_plain = |password: &String| !is_none(password) && !passwords::is_bcrypt(password);
    options.password.iter().chain(auth.users.iter().map(|user| &user.password)).any(is_plain)
}

/// What the server calls a connection: the first ones are its own.
pub(crate) fn number(id: ConnId) -> u64 {
    id.0 + 4
}
