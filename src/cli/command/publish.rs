//! `nats pub`: publishes messages.

use std::time::Duration;

use super::messages::{bodies, filled, headers, progress_of};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::progress::Progress;
use crate::cli::running_command::RunningCommand;
use crate::client::publish::read_ack;
use crate::client::{Connection, Error};
use crate::gofmt;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let connection = cmd.connect().await?;
    let count = cmd.call.int("count").max(1);
    let progress = progress_of(cmd, count);
    let work = publish(cmd, &connection, count, progress.as_ref());
    match &progress {
        Some(progress) => progress.beside(work).await,
        None => work.await,
    }
}

async fn publish(
    cmd: &RunningCommand,
    connection: &Connection,
    count: i64,
    progress: Option<&Progress<'_>>,
) -> Outcome {
    let [pause, jitter] = ["sleep", "jitter"].map(|flag| u64::try_from(cmd.call.int(flag)).unwrap_or(0));
    for body in bodies(cmd).await? {
        for number in 1..=count {
            if number > 1 && pause + jitter > 0 {
                let pause = pause + cmd.env.ids.below(jitter);
                pause_for(cmd, connection, Duration::from_nanos(pause)).await?;
            }
            one(cmd, connection, &body, number, progress.is_some() || cmd.flag("quiet")).await?;
            progress.inspect(|progress| progress.step());
        }
    }
    Ok(())
}

async fn one(
    cmd: &RunningCommand,
    connection: &Connection,
    body: &str,
    number: i64,
    silent: bool,
) -> Outcome {
    let body = filled(cmd, "body", body, number);
    let subject = filled(cmd, "subject", cmd.text("subject"), number);
    let headers = headers(cmd, number)?;
    let said = format!("Published {} bytes to {}", body.len(), gofmt::quote(&subject));
    if cmd.flag("jetstream") {
        if !silent {
            cmd.log(&said);
        }
        return store(cmd, connection, &subject, &headers, &body, silent).await;
    }
    let reply = Some(cmd.text("reply")).filter(|reply| !reply.is_empty());
    connection.publish(&subject, reply, &headers, body.as_bytes())?;
    let flushed = connection.flush().await;
    if let Some(error) = connection.last_error() {
        return Err(Failure::error(error));
    }
    flushed?;
    if !silent {
        cmd.log(&said);
    }
    Ok(())
}

async fn store(
    cmd: &RunningCommand,
    connection: &Connection,
    subject: &str,
    headers: &[u8],
    body: &str,
    silent: bool,
) -> Outcome {
    let answer = connection.request(&[subject], headers, body.as_bytes()).await;
    let answer = answer.map_err(|error| match error {
        Error::Timeout => Failure::error("nats: timeout"),
        other => Failure::from(other),
    })?;
    let ack = read_ack(&answer).map_err(|error| match error {
        Error::NotStored(error) => Failure::api(Error::Api(error)),
        other => Failure::from(other),
    })?;
    if cmd.flag("trace") {
        cmd.line(format!("<<< {}", String::from_utf8_lossy(answer.body())));
    }
    if !silent {
        let duplicate = if ack.duplicate { " Duplicate: true" } else { "" };
        cmd.log(&format!("Stored in Stream: {} Sequence: {}{duplicate}", ack.stream, gofmt::count(ack.seq)));
    }
    Ok(())
}

async fn pause_for(cmd: &RunningCommand, connection: &Connection, pause: Duration) -> Outcome {
    let sleep = connection.alongside(cmd.env.clock.wait(pause));
    let Some(terminal) = cmd.stdio.stdout.terminal() else {
        sleep.await;
        return Ok(());
    };
    match super::first(sleep, terminal.interrupted()).await {
        Some(()) => Ok(()),
        None => Err(Failure::error("context canceled")),
    }
}
