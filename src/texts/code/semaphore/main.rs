//! A semaphore: a key for each place, and whoever creates it has the place.

use std::time::Duration;

use async_nats::jetstream::kv::{Config, CreateErrorKind, Store};
use async_nats::Error;
use tokio::time::sleep;

const PLACES: [&str; 2] = ["slot.1", "slot.2"];

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let js = async_nats::jetstream::new(async_nats::connect(url).await?);
    let time = Duration::from_secs(2);
    let bucket = Config { bucket: "lesson-slots".into(), max_age: time, ..Default::default() };
    let done = lesson(&js.create_key_value(bucket).await?).await;
    js.delete_key_value("lesson-slots").await?;
    done
}

async fn lesson(kv: &Store) -> Result<(), Error> {
    let mine = acquire(kv, "you").await?.ok_or("no place for you")?;
    acquire(kv, "other").await?;
    if acquire(kv, "third").await?.is_none() {
        println!("third: all places are taken");
    }

    // You give your place back, and third gets it.
    mine.release(kv).await?;
    let mut third = acquire(kv, "third").await?.ok_or("no place for third")?;

    // Other crashes. Third renews its place in time, so that only that of other ends.
    sleep(Duration::from_millis(1200)).await;
    third.renew(kv).await?;
    sleep(Duration::from_millis(1200)).await;
    acquire(kv, "you").await?;
    Ok(())
}

/// One that its holder has to renew.
struct Place {
    key: &'static str,
    holder: &'static str,
    revision: u64,
}

/// Tries one place after the other. `None`: all are taken.
async fn acquire(kv: &Store, holder: &'static str) -> Result<Option<Place>, Error> {
    for key in PLACES {
        match kv.create(key, holder.into()).await {
            Ok(revision) => {
                println!("{holder}: has {key}");
                return Ok(Some(Place { key, holder, revision }));
            }
            // Taken, or somebody was faster: try the next one.
            Err(error) if error.kind() == CreateErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

impl Place {
    /// Begins its time anew, or fails if it has ended.
    async fn renew(&mut self, kv: &Store) -> Result<(), Error> {
        self.revision = kv.update(self.key, self.holder.into(), self.revision).await?;
        Ok(())
    }

    /// Gives it back, unless somebody else has it by now.
    async fn release(self, kv: &Store) -> Result<(), Error> {
        println!("{}: gives {} back", self.holder, self.key);
        Ok(kv.delete_expect_revision(self.key, Some(self.revision)).await?)
    }
}
