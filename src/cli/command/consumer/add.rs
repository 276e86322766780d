//! `nats consumer add`: creates a consumer, and asks for what was not given.

use std::time::Duration;

use super::questions::{self, Explained};
use super::{backoff, info, max_pending, pause, pick};
use crate::base::files::absolute;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::output::json;
use crate::cli::running_command::{RunningCommand, own_metadata};
use crate::cli::values::parse_duration;
use crate::gofmt::{atoi, quote};
use crate::jsapi::{
    AckPolicy, ConsumerAction, ConsumerConfig, DeliverPolicy, Nanos, PriorityPolicy, ReplayPolicy,
};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, stream) = pick::stream(cmd).await?;
    let mut config = config(cmd).await?;
    if cmd.flag("validate") {
        cmd.line(json::consumer_config(&config));
        cmd.line("\nConfiguration is a valid Consumer");
        return Ok(());
    }
    if !cmd.text("output").is_empty() {
        let path = absolute(&cmd.env.folder, cmd.text("output"));
        let written = cmd.env.files.write(&path, json::consumer_config(&config).as_bytes(), false);
        return written.map_err(|error| {
            let error = error.to_string().to_lowercase();
            Failure::error(format!("open {}: {error}", cmd.text("output")))
        });
    }
    config.name = config.durable_name.clone().or(config.name);
    let name = config.name.get_or_insert_with(|| cmd.env.ids.short(8));
    if name.contains(['>', '*', '.', ' ', '/', '\\', '\0']) {
        let wrong = format!("{} is not a valid consumer name", quote(name));
        return Err(Failure::error(format!("Consumer creation failed: {wrong}")));
    }
    let created =
        manager::create_consumer(&jetstream, &stream, &config, ConsumerAction::CreateOrUpdate).await;
    let created = created.map_err(|error| Failure::api(error).within("Consumer creation failed"))?;
    info::show(cmd, &created, false);
    Ok(())
}

/// The configuration, from flags and answers.
async fn config(cmd: &RunningCommand) -> Result<ConsumerConfig, Failure> {
    let defaults = cmd.flag("defaults");
    let mut config =
        ConsumerConfig { description: cmd.text("description").to_owned(), ..ConsumerConfig::default() };
    set_name(cmd, &mut config).await?;
    let target = match (cmd.flag("pull"), cmd.text("target")) {
        (false, "") => {
            asked(cmd.input(questions::TARGET, Some("")).await, "could not request delivery target")?
        }
        (_, target) => target.to_owned(),
    };
    config.deliver_subject = Some(target).filter(|target| !target.is_empty());
    let is_push = config.deliver_subject.is_some();
    let group = match cmd.text("deliver-group") {
        "_unset_" if is_push && !defaults => {
            asked(cmd.input(questions::GROUP, Some("")).await, "could not request delivery group")?
        }
        "_unset_" => String::new(),
        group => group.to_owned(),
    };
    config.deliver_group = Some(group).filter(|group| !group.is_empty());
    let policy = or_ask(cmd, "deliver", questions::START, "all").await;
    set_start(cmd, &mut config, &asked(policy, "could not request start policy")?)?;
    set_acks(cmd, &mut config).await?;
    set_filters(cmd, &mut config).await?;
    set_limits(cmd, &mut config).await?;
    if is_push {
        let heartbeat = or_ask(cmd, "heartbeat", questions::HEARTBEAT, "0s").await;
        config.idle_heartbeat = match asked(heartbeat, "could not ask for idle heartbeat")?.as_str() {
            "-1" => Nanos::ZERO,
            text => Nanos(
                parse_duration(text)
                    .map_err(|why| Failure::error(format!("invalid heartbeat duration: {why}")))?,
            ),
        };
        config.flow_control = match defaults || cmd.call.given("flow-control") {
            true => cmd.flag("flow-control"),
            false => {
                let wanted = cmd.confirm("Enable Flow Control, ie --flow-control", false).await;
                asked(wanted, "could not ask flow control")?
            }
        };
    }
    config.headers_only = match defaults || cmd.call.given("headers-only") {
        true => cmd.flag("headers-only"),
        false => {
            let wanted = cmd.confirm("Deliver headers only without bodies", false).await;
            asked(wanted, "could not ask headers only")?
        }
    };
    backoff::set(cmd, &mut config).await?;
    set_rest(cmd, &mut config)?;
    Ok(config)
}

