//! `--signal`: sends a signal to a running server.

use std::ffi::OsStr;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process};
use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System};

use crate::machine::program_name;

/// Sends the signal that `name` or `name=target` asks for. A target is a process id, the beginning of one with a `*`
/// behind it, or a file with one in it; without a target it is the only other process of this program.
///
/// # Errors
/// What nats-server prints, without its name.
pub(crate) fn send(command: &str) -> Result<(), String> {
    let (name, target) = command.split_once('=').unwrap_or((command, ""));
    let target = match std::fs::read_to_string(target) {
        Ok(text) => text.trim().to_owned(),
        Err(_) => target.to_owned(),
    };
    let signal = match name {
        "stop" => Signal::KILL,
        "quit" => Signal::INT,
        "reopen" => Signal::USR1,
        "reload" => Signal::HUP,
        "ldm" => Signal::USR2,
        "term" => Signal::TERM,
        _ => return Err(format!("unknown signal \"{name}\"")),
    };
    let failures: String = processes(&target)?
        .iter()
        .filter_map(|process| {
            let reason = kill(process, signal).err()?;
            Some(format!("\nsignal \"{name}\" {process}: {reason}"))
        })
        .collect();
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}

/// The process ids that a target stands for.
fn processes(target: &str) -> Result<Vec<String>, String> {
    let (prefix, is_pattern) = target.strip_suffix('*').map_or((target, false), |prefix| (prefix, true));
    if !prefix.is_empty() && prefix.parse::<i64>().is_err() {
        return Err(format!("invalid pid: {prefix}"));
    }
    if !prefix.is_empty() && !is_pattern {
        return Ok(vec![prefix.to_owned()]);
    }
    let program = program_name();
    let mut running = running(&program);
    if running.len() > 1 && !is_pattern {
        return Err(format!("multiple {program} processes running:\n{}", running.join("\n")));
    }
    if running.is_empty() {
        return Err(format!("no {program} processes running"));
    }
    running.retain(|process| process.starts_with(prefix));
    Ok(running)
}

fn kill(process: &str, signal: Signal) -> Result<(), &'static str> {
    let pid = process.parse().ok().and_then(Pid::from_raw).ok_or("no such process")?;
    kill_process(pid, signal).map_err(|error| match error {
        Errno::PERM => "operation not permitted",
        _ => "no such process",
    })
}

/// The ids of other processes with this name, in ascending order.
fn running(program: &str) -> Vec<String> {
    let mut system = System::new();
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, ProcessRefreshKind::nothing());
    let mut processes: Vec<u32> = system
        .processes_by_name(OsStr::new(program))
        .filter(|process| process.thread_kind().is_none())
        .map(|process| process.pid().as_u32())
        .filter(|process| *process != std::process::id())
        .collect();
    processes.sort_unstable();
    processes.iter().map(u32::to_string).collect()
}
