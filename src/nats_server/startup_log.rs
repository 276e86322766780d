//! The lines that `nats-server` logs when it starts and when it ends.

use crate::base::{Time, TimeZone};
use crate::gofmt;
use crate::server::{RestoredStream, VERSION};

/// The commit that the version was built from.
pub const GIT: &str = "b2fd3ef";

/// The first column after the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Info,
    Debug,
    Warning,
    Error,
    Fatal,
}

/// One line of the log.
pub type Line = (Level, String);

/// What the log says of a server that starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starting<'a> {
    pub name: &'a str,
    pub id: &'a str,
    /// A short hash of the name, for clusters.
    pub node: &'a str,
    pub jetstream: Option<Store<'a>>,
    /// Somebody gave a password on the command line.
    pub plain_password: bool,
}

/// Where streams are kept, and how much of them. Sizes are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Store<'a> {
    pub folder: &'a str,
    pub max_memory: u64,
    pub max_storage: u64,
    pub restored: &'a [RestoredStream],
}

const BANNER: [&str; 7] = [
    r"    _ ___ _____ ___ _____ ___ ___   _   __  __",
    r" _ | | __|_   _/ __|_   _| _ \ __| /_\ |  \/  |",
    r"| || | _|  | | \__ \ | | |   / _| / _ \| |\/| |",
    r" \__/|___| |_| |___/ |_| |_|_\___/_/ \_\_|  |_|",
    "",
    "         https://docs.nats.io/jetstream",
    "",
];

/// What is said before the server listens.
pub fn starting(server: &Starting<'_>) -> Vec<Line> {
    let mut log = Vec::new();
    let mut info = |text: String| log.push((Level::Info, text));
    info("Starting nats-server".to_owned());
    info(format!("  Version:  {VERSION}"));
    info(format!("  Git:      [{GIT}]"));
    info(format!("  Name:     {}", server.name));
    if server.jetstream.is_some() {
        info(format!("  Node:     {}", server.node));
    }
    info(format!("  ID:       {}", server.id));
    if server.plain_password {
        log.push((Level::Warning, "Plaintext passwords detected, use nkeys or bcrypt".to_owned()));
    }
    if let Some(store) = &server.jetstream {
        log.extend(jetstream(store).into_iter().map(|text| (Level::Info, text)));
    }
    log
}

fn jetstream(store: &Store<'_>) -> Vec<String> {
    let mut log = vec!["Starting JetStream".to_owned()];
    log.extend(BANNER.map(str::to_owned));
    log.push("---------------- JETSTREAM ----------------".to_owned());
    log.push("  Strict:          true".to_owned());
    log.push(format!("  Max Memory:      {}", gofmt::friendly_bytes(store.max_memory)));
    log.push(format!("  Max Storage:     {}", gofmt::friendly_bytes(store.max_storage)));
    log.push(format!("  Store Directory: \"{}\"", store.folder));
    log.push("  API Level:       5".to_owned());
    log.push("-------------------------------------------".to_owned());
    for RestoredStream { stream, messages, consumers } in store.restored {
        log.push(format!("  Starting restore for stream '$G > {stream}'"));
        log.push(format!(
            "  Restored {} messages for stream '$G > {stream}' in 1ms",
            gofmt::count(*messages)
        ));
        if *consumers > 0 {
            log.push(format!("  Recovering {consumers} consumers for stream - '$G > {stream}'"));
        }
    }
    log.push("Took 1.592894ms to start JetStream".to_owned());
    log
}

/// What is said when it listens.
pub fn ready(host: &str, port: u16) -> Vec<Line> {
    info([format!("Listening for client connections on {host}:{port}"), "Server is ready".to_owned()])
}

/// What is said when somebody else listens there.
pub fn in_use(host: &str, port: u16) -> Line {
    let place = format!("{host}:{port}");
    let text =
        format!("Error listening on port: {place}, \"listen tcp {place}: bind: address already in use\"");
    (Level::Fatal, text)
}

/// What is said at Ctrl-C.
pub fn stopping(jetstream: bool) -> Vec<Line> {
    let mut log = vec!["Trapped \"interrupt\" signal", "Initiating Shutdown..."];
    if jetstream {
        log.extend(["Initiating JetStream Shutdown...", "JetStream Shutdown"]);
    }
    log.push("Server Exiting..");
    info(log.into_iter().map(str::to_owned))
}

fn info(log: impl IntoIterator<Item = String>) -> Vec<Line> {
    log.into_iter().map(|text| (Level::Info, text)).collect()
}

/// A line as it is printed. Without a time where `now` is `None`.
pub fn print(line: &Line, process: u32, now: Option<Time>, zone: &TimeZone) -> String {
    let (level, text) = line;
    let tag = match level {
        Level::Info => "INF",
        Level::Debug => "DBG",
        Level::Warning => "WRN",
        Level::Error => "ERR",
        Level::Fatal => "FTL",
    };
    let time = now.map_or_else(String::new, |now| gofmt::time::log_micro(now, zone) + " ");
    format!("[{process}] {time}[{tag}] {text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_printed_as_the_real_server_does() {
        let time = gofmt::time::parse("2026-11-23T01:42:00.331072Z").ok();
        let line = print(&ready("127.0.0.1", 4222)[0], 7, time, &TimeZone::UTC);
        assert_eq!(
            line,
            "[7] 2026/11/23 01:42:00.331072 [INF] Listening for client connections on 127.0.0.1:4222"
        );
        assert_eq!(
            print(&in_use("h", 1), 7, None, &TimeZone::UTC),
            "[7] [FTL] Error listening on port: h:1, \"listen tcp h:1: bind: address already in use\""
        );
    }
}
