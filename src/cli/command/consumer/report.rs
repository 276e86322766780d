//! `nats consumer report`: how far the consumers of a stream are.

use super::info::ack_policy;
use super::pick;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::output::table::Cell;
use crate::cli::running_command::RunningCommand;
use crate::gofmt::{age, count};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, stream) = pick::stream(cmd).await?;
    let state = jetstream.stream_info(&stream).await.map_err(Failure::api)?.state;
    let title = format!("Consumer report for {stream} with {} consumers", count(state.consumer_count));
    let headers = [
        "Consumer",
        "Mode",
        "Ack Policy",
        "Ack Wait",
        "Ack Pending",
        "Redelivered",
        "Unprocessed",
        "Ack Floor",
        "API Level",
        "Cluster",
    ];
    let mut table = cmd.table(title, &headers);
    for info in manager::consumers(&jetstream, &stream).await.map_err(Failure::api)? {
        let config = info.config.unwrap_or_default();
        let mode = if config.deliver_subject.is_some() { "Push" } else { "Pull" };
        let level = config.metadata.get("_nats.req.level").map_or("0", String::as_str);
        let first: [Cell; 3] = [info.name.as_str().into(), mode.into(), ack_policy(config.ack_policy).into()];
        let numbers: [Cell; 5] = match cmd.flag("raw") {
            true => [
                Cell::as_number(config.ack_wait.to_string()),
                info.num_ack_pending.into(),
                info.num_redelivered.into(),
                info.num_pending.into(),
                info.ack_floor.stream_seq.into(),
            ],
            false => [
                age(config.ack_wait).into(),
                count(info.num_ack_pending).into(),
                count(info.num_redelivered).into(),
                unprocessed(info.num_pending, state.messages).into(),
                count(info.ack_floor.stream_seq).into(),
            ],
        };
        // A server that is alone has no cluster.
        let last: [Cell; 2] = [level.into(), "".into()];
        table.row(first.into_iter().chain(numbers).chain(last));
    }
    cmd.line(table.render());
    Ok(())
}

/// A number of messages, and its part of all in percent.
fn unprocessed(pending: u64, messages: u64) -> String {
    if pending == 0 {
        return "0".to_owned();
    }
    let percent = (pending * 100).checked_div(messages).unwrap_or(100).min(100);
    format!("{} / {percent}%", count(pending))
}
