//! Builtins for background jobs, and `sleep`.

use std::time::Duration;

use super::call::Call;
use crate::shell::jobs::{INTERRUPTED, TERMINATED};
use crate::shell::outcome::Outcome;

pub(super) fn jobs(call: &Call<'_>) -> Outcome {
    let jobs = call.shell.jobs.background();
    for (at, job) in jobs.iter().enumerate() {
        let mark = match jobs.len() - at {
            1 => '+',
            2 => '-',
            _ => ' ',
        };
        let state = if job.status().is_none() { "Running" } else { "Done" };
        call.io.stdout.line(&format!("[{}] {mark} {state:<27}{}", job.number, job.text));
    }
    Ok(0)
}

pub(super) fn kill(call: &Call<'_>) -> Outcome {
    let (mut signal, mut names) = ("TERM", call.args);
    if let Some((first, rest)) = call.args.split_first()
        && let Some(name) = first.strip_prefix('-')
    {
        (signal, names) = (name.strip_prefix("SIG").unwrap_or(name), rest);
    }
    if names.is_empty() {
        return call.fail("usage: kill [-signal] %job, with the jobs that \"jobs\" lists", 2);
    }
    let status = match signal {
        "TERM" | "15" => TERMINATED,
        "INT" | "2" => INTERRUPTED,
        "KILL" | "9" => 137,
        "HUP" | "1" => 129,
        other => return call.fail(&format!("-{other} is not simulated: only TERM, INT, KILL and HUP"), 1),
    };
    let mut outcome = 0;
    for name in names {
        match call.shell.jobs.find(name) {
            Some(job) if status == INTERRUPTED && job.terminal.interrupt() => {}
            Some(job) => job.kill(status),
            None => {
                outcome = 1;
                let text = if name.starts_with('%') { "No such job" } else { "No such process" };
                call.fail(&format!("{text}: {name}"), outcome)?;
            }
        }
    }
    Ok(outcome)
}

pub(super) async fn wait(call: Call<'_>) -> Outcome {
    let mut status = 0;
    if call.args.is_empty() {
        for job in call.shell.jobs.background() {
            job.ended().await;
        }
    }
    for name in call.args {
        status = match call.shell.jobs.find(name) {
            Some(job) => job.ended().await,
            None => 127,
        };
    }
    Ok(status)
}

pub(super) async fn sleep(call: Call<'_>) -> Outcome {
    if call.args.is_empty() {
        return call.fail("missing operand", 1);
    }
    let mut total = Duration::ZERO;
    for text in call.args {
        match duration(text) {
            Some(time) => total = total.saturating_add(time),
            None => return call.fail(&format!("invalid time interval ‘{text}’"), 1),
        }
    }
    call.shell.clock.sleep(total).await;
    Ok(0)
}

/// `1.5`, `2s`, `3m`, `4h`, `5d`
fn duration(text: &str) -> Option<Duration> {
    let unit = text.chars().next_back().filter(char::is_ascii_alphabetic);
    let seconds = match unit {
        None | Some('s') => 1.0,
        Some('m') => 60.0,
        Some('h') => 3600.0,
        Some('d') => 86_400.0,
        Some(_) => return None,
    };
    let number = text.trim_end_matches(|char: char| char.is_ascii_alphabetic() && unit == Some(char));
    if !number.starts_with(|char: char| char.is_ascii_digit() || char == '.') {
        return None;
    }
    Duration::try_from_secs_f64(number.parse::<f64>().ok()? * seconds).ok()
}
