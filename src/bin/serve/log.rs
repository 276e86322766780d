//! Writes the log to standard error or to a file.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::Write;

use playground::base::TimeZone;
use playground::nats_server::{ConnectionLog, Level, LogLine, ServerOptions};
use playground::server::Event;

use crate::machine::{go_error, now, zone};

pub(crate) struct Log {
    file: RefCell<Option<LogFile>>,
    has_time: Cell<bool>,
    zone: RefCell<TimeZone>,
    debug: Cell<bool>,
    trace: Cell<bool>,
    max_traced: Cell<usize>,
    connections: RefCell<ConnectionLog>,
}

struct LogFile {
    path: String,
    file: File,
}

impl Log {
    pub(crate) fn open(options: &ServerOptions) -> Result<Log, String> {
        let log = Log {
            file: RefCell::new(None),
            has_time: Cell::new(true),
            zone: RefCell::new(TimeZone::UTC),
            debug: Cell::new(false),
            trace: Cell::new(false),
            max_traced: Cell::new(0),
            connections: RefCell::default(),
        };
        log.configure(options)?;
        Ok(log)
    }

    /// Applies other options.
    pub(crate) fn configure(&self, options: &ServerOptions) -> Result<(), String> {
        let file = match &options.log_file {
            None => None,
            Some(path) => Some(LogFile { path: path.clone(), file: append(path)? }),
        };
        self.file.replace(file);
        self.has_time.set(options.log_time);
        self.zone.replace(if options.log_utc { TimeZone::UTC } else { zone() });
        self.debug.set(options.debug);
        self.trace.set(options.trace);
        self.max_traced.set(options.max_traced);
        self.connections.borrow_mut().configure(&options.config);
        Ok(())
    }

    /// Opens the file again, since it may have been moved away. Returns the line to log about it.
    pub(crate) fn reopen(&self) -> LogLine {
        let mut file = self.file.borrow_mut();
        let Some(file) = file.as_mut() else {
            return LogLine::info("File log re-open ignored, not a file logger");
        };
        match append(&file.path) {
            Ok(opened) => {
                file.file = opened;
                LogLine::info("File log re-opened")
            }
            Err(error) => LogLine::error(format!("error opening file: {error}")),
        }
    }

    /// Writes a line unless its level is switched off.
    pub(crate) fn line(&self, line: &LogLine) {
        if self.is_wanted(line.level) {
            let now = self.has_time.get().then(now);
            self.write(&line.format(std::process::id(), now, &self.zone.borrow()));
        }
    }

    pub(crate) fn lines(&self, lines: &[LogLine]) {
        lines.iter().for_each(|line| self.line(line));
    }

    pub(crate) fn info(&self, text: impl Into<String>) {
        self.line(&LogLine::info(text));
    }

    pub(crate) fn warning(&self, text: impl Into<String>) {
        self.line(&LogLine::warning(text));
    }

    pub(crate) fn error(&self, text: impl Into<String>) {
        self.line(&LogLine::error(text));
    }

    /// Logs events; `address` is that of the client of an event.
    pub(crate) fn events(&self, events: Vec<Event>, address: &dyn Fn(&Event) -> String) {
        for line in self.connections.borrow_mut().lines(events, self.max_traced.get(), address) {
            self.line(&line);
        }
    }

    fn is_wanted(&self, level: Level) -> bool {
        match level {
            Level::Debug => self.debug.get(),
            Level::Trace => self.trace.get(),
            _ => true,
        }
    }

    fn write(&self, text: &str) {
        // A log that cannot be written must not end the server.
        let _ = match self.file.borrow_mut().as_mut() {
            None => writeln!(std::io::stderr(), "{text}"),
            Some(file) => writeln!(file.file, "{text}"),
        };
    }
}

fn append(path: &str) -> Result<File, String> {
    let opened = File::options().create(true).append(true).open(path);
    opened.map_err(|error| format!("open {path}: {}", go_error(&error)))
}
