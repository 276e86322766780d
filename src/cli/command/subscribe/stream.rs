//! `nats sub` of a stream: by a consumer that is made for it, or by one that is there.

use std::pin::pin;

use super::show::Shown;
use super::start::{Start, start};
use super::{direct, flush, ignored_line, within_wait};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::client::ack_subject::AckSubject;
use crate::client::{Connection, Error, JetStream, Message, PullConsumer, Subscription};
use crate::gofmt::{self, quote};
use crate::jsapi::{
    AckPolicy, ConsumerAction, ConsumerConfig, ConsumerInfo, DeliverPolicy, RetentionPolicy, StreamInfo, code,
};

/// Where messages come from.
enum Source {
    Pull(PullConsumer),
    Push(Connection, Subscription),
}

/// Shows messages of the stream that is named, or that holds the subject.
pub(super) async fn run(cmd: &RunningCommand, connection: &Connection, subject: Option<&str>) -> Outcome {
    let jetstream = cmd.jetstream_on(connection)?;
    let info = find(cmd, &jetstream, subject).await?;
    let config = info.config;
    let durable = cmd.text("durable");
    if cmd.flag("direct") && !durable.is_empty() {
        return Err(Failure::error("cannot use direct get when a durable name is supplied"));
    }
    let is_shared = matches!(config.retention, RetentionPolicy::WorkQueue | RetentionPolicy::Interest);
    if durable.is_empty() && (cmd.flag("direct") || is_shared) {
        return direct::run(cmd, &jetstream, &config, subject).await;
    }
    let stream = config.name.as_str();
    let wanted = consumer_config(cmd, subject.unwrap_or(">"))?;
    let (mut source, acknowledges) = match durable {
        "" => {
            let name = connection.ids().short(8);
            let made = jetstream.create_consumer(stream, &name, &wanted, ConsumerAction::Create).await;
            let made = made.map_err(|error| Failure::from(error).within("failed to create consumer"))?;
            (Source::Pull(PullConsumer::start(&jetstream, stream, &made.name)?), false)
        }
        durable => existing(cmd, &jetstream, stream, durable, wanted).await?,
    };
    flush(connection).await?;
    let mut shown = Shown::new(cmd);
    while let Some(found) = within_wait(cmd, pin!(source.next())).await? {
        if shown.is_ignored(found.subject()) {
            continue;
        }
        let Some(ack) = found.reply_bytes().and_then(AckSubject::parse) else { continue };
        shown.delivery(stream, &found, ack)?;
        if let Some(reply) = found.reply().filter(|_| acknowledges) {
            connection.publish(reply, None, b"", b"+ACK")?;
        }
        if shown.is_all() || cmd.flag("terminate-at-end") && ack.pending == 0 {
            break;
        }
    }
    Ok(())
}

impl Source {
    async fn next(&mut self) -> Result<Option<Message>, Error> {
        match self {
            Source::Pull(consumer) => consumer.next().await.map(Some),
            Source::Push(connection, subscription) => loop {
                match subscription.next().await? {
                    Some(message) if message.status().is_some() => answer(connection, &message)?,
                    found => return Ok(found),
                }
            },
        }
    }
}

/// Answers a flow control request of a push consumer, and tells it to go on where it has stalled.
fn answer(connection: &Connection, message: &Message) -> Result<(), Error> {
    let stalled = message.header("Nats-Consumer-Stalled");
    match message.reply().or(stalled.as_deref()) {
        Some(reply) => connection.publish(reply, None, b"", b""),
        None => Ok(()),
    }
}

/// The stream that is named, or the one that holds the subject.
async fn find(
    cmd: &RunningCommand,
    jetstream: &JetStream,
    subject: Option<&str>,
) -> Result<StreamInfo, Failure> {
    let mut stream = cmd.text("stream").to_owned();
    if stream.is_empty() {
        let subject = subject.unwrap_or_default();
        if subject.is_empty()
            || subject.starts_with('.')
            || subject.ends_with('.')
            || subject.contains([' ', '\t', '\n', '\r'])
        {
            return Err(Failure::error(format!("nats: invalid subject name: {subject}")));
        }
        stream = match jetstream.stream_names(Some(subject)).await?.into_iter().next() {
            Some(stream) => stream,
            None => return Err(Failure::error(format!("no stream found with subject: {subject}"))),
        };
    }
    check_name("stream", &stream)?;
    let info = jetstream.stream_info(&stream).await?;
    if cmd.flag("match-replies") {
        return Err(Failure::error("cannot enable --match-replies for JetStream streams"));
    }
    Ok(info)
}

