//! `nats server check jetstream`: how much of its limits an account uses.

use super::report::Report;
use super::{Checked, api_error, connect, seconds};
use crate::cli::running_command::RunningCommand;
use crate::gofmt::Nanos;

pub(super) async fn check(cmd: &RunningCommand, report: &mut Report) -> Checked {
    let connection = connect(cmd, "connection failed").await?;
    let jetstream =
        cmd.jetstream_on(&connection).map_err(|failure| super::because("setup failed", failure))?;
    let info = match jetstream.account_info().await {
        Ok(info) => info,
        Err(error) => {
            report.critical(api_error("JetStream not available")(error));
            return Err("JetStream not available: invalid account status".to_owned());
        }
    };
    let limits = &info.limits;
    usage(cmd, report, ["memory", "B", "mem"], limits.max_memory, info.memory);
    usage(cmd, report, ["storage", "B", "store"], limits.max_storage, info.storage);
    usage(cmd, report, ["streams", "", "streams"], limits.max_streams, info.streams);
    usage(cmd, report, ["consumers", "", "consumers"], limits.max_consumers, info.consumers);
    if cmd.flag("replicas") {
        let streams = jetstream.streams(None).await.map_err(api_error("JetStream not available"))?;
        replicas(cmd, report, streams.len());
    }
    Ok(())
}

/// Adds the usage of one kind, named by its item, unit and flags, and complains of thresholds that are reached.
fn usage(cmd: &RunningCommand, report: &mut Report, names: [&'static str; 3], most: i64, used: u64) {
    let [item, unit, flag] = names;
    let [warn, crit] = ["warn", "critical"].map(|kind| cmd.call.int(&format!("{flag}-{kind}")));
    let percent = if most > 0 { (used as f64 / most as f64 * 100.0) as i64 } else { 0 };
    report.metric(item, used as f64, unit, &format!("JetStream {item} resource usage"));
    let help = format!("JetStream {item} resource usage in percent");
    let thresholds = [warn, crit].map(|limit| limit.max(0) as f64);
    report.measure(&format!("{item}_pct"), percent as f64, "%", thresholds, &help);
    if warn != -1 && crit != -1 && warn >= crit {
        report.critical(format!("{item}: invalid thresholds"));
    } else if percent > 100 {
        report.critical(format!("{item}: exceed server limits"));
    } else if warn >= 0 && crit >= 0 {
        if percent > crit {
            report.critical(format!("{percent}% {item}"));
        } else if percent > warn {
            report.warning(format!("{percent}% {item}"));
        }
    }
}

/// Streams by the health of their replicas: a single server has one of each, which is well.
fn replicas(cmd: &RunningCommand, report: &mut Report, streams: usize) {
    let (lag, seen) = (cmd.call.uint("replica-lag-critical"), Nanos(cmd.call.int("replica-seen-critical")));
    report.metric("replicas_ok", streams as f64, "", "Streams with healthy cluster state");
    report.metric("replicas_no_leader", 0.0, "", "Streams with no leader elected");
    let help = "Streams where there are fewer known replicas than configured";
    report.metric("replicas_missing_replicas", 0.0, "", help);
    let help = format!("Streams with > {lag} lagged replicas");
    report.measure("replicas_lagged", 0.0, "", [0.0, lag as f64], &help);
    let help = format!("Streams with replicas seen > {seen} ago");
    report.measure("replicas_not_seen", 0.0, "s", [0.0, seconds(cmd, "replica-seen-critical")], &help);
    report.metric("replicas_fail", 0.0, "", "Streams unhealthy cluster state");
}
