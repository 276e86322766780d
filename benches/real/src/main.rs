//! Measures a server on loopback by async-nats, one request at a time: `real-bench PORT` prints a figure a line, of
//! the same operations and under the same names as `benches/kv`.

use std::error::Error;
use std::time::Instant;

use async_nats::jetstream;
use async_nats::jetstream::kv::{Config, Store};
use async_nats::jetstream::stream::StorageType;
use futures_util::StreamExt;

type Done<T = ()> = Result<T, Box<dyn Error>>;

const KEYS: u64 = 1000;
const COUNT: u64 = 500;
const BATCHES: u64 = 9;
const VALUE: &[u8] = &[b'v'; 64];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Done {
    let port = std::env::args().nth(1).ok_or("real-bench PORT")?;
    let client = async_nats::connect(format!("127.0.0.1:{port}")).await?;
    let context = jetstream::new(client);
    let config =
        Config { bucket: "async".to_owned(), history: 1, storage: StorageType::Memory, ..Config::default() };
    let bucket = context.create_key_value(config).await?;
    for at in 0..KEYS {
        bucket.put(key(at), VALUE.into()).await?;
    }
    requests(&bucket).await?;
    for watchers in [1, 10, 100] {
        fan_out(&bucket, watchers).await?;
    }
    start(&bucket).await
}

fn key(at: u64) -> String {
    format!("key.{}", at * 7919 % KEYS)
}

/// Tells the median rate of batches of `count`.
fn tell(name: &str, count: u64, mut seconds: Vec<f64>) {
    seconds.sort_by(f64::total_cmp);
    println!("{name}\t{}", count as f64 / seconds[seconds.len() / 2]);
}

async fn requests(bucket: &Store) -> Done {
    let mut times = [const { Vec::new() }; 4];
    for batch in 0..BATCHES {
        let watch = Instant::now();
        for at in 0..COUNT {
            bucket.put(key(at), VALUE.into()).await?;
        }
        times[0].push(watch.elapsed().as_secs_f64());
        let watch = Instant::now();
        for at in 0..COUNT {
            bucket.get(key(at)).await?.ok_or("the key is there")?;
        }
        times[1].push(watch.elapsed().as_secs_f64());
        let mut revision = bucket.put("cas", VALUE.into()).await?;
        let watch = Instant::now();
        for _ in 0..COUNT {
            revision = bucket.update("cas", VALUE.into(), revision).await?;
        }
        times[2].push(watch.elapsed().as_secs_f64());
        let watch = Instant::now();
        for at in 0..COUNT {
            bucket.create(format!("new.{batch}.{at}"), VALUE.into()).await?;
        }
        times[3].push(watch.elapsed().as_secs_f64());
    }
    for (name, times) in ["put", "get", "cas", "create"].into_iter().zip(times) {
        tell(name, COUNT, times);
    }
    Ok(())
}

/// One put, then all watchers have it.
async fn fan_out(bucket: &Store, watchers: u64) -> Done {
    let mut all = Vec::new();
    for _ in 0..watchers {
        all.push(bucket.watch("fan.>").await?);
    }
    let count = (COUNT / watchers).max(10);
    let mut times = Vec::new();
    for _ in 0..BATCHES {
        let watch = Instant::now();
        for _ in 0..count {
            bucket.put("fan.key", VALUE.into()).await?;
            for watcher in &mut all {
                watcher.next().await.ok_or("a watcher goes on")??;
            }
        }
        times.push(watch.elapsed().as_secs_f64());
    }
    tell(&format!("fan {watchers}"), count * watchers, times);
    Ok(())
}

/// Milliseconds until a watcher has caught up, and until all keys are listed.
async fn start(bucket: &Store) -> Done {
    let (mut watched, mut listed) = (Vec::new(), Vec::new());
    for _ in 0..BATCHES {
        let watch = Instant::now();
        let mut watcher = bucket.watch_with_history(">").await?;
        while let Some(entry) = watcher.next().await {
            if entry?.delta == 0 {
                break;
            }
        }
        watched.push(watch.elapsed().as_secs_f64() * 1000.0);
        let watch = Instant::now();
        let mut keys = bucket.keys().await?;
        while let Some(key) = keys.next().await {
            key?;
        }
        listed.push(watch.elapsed().as_secs_f64() * 1000.0);
    }
    for (name, mut times) in [("watch", watched), ("list", listed)] {
        times.sort_by(f64::total_cmp);
        println!("{name}\t{}", times[times.len() / 2]);
    }
    Ok(())
}
