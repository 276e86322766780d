//! `nats sub --direct`: reads a stream message by message, without a consumer. So it does of streams whose messages are
//! gone once a consumer has them.

use std::time::Duration;

use super::show::Shown;
use super::start::{Start, start};
use super::{flush, ignored_line, within_wait};
use crate::base::Time;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::client::{Error, JetStream, Message};
use crate::gofmt;
use crate::gojson;
use crate::jsapi::{DeliverPolicy, MsgGetRequest, StreamConfig};

/// How soon it looks again where there is no message. The real command asks again at once.
const PAUSE: Duration = Duration::from_millis(100);

pub(super) async fn run(
    cmd: &RunningCommand,
    jetstream: &JetStream,
    config: &StreamConfig,
    subject: Option<&str>,
) -> Outcome {
    let stream = config.name.as_str();
    if !config.allow_direct {
        return Err(Failure::error(format!(
            "cannot enable direct gets: allow_direct is not set to true for stream {stream}"
        )));
    }
    let state = jetstream.stream_info(stream).await?.state;
    let mut request = MsgGetRequest { batch: 1, ..MsgGetRequest::default() };
    request.seq = state.first_seq;
    let shown = subject.map_or_else(|| config.subjects.join(", "), str::to_owned);
    let say = |what: &str| {
        cmd.log(&format!(
            "Subscribing to JetStream Stream (direct) holding messages with subject {shown} {what} {}",
            ignored_line(cmd)
        ));
    };
    match start(cmd)? {
        None => {}
        Some(Start::Sequence(sequence)) => {
            say(&format!("starting with sequence {sequence}"));
            request.seq = sequence;
        }
        Some(Start::Since(age)) => {
            say(&format!("starting with messages since {}", gofmt::age(age)));
            request.seq = 0;
            request.start_time = Some(cmd.env.clock.now() - age.duration());
        }
        Some(Start::Policy(policy)) => match policy {
            DeliverPolicy::Last => {
                say("starting with the last message received");
                request.seq = state.last_seq;
            }
            DeliverPolicy::New => {
                say("delivering any new messages received");
                request.seq = state.last_seq + 1;
            }
            DeliverPolicy::LastPerSubject => {
                say("for the last messages for each subject in the Stream");
                return Err(match subject {
                    None => Failure::error("at least one subject is required"),
                    Some(_) => Failure::NotSimulated("nats subscribe --direct --last-per-subject".to_owned()),
                });
            }
            DeliverPolicy::All | DeliverPolicy::ByStartSequence | DeliverPolicy::ByStartTime => {
                say("starting with the first message received");
            }
        },
    }
    flush(jetstream.connection()).await?;
    let mut shown = Shown::new(cmd);
    while let Some(found) = within_wait(cmd, next(cmd, jetstream, stream, &request)).await? {
        let Some(message) = found else { break };
        let (sequence, time) = place(&message)?;
        request = MsgGetRequest { batch: 1, seq: sequence + 1, ..MsgGetRequest::default() };
        let message = message.with_subject(&message.header("Nats-Subject").unwrap_or_default());
        if shown.is_ignored(message.subject()) {
            continue;
        }
        shown.read(stream, &message, sequence, time)?;
        if shown.is_all() {
            break;
        }
    }
    Ok(())
}

/// The sequence and the time of a message in the stream.
fn place(message: &Message) -> Result<(u64, Time), Failure> {
    let missing = |what: &str| Failure::error(format!("nats: missing {what} header"));
    let sequence = message.header("Nats-Sequence").and_then(|value| value.parse().ok());
    let time = message.header("Nats-Time-Stamp").and_then(|value| gofmt::time::parse(&*value).ok());
    Ok((sequence.ok_or_else(|| missing("sequence"))?, time.ok_or_else(|| missing("timestamp"))?))
}

/// The message that a request asks for, once there is one. `None` if there is none and the command is to end then.
async fn next(
    cmd: &RunningCommand,
    jetstream: &JetStream,
    stream: &str,
    request: &MsgGetRequest,
) -> Result<Option<Option<Message>>, Error> {
    let connection = jetstream.connection();
    let subject = format!("{}.DIRECT.GET.{stream}", jetstream.prefix());
    loop {
        let inbox = connection.new_inbox();
        let mut answers = connection.subscribe(&inbox, None)?;
        connection.publish(&subject, Some(&inbox), b"", &gojson::to_vec(request))?;
        match answers.next().await? {
            Some(found) if found.status().is_none() => return Ok(Some(Some(found))),
            _ if cmd.flag("terminate-at-end") => return Ok(Some(None)),
            _ => connection.alongside(cmd.env.clock.sleep(PAUSE)).await,
        }
    }
}
