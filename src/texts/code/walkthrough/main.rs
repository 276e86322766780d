//! The walkthrough in code: put, get, delete, create, update and watch.

use async_nats::jetstream::kv::{
    Config, CreateErrorKind, Entry, Operation, Store, UpdateErrorKind,
};
use futures_util::TryStreamExt;

#[tokio::main]
async fn main() -> Result<(), async_nats::Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let js = async_nats::jetstream::new(async_nats::connect(url).await?);
    let bucket = Config { bucket: "lesson-my-kv".into(), ..Default::default() };
    let done = lesson(&js.create_key_value(bucket).await?).await;
    js.delete_key_value("lesson-my-kv").await?;
    done
}

async fn lesson(kv: &Store) -> Result<(), async_nats::Error> {
    // Put, get, delete.
    println!("put Key1: revision {}", kv.put("Key1", "Value1".into()).await?);
    if let Some(entry) = kv.entry("Key1").await? {
        println!("get Key1: {}, revision {}", str::from_utf8(&entry.value)?, entry.revision);
    }
    kv.delete("Key1").await?;
    // `get` finds only values, `entry` finds the marker too.
    if let (None, Some(marker)) = (kv.get("Key1").await?, kv.entry("Key1").await?) {
        println!("get Key1: not found, its delete is revision {}", marker.revision);
    }

    // Create: the first one wins. That is a lock.
    let revision = kv.create("Semaphore1", "Value1".into()).await?;
    println!("create Semaphore1: revision {revision}");
    match kv.create("Semaphore1", "Value1".into()).await {
        Err(error) if error.kind() == CreateErrorKind::AlreadyExists => {
            println!("create Semaphore1: refused, it exists");
        }
        other => {
            other?;
        }
    }

    // Update: only if nobody was faster.
    let newer = kv.update("Semaphore1", "Value2".into(), revision).await?;
    println!("update Semaphore1: revision {newer}");
    match kv.update("Semaphore1", "Value3".into(), revision).await {
        Err(error) if error.kind() == UpdateErrorKind::WrongLastRevision => {
            println!("update Semaphore1: refused, {revision} is not the newest");
        }
        other => {
            other?;
        }
    }

    // Watch: first the newest entry of each key, then each change.
    let mut watcher = kv.watch_with_history(">").await?;
    while let Some(entry) = watcher.try_next().await? {
        show("is so", &entry);
        if entry.seen_current {
            break;
        }
    }
    kv.put("Key1", "Value2".into()).await?;
    if let Some(entry) = watcher.try_next().await? {
        show("changes", &entry);
    }
    Ok(())
}

fn show(when: &str, entry: &Entry) {
    match entry.operation {
        Operation::Put => {
            println!("watch, {when}: {} = {}", entry.key, String::from_utf8_lossy(&entry.value));
        }
        Operation::Delete | Operation::Purge => println!("watch, {when}: {} deleted", entry.key),
    }
}
