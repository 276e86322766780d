//! Revisions and history: one count for all keys, and the last entries of each.

use async_nats::jetstream::kv::{Config, Entry, Store};
use futures_util::TryStreamExt;

#[tokio::main]
async fn main() -> Result<(), async_nats::Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let js = async_nats::jetstream::new(async_nats::connect(url).await?);
    let bucket = Config { bucket: "lesson-books".into(), history: 3, ..Default::default() };
    let done = lesson(&js.create_key_value(bucket).await?).await;
    js.delete_key_value("lesson-books").await?;
    done
}

async fn lesson(kv: &Store) -> Result<(), async_nats::Error> {
    // The revision counts the writes of the bucket, not those of the key.
    kv.put("dune", "new".into()).await?;
    kv.put("emma", "new".into()).await?;
    let third = kv.put("dune", "lent".into()).await?;
    println!("the second write of dune is revision {third}");

    // Of each key, the last three entries are kept.
    kv.put("dune", "back".into()).await?;
    let last = kv.put("dune", "torn".into()).await?;
    if kv.entry_for_revision("dune", 1).await?.is_none() {
        println!("revision 1 is no longer kept");
    }
    show(kv).await?;

    // To go back is to write the old value once more.
    let old = kv.entry_for_revision("dune", 4).await?.ok_or("revision 4 is gone")?;
    kv.update("dune", old.value, last).await?;
    show(kv).await?;

    // A dot divides a key into parts, and then one can ask for some of them.
    kv.put("shelf.top.ulysses", "new".into()).await?;
    kv.put("shelf.low.walden", "new".into()).await?;
    let mut keys: Vec<String> = kv.keys().await?.try_collect().await?;
    keys.retain(|key| key.starts_with("shelf.")); // this client asks for all of them
    keys.sort();
    for key in keys {
        println!("on the shelf: {key}");
    }
    Ok(())
}

async fn show(kv: &Store) -> Result<(), async_nats::Error> {
    let entries: Vec<Entry> = kv.history("dune").await?.try_collect().await?;
    print!("dune:");
    for entry in entries {
        print!(" {} {}", entry.revision, str::from_utf8(&entry.value)?);
    }
    println!();
    Ok(())
}
