//! Leases: values that end by themselves, unless somebody keeps them alive.

use std::time::Duration;

use async_nats::jetstream::context::Context;
use async_nats::jetstream::kv::{Config, CreateErrorKind, Operation, Store};
use async_nats::jetstream::message::PublishMessage;
use async_nats::Error;
use futures_util::TryStreamExt;
use tokio::time::sleep;

const SECOND: Duration = Duration::from_secs(1);

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let js = async_nats::jetstream::new(async_nats::connect(url).await?);
    // A bucket that forgets: every value lives for two seconds after its last write.
    let rooms = Config { bucket: "lesson-rooms".into(), max_age: 2 * SECOND, ..Default::default() };
    // One whose keys may have a time of their own, and that has markers where they end.
    let desks = Config {
        bucket: "lesson-desks".into(),
        limit_markers: Some(10 * SECOND),
        ..Default::default()
    };
    let (rooms, desks) = (js.create_key_value(rooms).await?, js.create_key_value(desks).await?);
    let done = lesson(&js, &rooms, &desks).await;
    js.delete_key_value("lesson-rooms").await?;
    js.delete_key_value("lesson-desks").await?;
    done
}

async fn lesson(js: &Context, rooms: &Store, desks: &Store) -> Result<(), Error> {
    let revision = rooms.create("red", "anna".into()).await?;
    sleep(Duration::from_millis(1200)).await;
    rooms.update("red", "anna".into(), revision).await?; // two seconds more
    sleep(Duration::from_millis(1200)).await;
    take("room, renewed", rooms, "red").await?;
    sleep(2 * SECOND).await;
    take("room, not renewed", rooms, "red").await?;

    // A desk for one second. Those who watch are told of its end.
    let mut watcher = desks.watch_all().await?;
    desks.create_with_ttl("window", "anna".into(), SECOND).await?;
    while let Some(entry) = watcher.try_next().await? {
        if entry.operation == Operation::Purge {
            println!("desk: ended, and the watcher was told");
            break;
        }
        println!("desk: {}", str::from_utf8(&entry.value)?);
    }

    // The trap: an update writes another entry, and that one has no time.
    let revision = desks.create_with_ttl("corner", "anna".into(), SECOND).await?;
    let revision = desks.update("corner", "anna".into(), revision).await?;
    sleep(2 * SECOND).await;
    take("desk, after an update", desks, "corner").await?;

    // The cure: a write below the bucket, with the condition and the time in its headers.
    let write = PublishMessage::build()
        .payload("anna".into())
        .expected_last_subject_sequence(revision)
        .ttl(SECOND);
    js.send_publish("$KV.lesson-desks.corner", write).await?.await?;
    sleep(2 * SECOND).await;
    take("desk, after an update with a time", desks, "corner").await
}

/// Tells whether ben gets what anna has had.
async fn take(what: &str, kv: &Store, key: &str) -> Result<(), Error> {
    match kv.create(key, "ben".into()).await {
        Ok(_) => println!("{what}: ben has it"),
        Err(error) if error.kind() == CreateErrorKind::AlreadyExists => {
            println!("{what}: still anna's")
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
