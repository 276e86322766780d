//! `--signal`: tells a server that runs what to do.

use std::process::Command;

/// Sends the signal that `name` or `name=whom` asks for, where whom is a process, the beginning of one and a `*`, or a
/// file with one in it.
pub(crate) fn control(wish: &str) -> Result<(), String> {
    let (name, whom) = wish.split_once('=').unwrap_or((wish, ""));
    let whom = match std::fs::read_to_string(whom) {
        Ok(text) if !whom.is_empty() => text.trim().to_owned(),
        _ => whom.to_owned(),
    };
    let signal = match name {
        "stop" => "KILL",
        "quit" => "INT",
        "reopen" => "USR1",
        "reload" => "HUP",
        "ldm" => "USR2",
        "term" => "TERM",
        _ => return Err(format!("unknown signal \"{name}\"")),
    };
    let (start, is_any) = whom.strip_suffix('*').map_or((whom.as_str(), false), |start| (start, true));
    if !start.is_empty() && start.parse::<i64>().is_err() {
        return Err(format!("invalid pid: {start}"));
    }
    let processes = if start.is_empty() || is_any { running()? } else { vec![start.to_owned()] };
    let program = program();
    if processes.len() > 1 && !is_any {
        let list = processes.join("\n");
        return Err(format!("multiple {program} processes running:\n{list}"));
    }
    if processes.is_empty() {
        return Err(format!("no {program} processes running"));
    }
    let mut failed = String::new();
    for process in processes.iter().filter(|process| process.starts_with(start)) {
        let sent = Command::new("kill").args(["-s", signal, process]).output();
        match sent {
            Ok(output) if output.status.success() => {}
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr).to_ascii_lowercase();
                let why = ["operation not permitted", "no such process"];
                let why = why.into_iter().find(|why| said.contains(why)).unwrap_or("no such process");
                failed.push_str(&format!("\nsignal \"{name}\" {process}: {why}"));
            }
            Err(error) => return Err(error.to_string()),
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(failed) }
}

/// The name that this program was called by.
pub(crate) fn program() -> String {
    let path = std::env::args().next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or("nats-server").to_owned()
}

/// The other processes of this program.
fn running() -> Result<Vec<String>, String> {
    let found = Command::new("pgrep").arg(program()).output();
    let found = found.map_err(|_| "unable to resolve pid, try providing one".to_owned())?;
    let own = std::process::id().to_string();
    let text = String::from_utf8_lossy(&found.stdout);
    Ok(text.lines().filter(|process| *process != own).map(str::to_owned).collect())
}
