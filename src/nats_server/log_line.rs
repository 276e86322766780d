//! A line of the server's log.

use crate::base::{Time, TimeZone};
use crate::gofmt;

/// The first column after the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Info,
    Debug,
    Trace,
    Warning,
    Error,
    Fatal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    pub level: Level,
    pub text: String,
}

impl LogLine {
    pub fn new(level: Level, text: impl Into<String>) -> LogLine {
        LogLine { level, text: text.into() }
    }

    pub fn info(text: impl Into<String>) -> LogLine {
        LogLine::new(Level::Info, text)
    }

    pub fn debug(text: impl Into<String>) -> LogLine {
        LogLine::new(Level::Debug, text)
    }

    pub fn warning(text: impl Into<String>) -> LogLine {
        LogLine::new(Level::Warning, text)
    }

    pub fn error(text: impl Into<String>) -> LogLine {
        LogLine::new(Level::Error, text)
    }

    pub fn fatal(text: impl Into<String>) -> LogLine {
        LogLine::new(Level::Fatal, text)
    }

    /// `[process] time [LEVEL] text`; without the time if `now` is `None`.
    pub fn format(&self, process: u32, now: Option<Time>, zone: &TimeZone) -> String {
        let level = match self.level {
            Level::Info => "INF",
            Level::Debug => "DBG",
            Level::Trace => "TRC",
            Level::Warning => "WRN",
            Level::Error => "ERR",
            Level::Fatal => "FTL",
        };
        let time = now.map_or_else(String::new, |now| gofmt::time::log_micro(now, zone) + " ");
        format!("[{process}] {time}[{level}] {}", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_with_process_time_and_level() {
        let time = gofmt::time::parse("2026-11-23T01:42:00.331072Z").ok();
        let line = LogLine::info("Server is ready");
        assert_eq!(
            line.format(7, time, &TimeZone::UTC),
            "[7] 2026/11/23 01:42:00.331072 [INF] Server is ready"
        );
        assert_eq!(line.format(7, None, &TimeZone::UTC), "[7] [INF] Server is ready");
    }
}
