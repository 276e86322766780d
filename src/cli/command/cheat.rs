//! `nats cheat`: short lists of commands to copy.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;

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

pub async fn run(cmd: &RunningCommand) -> Outcome {
    if !cmd.text("save").is_empty() {
        return Err(Failure::NotSimulated("nats cheat --save".to_owned()));
    }
    let label = cmd.text("label");
    if cmd.flag("list") || !LABELS.contains(&label) {
        cmd.line("Available Cheats:\n");
        LABELS.iter().for_each(|label| cmd.line(format!("    {label}")));
        return Ok(());
    }
    let sheet = SHEETS
        .strip_suffix('\n')
        .unwrap_or(SHEETS)
        .split("\n=")
        .find_map(|sheet| sheet.trim_start_matches('=').strip_prefix(label)?.strip_prefix('\n'));
    match sheet {
        Some(sheet) => cmd.line(sheet),
        None => return Err(Failure::NotSimulated(format!("nats cheat {label}"))),
    }
    Ok(())
}
