//! The log, on standard error or in a file, line by line as the real server writes it.

use std::cell::RefCell;
use std::fs::File;
use std::io::Write;

use playground::base::Zone;
use playground::server::banner::{self, Level, Line, Restored, Starting, Store};
use playground::server::options::Options;
use playground::server::setup::Setup;
use playground::server::{ConnId, Event, GO_VERSION, JetStreamConfig};

use crate::hub::Hub;
use crate::trace::Clients;
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
    /// The file's path, and the file.
    file: Option<(String, RefCell<File>)>,
    has_time: bool,
    debug: bool,
    trace: bool,
    clients: RefCell<Clients>,
}

impl Log {
    pub(crate) fn open(setup: &Setup) -> std::io::Result<Log> {
        let file = match &setup.log_file {
            None => None,
            Some(path) => Some((path.clone(), RefCell::new(append(path)?))),
        };
        let Setup { log_time: has_time, debug, trace, .. } = *setup;
        Ok(Log { file, has_time, debug, trace, clients: RefCell::default() })
    }

    /// Opens the file anew, since somebody may have moved the old one away; what it says of that.
    pub(crate) fn reopen(&self) -> Line {
        let Some((path, file)) = &self.file else {
            return (Level::Info, "File log re-open ignored, not a file logger".to_owned());
        };
        match append(path) {
            Ok(opened) => {
                file.replace(opened);
                (Level::Info, "File log re-opened".to_owned())
            }
            Err(error) => (Level::Error, format!("cannot open {path}: {error}")),
        }
    }

    pub(crate) fn line(&self, line: &Line) {
        let text = banner::print(line, std::process::id(), self.has_time.then(now), Zone::UTC);
        self.write(&text);
    }

    pub(crate) fn lines(&self, lines: &[Line]) {
        lines.iter().for_each(|line| self.line(line));
    }

    /// What is said before the server listens.
    pub(crate) fn start(&self, hub: &Hub, setup: &Setup, options: &Options, restored: &[Restored]) {
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
            plain_password: has_plain_password(setup, options),
        };
        let lines = banner::starting(&starting);
        // What follows the lines that say who it is.
        let after = lines.iter().position(|(_, text)| text.starts_with("Starting JetStream"));
        let (identity, jetstream) = lines.split_at(after.unwrap_or(lines.len()));
        for line in identity {
            self.line(line);
            if line.1.starts_with("  Git:") {
                self.debug([&format!("  Go build: {GO_VERSION}")]);
            }
        }
        if let Some(path) = &options.config {
            self.line(&(Level::Info, format!("Using configuration file: {path}")));
        }
        self.debug([SYSTEM_ACCOUNT]);
        for line in jetstream {
            if line.1.starts_with("Took ") {
                self.debug(JETSTREAM_OF_THE_ACCOUNT);
            }
            self.line(line);
            if let ("Starting JetStream", Some(config)) = (line.1.as_str(), &setup.config.jetstream)
                && *config == JetStreamConfig::default()
            {
                let [memory, storage] =
                    [config.max_memory, config.max_storage].map(|n| banner::size(n.max(0) as u64));
                self.debug([&format!(
                    "JetStream creating dynamic configuration - {memory} memory, {storage} disk"
                )]);
            }
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

    /// What happened, on connections whose clients have these addresses.
    pub(crate) fn events(&self, events: Vec<Event>, address: &dyn Fn(&Event) -> String) {
        for (tag, text) in self.clients.borrow_mut().tell(events, address) {
            let wanted = match tag {
                "DBG" => self.debug,
                "TRC" => self.trace,
                _ => true,
            };
            if wanted {
                self.tagged(tag, &text);
            }
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
            Some((_, file)) => writeln!(file.borrow_mut(), "{text}"),
        };
    }
}

fn append(path: &str) -> std::io::Result<File> {
    File::options().create(true).append(true).open(path)
}

/// Whether a password stands somewhere that is not bcrypt's.
fn has_plain_password(setup: &Setup, options: &Options) -> bool {
    let is_plain = |password: &str| !password.is_empty() && !password.starts_with("$2");
    options.password.is_some() || setup.config.auth.users.iter().any(|user| is_plain(&user.password))
}

/// What the server calls a connection: the first ones are its own.
pub(crate) fn number(id: ConnId) -> u64 {
    id.0 + 4
}
