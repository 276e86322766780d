//! Programs that wait: `sleep`, `timeout`, `watch`.

use std::time::Duration;

use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running, TERMINATED};

pub(super) fn sleep(call: Invocation) -> Running {
    Box::pin(async move { call.end(wait(&call).await) })
}

async fn wait(call: &Invocation) -> Outcome {
    if call.args.is_empty() {
        return Err(Complaint::new("missing operand", 1));
    }
    let mut total = Duration::ZERO;
    for text in &call.args {
        match duration(text) {
            Some(time) => total = total.saturating_add(time),
            None => return Err(Complaint::new(format!("invalid time interval ‘{text}’"), 1)),
        }
    }
    call.machine.clock.wait(total).await;
    Ok(0)
}

/// `1.5`, `2s`, `3m`, `4h`, `5d`, `infinity`
fn duration(text: &str) -> Option<Duration> {
    const FOREVER: Duration = Duration::from_secs(100 * 366 * 86_400);
    if matches!(text, "infinity" | "inf") {
        return Some(FOREVER);
    }
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
    Some(Duration::try_from_secs_f64(number.parse::<f64>().ok()? * seconds).ok()?.min(FOREVER))
}

pub(super) fn timeout(call: Invocation) -> Running {
    Box::pin(async move { call.end(limited(&call).await) })
}

async fn limited(call: &Invocation) -> Outcome {
    let long = [("signal", 's'), ("kill-after", 'k'), ("preserve-status", 'p'), ("foreground", 'f')];
    let options = Options::read(&call.args, "+s:k:pf", &long, 125)?;
    let (limit, name, args) = match &options.rest[..] {
        [limit, name, args @ ..] => (limit, name, args),
        _ => return Err(Complaint::new("missing operand", 125)),
    };
    let Some(time) = duration(limit) else {
        return Err(Complaint::new(format!("invalid time interval ‘{limit}’"), 125));
    };
    let Some(running) = call.start(name, args) else {
        return Err(Complaint::new(
            format!("failed to run command ‘{name}’: No such file or directory"),
            127,
        ));
    };
    if time.is_zero() {
        return Ok(running.await);
    }
    match call.machine.clock.wait(time).limit(running).await {
        Ok(status) => Ok(status),
        Err(_) if options.has('p') => Ok(TERMINATED),
        Err(_) => Ok(124),
    }
}

pub(super) fn watch(call: Invocation) -> Running {
    Box::pin(async move { call.end(repeat(&call).await) })
}

async fn repeat(call: &Invocation) -> Outcome {
    let long = [
        ("interval", 'n'),
        ("differences", 'd'),
        ("no-title", 't'),
        ("exec", 'x'),
        ("color", 'c'),
        ("errexit", 'e'),
    ];
    let options = Options::read(&call.args, "+n:dtxce", &long, 1)?;
    if options.rest.is_empty() {
        return Err(Complaint::new("no command: watch [-n seconds] command", 1));
    }
    let seconds: f64 = options.value('n').map_or(Some(2.0), |text| text.parse().ok()).unwrap_or(2.0);
    let interval = Duration::try_from_secs_f64(seconds.clamp(0.1, 1e6)).unwrap_or(Duration::from_secs(2));
    let command = options.rest.join(" ");
    loop {
        let clock = super::date::short(&call.machine);
        call.stdio.stdout.print("\x1b[H\x1b[2J\x1b[3J");
        if !options.has('t') {
            call.stdio
                .stdout
                .print(&format!("Every {:.1}s: {command}    {clock}\n\n", interval.as_secs_f64()));
        }
        let running = match options.has('x') {
            true => call.start(&options.rest[0], &options.rest[1..]),
            false => call.start("sh", &["-c".to_owned(), command.clone()]),
        };
        let status = match running {
            Some(running) => running.await,
            None => return Err(Complaint::new(format!("{command}: command not found"), 127)),
        };
        if status != 0 && options.has('e') {
            return Ok(status);
        }
        call.machine.clock.wait(interval).await;
    }
}
