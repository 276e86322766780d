//! Watching in four ways: what each of them gets first, and what it misses.

use async_nats::jetstream::kv::{Config, Entry, Store, WatcherError};
use async_nats::Error;
use futures_util::{Stream, TryStreamExt};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let js = async_nats::jetstream::new(async_nats::connect(url).await?);
    let bucket = Config { bucket: "lesson-room".into(), history: 5, ..Default::default() };
    let done = lesson(&js.create_key_value(bucket).await?).await;
    js.delete_key_value("lesson-room").await?;
    done
}

async fn lesson(kv: &Store) -> Result<(), Error> {
    kv.put("temp", "19".into()).await?;
    kv.put("temp", "20".into()).await?;
    kv.put("light", "off".into()).await?;

    // From what is so now: the newest entry of each key, then each change.
    // (What is called history here is what others call the last values.)
    let mut watcher = kv.watch_with_history(">").await?;
    show("newest", &mut watcher, 2).await?;
    kv.put("temp", "21".into()).await?;
    show("a change", &mut watcher, 1).await?;
    drop(watcher);
    kv.put("temp", "22".into()).await?; // nobody watches

    // Only what is new: the 22 is not shown, and will never be.
    let mut watcher = kv.watch_all().await?;
    kv.put("light", "on".into()).await?;
    show("updates only", &mut watcher, 1).await?;

    // Resume: 6 was the last revision that was seen, so begin with 7.
    kv.put("temp", "23".into()).await?;
    kv.put("light", "off".into()).await?;
    show("from revision 7", &mut kv.watch_all_from_revision(7).await?, 2).await?;

    // All that is kept, of one key.
    show("history of light", &mut kv.history("light").await?, 3).await?;

    // Away for too long: the bucket keeps five entries of a key.
    for t in ["24", "25", "26", "27", "28"] {
        kv.put("temp", t.into()).await?;
    }
    show("from revision 1", &mut kv.watch_from_revision("temp", 1).await?, 5).await
}

/// Prints the next entries of a watcher, or of a history.
async fn show<Entries>(what: &str, entries: &mut Entries, count: usize) -> Result<(), Error>
where
    Entries: Stream<Item = Result<Entry, WatcherError>> + Unpin,
{
    print!("{what}:");
    for _ in 0..count {
        let entry = entries.try_next().await?.ok_or("the watcher has ended")?;
        print!(" {}={}", entry.key, str::from_utf8(&entry.value)?);
    }
    println!();
    Ok(())
}
