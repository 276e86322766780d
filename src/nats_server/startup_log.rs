//! What `nats-server` logs when it starts and when it ends, section by section.
//!
//! The sections contain lines of the level debug; whoever writes the log leaves out what is not wanted.

use super::log_line::LogLine;
use super::options::is_dynamic;
use crate::gofmt;
use crate::server::{GIT_COMMIT, GO_VERSION, JetStreamConfig, RestoredStream, VERSION};

/// Payloads above this are warned about, in bytes.
const LARGE_PAYLOAD: usize = 8 * 1024 * 1024;

const BANNER: [&str; 7] = [
    r"    _ ___ _____ ___ _____ ___ ___   _   __  __",
    r" _ | | __|_   _/ __|_   _| _ \ __| /_\ |  \/  |",
    r"| || | _|  | | \__ \ | | |   / _| / _ \| |\/| |",
    r" \__/|___| |_| |___/ |_| |_|_\___/_/ \_\_|  |_|",
    "",
    "         https://docs.nats.io/jetstream",
    "",
];

/// Who the server is and what it is configured with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity<'a> {
    pub name: &'a str,
    pub id: &'a str,
    /// The server's short name in a JetStream cluster; `None` without JetStream.
    pub node: Option<&'a str>,
    /// The path of the configuration file and its digest.
    pub config_file: Option<(&'a str, &'a str)>,
    /// In bytes.
    pub max_payload: usize,
    pub has_plain_password: bool,
}

impl Identity<'_> {
    /// The first section.
    pub fn log(&self) -> Vec<LogLine> {
        let mut log = vec![
            LogLine::info("Starting nats-server"),
            LogLine::info(format!("  Version:  {VERSION}")),
            LogLine::info(format!("  Git:      [{GIT_COMMIT}]")),
            LogLine::debug(format!("  Go build: {GO_VERSION}")),
            LogLine::info(format!("  Name:     {}", self.name)),
        ];
        log.extend(self.node.map(|node| LogLine::info(format!("  Node:     {node}"))));
        log.push(LogLine::info(format!("  ID:       {}", self.id)));
        if self.has_plain_password {
            log.push(LogLine::warning("Plaintext passwords detected, use nkeys or bcrypt"));
        }
        if let Some((path, digest)) = self.config_file {
            log.push(LogLine::info(format!("Using configuration file: {path} ({digest})")));
        }
        log.push(LogLine::debug("Created system account: \"$SYS\""));
        if self.max_payload > LARGE_PAYLOAD {
            log.push(LogLine::warning(
                "Maximum payloads over 8.00 MB are generally discouraged and could lead to poor performance",
            ));
        }
        log
    }
}

/// How JetStream starts.
#[derive(Clone, Copy, Debug)]
pub struct JetStreamStart<'a> {
    pub config: &'a JetStreamConfig,
    /// The account's name.
    pub account: &'a str,
    /// The folder of the streams.
    pub folder: &'a str,
    pub restored: &'a [RestoredStream],
}

