//! `nats sub`: shows messages until it is interrupted or has as many as were asked for.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use crate::base::Time;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{json, message};
use crate::cli::running_command::RunningCommand;
use crate::client::{Message, Subscription, ack_subject, subject};
use crate::gofmt::{self, Nanos, quote};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let mut subjects = cmd.call.texts("subjects");
    if subjects.is_empty() && !cmd.flag("inbox") {
        cmd.line("No subjects or --stream flag provided.");
        return Err(Failure::Usage("required argument".to_owned()));
    }
    let connection = cmd.connect().await?;
    if subjects.is_empty() {
        subjects.push(connection.new_inbox());
    }
    check(cmd)?;
    let ignored = ignored(cmd);
    if !cmd.flag("raw") && cmd.text("dump").is_empty() || cmd.flag("inbox") {
        let ignored = if ignored.is_empty() {
            String::new()
        } else {
            format!("\nIgnored subjects: {}", ignored.join(", "))
        };
        let acknowledging = if cmd.flag("ack") { "with acknowledgement of JetStream messages " } else { "" };
        let shown = if cmd.flag("ack") { subjects[0].clone() } else { subjects.join(", ") };
        cmd.log(&format!("Subscribing on {shown} {acknowledging}{ignored}"));
    }
    let queue = Some(cmd.text("queue")).filter(|queue| !queue.is_empty());
    let mut subscriptions = Vec::new();
    for subject in &subjects {
        subscriptions.push(connection.subscribe(subject, queue)?);
    }
    let flushed = connection.flush().await;
    if let Some(error) = connection.last_error() {
        return Err(Failure::error(error));
    }
    flushed?;
    let began = cmd.env.clock.now();
    let limit = cmd.call.uint("count");
    let mut count = 0;
    while let Some(found) = next(cmd, &mut subscriptions).await? {
        if ignored.iter().any(|pattern| subject::matches(pattern, found.subject())) {
            continue;
        }
        count += 1;
        show(cmd, &found, count, began);
        if cmd.flag("ack")
            && let Some(reply) = found.reply().filter(|reply| reply.starts_with(ack_subject::PREFIX))
        {
            connection.publish(reply, None, b"", b"")?;
        }
        if limit > 0 && count == limit {
            break;
        }
    }
    Ok(())
}

/// Rejects flags that exclude each other.
fn check(cmd: &RunningCommand) -> Outcome {
    let wrong = if cmd.flag("terminate-at-end") {
        "--terminate-at-end is only supported for JetStream subscriptions"
    } else if cmd.text("dump") == "-" && cmd.flag("inbox") {
        "generating inboxes is not compatible with dumping to stdout using null terminated strings"
    } else if cmd.flag("timestamp") && cmd.flag("delta-time") {
        "timestamp and delta-time flags are mutually exclusive"
    } else if cmd.flag("quiet") {
        "--quiet requires --backup"
    } else {
        return Ok(());
    };
    Err(Failure::error(wrong))
}

/// The patterns of `--ignore-subject`, separated by commas or spaces.
fn ignored(cmd: &RunningCommand) -> Vec<String> {
    let split = |text: String| {
        text.split([',', ' ', '\t', '\n'])
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    cmd.call.texts("ignore-subject").into_iter().flat_map(split).collect()
}

/// The next message of any subscription; `None` if none came within `--wait`.
async fn next(cmd: &RunningCommand, subscriptions: &mut [Subscription]) -> Result<Option<Message>, Failure> {
    let mut waiting: VecDeque<_> =
        subscriptions.iter_mut().map(|subscription| Box::pin(subscription.next())).collect();
    let mut any = pin!(poll_fn(|context| {
        for next in &mut waiting {
            if let Poll::Ready(found) = next.as_mut().poll(context) {
                return Poll::Ready(found);
            }
        }
        Poll::Pending
    }));
    let wait = u64::try_from(cmd.call.int("wait")).unwrap_or(0);
    if wait == 0 {
        return Ok(any.as_mut().await?);
    }
    match cmd.env.clock.timeout(Duration::from_nanos(wait), any.as_mut()).await {
        Ok(found) => Ok(found?),
        Err(_) => Ok(None),
    }
}

fn show(cmd: &RunningCommand, found: &Message, count: u64, began: Time) {
    if cmd.text("dump") == "-" {
        cmd.print(format!("{}\0", json::message(found)));
        return;
    }
    if cmd.flag("raw") {
        return message::compact(cmd, found.body());
    }
    let now = cmd.env.clock.now();
    let time = if cmd.flag("timestamp") {
        format!(" @ {}", gofmt::time::stamp_micro(now, &cmd.env.zone))
    } else if cmd.flag("delta-time") {
        format!(" @ {}", Nanos::from(now.since(began)))
    } else {
        String::new()
    };
    let reply = found.reply().map_or(String::new(), |reply| format!(" with reply {}", quote(reply)));
    cmd.line(format!("[#{count}]{time} Received on {}{reply}", quote(found.subject())));
    if cmd.flag("subjects-only") {
        return;
    }
    let headers = found.headers();
    if !headers.is_empty() {
        headers.with_status().for_each(|(name, value)| cmd.line(format!("{name}: {value}")));
        cmd.line("");
    }
    if !cmd.flag("headers-only") {
        message::body(cmd, found.body());
    }
}