async fn set_name(cmd: &RunningCommand, config: &mut ConsumerConfig) -> Outcome {
    let (given, is_ephemeral) = (cmd.text("consumer"), cmd.flag("ephemeral"));
    let name = match given {
        "" if !is_ephemeral => {
            asked(cmd.input(questions::NAME, None).await, "could not request durable name")?
        }
        given => given.to_owned(),
    };
    let name = Some(name).filter(|name| !name.is_empty());
    if is_ephemeral {
        config.name = name;
        return Ok(());
    }
    if name.as_ref().is_some_and(|name| name.contains(['.', '*', '>'])) {
        return Err(Failure::error("durable name can not contain '.', '*', '>'"));
    }
    config.durable_name = name;
    Ok(())
}

/// An answer, or why there is none, behind what was to be asked.
fn asked<T>(answer: Result<T, Failure>, failed: &str) -> Result<T, Failure> {
    answer.map_err(|failure| failure.within(failed))
}

/// A number that was typed.
fn number(typed: Result<String, Failure>) -> Result<i64, Failure> {
    atoi(&typed?).map_err(Failure::error)
}

/// A flag's text, or the answer to a question; the default where no questions are asked.
async fn or_ask(
    cmd: &RunningCommand,
    flag: &str,
    question: Explained,
    default: &str,
) -> Result<String, Failure> {
    match cmd.text(flag) {
        "" if cmd.flag("defaults") => Ok(default.to_owned()),
        "" => cmd.input(question, Some(default)).await,
        given => Ok(given.to_owned()),
    }
}

pub(super) fn set_start(cmd: &RunningCommand, config: &mut ConsumerConfig, policy: &str) -> Outcome {
    config.deliver_policy = match policy {
        "all" => DeliverPolicy::All,
        "last" => DeliverPolicy::Last,
        "new" | "next" => DeliverPolicy::New,
        "subject" | "last_per_subject" => DeliverPolicy::LastPerSubject,
        number if number.bytes().all(|b| b.is_ascii_digit()) => {
            config.opt_start_seq = number.parse().unwrap_or(0);
            DeliverPolicy::ByStartSequence
        }
        delta => {
            let nanos = parse_duration(delta)
                .map_err(|why| Failure::error(format!("could not parse starting delta: {why}")))?;
            let delta = Duration::from_nanos(u64::try_from(nanos).unwrap_or(0));
            config.opt_start_time = Some(cmd.env.clock.now() - delta);
            DeliverPolicy::ByStartTime
        }
    };
    Ok(())
}

async fn set_acks(cmd: &RunningCommand, config: &mut ConsumerConfig) -> Outcome {
    let is_pull = config.deliver_subject.is_none();
    let default = if is_pull { "explicit" } else { "none" };
    let policy = match cmd.text("ack") {
        "" if cmd.flag("defaults") => default.to_owned(),
        "" => {
            let options = ["explicit", "all", "none"].map(str::to_owned);
            let picked = cmd.select_from(questions::ACKS, &options, default).await;
            asked(picked, "could not ask acknowledgement policy")?
        }
        given => given.to_owned(),
    };
    let replay = match cmd.text("replay") {
        "" if cmd.flag("defaults") => "instant".to_owned(),
        "" => {
            let options = ["instant", "original"].map(str::to_owned);
            let picked = cmd.select_from(questions::REPLAY, &options, "instant").await;
            asked(picked, "could not ask replay policy")?
        }
        given => given.to_owned(),
    };
    config.ack_policy = ack_policy(&policy);
    let is_instant = replay == "instant" || cmd.flag("defaults") && !is_pull;
    config.replay_policy = if is_instant { ReplayPolicy::Instant } else { ReplayPolicy::Original };
    if config.ack_policy == AckPolicy::None {
        config.max_deliver = -1;
    }
    config.ack_wait = Nanos(cmd.call.int("wait").max(0));
    if cmd.call.int("sample") > 0 {
        config.sample_freq = sample_freq(cmd.call.int("sample"))?;
    }
    Ok(())
}

pub(super) fn ack_policy(text: &str) -> AckPolicy {
    match text {
        "none" => AckPolicy::None,
        "all" => AckPolicy::All,
        "flow_control" => AckPolicy::FlowControl,
        _ => AckPolicy::Explicit,
    }
}

