//! The log of a `nats-server` of this world, on standard error or in a file.

use std::cell::RefCell;
use std::rc::Rc;

use super::world::{LogEntry, client_port};
use crate::base::{Clock, Files, Out, TimeZone};
use crate::nats_server::{ConnectionLog, Level, LogLine, ServerOptions};
use crate::server::Event;

/// A shared handle.
#[derive(Clone)]
pub(super) struct ServerLog(Rc<Settings>);

struct Settings {
    clock: Clock,
    zone: TimeZone,
    process: u32,
    out: Out,
    /// The file that takes the place of `out`, by its path.
    file: Option<(Files, String)>,
    has_time: bool,
    debug: bool,
    trace: bool,
    max_traced: usize,
    connections: RefCell<ConnectionLog>,
}

impl ServerLog {
    pub(super) fn new(
        options: &ServerOptions,
        clock: &Clock,
        zone: TimeZone,
        process: u32,
        out: Out,
        file: Option<(Files, String)>,
    ) -> ServerLog {
        let mut connections = ConnectionLog::default();
        connections.configure(&options.config);
        ServerLog(Rc::new(Settings {
            clock: clock.clone(),
            zone: if options.log_utc { TimeZone::UTC } else { zone },
            process,
            out,
            file,
            has_time: options.log_time,
            debug: options.debug,
            trace: options.trace,
            max_traced: options.max_traced,
            connections: RefCell::new(connections),
        }))
    }

    /// Writes lines, without those whose level is switched off.
    pub(super) fn lines(&self, lines: &[LogLine]) {
        let log = &*self.0;
        let is_wanted = |line: &&LogLine| match line.level {
            Level::Debug => log.debug,
            Level::Trace => log.trace,
            Level::Info | Level::Warning | Level::Error | Level::Fatal => true,
        };
        let now = log.has_time.then(|| log.clock.now());
        for line in lines.iter().filter(is_wanted) {
            let text = line.format(log.process, now, &log.zone);
            match &log.file {
                // A log that cannot be written must not end the server.
                Some((files, path)) => drop(files.write(path, format!("{text}\n").as_bytes(), true)),
                None => log.out.line(&text),
            }
        }
    }

    pub(super) fn entry(&self, entry: LogEntry) {
        match entry {
            LogEntry::Warning(warning) => self.lines(&[LogLine::warning(warning)]),
            LogEntry::Events(events) => {
                let address =
                    |event: &Event| format!("127.0.0.1:{}", event.connection.map_or(0, client_port));
                let lines = self.0.connections.borrow_mut().lines(events, self.0.max_traced, &address);
                self.lines(&lines);
            }
        }
    }
}
