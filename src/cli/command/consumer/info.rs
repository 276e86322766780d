//! `nats consumer info` and `nats consumer state`.

use super::pick;
use crate::cli::failure::Outcome;
use crate::cli::output::columns::Columns;
use crate::cli::output::json;
use crate::cli::running_command::{RunningCommand, own_metadata};
use crate::gofmt::{age, comma, count, ibytes, time};
use crate::jsapi::{
    AckPolicy, ConsumerConfig, ConsumerInfo, DeliverPolicy, Nanos, PriorityPolicy, ReplayPolicy, SequenceInfo,
};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (_, info) = pick::consumer(cmd).await?;
    show(cmd, &info, false);
    Ok(())
}

pub async fn state(cmd: &RunningCommand) -> Outcome {
    let (_, info) = pick::consumer(cmd).await?;
    show(cmd, &info, true);
    Ok(())
}

/// Prints a consumer, or only its state.
pub(super) fn show(cmd: &RunningCommand, info: &ConsumerInfo, only_state: bool) {
    if cmd.flag("json") {
        cmd.line(json::consumer_info(info));
        return;
    }
    let default = ConsumerConfig::default();
    let config = info.config.as_ref().unwrap_or(&default);
    let what = if only_state { "State" } else { "Information" };
    let (stream, name, created) = (&info.stream_name, &info.name, cmd.time(info.created));
    let mut columns = cmd.columns(format!("{what} for Consumer {stream} > {name} created {created}"));
    if !only_state {
        columns.section("Configuration");
        place(&mut columns, config);
        limits(cmd, &mut columns, info, config);
        let metadata = own_metadata(&config.metadata);
        if !metadata.is_empty() {
            columns.section("Metadata");
            columns.map(&metadata, cmd.width());
        }
    }
    columns.section("State");
    progress(cmd, &mut columns, info, config);
    cmd.print(columns.render());
}

fn text(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or_default()
}

fn place(columns: &mut Columns, config: &ConsumerConfig) {
    columns.row_if_any("Name", text(&config.name));
    columns.row_if(
        config.durable_name.is_some() && config.durable_name != config.name,
        "Durable Name",
        text(&config.durable_name),
    );
    columns.row_if_any("Description", &config.description);
    match &config.deliver_subject {
        Some(subject) => columns.row("Delivery Subject", subject),
        None => columns.row("Pull Mode", true),
    }
    match (&config.filter_subject, config.filter_subjects.as_slice()) {
        (Some(filter), _) => columns.row("Filter Subject", filter),
        (None, []) => {}
        (None, filters) => columns.row("Filter Subjects", filters.join(", ")),
    }
    let since = config.opt_start_time.map(time::string).unwrap_or_default();
    columns.row(
        "Deliver Policy",
        match config.deliver_policy {
            DeliverPolicy::All => "All".to_owned(),
            DeliverPolicy::Last => "Last".to_owned(),
            DeliverPolicy::New => "New".to_owned(),
            DeliverPolicy::LastPerSubject => "Last Per Subject".to_owned(),
            DeliverPolicy::ByStartTime => format!("Since {since}"),
            DeliverPolicy::ByStartSequence => format!("From Sequence {}", config.opt_start_seq),
        },
    );
}

pub(super) fn ack_policy(policy: AckPolicy) -> &'static str {
    match policy {
        AckPolicy::None => "None",
        AckPolicy::All => "All",
        AckPolicy::Explicit => "Explicit",
        AckPolicy::FlowControl => "Flow Control",
    }
}

