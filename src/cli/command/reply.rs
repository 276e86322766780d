//! `nats reply`: answers requests until it is interrupted.

use std::time::Duration;

use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::cli::template::{Facts, expand};
use crate::client::Headers;
use crate::client::{Connection, Message, Subscription};
use crate::gofmt::quote;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let connection = cmd.connect().await?;
    let echo = cmd.flag("echo") || cmd.text("body").is_empty();
    if echo && !cmd.flag("echo") {
        cmd.log("No body or command supplied, enabling echo mode");
    }
    let (subject, queue) = (cmd.text("subject"), cmd.text("queue"));
    // The real command does not check whether the subscription was allowed, and waits in vain.
    let mut requests = connection.subscribe(subject, Some(queue)).ok();
    let limit = cmd.call.uint("count");
    if let Some(requests) = requests.as_mut().filter(|_| limit > 0) {
        requests.unsubscribe_after(limit)?;
    }
    let flushed = connection.flush().await;
    if let Some(error) = connection.last_error() {
        return Err(Failure::error(error));
    }
    flushed?;
    cmd.log(&format!("Listening on {} in group {}", quote(subject), quote(queue)));
    let work = async {
        match &mut requests {
            Some(requests) => serve(cmd, &connection, requests, echo).await,
            None => connection.alongside(std::future::pending()).await,
        }
    };
    match cmd.stdio.stdout.terminal() {
        Some(terminal) => super::first(work, terminal.interrupted()).await.unwrap_or(Ok(()))?,
        None => work.await?,
    }
    cmd.log("\nDraining...");
    cmd.log("Exiting");
    Err(Failure::Status(1))
}

async fn serve(
    cmd: &RunningCommand,
    connection: &Connection,
    requests: &mut Subscription,
    echo: bool,
) -> Outcome {
    let limit = cmd.call.uint("count");
    let mut count = 0;
    loop {
        let Some(request) = requests.next().await? else {
            // Requests that could not be answered do not count, but the limit is reached.
            return connection.alongside(std::future::pending()).await;
        };
        show(cmd, &request, count);
        let most = u64::try_from(cmd.call.int("sleep")).unwrap_or(0);
        if most > 0 {
            let pause = Duration::from_nanos(cmd.env.ids.below(most));
            connection.alongside(cmd.env.clock.wait(pause)).await;
        }
        if answer(cmd, connection, &request, count, echo)? {
            count += 1;
        }
        if limit != 0 && count as u64 == limit {
            connection.flush().await?;
            return Ok(());
        }
    }
}

fn show(cmd: &RunningCommand, request: &Message, count: i64) {
    cmd.log(&format!("[#{count}] Received on subject {}:", quote(request.subject())));
    let headers = request.headers();
    headers.with_status().for_each(|(name, value)| cmd.log(&format!("{name}: {value}")));
    cmd.line("");
    cmd.stdio.stdout.write(request.body());
    cmd.line("");
}

/// Returns whether the request had a reply subject.
fn answer(
    cmd: &RunningCommand,
    connection: &Connection,
    request: &Message,
    count: i64,
    echo: bool,
) -> Result<bool, Failure> {
    let Some(reply) = request.reply() else {
        cmd.log("Could not publish reply: nats: message does not have a reply");
        return Ok(false);
    };
    let mut headers = Headers::new();
    for header in cmd.call.texts("header") {
        let Some((name, value)) = header.split_once(':') else { return Ok(false) };
        let facts = Facts { env: &cmd.env, count, request: None };
        let Ok(value) = expand(value.trim(), &facts) else { return Ok(false) };
        headers.add(name.trim(), value);
    }
    let mut body = request.body().to_vec();
    if echo {
        request.headers().with_status().for_each(|(name, value)| headers.add(name, value));
        headers.add("NATS-Reply-Counter", count.to_string());
    } else {
        let asked = String::from_utf8_lossy(request.body());
        let facts = Facts { env: &cmd.env, count, request: Some(&asked) };
        body = expand(cmd.text("body"), &facts)
            .unwrap_or_else(|wrong| {
                cmd.log(&format!("Could not parse body template: {wrong}"));
                cmd.text("body").to_owned()
            })
            .into_bytes();
    }
    let block = if headers.is_empty() { Vec::new() } else { headers.encode() };
    connection.publish(reply, None, &block, &body)?;
    Ok(true)
}
