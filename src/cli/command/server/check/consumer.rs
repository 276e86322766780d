//! `nats server check consumer`: how far a consumer is behind.

use super::report::Report;
use super::{Checked, api_error, in_seconds, open, seconds};
use crate::cli::manager;
use crate::cli::running_command::RunningCommand;
use crate::gofmt::{self, Nanos};
use crate::jsapi::{PriorityPolicy, SequenceInfo};

/// What is counted: its metric, the flag with its threshold, what complaints call it, and its help.
const COUNTS: [(&str, &str, &str, &str); 4] = [
    (
        "ack_pending",
        "outstanding-ack-critical",
        "Ack Pending",
        "The number of messages waiting to be Acknowledged",
    ),
    ("pull_waiting", "waiting-critical", "Waiting Pulls", "The number of waiting Pull requests"),
    (
        "pending",
        "unprocessed-critical",
        "Unprocessed Messages",
        "The number of messages that have not yet been consumed",
    ),
    (
        "redelivered",
        "redelivery-critical",
        "Redelivered",
        "The number of messages currently being redelivered",
    ),
];

pub(super) async fn check(cmd: &RunningCommand, report: &mut Report) -> Checked {
    let failed = "could not load info";
    let jetstream = open(cmd, failed).await?;
    let (stream, consumer) = (cmd.text("stream"), cmd.text("consumer"));
    let info = manager::consumer_info(&jetstream, stream, consumer).await.map_err(api_error(failed))?;
    let limit = |flag: &str| if cmd.call.given(flag) { cmd.call.int(flag) } else { 0 };
    let counts = [info.num_ack_pending, info.num_waiting, info.num_pending, info.num_redelivered];
    for (count, (name, flag, _, help)) in counts.into_iter().zip(COUNTS) {
        report.measure(name, count as f64, "", [0.0, limit(flag) as f64], help);
    }
    let now = cmd.env.clock.now();
    let ago = |info: &SequenceInfo| info.last_active.map(|last| Nanos::from(now.since(last)));
    let (delivered, acknowledged) = (ago(&info.delivered), ago(&info.ack_floor));
    let times = [
        (
            delivered,
            "last_delivery",
            "last-delivery-critical",
            "Seconds since the last message was delivered",
        ),
        (acknowledged, "last_ack", "last-ack-critical", "Seconds since the last message was acknowledged"),
    ];
    for (ago, name, flag, help) in times {
        if let Some(ago) = ago {
            report.measure(name, in_seconds(ago), "s", [0.0, seconds(cmd, flag)], help);
        }
    }
    for (count, (_, flag, what, _)) in counts.into_iter().zip(COUNTS) {
        let text = format!("{what}: {count}");
        match u64::try_from(limit(flag)) {
            Err(_) | Ok(0) => {}
            Ok(limit) if count >= limit => report.critical(text),
            Ok(_) => report.ok(text),
        }
    }
    for (ago, what, flag) in
        [(delivered, "delivery", "last-delivery-critical"), (acknowledged, "ack", "last-ack-critical")]
    {
        let limit = cmd.call.int(flag);
        match ago {
            _ if limit <= 0 => {}
            None => report.critical(if what == "ack" { "No acks" } else { "No deliveries" }),
            Some(ago) if ago.0 >= limit => report.critical(format!("Last {what} {ago} ago")),
            Some(ago) => report.ok(format!("Last {what} {}", gofmt::time::string(now - ago.duration()))),
        }
    }
    pinned(cmd, report, &info);
    Ok(())
}

/// Whether each group has a client that is pinned (ADR-42).
fn pinned(cmd: &RunningCommand, report: &mut Report, info: &crate::jsapi::ConsumerInfo) {
    let config = info.config.clone().unwrap_or_default();
    let (groups, is_pinning) =
        (config.priority_groups.len(), config.priority_policy == PriorityPolicy::PinnedClient);
    let pinned = info.priority_groups.iter().filter(|group| group.pinned_client_id.is_some()).count();
    if is_pinning {
        report.metric(
            "pinned_groups",
            pinned as f64,
            "",
            "The number of consumers groups with pinned clients",
        );
        report.metric("groups", groups as f64, "", "The total number of consumers groups");
    }
    if !cmd.flag("pinned") {
    } else if info.priority_groups.is_empty() || groups == 0 || !is_pinning {
        report.critical("Not pinned client priority mode");
    } else if pinned != groups {
        report.critical(format!("{pinned} / {groups} pinned clients"));
    } else {
        report.ok(format!("{pinned} pinned clients"));
    }
}
