//! `nats consumer edit`: shows what changes in a consumer's settings, asks, and changes it.

use super::{add, backoff, info, max_pending, pick};
use crate::base::Time;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::output::difference::{self, Record, State, named};
use crate::cli::running_command::{RunningCommand, own_metadata};
use crate::gofmt::{self, quote};
use crate::jsapi::{
    AckPolicy, ConsumerAction, ConsumerConfig, DeliverPolicy, Nanos, PriorityPolicy, ReplayPolicy,
};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, found) = pick::consumer(cmd).await?;
    let config = found.config.unwrap_or_default();
    if config.durable_name.is_none() {
        return Err(Failure::error("only durable consumers can be edited"));
    }
    let old = ConsumerConfig { metadata: own_metadata(&config.metadata), ..config };
    let mut new = changed(cmd, old.clone()).map_err(|failure| {
        failure.within(&format!("could not create new configuration for Consumer {}", found.name))
    })?;
    match cmd.call.int("sample") {
        -1 => {}
        percent => new.sample_freq = add::sample_freq(percent)?,
    }
    if !new.backoff.is_empty() && new.ack_wait != old.ack_wait {
        let wrong = "consumers with backoff policies do not support editing Ack Wait";
        return Err(Failure::error(wrong));
    }
    if old.backoff != new.backoff && !old.backoff.is_empty() && !new.backoff.is_empty() {
        let what = "nats consumer edit of a backoff policy in place of another".to_owned();
        return Err(Failure::NotSimulated(what));
    }
    let records = records(&old, &new);
    if records.iter().all(|record| matches!(record.state, State::Same(_))) {
        if !cmd.flag("dry-run") {
            cmd.line("No difference in configuration");
        }
        return Ok(());
    }
    cmd.print(format!("Differences (-old +new):\n{}", difference::render("api.ConsumerConfig", &records)));
    if cmd.flag("dry-run") {
        return Err(Failure::Status(1));
    }
    let stream = &found.stream_name;
    if !cmd.flag("force") {
        let sure = cmd.confirm(&format!("Really edit Consumer {stream} > {}", found.name), false).await;
        if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
            return Ok(());
        }
    }
    let updated = manager::create_consumer(&jetstream, stream, &new, ConsumerAction::CreateOrUpdate).await;
    info::show(cmd, &updated.map_err(Failure::api)?, false);
    Ok(())
}

/// A configuration with what was given in place of what was there.
fn changed(cmd: &RunningCommand, mut config: ConsumerConfig) -> Result<ConsumerConfig, Failure> {
    let number = |name: &str, unset: i64| Some(cmd.call.int(name)).filter(|number| *number != unset);
    if !cmd.text("description").is_empty() {
        cmd.text("description").clone_into(&mut config.description);
    }
    if !cmd.text("target").is_empty() {
        config.deliver_subject = Some(cmd.text("target").to_owned());
    }
    config.inactive_threshold = number("inactive-threshold", 0).map_or(config.inactive_threshold, Nanos);
    config.max_deliver = number("max-deliver", 0).unwrap_or(config.max_deliver);
    config.max_ack_pending =
        Some(max_pending(cmd)).filter(|pending| *pending != -1).unwrap_or(config.max_ack_pending);
    config.ack_wait = number("wait", -1_000_000_000).map_or(config.ack_wait, Nanos);
    let positive = |name: &str| Some(cmd.call.int(name)).filter(|number| *number > 0);
    config.max_batch = positive("max-pull-batch").unwrap_or(config.max_batch);
    config.max_expires = positive("max-pull-expire").map_or(config.max_expires, Nanos);
    config.max_bytes = positive("max-pull-bytes").unwrap_or(config.max_bytes);
    config.num_replicas = positive("replicas").unwrap_or(config.num_replicas);
    if !cmd.text("backoff").is_empty() {
        config.backoff = backoff::given(cmd)?;
    }
    if cmd.call.given("headers-only") {
        config.headers_only = cmd.flag("headers-only");
    }
    let mut filters = cmd.call.texts("filter");
    match filters.len() {
        0 => {}
        1 => {
            config.filter_subject = filters.pop().filter(|filter| !filter.is_empty());
            config.filter_subjects = Vec::new();
        }
        _ => (config.filter_subject, config.filter_subjects) = (None, filters),
    }
    if cmd.call.given("metadata") {
        config.metadata = own_metadata(&cmd.call.map("metadata"));
    }
    Ok(config)
}

