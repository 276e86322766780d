//! Electing a leader: create elects, a lease ends, and a watcher turns the end into a beginning.

use std::time::Duration;

use async_nats::jetstream::kv::{Config, CreateErrorKind, Operation, Store, UpdateErrorKind};
use async_nats::Error;
use futures_util::TryStreamExt;
use tokio::task::JoinHandle;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let js = async_nats::jetstream::new(async_nats::connect(url).await?);
    let bucket = Config {
        bucket: "lesson-election".into(),
        max_age: Duration::from_secs(2),
        limit_markers: Some(Duration::from_secs(1)),
        ..Default::default()
    };
    let done = lesson(&js.create_key_value(bucket).await?).await;
    js.delete_key_value("lesson-election").await?;
    done
}

async fn lesson(kv: &Store) -> Result<(), Error> {
    // Both want to lead, and the server lets one.
    let mine = campaign(kv, "anna").await?.ok_or("somebody else leads")?;
    if campaign(kv, "ben").await?.is_none() {
        println!("ben stands by");
    }
    let ben = stand_by(kv, "ben").await?;

    // A leader who is well renews in time, from its own revision.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mine = kv.update("leader", "anna".into(), mine).await?;
    println!("anna leads on, revision {mine}");

    // It crashes: nobody renews, and two seconds later ben leads.
    let theirs = ben.await??;
    match kv.update("leader", "anna".into(), mine).await {
        Err(error) if error.kind() == UpdateErrorKind::WrongLastRevision => {
            println!("anna learns that she does not lead any more");
        }
        other => {
            other?;
        }
    }

    // A leader who stops on purpose deletes the key, if it is still its own: there is no gap.
    let anna = stand_by(kv, "anna").await?;
    kv.delete_expect_revision("leader", Some(theirs)).await?;
    anna.await??;
    Ok(())
}

/// Tries to become the leader. Returns the revision that proves it.
async fn campaign(kv: &Store, name: &'static str) -> Result<Option<u64>, Error> {
    match kv.create("leader", name.into()).await {
        Ok(revision) => {
            println!("{name} leads, revision {revision}");
            Ok(Some(revision))
        }
        Err(error) if error.kind() == CreateErrorKind::AlreadyExists => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Watches the key, and tries at the moment when it goes away.
async fn stand_by(kv: &Store, name: &'static str) -> Result<JoinHandle<Result<u64, Error>>, Error> {
    let (kv, mut watcher) = (kv.clone(), kv.watch("leader").await?); // updates only
    Ok(tokio::spawn(async move {
        while let Some(entry) = watcher.try_next().await? {
            if entry.operation != Operation::Put {
                if let Some(revision) = campaign(&kv, name).await? {
                    return Ok(revision);
                }
            }
        }
        Err("the watcher has ended".into())
    }))
}
