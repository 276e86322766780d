//! `nats consumer find`: the names of a stream's consumers that are as the flags say.

use super::pick;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::running_command::RunningCommand;
use crate::jsapi::{ConsumerConfig, ConsumerInfo, Nanos, PriorityPolicy};

/// In which metadata the server says what level of the API it needs.
const REQUIRED_LEVEL: &str = "_nats.req.level";

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, stream) = pick::stream(cmd).await?;
    let stream_info = jetstream.stream_info(&stream).await;
    stream_info.map_err(Failure::api)?;
    let mut found = manager::consumers(&jetstream, &stream).await.map_err(Failure::api)?;
    found.retain(|info| is_wanted(cmd, info));
    found.iter().for_each(|info| cmd.line(info.name.as_str()));
    Ok(())
}

/// Whether a consumer is as every flag that was given says, or is not where that is turned round.
fn is_wanted(cmd: &RunningCommand, info: &ConsumerInfo) -> bool {
    let default = ConsumerConfig::default();
    let config = info.config.as_ref().unwrap_or(&default);
    let inverted = cmd.flag("invert");
    let is = |flag: &str, holds: bool| !cmd.flag(flag) || holds != inverted;
    let (is_push, is_bound) = (config.deliver_subject.is_some(), info.push_bound || info.num_waiting > 0);
    let fewer = |flag: &str, count: u64| match number(cmd, flag) {
        0 => true,
        limit if inverted => count > limit,
        limit => count > 0 && count < limit,
    };
    let level = config.metadata.get(REQUIRED_LEVEL).and_then(|level| level.parse().ok()).unwrap_or(0);
    is("push", is_push)
        && is("pull", !is_push)
        && is("bound", is_bound)
        && fewer("waiting", info.num_waiting)
        && fewer("ack-pending", info.num_ack_pending)
        && fewer("pending", info.num_pending)
        && is_in_time(cmd, info)
        && replicas(cmd, config.num_replicas)
        && cmd.text("leader").is_empty() // one server has no leaders
        && is_pinned(cmd, info, config)
        && (number(cmd, "api-level") == 0 || (level >= number(cmd, "api-level")) != inverted)
}

fn is_in_time(cmd: &RunningCommand, info: &ConsumerInfo) -> bool {
    let inverted = cmd.flag("invert");
    let (idle, created) = (Nanos(cmd.call.int("idle")), Nanos(cmd.call.int("created")));
    let is_active = info.delivered.last_active.map(|at| cmd.age(at)).is_some_and(|age| match inverted {
        true => age > idle,
        false => age < idle,
    });
    (idle <= Nanos::ZERO || is_active)
        && (created <= Nanos::ZERO || (cmd.age(info.created) >= created) != inverted)
}

/// As many replicas as given, or on the side that is asked for.
fn replicas(cmd: &RunningCommand, replicas: i64) -> bool {
    match i64::try_from(number(cmd, "replicas")).unwrap_or(i64::MAX) {
        0 => true,
        limit if cmd.flag("invert") => replicas >= limit,
        limit => replicas <= limit,
    }
}

fn is_pinned(cmd: &RunningCommand, info: &ConsumerInfo, config: &ConsumerConfig) -> bool {
    let pinned = info.priority_groups.iter().filter(|group| group.pinned_client_id.is_some()).count();
    let is_pinned = pinned == config.priority_groups.len();
    !cmd.flag("pinned")
        || config.priority_policy == PriorityPolicy::PinnedClient && is_pinned != cmd.flag("invert")
}

/// A number of either kind of flag; 0 without one.
fn number(cmd: &RunningCommand, flag: &str) -> u64 {
    match cmd.call.uint(flag) {
        0 => u64::try_from(cmd.call.int(flag)).unwrap_or(0),
        count => count,
    }
}