/// All fields, in the order of jsm.go's struct.
fn records(old: &ConsumerConfig, new: &ConsumerConfig) -> Vec<Record> {
    let show = |key: &str, show: &dyn Fn(&ConsumerConfig) -> String| difference::field(key, old, new, show);
    let text = |key: &str, get: &dyn Fn(&ConsumerConfig) -> &Option<String>| {
        show(key, &|config| quote(get(config).as_deref().unwrap_or_default()))
    };
    let time = |key: &str, get: &dyn Fn(&ConsumerConfig) -> Nanos| {
        show(key, &|config| named(&get(config).to_string()))
    };
    let record = |key: &str, state| Record { key: key.to_owned(), state };
    let groups = difference::sorted(&old.priority_groups, &new.priority_groups);
    vec![
        show("Description", &|config| quote(&config.description)),
        show("AckPolicy", &|config| named(ack(config.ack_policy))),
        time("AckWait", &|config| config.ack_wait),
        show("DeliverPolicy", &|config| named(deliver(config.deliver_policy))),
        text("DeliverSubject", &|config| &config.deliver_subject),
        text("DeliverGroup", &|config| &config.deliver_group),
        text("Durable", &|config| &config.durable_name),
        text("Name", &|config| &config.name),
        text("FilterSubject", &|config| &config.filter_subject),
        record("FilterSubjects", difference::sorted(&old.filter_subjects, &new.filter_subjects)),
        show("FlowControl", &|config| config.flow_control.to_string()),
        time("Heartbeat", &|config| config.idle_heartbeat),
        show("MaxAckPending", &|config| config.max_ack_pending.to_string()),
        show("MaxDeliver", &|config| config.max_deliver.to_string()),
        record("BackOff", difference::durations(&old.backoff, &new.backoff)),
        show("MaxWaiting", &|config| config.max_waiting.to_string()),
        show("OptStartSeq", &|config| config.opt_start_seq.to_string()),
        show("OptStartTime", &|config| config.opt_start_time.map_or("nil".to_owned(), moment)),
        show("RateLimit", &|config| config.rate_limit_bps.to_string()),
        show("ReplayPolicy", &|config| named(replay(config.replay_policy))),
        show("SampleFrequency", &|config| quote(&config.sample_freq)),
        show("HeadersOnly", &|config| config.headers_only.to_string()),
        show("MaxRequestBatch", &|config| config.max_batch.to_string()),
        time("MaxRequestExpires", &|config| config.max_expires),
        show("MaxRequestMaxBytes", &|config| config.max_bytes.to_string()),
        time("InactiveThreshold", &|config| config.inactive_threshold),
        show("Replicas", &|config| config.num_replicas.to_string()),
        show("MemoryStorage", &|config| config.mem_storage.to_string()),
        record("Metadata", difference::entries(Some(&old.metadata), Some(&new.metadata))),
        show("PauseUntil", &|config| moment(config.pause_until.unwrap_or(Time(0)))),
        record("PriorityGroups", groups),
        show("PriorityPolicy", &|config| named(priority(config.priority_policy))),
        time("PinnedTTL", &|config| config.priority_timeout),
        show("Direct", &|config| config.direct.to_string()),
        show("Sourcing", &|config| config.sourcing.to_string()),
    ]
}

fn moment(at: Time) -> String {
    named(&gofmt::time::string(at))
}

fn ack(policy: AckPolicy) -> &'static str {
    match policy {
        AckPolicy::None => "None",
        AckPolicy::All => "All",
        AckPolicy::Explicit => "Explicit",
        AckPolicy::FlowControl => "Flow Control",
    }
}

fn deliver(policy: DeliverPolicy) -> &'static str {
    match policy {
        DeliverPolicy::All => "All",
        DeliverPolicy::Last => "Last",
        DeliverPolicy::New => "New",
        DeliverPolicy::ByStartSequence => "By Start Sequence",
        DeliverPolicy::ByStartTime => "By Start Time",
        DeliverPolicy::LastPerSubject => "Last Per Subject",
    }
}

fn replay(policy: ReplayPolicy) -> &'static str {
    match policy {
        ReplayPolicy::Instant => "Instant",
        ReplayPolicy::Original => "Original",
    }
}

fn priority(policy: PriorityPolicy) -> &'static str {
    match policy {
        PriorityPolicy::None => "None",
        PriorityPolicy::Overflow => "Overflow",
        PriorityPolicy::PinnedClient => "Pinned Client",
        PriorityPolicy::Prioritized => "Prioritized",
    }
}