impl JetStreamStart<'_> {
    /// The whole section.
    pub fn log(&self) -> Vec<LogLine> {
        let mut log = vec![starting_jetstream()];
        let [memory, storage] = [self.config.max_memory, self.config.max_storage]
            .map(|bytes| gofmt::friendly_bytes(bytes.max(0) as u64));
        if is_dynamic(self.config) {
            log.push(LogLine::debug(format!(
                "JetStream creating dynamic configuration - {memory} memory, {storage} disk"
            )));
        }
        log.extend(BANNER.map(LogLine::info));
        log.extend(self.settings(&memory, &storage));
        log.extend(self.enabled_account());
        log.push(jetstream_started());
        log
    }

    fn settings(&self, memory: &str, storage: &str) -> Vec<LogLine> {
        let domain = &self.config.domain;
        let domain = (!domain.is_empty()).then(|| format!("  Domain:          {domain}"));
        let lines = [
            "---------------- JETSTREAM ----------------".to_owned(),
            "  Strict:          true".to_owned(),
            format!("  Max Memory:      {memory}"),
            format!("  Max Storage:     {storage}"),
            format!("  Store Directory: \"{}\"", self.folder),
        ];
        let end = ["  API Level:       5", "-------------------------------------------"].map(str::to_owned);
        lines.into_iter().chain(domain).chain(end).map(LogLine::info).collect()
    }

    fn enabled_account(&self) -> Vec<LogLine> {
        let (account, domain) = (self.account, &self.config.domain);
        let mut log = ["  Exports:", "     $JS.API.>"].map(LogLine::debug).to_vec();
        if !domain.is_empty() {
            log.push(LogLine::debug(format!(
                "Adding JetStream Domain Mapping \"$JS.{domain}.API.>\" -> $JS.API.> to system account"
            )));
        }
        log.push(LogLine::debug(format!("Enabled JetStream for account \"{account}\"")));
        log.extend(["  Max Memory:      -1 B", "  Max Storage:     -1 B"].map(LogLine::debug));
        if !self.restored.is_empty() {
            log.push(LogLine::debug(format!("Recovering JetStream state for account \"{account}\"")));
        }
        log.extend(self.restored.iter().flat_map(|stream| restored(account, stream)));
        log.push(LogLine::debug(format!("JetStream state for account \"{account}\" recovered")));
        log
    }

    /// The section if the folder of the streams cannot be created.
    pub fn failure_log() -> [LogLine; 2] {
        [starting_jetstream(), jetstream_started()]
    }
}

fn starting_jetstream() -> LogLine {
    LogLine::info("Starting JetStream")
}

fn jetstream_started() -> LogLine {
    LogLine::info("Took 1.592894ms to start JetStream")
}

fn restored(account: &str, restored: &RestoredStream) -> Vec<LogLine> {
    let RestoredStream { stream, messages, consumers } = restored;
    let mut log = vec![
        LogLine::info(format!("  Starting restore for stream '{account} > {stream}'")),
        LogLine::info(format!(
            "  Restored {} messages for stream '{account} > {stream}' in 1ms",
            gofmt::count(*messages)
        )),
    ];
    if *consumers > 0 {
        log.push(LogLine::info(format!(
            "  Recovering {consumers} consumers for stream - '{account} > {stream}'"
        )));
    }
    log
}

/// That the monitoring pages are served there.
pub fn monitoring(host: &str, port: i64) -> LogLine {
    LogLine::info(format!("Starting http monitor on {host}:{port}"))
}

/// The last section of a start.
pub fn ready(host: &str, port: u16) -> [LogLine; 2] {
    [
        LogLine::info(format!("Listening for client connections on {host}:{port}")),
        LogLine::info("Server is ready"),
    ]
}

/// The end of a start if the port is taken.
pub fn port_in_use(host: &str, port: u16) -> LogLine {
    LogLine::fatal(format!(
        "Error listening on port: {host}:{port}, \"listen tcp {host}:{port}: bind: address already in use\""
    ))
}

/// `signal` as Go calls it.
pub fn trapped(signal: &str) -> LogLine {
    LogLine::info(format!("Trapped \"{signal}\" signal"))
}

pub fn initiating_shutdown() -> LogLine {
    LogLine::info("Initiating Shutdown...")
}

pub fn jetstream_shutdown() -> [LogLine; 2] {
    [LogLine::info("Initiating JetStream Shutdown..."), LogLine::info("JetStream Shutdown")]
}

/// What has ended when the server has stopped.
pub fn stopped() -> [LogLine; 2] {
    ["Client accept loop exiting..", "SYSTEM - System connection closed: Client Closed"].map(LogLine::debug)
}

pub fn exiting() -> LogLine {
    LogLine::info("Server Exiting..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_has_its_optional_lines_in_place() {
        let config = JetStreamConfig { domain: "hub".to_owned(), max_memory: 1024, ..Default::default() };
        let start = JetStreamStart { config: &config, account: "A", folder: "/x", restored: &[] };
        let log = start.log();
        let index = |text: &str| log.iter().position(|line| line.text.contains(text));
        assert_eq!(index("Domain: "), index("Store Directory").map(|index| index + 1));
        assert_eq!(index("Domain Mapping"), index("$JS.API.>").map(|index| index + 1));
        assert_eq!(log.last(), Some(&jetstream_started()));
    }
}