fn limits(cmd: &RunningCommand, columns: &mut Columns, info: &ConsumerInfo, config: &ConsumerConfig) {
    let is_push = config.deliver_subject.is_some();
    let positive = |nanos: Nanos| nanos > Nanos::ZERO;
    columns.row_if(
        is_push && config.deliver_group.is_some(),
        "Deliver Queue Group",
        text(&config.deliver_group),
    );
    columns.row("Ack Policy", ack_policy(config.ack_policy));
    columns.row_if(config.ack_policy != AckPolicy::None, "Ack Wait", age(config.ack_wait));
    columns.row(
        "Replay Policy",
        match config.replay_policy {
            ReplayPolicy::Instant => "Instant",
            ReplayPolicy::Original => "Original",
        },
    );
    columns.row_if(config.max_deliver != -1, "Maximum Deliveries", comma(config.max_deliver));
    columns.row_if_any("Sampling Rate", &config.sample_freq);
    let rate = format!("{} / second", ibytes(config.rate_limit_bps / 8));
    columns.row_if(config.rate_limit_bps > 0, "Rate Limit", rate);
    columns.row_if(config.max_ack_pending > 0, "Max Ack Pending", comma(config.max_ack_pending));
    columns.row_if(config.max_waiting > 0, "Max Waiting Pulls", comma(config.max_waiting));
    columns.row_if(positive(config.idle_heartbeat), "Idle Heartbeat", age(config.idle_heartbeat));
    columns.row_if(is_push, "Flow Control", config.flow_control);
    columns.row_if(config.headers_only, "Headers Only", true);
    let inactive = config.inactive_threshold;
    columns.row_if(positive(inactive) && !is_push, "Inactive Threshold", age(inactive));
    columns.row_if(positive(config.max_expires), "Max Pull Expire", age(config.max_expires));
    columns.row_if(config.max_batch > 0, "Max Pull Batch", comma(config.max_batch));
    columns.row_if(config.max_bytes > 0, "Max Pull MaxBytes", comma(config.max_bytes));
    columns.row_if(!config.backoff.is_empty(), "Backoff", backoff(&config.backoff));
    columns.row_if(config.num_replicas > 0, "Replicas", comma(config.num_replicas));
    columns.row_if(config.mem_storage, "Memory Storage", true);
    if let Some(until) = config.pause_until.filter(|until| until.nanos() > 0) {
        let until = cmd.time(until);
        columns.row(
            "Paused Until Deadline",
            match info.paused {
                true => format!("{until} ({} remaining)", info.pause_remaining.rounded_to_seconds()),
                false => format!("{until} (passed)"),
            },
        );
    }
    let policy = match config.priority_policy {
        PriorityPolicy::None => return,
        PriorityPolicy::Overflow => "Overflow",
        PriorityPolicy::PinnedClient => "Pinned Client",
        PriorityPolicy::Prioritized => "Prioritized",
    };
    columns.row("Priority Policy", policy);
    columns.row("Priority Groups", config.priority_groups.join(", "));
    let is_pinned = config.priority_policy == PriorityPolicy::PinnedClient;
    columns.row_if(is_pinned, "Pinned TTL", age(config.priority_timeout));
}

/// The waits after each delivery, the first and last five of many.
fn backoff(waits: &[Nanos]) -> String {
    let texts = |waits: &[Nanos]| waits.iter().map(Nanos::to_string).collect::<Vec<_>>();
    if waits.len() <= 15 {
        return texts(waits).join(", ");
    }
    let (first, last) = (texts(&waits[..5]), texts(&waits[waits.len() - 5..]));
    format!("{}, ..., {} ({} total)", first.join(", "), last.join(", "), waits.len())
}

fn progress(cmd: &RunningCommand, columns: &mut Columns, info: &ConsumerInfo, config: &ConsumerConfig) {
    let own = |name: &str| config.metadata.get(name).cloned().unwrap_or_default();
    let (level, required) = (own("_nats.level"), own("_nats.req.level"));
    columns.row_if_any("Host Version", &own("_nats.ver"));
    if !level.is_empty() || !required.is_empty() {
        let required = if required.is_empty() { "0" } else { &required };
        columns.row("Required API Level", format!("{required} hosted at level {level}"));
    }
    let place = |what: &str, at: SequenceInfo| {
        let (consumer, stream) = (count(at.consumer_seq), count(at.stream_seq));
        let last = at
            .last_active
            .map_or(String::new(), |last| format!(" {what}: {} ago", age(info.ts.since(last).into())));
        format!("Consumer sequence: {consumer} Stream sequence: {stream}{last}")
    };
    columns.row("Last Delivered Message", place("Last delivery", info.delivered));
    if config.ack_policy != AckPolicy::None {
        columns.row("Acknowledgment Floor", place("Last Ack", info.ack_floor));
        columns.row(
            "Outstanding Acks",
            match config.max_ack_pending {
                ..=0 => count(info.num_ack_pending),
                most => format!("{} out of maximum {}", count(info.num_ack_pending), comma(most)),
            },
        );
        columns.row("Redelivered Messages", count(info.num_redelivered));
    }
    columns.row("Unprocessed Messages", count(info.num_pending));
    if config.deliver_subject.is_none() {
        let waiting = count(info.num_waiting);
        columns.row(
            "Waiting Pulls",
            match config.max_waiting {
                ..=0 => format!("{waiting} of unlimited"),
                most => format!("{waiting} of maximum {}", comma(most)),
            },
        );
    } else {
        columns.row(
            "Active Interest",
            match (info.push_bound, &config.deliver_group) {
                (true, Some(group)) => format!("Active using Queue Group {group}"),
                (true, None) => "Active".to_owned(),
                (false, _) => "No interest".to_owned(),
            },
        );
    }
    if info.paused {
        let until = cmd.time(info.ts + info.pause_remaining.duration());
        let remaining = info.pause_remaining.rounded_to_seconds();
        columns.row("Paused Until", format!("{until} ({remaining} remaining)"));
    }
    if config.priority_policy == PriorityPolicy::PinnedClient {
        for (index, state) in info.priority_groups.iter().enumerate() {
            let pinned = match &state.pinned_client_id {
                Some(id) => format!("pinned {id} at {}", cmd.time(state.pinned_ts)),
                None => "No client".to_owned(),
            };
            let label = if index == 0 { "Priority Groups" } else { "" };
            columns.row(label, format!("{}: {pinned}", state.group));
        }
    }
}
