//! `nats cheat`: short lists of commands to copy.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::session::Session;

/// The labels that the real command knows.
const LABELS: [&str; 18] = [
    "account",
    "auth",
    "backup",
    "bench",
    "consumer",
    "context",
    "errors",
    "events",
    "jwt",
    "kv",
    "latency",
    "object",
    "publish",
    "reply",
    "schemas",
    "server",
    "stream",
    "subscribe",
];

/// The sheets of commands that are simulated, each after a line with `=` and its label.
const SHEETS: &str = include_str!("cheats.txt");

pub async fn run(session: &Session) -> Outcome {
    if !session.text("save").is_empty() {
        return Err(Failure::NotSimulated("nats cheat --save".to_owned()));
    }
    let label = session.text("label");
    if session.flag("list") || !LABELS.contains(&label) {
        session.line("Available Cheats:\n");
        LABELS.iter().for_each(|label| session.line(format!("    {label}")));
        return Ok(());
    }
    let sheet = SHEETS
        .strip_suffix('\n')
        .unwrap_or(SHEETS)
        .split("\n=")
        .find_map(|sheet| sheet.trim_start_matches('=').strip_prefix(label)?.strip_prefix('\n'));
    match sheet {
        Some(sheet) => session.line(sheet),
        None => return Err(Failure::NotSimulated(format!("nats cheat {label}"))),
    }
    Ok(())
}
