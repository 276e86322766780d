//! `nats kv ls`: the buckets, or the keys of one.

use crate::base::sort;
use crate::cli::go_sort;
use crate::cli::output::human;
use crate::cli::output::table::Cell;
use crate::cli::session::{Failure, Outcome, Session, api_text};
use crate::client::StreamInfo;
use crate::client::kv::{Event, KeyValue, key};

pub async fn run(session: &Session) -> Outcome {
    if session.text("bucket").is_empty() { buckets(session).await } else { keys(session).await }
}

async fn buckets(session: &Session) -> Outcome {
    let jetstream = session.jetstream().await?;
    let found = jetstream.streams(None).await.map_err(|error| Failure::Said(api_text(&error)))?;
    let mut found: Vec<StreamInfo> =
        found.into_iter().filter(|info| info.config.name.starts_with(key::STREAM_PREFIX)).collect();
    sort::by(&mut found, |a, b| a.config.name.cmp(&b.config.name));
    if session.flag("names") {
        found.iter().for_each(|info| session.line(key::bucket_of(&info.config.name)));
        return Ok(());
    }
    if found.is_empty() {
        session.line("No Key-Value buckets found");
        return Ok(());
    }
    go_sort::sort_by(&mut found, |a, b| a.state.bytes < b.state.bytes);
    let headers = ["Bucket", "Description", "Created", "Size", "Values", "Last Update"];
    let mut table = session.table("Key-Value Buckets", &headers);
    for info in &found {
        table.row([
            key::bucket_of(&info.config.name).into(),
            info.config.description.as_str().into(),
            session.time_of(&info.created).into(),
            human::bytes(info.state.bytes).into(),
            human::count(info.state.messages).into(),
            human::duration(session.age(&info.state.last_ts)).into(),
        ]);
    }
    session.line(&table.render());
    Ok(())
}

async fn keys(session: &Session) -> Outcome {
    let unable = |error| Failure::Said(format!("unable to load bucket: {error}"));
    let jetstream = session.jetstream().await.map_err(|error| error.within("unable to prepare js helper"))?;
    let store = KeyValue::open(&jetstream, session.text("bucket")).await.map_err(unable)?;
    let filter = session.text("key");
    let filters: &[&str] = if filter.is_empty() { &[] } else { &[filter] };
    let is_empty = if session.flag("verbose") {
        let keys = store.keys(filters).await?;
        let shown = details(session, &store, &keys).await;
        shown.map_err(|error| Failure::Said(format!("unable to display key info: {error}")))?;
        keys.is_empty()
    } else {
        let mut list = store.list(filters).await?;
        let mut is_empty = true;
        while let Event::Entry(entry) = list.next().await? {
            session.line(entry.key());
            is_empty = false;
        }
        list.stop().await;
        is_empty
    };
    if is_empty && !session.flag("names") {
        session.line("No keys found in bucket");
    }
    Ok(())
}

async fn details(session: &Session, store: &KeyValue, keys: &[String]) -> Result<(), String> {
    let with_value = session.flag("display-value");
    let headers = ["Key", "Created", "Delta", "Revision", "Value"];
    let headers = if with_value { &headers[..] } else { &headers[..4] };
    let mut table = session.table(format!("Contents for bucket '{}'", session.text("bucket")), headers);
    for key in keys {
        let entry = store.get(key).await.map_err(|error| format!("unable to fetch key {key}: {error}"))?;
        let mut row: Vec<Cell> = vec![
            entry.key().into(),
            session.time(entry.created).into(),
            entry.delta.into(),
            entry.revision.into(),
        ];
        if with_value {
            row.push(String::from_utf8_lossy(entry.value()).into_owned().into());
        }
        table.row(row);
    }
    session.line(&table.render());
    Ok(())
}
