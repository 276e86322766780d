//! Builtins for background jobs.

use super::call::Call;
use crate::programs::{INTERRUPTED, STOPPED, TERMINATED};
use crate::shell::jobs::{Job, SHELL_PID};
use crate::shell::outcome::Outcome;
use crate::shell::signal::Signal;

pub(super) fn jobs(call: &Call<'_>) -> Outcome {
    let jobs = &call.shell.jobs;
    for job in jobs.background() {
        if call.args.first().is_some_and(|arg| arg == "-p") {
            call.io.stdout.line(&job.pid.to_string());
            continue;
        }
        let mark = jobs.mark(&job);
        match job.status() {
            Some(status) => call.io.stdout.print(&job.end_notice(status, mark)),
            None if job.is_stopped() => call.io.stdout.print(&job.stop_notice(mark)),
            None => call.io.stdout.line(&format!("[{}]{mark}  {:<24}{} &", job.number, "Running", job.text)),
        }
    }
    jobs.take_stopped(); // they have been said now
    Ok(0)
}

/// The job that the argument names, or the last one.
fn job_of(call: &Call<'_>) -> Option<Job> {
    call.shell.jobs.find(call.args.first().map_or("%+", String::as_str))
}

pub(super) async fn fg(call: Call<'_>) -> Outcome {
    let Some(job) = job_of(&call) else {
        return call.fail(&format!("{}: no such job", call.args.first().map_or("current", |arg| arg)), 1);
    };
    call.io.stdout.line(&job.text);
    job.resume();
    let _front = call.shell.jobs.bring_to_front(&job);
    Ok(job.halted().await)
}

pub(super) fn bg(call: &Call<'_>) -> Outcome {
    match job_of(call) {
        Some(job) if job.is_stopped() => {
            call.io.stdout.line(&format!("[{}]{} {} &", job.number, call.shell.jobs.mark(&job), job.text));
            job.resume();
            Ok(0)
        }
        Some(job) => call.fail(&format!("job {} already in background", job.number), 0),
        None => call.fail(&format!("{}: no such job", call.args.first().map_or("current", |arg| arg)), 1),
    }
}

pub(super) fn disown(_: &Call<'_>) -> Outcome {
    Ok(0)
}

pub(super) fn kill(call: &Call<'_>) -> Outcome {
    let (mut signal, mut names) = ("TERM", call.args);
    if let Some((first, rest)) = call.args.split_first()
        && let Some(name) = first.strip_prefix('-')
    {
        match (name, rest) {
            ("s", [name, rest @ ..]) => (signal, names) = (name, rest),
            _ => (signal, names) = (name, rest),
        }
    }
    let signal = signal.strip_prefix("SIG").unwrap_or(signal);
    if names.is_empty() {
        return call.fail("usage: kill [-signal] %job, with the jobs that \"jobs\" lists", 2);
    }
    let status = match signal {
        "TERM" | "15" => TERMINATED,
        "INT" | "2" => INTERRUPTED,
        "KILL" | "9" => 137,
        "HUP" | "1" => 129,
        "STOP" | "19" | "TSTP" | "20" => STOPPED,
        "CONT" | "18" | "0" => 0,
        other => {
            let there_are = "only TERM, INT, KILL, HUP, STOP, CONT and 0";
            return call.fail(&format!("-{other} is not simulated: {there_are}"), 1);
        }
    };
    let mut outcome = 0;
    for name in names {
        match call.shell.jobs.find(name) {
            Some(job) if ["CONT", "18"].contains(&signal) => job.resume(),
            Some(_) if status == 0 => {}
            Some(job) if status == STOPPED => call.shell.jobs.stop(&job),
            Some(job) if status == INTERRUPTED && job.terminal.interrupt() => {}
            Some(job) => job.kill(status),
            None if *name == SHELL_PID.to_string() => {
                call.shell.state_mut().pending_signal = Signal::read(signal);
            }
            None => {
                outcome = 1;
                let text = if name.starts_with('%') { "no such job" } else { "No such process" };
                let text = if name.starts_with('%') {
                    format!("{name}: {text}")
                } else {
                    format!("({name}) - {text}")
                };
                call.fail(&text, outcome)?;
            }
        }
    }
    Ok(outcome)
}

pub(super) async fn wait(call: Call<'_>) -> Outcome {
    let mut status = 0;
    let names: Vec<&String> = call.args.iter().filter(|arg| !arg.starts_with('-')).collect();
    if names.is_empty() {
        for job in call.shell.jobs.background() {
            job.ended().await;
        }
    }
    for name in names {
        status = match call.shell.jobs.find(name) {
            Some(job) => job.ended().await,
            None => 127,
        };
    }
    Ok(status)
}
