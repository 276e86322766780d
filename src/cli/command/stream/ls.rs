//! `nats stream ls`: the streams of the account.

use super::pick::is_internal;
use crate::base::LinkedText;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::session::Session;
use crate::gofmt::{self, sort_slice};
use crate::gojson;
use crate::jsapi::StreamInfo;

pub async fn run(session: &Session) -> Outcome {
    let jetstream = session.jetstream().await.map_err(|error| error.within("setup failed"))?;
    let filter = Some(session.text("subject")).filter(|filter| !filter.is_empty());
    if session.flag("names") {
        let mut names = jetstream.stream_names(filter).await.map_err(Failure::api)?;
        names.sort();
        list(session, &names);
        return Ok(());
    }
    let found = jetstream.streams(filter).await;
    let mut found = found.map_err(|error| Failure::api(error).within("could not list streams"))?;
    found.sort_by(|a, b| a.config.name.cmp(&b.config.name));
    let all = found.len();
    found.retain(|info| session.flag("all") || !is_internal(&info.config.name));
    let skipped = found.len() < all;
    if session.flag("json") {
        list(session, &found.into_iter().map(|info| info.config.name).collect::<Vec<_>>());
        return Ok(());
    }
    if found.is_empty() {
        let hint = if skipped { ", pass -a to include system streams" } else { "" };
        session.line(format!("No Streams defined{hint}"));
        return Ok(());
    }
    sort_slice(&mut found, |a, b| a.state.bytes < b.state.bytes);
    session.line(table(session, filter, &found));
    Ok(())
}

fn list(session: &Session, names: &[String]) {
    if session.flag("json") {
        let names = Some(names).filter(|names| !names.is_empty());
        session.line(gojson::to_string_indent(&names));
        return;
    }
    names.iter().for_each(|name| session.line(name));
}

fn table(session: &Session, filter: Option<&str>, found: &[StreamInfo]) -> LinkedText {
    let title = filter.map_or("Streams".to_owned(), |filter| format!("Streams matching {filter}"));
    let headers = ["Name", "Description", "Created", "Messages", "Size", "Last Message"];
    let mut table = session.table(title, &headers);
    for info in found {
        table.row([
            info.config.name.as_str().into(),
            info.config.description.as_str().into(),
            session.time(info.created).into(),
            gofmt::count(info.state.messages).into(),
            gofmt::ibytes(info.state.bytes).into(),
            gofmt::age(session.age(info.state.last_ts)).into(),
        ]);
    }
    table.render()
}
