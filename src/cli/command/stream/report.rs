//! The report on a stream that `info`, `state` and `purge` print.

use crate::base::{LinkedText, Time};
use crate::cli::command::kv::status::{last_seen, republish, storage};
use crate::cli::output::columns::{Columns, size_limit};
use crate::cli::running_command::{RunningCommand, own_metadata};
use crate::gofmt::{age, comma, count, ibytes, time};
use crate::jsapi::{
    DiscardPolicy, Nanos, RetentionPolicy, StoreCompression, StreamConfig, StreamInfo, StreamSource,
    StreamSourceInfo,
};

/// The whole report, or only the state.
pub fn stream(cmd: &RunningCommand, name: &str, info: &StreamInfo, only_state: bool) -> LinkedText {
    let what = if only_state { "State" } else { "Information" };
    let created = cmd.time(info.created);
    let mut columns = cmd.columns(format!("{what} for Stream {name} created {created}"));
    if !only_state {
        place(&mut columns, &info.config);
        options(&mut columns, &info.config);
        limits(&mut columns, &info.config);
        let metadata = own_metadata(&info.config.metadata);
        if !metadata.is_empty() {
            columns.section("Metadata");
            columns.map(&metadata, cmd.width());
        }
        replication(&mut columns, &info.config);
        columns.empty_line();
    }
    if let Some(mirror) = &info.mirror {
        columns.section("Mirror Information");
        source(&mut columns, mirror);
    }
    if !info.sources.is_empty() {
        columns.section("Source Information");
        for origin in &info.sources {
            source(&mut columns, origin);
            columns.empty_line();
        }
    }
    state(cmd, &mut columns, info);
    columns.render()
}

fn place(columns: &mut Columns, config: &StreamConfig) {
    columns.row_if_any("Description", &config.description);
    columns.row_if_any("Subjects", &config.subjects.join(", "));
    columns.row("Replicas", comma(config.num_replicas));
    columns.row_if(config.sealed, "Sealed", true);
    columns.row("Storage", storage(config));
    columns.row_if(config.compression == StoreCompression::S2, "Compression", "S2 Compression");
    columns.row_if(config.first_seq > 0, "First Sequence", count(config.first_seq));
    if let Some(placement) = &config.placement {
        columns.row_if_any("Placement Cluster", &placement.cluster);
        columns.row_if_any("Placement Tags", &placement.tags.join(", "));
    }
}

fn options(columns: &mut Columns, config: &StreamConfig) {
    columns.section("Options");
    if let Some(transform) = config.subject_transform.as_ref().filter(|transform| !transform.dest.is_empty())
    {
        let src = if transform.src.is_empty() { ">" } else { &transform.src };
        columns.row("Subject Transform", format!("{src} to {}", transform.dest));
    }
    if let Some(settings) = &config.republish {
        republish(columns, settings);
    }
    columns.row(
        "Retention",
        match config.retention {
            RetentionPolicy::Limits => "Limits",
            RetentionPolicy::Interest => "Interest",
            RetentionPolicy::WorkQueue => "WorkQueue",
        },
    );
    columns.row("Acknowledgments", !config.no_ack);
    columns.row(
        "Discard Policy",
        match config.discard {
            _ if config.discard_new_per_subject => "New Per Subject",
            DiscardPolicy::New => "New",
            DiscardPolicy::Old => "Old",
        },
    );
    columns.row("Duplicate Window", age(config.duplicate_window));
    columns.row_if(config.allow_direct, "Direct Get", true);
    columns.row_if(config.mirror_direct, "Mirror Direct Get", true);
    columns.row("Allows Atomic Batch Publish", config.allow_atomic);
    columns.row("Allows Fast Batch Publish", config.allow_batched);
    columns.row("Allows Counters", config.allow_msg_counter);
    columns.row("Allows Msg Delete", !config.deny_delete);
    columns.row("Allows Per-Message TTL", config.allow_msg_ttl);
    columns.row("Allows Purge", !config.deny_purge);
    columns.row("Allows Schedules", config.allow_msg_schedules);
    let markers = config.subject_delete_marker_ttl;
    columns.row_if(config.allow_msg_ttl && markers > Nanos::ZERO, "Subject Delete Markers TTL", age(markers));
    columns.row("Allows Rollups", config.allow_rollup_hdrs);
}

