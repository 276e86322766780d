//! `nats server check stream`: how much a stream holds, and how far it follows its sources. Thresholds may be in the stream's
//! metadata.

use super::report::Report;
use super::{Checked, api_error, in_seconds, open};
use crate::cli::running_command::RunningCommand;
use crate::cli::values::parse_duration;
use crate::gofmt::{Nanos, parse_uint};
use crate::jsapi::{StreamInfo, StreamSourceInfo};

/// What the thresholds' names in the metadata begin with, before the name of the flag.
const METADATA: &str = "io.nats.monitor.";

pub(super) async fn check(cmd: &RunningCommand, report: &mut Report) -> Checked {
    let failed = "could not load info";
    let jetstream = open(cmd, failed).await?;
    let info = jetstream.stream_info(cmd.text("stream")).await.map_err(api_error(failed))?;
    let count = |flag: &str| threshold(cmd, &info, flag);
    let expected = count("peer-expect")?;
    if expected > 0 {
        report.critical("Stream is not clustered");
    }
    messages(report, info.state.messages, count("msgs-warn")?, count("msgs-critical")?);
    subjects(report, info.state.num_subjects, count("subjects-warn")?, count("subjects-critical")?);
    let (lag, seen) = (count("lag-critical")?, count("seen-critical")?);
    sources(report, &info.sources, count("min-sources")?, count("max-sources")?);
    if lag > 0 || seen > 0 {
        lagging(report, &info, lag, seen);
    }
    Ok(())
}

/// A threshold from the metadata or a flag, 0 for none: a count, or nanoseconds.
fn threshold(cmd: &RunningCommand, info: &StreamInfo, flag: &str) -> Result<u64, String> {
    let is_time = flag.ends_with("seen-critical");
    let wrong = |wrong: String| format!("could not configure based on metadata: {wrong}");
    match info.config.metadata.get(&format!("{METADATA}{flag}")) {
        Some(text) if is_time => Ok(u64::try_from(parse_duration(text).map_err(wrong)?).unwrap_or(0)),
        Some(text) => parse_uint(text, 64).map_err(wrong),
        None => Ok(match cmd.call.uint(flag) {
            0 => u64::try_from(cmd.call.int(flag)).unwrap_or(0),
            count => count,
        }),
    }
}

fn messages(report: &mut Report, messages: u64, warn: u64, crit: u64) {
    if warn == 0 && crit == 0 {
        return;
    }
    report.measure(
        "messages",
        messages as f64,
        "",
        [warn as f64, crit as f64],
        "Messages stored in the stream",
    );
    let reached = |limit: u64| limit > 0 && messages <= limit;
    report.graded(format!("{messages} messages"), reached(crit), reached(warn));
}

/// A critical threshold below the other one turns the comparison round.
fn subjects(report: &mut Report, subjects: u64, warn: u64, crit: u64) {
    if warn == 0 && crit == 0 {
        return;
    }
    let help = "Number of subjects stored in the stream";
    report.measure("subjects", subjects as f64, "", [warn as f64, crit as f64], help);
    let reached = |limit: u64| if warn < crit { subjects >= limit } else { subjects <= limit };
    report.graded(format!("{subjects} subjects"), reached(crit), reached(warn));
}

fn sources(report: &mut Report, sources: &[StreamSourceInfo], least: u64, most: u64) {
    let count = sources.len() as u64;
    let help = "Number of sources being consumed by this stream";
    report.measure("sources", count as f64, "", [least as f64, most as f64], help);
    let is_outside = least > 0 && count < least || most > 0 && count > most;
    report.graded(format!("{count} sources"), is_outside, false);
}

/// How far the stream is behind those that it copies, and when it has heard of them.
fn lagging(report: &mut Report, info: &StreamInfo, lag: u64, seen: u64) {
    let is_lagged = |source: &StreamSourceInfo| lag > 0 && source.lag >= lag;
    let is_inactive = |source: &StreamSourceInfo| seen > 0 && source.active.0 >= seen as i64;
    let count = info.sources.len();
    let lagged = info.sources.iter().filter(|source| is_lagged(source)).count();
    let inactive = info.sources.iter().filter(|source| is_inactive(source)).count();
    let help = "Number of sources that are behind more than the configured threshold";
    report.metric("sources_lagged", lagged as f64, "", help);
    report.metric("sources_inactive", inactive as f64, "", "Number of sources that are inactive");
    match lagged {
        0 => report.ok(format!("{count} sources current")),
        lagged => report.critical(format!("{lagged} sources are lagged")),
    }
    match inactive {
        0 => report.ok(format!("{count} sources active")),
        inactive => report.critical(format!("{inactive} sources are inactive")),
    }
    if count > 0 {
        return;
    }
    let (Some(origin), state) = (&info.config.mirror, &info.mirror) else {
        return report.critical("not mirrored");
    };
    let Some(state) = state else { return report.critical("invalid state") };
    let help = "Number of operations this peer is behind its origin";
    report.measure("lag", state.lag as f64, "", [0.0, lag as f64], help);
    let help = "Indicates if this peer is active and catching up if lagged";
    let limit = in_seconds(Nanos(seen as i64));
    report.measure("active", in_seconds(state.active), "s", [0.0, limit], help);
    if is_lagged(state) {
        report.critical(format!("Mirror Lag {}", state.lag));
    }
    if is_inactive(state) {
        report.critical(format!("Mirror Seen {}", state.active));
    }
    if !is_lagged(state) && !is_inactive(state) {
        report.ok(format!("Mirror {}", origin.name));
    }
}