fn check_name(what: &str, name: &str) -> Outcome {
    match name.contains(['>', '*', '.', ' ', '/', '\\', '\t', '\r', '\n']) {
        true => Err(Failure::error(format!("nats: invalid {what} name: {}", quote(name)))),
        false => Ok(()),
    }
}

/// The consumer that the flags ask for; says so.
fn consumer_config(cmd: &RunningCommand, subject: &str) -> Result<ConsumerConfig, Failure> {
    let mut config = ConsumerConfig {
        headers_only: cmd.flag("headers-only") || cmd.flag("subjects-only"),
        filter_subject: Some(subject.to_owned()),
        ack_policy: AckPolicy::None,
        ..ConsumerConfig::default()
    };
    let from = match start(cmd)? {
        None => return Ok(config),
        Some(Start::Sequence(sequence)) => {
            config.deliver_policy = DeliverPolicy::ByStartSequence;
            config.opt_start_seq = sequence;
            format!("starting at sequence {sequence}")
        }
        Some(Start::Since(age)) => {
            config.deliver_policy = DeliverPolicy::ByStartTime;
            config.opt_start_time = Some(cmd.env.clock.now() - age.duration());
            format!("since {}", gofmt::age(age))
        }
        Some(Start::Policy(policy)) => {
            config.deliver_policy = policy;
            match policy {
                DeliverPolicy::Last => "from last received message",
                DeliverPolicy::New => "for new messages",
                DeliverPolicy::LastPerSubject => "for last message per subject",
                DeliverPolicy::All | DeliverPolicy::ByStartSequence | DeliverPolicy::ByStartTime => {
                    "from first received message"
                }
            }
            .to_owned()
        }
    };
    cmd.log(&format!("Subscribing to subject {subject} {from} {}", ignored_line(cmd)));
    Ok(config)
}

/// The consumer of this name, or a new one; and whether its messages are acknowledged.
async fn existing(
    cmd: &RunningCommand,
    jetstream: &JetStream,
    stream: &str,
    name: &str,
    wanted: ConsumerConfig,
) -> Result<(Source, bool), Failure> {
    let shown = (quote(stream), quote(name));
    check_name("consumer", name)
        .map_err(|error| error.within(&format!("error loading durable consumer {}", shown.1)))?;
    let info = match jetstream.consumer_info(stream, name).await {
        Ok(info) => info,
        Err(Error::Api(error)) if error.err_code == code::CONSUMER_NOT_FOUND => {
            let wanted = ConsumerConfig { name: Some(name.to_owned()), ..wanted };
            let made = jetstream.create_consumer(stream, name, &wanted, ConsumerAction::Create).await;
            let info = made.map_err(|error| {
                Failure::from(error).within(&format!("failed to create durable consumer {}", shown.1))
            })?;
            return attach(jetstream, stream, info);
        }
        Err(error) => {
            let context = format!("error loading durable consumer {}", shown.1);
            return Err(Failure::from(error).within(&context));
        }
    };
    let is_push = info.config.as_ref().is_some_and(|config| config.deliver_subject.is_some());
    let kind = if is_push { "push" } else { "pull" };
    cmd.log(&format!(
        "Subscribing to JetStream Stream {} using existing {kind} consumer {}",
        shown.0, shown.1
    ));
    if is_push {
        cmd.log(&format!(
            "Detected push consumer {} on stream {} — push consumers are deprecated and will be removed in a future release. Please update to use a pull-based consumer.",
            shown.1, shown.0
        ));
    }
    attach(jetstream, stream, info)
}

/// Begins to receive what a consumer delivers.
fn attach(jetstream: &JetStream, stream: &str, info: ConsumerInfo) -> Result<(Source, bool), Failure> {
    let config = info.config.unwrap_or_default();
    if config.filter_subjects.len() > 1 {
        return Err(Failure::error("cannot subscribe to multi filter consumers"));
    }
    let source = match &config.deliver_subject {
        Some(subject) => {
            let connection = jetstream.connection();
            let subscription = connection.subscribe(subject, config.deliver_group.as_deref())?;
            Source::Push(connection.clone(), subscription)
        }
        None => Source::Pull(PullConsumer::start(jetstream, stream, &info.name)?),
    };
    Ok((source, config.ack_policy != AckPolicy::None))
}