fn limits(columns: &mut Columns, config: &StreamConfig) {
    let number = |most: i64| if most == -1 { "unlimited".to_owned() } else { comma(most) };
    let positive = |most: i64| if most <= 0 { "unlimited".to_owned() } else { comma(most) };
    columns.section("Limits");
    columns.row("Maximum Messages", number(config.max_msgs));
    columns.row("Maximum Per Subject", positive(config.max_msgs_per_subject));
    columns.row("Maximum Bytes", size_limit(config.max_bytes));
    let max_age = if config.max_age <= Nanos::ZERO { "unlimited".to_owned() } else { age(config.max_age) };
    columns.row("Maximum Age", max_age);
    columns.row("Maximum Message Size", size_limit(config.max_msg_size.into()));
    columns.row("Maximum Consumers", number(config.max_consumers));
    let consumers = &config.consumer_limits;
    let inactive = consumers.inactive_threshold;
    columns.row_if(inactive > Nanos::ZERO, "Consumer Inactive Threshold", age(inactive));
    let pending = consumers.max_ack_pending;
    columns.row_if(pending > 0, "Consumer Max Ack Pending", comma(pending));
}

fn replication(columns: &mut Columns, config: &StreamConfig) {
    if config.mirror.is_some() || !config.sources.is_empty() {
        columns.section("Replication");
    }
    if let Some(mirror) = &config.mirror {
        columns.row("Mirror", origin(mirror));
    }
    let mut sources: Vec<&StreamSource> = config.sources.iter().collect();
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    for (index, source) in sources.into_iter().enumerate() {
        columns.row(if index == 0 { "Sources" } else { "" }, origin(source));
    }
}

fn origin(source: &StreamSource) -> String {
    let mut parts = vec![source.name.clone()];
    if source.opt_start_seq > 0 {
        parts.push(format!("Start Seq: {}", count(source.opt_start_seq)));
    }
    parts.extend(source.opt_start_time.map(|time| format!("Start Time: {}", time::string(time))));
    if let Some(external) = &source.external {
        for (label, prefix) in [("API Prefix", &external.api), ("Delivery Prefix", &external.deliver)] {
            if !prefix.is_empty() {
                parts.push(format!("{label}: {prefix}"));
            }
        }
    }
    parts.join(", ")
}

fn source(columns: &mut Columns, source: &StreamSourceInfo) {
    columns.row("Stream Name", &source.name);
    if !source.filter_subject.is_empty() {
        columns.row("Subject Filter", &source.filter_subject);
    } else {
        let plural = source.subject_transforms.len() > 1;
        let title = if plural { "Subject Filters and Transforms" } else { "Subject Filter and Transform" };
        for (index, transform) in source.subject_transforms.iter().enumerate() {
            let change = match transform.dest.as_str() {
                "" => format!("{} untransformed", transform.src),
                dest => format!("{} to {dest}", transform.src),
            };
            columns.row(if index == 0 { title } else { "" }, change);
        }
    }
    columns.row("Lag", count(source.lag));
    columns.row("Last Seen", last_seen(source));
    if let Some(external) = &source.external {
        columns.row("Ext. API Prefix", &external.api);
        columns.row_if_any("Ext. Delivery Prefix", &external.deliver);
    }
    if let Some(error) = &source.error {
        columns.row("Error", &error.description);
    }
}

fn state(cmd: &RunningCommand, columns: &mut Columns, info: &StreamInfo) {
    let (metadata, state) = (&info.config.metadata, &info.state);
    columns.section("State");
    let own = |name: &str| metadata.get(name).cloned().unwrap_or_default();
    let (level, required) = (own("_nats.level"), own("_nats.req.level"));
    columns.row_if_any("Host Version", &own("_nats.ver"));
    if !level.is_empty() || !required.is_empty() {
        let required = if required.is_empty() { "0" } else { &required };
        columns.row("Required API Level", format!("{required} hosted at level {level}"));
    }
    columns.row("Messages", count(state.messages));
    columns.row("Bytes", ibytes(state.bytes));
    let message = |sequence: u64, time: Time| match time > Time::default() {
        true => format!("{} @ {}", count(sequence), cmd.time(time)),
        false => count(sequence),
    };
    columns.row("First Sequence", message(state.first_seq, state.first_ts));
    columns.row("Last Sequence", message(state.last_seq, state.last_ts));
    columns.row_if(state.num_deleted > 0, "Deleted Messages", count(state.num_deleted));
    columns.row("Active Consumers", count(state.consumer_count));
    columns.row_if(state.num_subjects > 0, "Number of Subjects", count(state.num_subjects));
}
