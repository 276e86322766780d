//! `nats stream ls`: the streams of the account.

use super::pick::is_internal;
use crate::base::LinkedText;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::gofmt::{self, sort_slice};
use crate::gojson;
use crate::jsapi::StreamInfo;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("setup failed"))?;
    let filter = Some(cmd.text("subject")).filter(|filter| !filter.is_empty());
    if cmd.flag("names") {
        let mut names = jetstream.stream_names(filter).await.map_err(Failure::api)?;
        names.sort();
        list(cmd, &names);
        return Ok(());
    }
    let found = jetstream.streams(filter).await;
    let mut found = found.map_err(|error| Failure::api(error).within("could not list streams"))?;
    found.sort_by(|a, b| a.config.name.cmp(&b.config.name));
    let all = found.len();
    found.retain(|info| cmd.flag("all") || !is_internal(&info.config.name));
    let skipped = found.len() < all;
    if cmd.flag("json") {
        list(cmd, &found.into_iter().map(|info| info.config.name).collect::<Vec<_>>());
        return Ok(());
    }
    if found.is_empty() {
        let hint = if skipped { ", pass -a to include system streams" } else { "" };
        cmd.line(format!("No Streams defined{hint}"));
        return Ok(());
    }
    sort_slice(&mut found, |a, b| a.state.bytes < b.state.bytes);
    cmd.line(table(cmd, filter, &found));
    Ok(())
}

fn list(cmd: &RunningCommand, names: &[String]) {
    if cmd.flag("json") {
        let names = Some(names).filter(|names| !names.is_empty());
        cmd.line(gojson::to_string_indent(&names));
        return;
    }
    names.iter().for_each(|name| cmd.line(name));
}

/// The streams in this order; `filter` is what was asked for.
pub(super) fn table(cmd: &RunningCommand, filter: Option<&str>, found: &[StreamInfo]) -> LinkedText {
    let title = filter.map_or("Streams".to_owned(), |filter| format!("Streams matching {filter}"));
    let headers = ["Name", "Description", "Created", "Messages", "Size", "Last Message"];
    let mut table = cmd.table(title, &headers);
    for info in found {
        table.row([
            info.config.name.as_str().into(),
            info.config.description.as_str().into(),
            cmd.time(info.created).into(),
            gofmt::count(info.state.messages).into(),
            gofmt::ibytes(info.state.bytes).into(),
            gofmt::age(cmd.age(info.state.last_ts)).into(),
        ]);
    }
    table.render()
}
