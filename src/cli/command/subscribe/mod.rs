//! `nats sub`: shows messages until it is interrupted or has as many as were asked for.

mod direct;
mod show;
mod start;
mod stream;

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use self::show::Shown;
use crate::base::files::absolute;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::client::{Connection, Error, Message, Subscription, ack_subject, subject};

/// The flags with which messages come from a stream.
const OF_STREAMS: &[&str] =
    &["start-sequence", "durable", "all", "new", "last", "since", "last-per-subject", "stream", "direct"];

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let mut subjects = cmd.call.texts("subjects");
    if subjects.is_empty() && cmd.text("stream").is_empty() && !cmd.flag("inbox") {
        cmd.line("No subjects or --stream flag provided.");
        return Err(Failure::Usage("required argument".to_owned()));
    }
    let connection = cmd.connect().await?;
    let is_of_stream = OF_STREAMS.iter().any(|flag| is_used(cmd, flag));
    if !subjects.is_empty() && !cmd.text("durable").is_empty() {
        return Err(Failure::error("cannot specify both subjects and a durable consumer"));
    }
    if subjects.is_empty() && cmd.flag("inbox") {
        subjects.push(connection.new_reply_inbox());
    } else if subjects.len() > 1 && is_of_stream {
        return Err(Failure::error("streams subscribe support only 1 subject"));
    }
    check(cmd, is_of_stream)?;
    make_dump_folder(cmd)?;
    match is_of_stream {
        true => stream::run(cmd, &connection, subjects.first().map(String::as_str)).await,
        false => plain(cmd, &connection, &subjects).await,
    }
}

/// Whether a flag has a value other than none.
fn is_used(cmd: &RunningCommand, flag: &str) -> bool {
    cmd.flag(flag) || !cmd.text(flag).is_empty() || cmd.call.uint(flag) > 0
}

async fn plain(cmd: &RunningCommand, connection: &Connection, subjects: &[String]) -> Outcome {
    if is_shown(cmd) || cmd.flag("inbox") {
        let acknowledging = if cmd.flag("ack") { "with acknowledgement of JetStream messages " } else { "" };
        let shown = if cmd.flag("ack") { subjects[0].clone() } else { subjects.join(", ") };
        cmd.log(&format!("Subscribing on {shown} {acknowledging}{}", ignored_line(cmd)));
    }
    let queue = Some(cmd.text("queue")).filter(|queue| !queue.is_empty());
    let mut subscriptions = Vec::new();
    for subject in subjects {
        subscriptions.push(connection.subscribe(subject, queue)?);
    }
    flush(connection).await?;
    let mut shown = Shown::new(cmd);
    while let Some(found) = within_wait(cmd, any(&mut subscriptions)).await? {
        if shown.is_ignored(found.subject()) {
            continue;
        }
        shown.message(&found)?;
        if cmd.flag("ack")
            && let Some(reply) = found.reply().filter(|reply| reply.starts_with(ack_subject::PREFIX))
        {
            connection.publish(reply, None, b"", b"")?;
        }
        if shown.is_all() {
            break;
        }
    }
    Ok(())
}

/// Whether messages are shown to a person, not as they are nor as JSON.
fn is_shown(cmd: &RunningCommand) -> bool {
    !cmd.flag("raw") && cmd.text("dump").is_empty()
}

/// What the log says of ignored subjects.
fn ignored_line(cmd: &RunningCommand) -> String {
    match ignored(cmd).join(", ") {
        none if none.is_empty() => none,
        ignored => format!("\nIgnored subjects: {ignored}"),
    }
}

async fn flush(connection: &Connection) -> Outcome {
    let flushed = connection.flush().await;
    match connection.last_error() {
        Some(error) => Err(Failure::error(error)),
        None => Ok(flushed?),
    }
}

/// Rejects flags that exclude each other.
fn check(cmd: &RunningCommand, is_of_stream: bool) -> Outcome {
    let inbox = "generating inboxes is not compatible with";
    let wrong = if cmd.flag("terminate-at-end") && !is_of_stream {
        "--terminate-at-end is only supported for JetStream subscriptions".to_owned()
    } else if cmd.flag("inbox") && is_of_stream {
        format!("{inbox} JetStream subscriptions")
    } else if !cmd.text("queue").is_empty() && is_of_stream {
        "queue group subscriptions are not supported with JetStream".to_owned()
    } else if cmd.text("dump") == "-" && cmd.flag("inbox") {
        format!("{inbox} dumping to stdout using null terminated strings")
    } else if cmd.flag("timestamp") && cmd.flag("delta-time") {
        "timestamp and delta-time flags are mutually exclusive".to_owned()
    } else if cmd.flag("quiet") {
        "--quiet requires --backup".to_owned()
    } else {
        return Ok(());
    };
    Err(Failure::error(wrong))
}

/// Makes the folder that messages are dumped to.
fn make_dump_folder(cmd: &RunningCommand) -> Outcome {
    let folder = cmd.text("dump");
    if matches!(folder, "" | "-") {
        return Ok(());
    }
    let mut made = String::new();
    for part in absolute(&cmd.env.folder, folder).split('/').filter(|part| !part.is_empty()) {
        made = format!("{made}/{part}");
        if !cmd.env.files.is_folder(&made) {
            let refused = |_| Failure::error(format!("mkdir {folder}: not a directory"));
            cmd.env.files.make_folder(&made).map_err(refused)?;
        }
    }
    Ok(())
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

/// The next message of any subscription.
async fn any(subscriptions: &mut [Subscription]) -> Result<Option<Message>, Error> {
    let mut waiting: VecDeque<_> =
        subscriptions.iter_mut().map(|subscription| Box::pin(subscription.next())).collect();
    poll_fn(|context| {
        for next in &mut waiting {
            if let Poll::Ready(found) = next.as_mut().poll(context) {
                return Poll::Ready(found);
            }
        }
        Poll::Pending
    })
    .await
}

/// What comes; `None` if nothing did within `--wait`.
async fn within_wait<T>(
    cmd: &RunningCommand,
    next: impl Future<Output = Result<Option<T>, Error>>,
) -> Result<Option<T>, Failure> {
    let wait = u64::try_from(cmd.call.int("wait")).unwrap_or(0);
    if wait == 0 {
        return Ok(next.await?);
    }
    match cmd.env.clock.timeout(Duration::from_nanos(wait), pin!(next)).await {
        Ok(found) => Ok(found?),
        Err(_) => Ok(None),
    }
}

/// Whether an ignored pattern matches.
fn matches_any(patterns: &[String], found: &str) -> bool {
    patterns.iter().any(|pattern| subject::matches(pattern, found))
}
