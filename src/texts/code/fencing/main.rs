//! Why a lease is not enough: a sleeper does damage, until the store looks at a token.

use std::time::Duration;

use async_nats::jetstream::kv::{Config, CreateErrorKind, Store, UpdateErrorKind};
use async_nats::Error;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let js = async_nats::jetstream::new(async_nats::connect(url).await?);
    let second = Duration::from_secs(1);
    let locks = Config { bucket: "lesson-locks".into(), max_age: second, ..Default::default() };
    let files = Config { bucket: "lesson-files".into(), ..Default::default() };
    let (locks, files) = (js.create_key_value(locks).await?, js.create_key_value(files).await?);
    let done = lesson(&locks, &files).await;
    js.delete_key_value("lesson-locks").await?;
    js.delete_key_value("lesson-files").await?;
    done
}

async fn lesson(locks: &Store, files: &Store) -> Result<(), Error> {
    // You take the lock and fall asleep, so other gets it. The revision is the token.
    let yours = locks.create("letter", "you".into()).await?;
    tokio::time::sleep(Duration::from_millis(1800)).await;
    let theirs = locks.create("letter", "other".into()).await?;
    println!("your token is {yours}, that of other is {theirs}");

    // A plain put: whoever wakes up late destroys the work of who holds the lock.
    files.put("letter", "by other".into()).await?;
    files.put("letter", "by you".into()).await?;
    let letter = files.get("letter").await?.unwrap_or_default();
    println!("without tokens the letter is {}", str::from_utf8(&letter)?);
    files.purge("letter").await?;

    // A store that looks at the token refuses the older one.
    save(files, "letter", theirs, "by other").await?;
    if let Saved::Stale(last) = save(files, "letter", yours, "by you").await? {
        println!("token {yours} is too old, {last} was here");
    }
    let letter = files.get("letter").await?.unwrap_or_default();
    println!("with tokens the letter is {}", read(&letter)?.1);
    Ok(())
}

enum Saved {
    Yes,
    /// A greater token was there before.
    Stale(u64),
}

/// Writes a text with its token, unless a greater token was there before.
async fn save(files: &Store, key: &str, token: u64, text: &str) -> Result<Saved, Error> {
    let value = format!("{token} {text}");
    loop {
        // Where somebody comes in between, look again.
        if let Some(entry) = files.entry(key).await?.filter(|entry| !entry.value.is_empty()) {
            let (last, _) = read(&entry.value)?;
            if token < last {
                return Ok(Saved::Stale(last));
            }
            match files.update(key, value.clone().into(), entry.revision).await {
                Err(error) if error.kind() == UpdateErrorKind::WrongLastRevision => {}
                other => return Ok(other.map(|_| Saved::Yes)?),
            }
        } else {
            match files.create(key, value.clone().into()).await {
                Err(error) if error.kind() == CreateErrorKind::AlreadyExists => {}
                other => return Ok(other.map(|_| Saved::Yes)?),
            }
        }
    }
}

fn read(value: &[u8]) -> Result<(u64, &str), Error> {
    let (token, text) = str::from_utf8(value)?.split_once(' ').ok_or("there is no token")?;
    Ok((token.parse()?, text))
}
