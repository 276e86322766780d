//! `nats kv ls`: the buckets, or the keys of one.

use crate::base::{Link, LinkedText};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::table::Cell;
use crate::cli::reference;
use crate::cli::running_command::RunningCommand;
use crate::client::kv::{KeyValue, WatchEvent};
use crate::gofmt;
use crate::jsapi::{StreamInfo, kv};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    if cmd.text("bucket").is_empty() { buckets(cmd).await } else { keys(cmd).await }
}

async fn buckets(cmd: &RunningCommand) -> Outcome {
    let jetstream = cmd.jetstream().await?;
    let found = jetstream.streams(None).await.map_err(Failure::api)?;
    let mut found: Vec<StreamInfo> =
        found.into_iter().filter(|info| kv::bucket_of(&info.config.name).is_some()).collect();
    found.sort_by(|a, b| a.config.name.cmp(&b.config.name));
    if cmd.flag("names") {
        for info in &found {
            let name = kv::bucket_name(&info.config.name);
            cmd.line(linked(name, &reference::bucket(name)));
        }
        return Ok(());
    }
    if found.is_empty() {
        cmd.line("No Key-Value buckets found");
        return Ok(());
    }
    gofmt::sort_slice(&mut found, |a, b| a.state.bytes < b.state.bytes);
    let headers = ["Bucket", "Description", "Created", "Size", "Values", "Last Update"];
    let mut table = cmd.table("Key-Value Buckets", &headers);
    for info in &found {
        let name = kv::bucket_name(&info.config.name);
        table.row([
            Cell::from(name).linked(&reference::bucket(name)),
            info.config.description.as_str().into(),
            cmd.time(info.created).into(),
            gofmt::ibytes(info.state.bytes).into(),
            gofmt::count(info.state.messages).into(),
            gofmt::age(cmd.age(info.state.last_ts)).into(),
        ]);
    }
    cmd.line(table.render());
    Ok(())
}

async fn keys(cmd: &RunningCommand) -> Outcome {
    let unable = |error| Failure::from(error).within("unable to load bucket");
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("unable to prepare js helper"))?;
    let store = KeyValue::open(&jetstream, cmd.text("bucket")).await.map_err(unable)?;
    let filter = cmd.text("key");
    let filters: &[&str] = if filter.is_empty() { &[] } else { &[filter] };
    let is_empty = if cmd.flag("verbose") {
        let keys = store.keys(filters).await?;
        let shown = details(cmd, &store, &keys).await;
        shown.map_err(|failure| failure.within("unable to display key info"))?;
        keys.is_empty()
    } else {
        let mut list = store.list(filters).await?;
        let mut is_empty = true;
        while let WatchEvent::Entry(entry) = list.next().await? {
            cmd.line(linked(entry.key(), &reference::entry(store.bucket(), entry.key(), None, None)));
            is_empty = false;
        }
        list.stop().await;
        is_empty
    };
    if is_empty && !cmd.flag("names") {
        cmd.line("No keys found in bucket");
    }
    Ok(())
}

async fn details(cmd: &RunningCommand, store: &KeyValue, keys: &[String]) -> Outcome {
    let with_value = cmd.flag("display-value");
    let headers = ["Key", "Created", "Delta", "Revision", "Value"];
    let headers = if with_value { &headers[..] } else { &headers[..4] };
    let mut table = cmd.table(format!("Contents for bucket '{}'", cmd.text("bucket")), headers);
    for key in keys {
        let entry = store.get(key).await;
        let entry =
            entry.map_err(|error| Failure::from(error).within(&format!("unable to fetch key {key}")))?;
        let mut row: Vec<Cell> = vec![
            Cell::from(entry.key()).linked(&reference::entry(store.bucket(), entry.key(), None, None)),
            cmd.time(entry.created).into(),
            entry.delta.into(),
            entry.revision.into(),
        ];
        if with_value {
            row.push(String::from_utf8_lossy(entry.value()).into_owned().into());
        }
        table.row(row);
    }
    cmd.line(table.render());
    Ok(())
}

fn linked(text: &str, link: &Link) -> LinkedText {
    let mut linked = LinkedText::default();
    linked.push_linked(text, link);
    linked
}
