//! Random operations through our client, as a list of what was done and what came of it.

use playground::base::Rng;
use playground::client::kv::{self, BucketConfig, Entry, KeyValue, WatchEvent, WatchOptions};
use playground::client::{Error, JetStream};
use playground::jsapi::Nanos;

const KEYS: [&str; 8] = ["a", "b", "a.b", "a.c", "x.y.z", "bad key", "Z-9/=_", ""];
const FILTERS: [&str; 9] = [">", "*", "a.*", "a.>", "x.*.z", "b", "none", "a*", "a..b"];

/// Does `count` things to a bucket, by the seed, and says what happened.
pub(crate) async fn play(jetstream: JetStream, seed: u64, count: usize) -> Result<Vec<String>, Error> {
    let mut rng = Rng::new(seed);
    let bucket = format!("b{seed}");
    let config = BucketConfig {
        bucket: bucket.clone(),
        history: 1 + rng.below(6) as u8,
        max_value_size: if rng.below(3) == 0 { 200 } else { 0 },
        max_bytes: if rng.below(3) == 0 { 1500 } else { 0 },
        memory: rng.below(2) == 0,
        limit_marker_ttl: if rng.below(3) == 0 { Nanos::from_secs(3600) } else { Nanos::ZERO },
        ..BucketConfig::default()
    };
    let bucket = kv::create_bucket(&jetstream, &config).await?;
    let mut watcher = bucket.watch(&[], WatchOptions::default()).await?;
    let mut log = vec![format!("{config:?}")];
    assert_eq!(watcher.next().await?, WatchEvent::CaughtUp, "the bucket is new");
    for _ in 0..count {
        log.push(act(&bucket, &mut rng).await);
        let state = bucket.status().await?.state;
        log.push(format!(
            "  {} messages, {} bytes, {}..{}",
            state.messages, state.bytes, state.first_seq, state.last_seq
        ));
    }
    let stored = bucket.put("end", b"").await;
    log.push(said(text(stored.clone())));
    if stored.is_ok() {
        loop {
            let WatchEvent::Entry(mut entry) = watcher.next().await? else { continue };
            // How far the real server's consumer was behind is a matter of its threads.
            entry.delta = 0;
            log.push(format!("watched {}", shown(&entry)));
            if entry.key() == "end" {
                break;
            }
        }
    }
    watcher.stop().await;
    Ok(log)
}

async fn act(bucket: &KeyValue, rng: &mut Rng) -> String {
    let key = KEYS[rng.below(KEYS.len() as u64) as usize];
    let filter = FILTERS[rng.below(FILTERS.len() as u64) as usize];
    let revision = rng.below(20);
    let value = "v".repeat(rng.below(rng_size(revision)) as usize);
    let value = value.as_bytes();
    match rng.below(12) {
        0..3 => format!("put {key} {}: {}", value.len(), said(text(bucket.put(key, value).await))),
        3 => format!("create {key}: {}", said(text(bucket.create(key, value, None).await))),
        4 => format!("update {key} {revision}: {}", said(text(bucket.update(key, value, revision).await))),
        5 => {
            let revision = bucket.get(key).await.map_or(0, |entry| entry.revision);
            format!("swap {key} {revision}: {}", said(text(bucket.update(key, value, revision).await)))
        }
        6 => format!("get {key}: {}", said(bucket.get(key).await.map(|entry| shown(&entry)))),
        7 => {
            let found = bucket.get_revision(key, revision).await;
            format!("get {key} {revision}: {}", said(found.map(|entry| shown(&entry))))
        }
        8 => {
            let guard = revision.is_multiple_of(3).then_some(revision);
            format!(
                "delete {key} {guard:?}: {}",
                said(bucket.delete(key, guard).await.map(|()| String::new()))
            )
        }
        9 => format!("purge {key}: {}", said(bucket.purge(key, None, None).await.map(|()| String::new()))),
        10 => {
            let entries = bucket.history(filter).await;
            format!(
                "history {filter}: {}",
                said(entries.map(|all| all.iter().map(shown).collect::<Vec<_>>().join(" ")))
            )
        }
        _ => format!("keys {filter}: {}", said(bucket.keys(&[filter]).await.map(|keys| keys.join(" ")))),
    }
}

fn rng_size(revision: u64) -> u64 {
    if revision == 7 { 400 } else { 40 }
}

fn text(revision: Result<u64, Error>) -> Result<String, Error> {
    revision.map(|revision| revision.to_string())
}

fn said(outcome: Result<String, Error>) -> String {
    outcome.unwrap_or_else(|error| format!("! {error}"))
}

fn shown(entry: &Entry) -> String {
    let Entry { revision, delta, operation, .. } = entry;
    format!("{}@{revision}-{delta}:{}:{}", entry.key(), operation.name(), entry.value().len())
}
