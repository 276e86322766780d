//! `nats stream report`: what all streams hold.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::table::Cell;
use crate::cli::running_command::RunningCommand;
use crate::gofmt::{age, count, ibytes, sort_slice};
use crate::jsapi::{StorageType, StreamInfo, StreamSourceInfo};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("setup failed"))?;
    cmd.line("Obtaining Stream stats\n");
    let filter = Some(cmd.text("subject")).filter(|filter| !filter.is_empty());
    let mut streams = jetstream.streams(filter).await.map_err(Failure::api)?;
    streams.sort_by(|a, b| a.config.name.cmp(&b.config.name));
    for info in &mut streams {
        *info = jetstream.stream_info(&info.config.name).await.map_err(|error| {
            Failure::api(error).within(&format!("could not get stream info for {}", info.config.name))
        })?;
    }
    if streams.is_empty() {
        cmd.line("No Streams defined");
        return Ok(());
    }
    sort_slice(&mut streams, |a, b| {
        if cmd.flag("consumers") {
            a.state.consumer_count < b.state.consumer_count
        } else if cmd.flag("messages") {
            a.state.messages < b.state.messages
        } else if cmd.flag("name") {
            a.config.name < b.config.name
        } else if cmd.flag("storage") {
            storage(a) < storage(b)
        } else {
            a.state.bytes < b.state.bytes
        }
    });
    show(cmd, &streams);
    if streams.iter().any(|info| info.config.mirror.is_some() || !info.config.sources.is_empty()) {
        show_replication(cmd, &streams);
    }
    Ok(())
}

fn show(cmd: &RunningCommand, streams: &[StreamInfo]) {
    let headers = [
        "Stream",
        "Storage",
        "Placement",
        "Consumers",
        "Messages",
        "Bytes",
        "Lost",
        "Deleted",
        "API Level",
        "Replicas",
    ];
    let mut table = cmd.table("Stream Report", &headers);
    for info in streams {
        let level = info.config.metadata.get("_nats.req.level").map_or("0", String::as_str);
        let placement = info.config.placement.as_ref().map_or(String::new(), |placement| {
            let cluster = &placement.cluster;
            let cluster = if cluster.is_empty() { String::new() } else { format!("cluster: {cluster} ") };
            let tags = placement.tags.join(", ");
            if tags.is_empty() { cluster } else { format!("{cluster}tags: {tags}") }
        });
        let state = &info.state;
        let first: [Cell; 3] = [info.config.name.as_str().into(), storage(info).into(), placement.into()];
        let rest: [Cell; 5] = match cmd.flag("raw") {
            true => [
                state.consumer_count.into(),
                state.messages.into(),
                state.bytes.into(),
                "0".into(),
                state.num_deleted.into(),
            ],
            false => [
                count(state.consumer_count).into(),
                count(state.messages).into(),
                ibytes(state.bytes).into(),
                "0".into(),
                count(state.num_deleted).into(),
            ],
        };
        let level = Some(level.into()).filter(|_: &Cell| !cmd.flag("raw"));
        // A server that is alone has no replicas.
        table.row(first.into_iter().chain(rest).chain(level).chain([Cell::from("")]));
    }
    cmd.line(table.render());
}

fn storage(info: &StreamInfo) -> &'static str {
    match info.config.storage {
        StorageType::File => "File",
        StorageType::Memory => "Memory",
    }
}

fn show_replication(cmd: &RunningCommand, streams: &[StreamInfo]) {
    let headers =
        ["Stream", "Kind", "API Prefix", "Source Stream", "Filters and Transforms", "Active", "Lag", "Error"];
    let mut table = cmd.table("Replication Report", &headers);
    for info in streams {
        let mirror = info.mirror.iter().map(|mirror| ("Mirror", mirror));
        let sources = info.sources.iter().map(|source| ("Source", source));
        for (kind, source) in mirror.chain(sources) {
            let prefix = source.external.as_ref().map_or("", |external| &external.api);
            let error = source.error.as_ref();
            let error =
                error.map_or(String::new(), |error| format!("{} ({})", error.description, error.err_code));
            let filters = if kind == "Mirror" { String::new() } else { filters(source) };
            let (active, lag): (Cell, Cell) = match cmd.flag("raw") {
                true => (Cell::as_number(source.active.to_string()), source.lag.into()),
                false => (age(source.active).into(), count(source.lag).into()),
            };
            table.row([
                info.config.name.as_str().into(),
                kind.into(),
                prefix.into(),
                source.name.as_str().into(),
                filters.into(),
                active,
                lag,
                error.into(),
            ]);
        }
    }
    cmd.line(table.render());
}

fn filters(source: &StreamSourceInfo) -> String {
    let changes: Vec<String> = source
        .subject_transforms
        .iter()
        .map(|transform| format!("{} to {}", transform.src, transform.dest))
        .collect();
    match (changes.is_empty(), source.filter_subject.as_str()) {
        (true, "") => String::new(),
        (true, filter) => format!("{filter} untransformed"),
        (false, _) => changes.join(", "),
    }
}
