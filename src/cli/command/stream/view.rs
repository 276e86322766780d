//! `nats stream view`: a stream's messages, page by page.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use super::pick;
use crate::base::Time;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::output::message;
use crate::cli::running_command::RunningCommand;
use crate::client::{JetStream, Message, Subscription};
use crate::gojson;
use crate::jsapi::{
    AckPolicy, ConsumerAction, ConsumerConfig, DeliverPolicy, Nanos, NextRequest, ReplayPolicy,
};

/// The wait for a message after which the stream is at its end.
const PATIENCE: Duration = Duration::from_secs(5);

pub async fn run(cmd: &RunningCommand) -> Outcome {
    if !cmd.is_terminal() {
        return Err(Failure::error("interactive stream paging requires a valid terminal"));
    }
    let mut size = cmd.call.int("size");
    if size > 25 {
        cmd.log("Page size is limited to 25, setting to 25...");
        size = 25;
    }
    if size == 0 {
        size = 25;
    }
    let (jetstream, picked) = pick::stream(cmd).await?;
    picked.load(&jetstream).await?;
    let mut pager = Pager::start(cmd, &jetstream, &picked.name, size.max(1) as u64).await?;
    let shown = pages(cmd, &mut pager).await;
    let _ = jetstream.delete_consumer(&picked.name, &pager.consumer).await;
    shown
}

async fn pages(cmd: &RunningCommand, pager: &mut Pager) -> Outcome {
    loop {
        let Some((found, last)) = pager.next(cmd).await? else {
            cmd.log("Reached apparent end of data");
            return Ok(());
        };
        show(cmd, &found);
        if last && !cmd.confirm("Next Page?", true).await.unwrap_or(false) {
            return Ok(());
        }
    }
}

fn show(cmd: &RunningCommand, found: &Message) {
    if cmd.flag("raw") {
        cmd.line(&*String::from_utf8_lossy(found.body()));
        return;
    }
    let (sequence, time) = found.reply().and_then(place).unwrap_or_default();
    let received = cmd.time(time);
    cmd.line(format!("[{sequence}] Subject: {} Received: {received}", found.subject()));
    let headers = found.headers();
    if !headers.is_empty() {
        cmd.line("");
        for (name, value) in headers.with_status().filter(|(name, _)| !HIDDEN.contains(&&**name)) {
            let value = if name == "Nats-Stream-Source" {
                value.replace('\x0c', "\u{240a}")
            } else {
                value.into_owned()
            };
            cmd.line(format!("  {name}: {value}"));
        }
    }
    message::body(cmd, found.body());
}

/// Logs a message as it came, with its headers as Go prints a map.
fn trace(cmd: &RunningCommand, found: &Message) {
    let headers = found.headers();
    let mut map: BTreeMap<&str, Vec<Cow<'_, str>>> = BTreeMap::new();
    headers.with_status().for_each(|(name, value)| map.entry(name).or_default().push(value));
    let map: Vec<String> =
        map.into_iter().map(|(name, values)| format!("{name}:[{}]", values.join(" "))).collect();
    let body = String::from_utf8_lossy(found.body());
    cmd.log(&format!("<<< ({}) map[{}]\n{body}\n", found.body().len(), map.join(" ")));
}

/// Headers whose values are shown anyway.
const HIDDEN: [&str; 7] = [
    "Nats-Subject",
    "Nats-Stream",
    "Nats-Sequence",
    "Nats-Time-Stamp",
    "Nats-Num-Pending",
    "Nats-Last-Sequence",
    "Nats-UpTo-Sequnce",
];

/// The stream sequence and the time of a delivery, from its acknowledgement subject.
fn place(reply: &str) -> Option<(u64, Time)> {
    let mut tokens = reply.rsplit('.').skip(1).map(str::parse);
    let (time, _, sequence) = (tokens.next()?.ok()?, tokens.next()?, tokens.next()?.ok()?);
    Some((sequence, Time(time)))
}

/// A pull consumer that fetches page by page.
struct Pager {
    jetstream: JetStream,
    stream: String,
    consumer: String,
    inbox: String,
    subscription: Subscription,
    size: u64,
    /// Messages shown of this page; `None` before the first page.
    seen: Option<u64>,
}

impl Pager {
    async fn start(
        cmd: &RunningCommand,
        jetstream: &JetStream,
        stream: &str,
        size: u64,
    ) -> Result<Pager, Failure> {
        let connection = jetstream.connection();
        let inbox = connection.new_inbox();
        let subscription = connection.subscribe(&inbox, None)?;
        let name =
            format!("stream_pager_{}{}", cmd.env.ids.below(90_000) + 10_000, cmd.env.clock.now().nanos());
        let (since, id) = (cmd.call.int("since"), cmd.call.int("id"));
        let mut config = ConsumerConfig {
            description: "JSM Stream Pager".to_owned(),
            durable_name: Some(name.clone()),
            name: Some(name.clone()),
            deliver_policy: DeliverPolicy::All,
            ack_policy: AckPolicy::Explicit,
            ack_wait: Nanos::from_secs(30),
            replay_policy: ReplayPolicy::Instant,
            filter_subject: Some(match cmd.text("subject") {
                "" => ">".to_owned(),
                subject => subject.to_owned(),
            }),
            inactive_threshold: Nanos::from_secs(3600),
            num_replicas: 1,
            mem_storage: true,
            ..ConsumerConfig::default()
        };
        if since > 0 {
            config.deliver_policy = DeliverPolicy::ByStartTime;
            config.opt_start_time = Some(cmd.env.clock.now() - Duration::from_nanos(since as u64));
        } else if id > 0 {
            config.deliver_policy = DeliverPolicy::ByStartSequence;
            config.opt_start_seq = id as u64;
        }
        let created =
            manager::create_consumer(jetstream, stream, &config, ConsumerAction::CreateOrUpdate).await;
        created.map_err(Failure::api)?;
        let (jetstream, stream) = (jetstream.clone(), stream.to_owned());
        Ok(Pager { jetstream, stream, consumer: name, inbox, subscription, size, seen: None })
    }

    /// The next message, and whether it ends its page; `None` at the end of the stream.
    async fn next(&mut self, cmd: &RunningCommand) -> Result<Option<(Message, bool)>, Failure> {
        let connection = self.jetstream.connection().clone();
        let seen = self.seen.filter(|seen| *seen < self.size);
        if seen.is_none() {
            let request = NextRequest { batch: self.size as i64, no_wait: true, ..NextRequest::default() };
            let subject = format!("$JS.API.CONSUMER.MSG.NEXT.{}.{}", self.stream, self.consumer);
            connection.publish(&subject, Some(&self.inbox), b"", &gojson::to_vec(&request))?;
        }
        let Ok(found) = connection.clock().timeout(PATIENCE, self.subscription.next()).await else {
            return Ok(None);
        };
        let found = found?;
        if cmd.flag("trace") {
            found.iter().for_each(|found| trace(cmd, found));
        }
        let Some(found) = found.filter(|found| !matches!(found.status(), Some(404 | 408))) else {
            return Ok(None);
        };
        if let Some(reply) = found.reply() {
            connection.publish(reply, None, b"", b"+ACK")?;
        }
        let seen = seen.unwrap_or(0) + 1;
        self.seen = Some(seen);
        Ok(Some((found, seen == self.size)))
    }
}
