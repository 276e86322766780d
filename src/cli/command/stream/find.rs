//! `nats stream find`: the streams that are as the flags say.

use super::ls;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::client::subject;
use crate::gofmt::sort_slice;
use crate::jsapi::{Nanos, StreamInfo};

/// In which metadata the server says what level of the API it needs.
const REQUIRED_LEVEL: &str = "_nats.req.level";

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("setup failed"))?;
    let mut found = jetstream.streams(None).await.map_err(Failure::api)?;
    found.sort_by(|a, b| a.config.name.cmp(&b.config.name));
    found.retain(|info| is_wanted(cmd, info));
    if cmd.flag("names") {
        found.iter().for_each(|info| cmd.line(info.config.name.as_str()));
        return Ok(());
    }
    sort_slice(&mut found, |a, b| a.state.bytes < b.state.bytes);
    let filter = Some(cmd.text("subject")).filter(|filter| !filter.is_empty());
    cmd.line(ls::table(cmd, filter, &found));
    Ok(())
}

/// Whether a stream is as every flag that was given says, or is not where that is turned round.
fn is_wanted(cmd: &RunningCommand, info: &StreamInfo) -> bool {
    let inverted = cmd.flag("invert");
    let is = |flag: &str, holds: bool| !cmd.call.given(flag) || holds != inverted;
    // Both sides of these have what is equal.
    let at_most = |limit: i64, count: i64| if inverted { count >= limit } else { count <= limit };
    let (config, state) = (&info.config, &info.state);
    let (created, idle) = (Nanos(cmd.call.int("created")), Nanos(cmd.call.int("idle")));
    let (consumers, replicas, level) =
        (cmd.call.int("consumers"), cmd.call.uint("replicas") as i64, cmd.call.int("api-level"));
    let required = config.metadata.get(REQUIRED_LEVEL).and_then(|level| level.parse().ok()).unwrap_or(0);
    is("empty", state.messages == 0)
        && (created <= Nanos::ZERO || at_most(cmd.age(info.created).0, created.0))
        && (idle <= Nanos::ZERO || (cmd.age(state.last_ts) > idle) != inverted)
        && (consumers < 0 || at_most(consumers, state.consumer_count as i64))
        && has_subject(cmd, &config.subjects)
        && is("sourced", !config.sources.is_empty())
        && is("mirrored", config.mirror.is_some())
        && (replicas == 0 || at_most(replicas, config.num_replicas))
        && cmd.text("leader").is_empty() // one server has no leaders
        && (level <= 0 || (required >= level) != inverted)
}

/// Whether one of the subjects lies within the given one, or one does not.
fn has_subject(cmd: &RunningCommand, subjects: &[String]) -> bool {
    let (wanted, inverted) = (cmd.text("subject"), cmd.flag("invert"));
    wanted.is_empty() || subjects.iter().any(|subject| subject::covers(wanted, subject) != inverted)
}
