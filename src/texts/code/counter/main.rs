//! A counter for two: with put a visit is lost, with update none is.

use async_nats::jetstream::kv::{Config, Entry, Store, UpdateErrorKind};
use async_nats::Error;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    // Two clients, as in the lesson.
    let you = async_nats::jetstream::new(async_nats::connect(&url).await?);
    let other = async_nats::jetstream::new(async_nats::connect(&url).await?);
    let bucket = Config { bucket: "lesson-counter".into(), ..Default::default() };
    let mine = you.create_key_value(bucket).await?;
    let theirs = other.get_key_value("lesson-counter").await?;
    let done = lesson(&mine, &theirs).await;
    you.delete_key_value("lesson-counter").await?;
    done
}

async fn lesson(mine: &Store, theirs: &Store) -> Result<(), Error> {
    // Both read 0, and both put 1.
    mine.put("visits", "0".into()).await?;
    let (a, b) = (read(mine).await?, read(theirs).await?);
    mine.put("visits", plus_one(&a)?.into()).await?;
    theirs.put("visits", plus_one(&b)?.into()).await?;
    println!("put: 2 visits, the counter says {}", number(&read(mine).await?)?);

    // Both read again, and both update from the revision that they have read.
    let (a, b) = (read(mine).await?, read(theirs).await?);
    let revision = mine.update("visits", plus_one(&a)?.into(), a.revision).await?;
    match theirs.update("visits", plus_one(&b)?.into(), b.revision).await {
        Err(error) if error.kind() == UpdateErrorKind::WrongLastRevision => {
            println!("update: refused, the key is at revision {revision}, not {}", b.revision);
        }
        other => {
            other?;
        }
    }

    // Whoever was refused reads again and tries again. So both may count at once.
    tokio::try_join!(count(mine, 10), count(theirs, 10))?;
    println!("update: 20 visits more, the counter says {}", number(&read(mine).await?)?);
    Ok(())
}

/// Adds visits one by one, however many others do so at the same moment.
async fn count(kv: &Store, visits: usize) -> Result<(), Error> {
    for _ in 0..visits {
        loop {
            let seen = read(kv).await?;
            match kv.update("visits", plus_one(&seen)?.into(), seen.revision).await {
                Err(error) if error.kind() == UpdateErrorKind::WrongLastRevision => {}
                other => {
                    other?;
                    break;
                }
            }
        }
    }
    Ok(())
}

async fn read(kv: &Store) -> Result<Entry, Error> {
    kv.entry("visits").await?.ok_or_else(|| "nobody has begun to count".into())
}

fn number(entry: &Entry) -> Result<u64, Error> {
    Ok(str::from_utf8(&entry.value)?.parse()?)
}

fn plus_one(entry: &Entry) -> Result<String, Error> {
    Ok((number(entry)? + 1).to_string())
}
