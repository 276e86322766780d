//! Delete, purge and markers: what each of them leaves behind.

use async_nats::jetstream::kv::{Config, Entry, Operation, Store};
use async_nats::Error;
use futures_util::TryStreamExt;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let js = async_nats::jetstream::new(async_nats::connect(url).await?);
    let bucket = Config { bucket: "lesson-cart".into(), history: 5, ..Default::default() };
    let done = lesson(&js.create_key_value(bucket).await?).await;
    js.delete_key_value("lesson-cart").await?;
    done
}

async fn lesson(kv: &Store) -> Result<(), Error> {
    kv.put("apples", "2".into()).await?;
    kv.put("apples", "3".into()).await?;
    let mut watcher = kv.watch("apples").await?; // updates only

    // A delete writes a marker. Whoever watches is told, and older values stay.
    kv.delete("apples").await?;
    if let Some(entry) = watcher.try_next().await? {
        println!("the watcher is told: {}", name(&entry));
    }
    if kv.get("apples").await?.is_none() {
        println!("get: not found");
    }
    if let Some(entry) = kv.entry_for_revision("apples", 2).await? {
        println!("get revision 2: {}", str::from_utf8(&entry.value)?);
    }
    show(kv).await?;

    // A purge writes a marker too, and removes all that came before it.
    kv.purge("apples").await?;
    if let Some(entry) = watcher.try_next().await? {
        println!("the watcher is told: {}", name(&entry));
    }
    if kv.entry_for_revision("apples", 2).await?.is_none() {
        println!("get revision 2: not found");
    }

    // A marker is no value, so the key can be created again.
    println!("create: revision {}", kv.create("apples", "9".into()).await?);
    show(kv).await?;

    // Sweep up: this client has no call for it. Purge the subject, but keep the marker.
    kv.delete("apples").await?;
    kv.stream.purge().filter("$KV.lesson-cart.apples").keep(1).await?;
    show(kv).await
}

async fn show(kv: &Store) -> Result<(), Error> {
    let entries: Vec<Entry> = kv.history("apples").await?.try_collect().await?;
    let entries: Vec<String> =
        entries.iter().map(|entry| format!("{} {}", entry.revision, name(entry))).collect();
    println!("history: {}", entries.join(" "));
    Ok(())
}

fn name(entry: &Entry) -> &'static str {
    match entry.operation {
        Operation::Put => "PUT",
        Operation::Delete => "DELETE",
        Operation::Purge => "PURGE",
    }
}