/// Which share of the acknowledgements is reported, in percent; none of 0.
pub(super) fn sample_freq(percent: i64) -> Result<String, Failure> {
    match percent {
        0 => Ok(String::new()),
        1..=100 => Ok(percent.to_string()),
        _ => Err(Failure::error("sample percent is not between 0 and 100")),
    }
}

async fn set_filters(cmd: &RunningCommand, config: &mut ConsumerConfig) -> Outcome {
    let mut filters = cmd.call.texts("filter");
    if filters.is_empty() && !cmd.flag("defaults") {
        let typed = cmd.input(questions::FILTERS, Some("")).await;
        let typed = asked(typed, "could not ask for filtering subject")?;
        let words = typed.split([',', ' ', '\t']).filter(|word| !word.is_empty());
        filters = words.map(str::to_owned).collect();
    }
    if filters.is_empty() && config.deliver_policy == DeliverPolicy::LastPerSubject {
        filters.push(">".to_owned());
    }
    match filters.len() {
        1 => config.filter_subject = filters.pop().filter(|filter| !filter.is_empty()),
        _ => config.filter_subjects = filters,
    }
    Ok(())
}

async fn set_limits(cmd: &RunningCommand, config: &mut ConsumerConfig) -> Outcome {
    let (defaults, has_acks) = (cmd.flag("defaults"), config.ack_policy != AckPolicy::None);
    let mut deliveries = cmd.call.int("max-deliver");
    if deliveries == 0 && defaults {
        deliveries = -1;
    } else if deliveries == 0 && has_acks {
        let typed = number(cmd.input(questions::DELIVERIES, Some("-1")).await);
        deliveries = asked(typed, "could not ask for maximum allowed deliveries")?;
    }
    let mut pending = max_pending(cmd);
    if pending == -1 && has_acks && !defaults {
        let typed = number(cmd.input(questions::PENDING, Some("0")).await);
        pending = asked(typed, "could not ask for maximum outstanding acknowledgements")?;
    }
    config.max_ack_pending = if pending == -1 { 0 } else { pending };
    if deliveries != 0 && has_acks {
        config.max_deliver = deliveries;
    }
    Ok(())
}

fn set_rest(cmd: &RunningCommand, config: &mut ConsumerConfig) -> Outcome {
    let is_push = config.deliver_subject.is_some();
    config.inactive_threshold = Nanos(cmd.call.int("inactive-threshold"));
    config.max_batch = cmd.call.int("max-pull-batch").max(0);
    config.max_expires = Nanos(cmd.call.int("max-pull-expire").max(0));
    config.max_bytes = cmd.call.int("max-pull-bytes").max(0);
    if !is_push {
        config.max_waiting = cmd.call.int("max-waiting");
    }
    if cmd.call.uint("bps") > 0 && !is_push {
        return Err(Failure::error("rate limits are only possible on Push consumers"));
    }
    if !is_push && !matches!(cmd.text("heartbeat"), "" | "-1") {
        return Err(Failure::error("pull subscribers does not support idle heartbeats"));
    }
    config.rate_limit_bps = cmd.call.uint("bps");
    config.num_replicas = cmd.call.int("replicas");
    config.mem_storage = cmd.flag("memory");
    config.metadata = own_metadata(&cmd.call.map("metadata"));
    if !cmd.text("pause").is_empty() {
        config.pause_until = Some(pause::time(cmd.text("pause"), cmd.env.clock.now())?);
    }
    let [pinned, overflow, prioritized] =
        ["pinned-groups", "overflow-groups", "prioritized-groups"].map(|name| cmd.call.texts(name));
    if !pinned.is_empty() && !overflow.is_empty() {
        return Err(Failure::error("setting both overflow and pinned groups are not supported"));
    }
    if !pinned.is_empty() {
        config.priority_policy = PriorityPolicy::PinnedClient;
        config.priority_groups = pinned;
        config.priority_timeout = Nanos(cmd.call.int("pinned-ttl"));
    } else if !overflow.is_empty() {
        // The real command forgets the groups here.
        config.priority_policy = PriorityPolicy::Overflow;
    } else if !prioritized.is_empty() {
        config.priority_policy = PriorityPolicy::Prioritized;
        config.priority_groups = prioritized;
    }
    Ok(())
}
