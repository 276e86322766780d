//! `nats request`: sends requests and shows the replies.

use std::time::Duration;

use super::messages::{bodies, filled, headers, progress_of};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::message;
use crate::cli::output::progress::Progress;
use crate::cli::running_command::RunningCommand;
use crate::client::connection::SHORTEST_TIMEOUT;
use crate::client::{Connection, Message};
use crate::gofmt::{Nanos, quote};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let work = ask(cmd);
    match cmd.stdio.stdout.terminal() {
        Some(terminal) => {
            let stopped = || Failure::error("context canceled");
            super::first(work, terminal.interrupted()).await.unwrap_or_else(|| Err(stopped()))
        }
        None => work.await,
    }
}

async fn ask(cmd: &RunningCommand) -> Outcome {
    let connection = cmd.connect().await?;
    let count = match cmd.call.int("count") {
        ..1 => i64::from(i16::MAX),
        count => count,
    };
    let progress = progress_of(cmd, count);
    let work = request(cmd, &connection, count, progress.as_ref());
    match &progress {
        Some(progress) => progress.beside(work).await,
        None => work.await,
    }
}

async fn request(
    cmd: &RunningCommand,
    connection: &Connection,
    count: i64,
    progress: Option<&Progress<'_>>,
) -> Outcome {
    for body in bodies(cmd).await? {
        for number in 1..=count {
            if !one(cmd, connection, &body, number, progress).await? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Sends one request and shows its replies. Returns false if there are no responders.
async fn one(
    cmd: &RunningCommand,
    connection: &Connection,
    body: &str,
    number: i64,
    progress: Option<&Progress<'_>>,
) -> Result<bool, Failure> {
    let body = filled(cmd, "body", body, number);
    let subject = filled(cmd, "subject", cmd.text("subject"), number);
    let chatty = progress.is_none() && !cmd.flag("raw");
    if chatty {
        cmd.log(&format!("Sending request on {}", quote(&subject)));
    }
    let headers = headers(cmd, number)?;
    let inbox = connection.new_inbox();
    let mut answers = connection.subscribe(&inbox, None)?;
    connection.publish(&subject, Some(&inbox), &headers, body.as_bytes())?;
    progress.inspect(|progress| progress.step());
    let began = cmd.env.clock.now();
    let wanted = if cmd.flag("wait-for-empty") { i64::from(i16::MAX) } else { cmd.call.int("replies") };
    let (mut received, mut total) = (0, Duration::ZERO);
    let mut patience = cmd.timeout();
    loop {
        if patience < SHORTEST_TIMEOUT {
            return Ok(true);
        }
        let Ok(answer) = cmd.env.clock.timeout(patience, answers.next()).await else {
            return Ok(true);
        };
        let Some(answer) = answer? else { return Ok(true) };
        if answer.body().is_empty() && answer.status() == Some(503) {
            cmd.log("No responders are available");
            return Ok(false);
        }
        let rtt = cmd.env.clock.now().since(began);
        show(cmd, &answer, rtt, chatty);
        received += 1;
        if wanted > 0 && (received == wanted || answer.body().is_empty()) {
            return Ok(true);
        }
        total += rtt;
        patience = match wanted {
            0 => cmd.timeout().saturating_sub(rtt),
            _ => total / received as u32 + Duration::from_nanos(cmd.call.int("reply-timeout").max(0) as u64),
        };
    }
}

fn show(cmd: &RunningCommand, answer: &Message, rtt: Duration, chatty: bool) {
    if chatty {
        cmd.log(&format!("Received with rtt {}", Nanos::from(rtt)));
        let headers = answer.headers();
        if !headers.is_empty() {
            headers.with_status().for_each(|(name, value)| cmd.log(&format!("{name}: {value}")));
            cmd.log("");
        }
    }
    if chatty || cmd.flag("raw") {
        message::body(cmd, answer.body());
    }
}
