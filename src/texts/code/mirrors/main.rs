//! Copies: a mirror is read as a stream, sources come together in a bucket.

use std::time::Duration;

use async_nats::jetstream::context::Context;
use async_nats::jetstream::kv::{Config, Store};
use async_nats::jetstream::stream::{Source, SubjectTransform};
use async_nats::Error;

const BUCKETS: [&str; 4] = ["lesson-orders", "lesson-copy", "lesson-returns", "lesson-all"];

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let js = async_nats::jetstream::new(async_nats::connect(url).await?);
    let done = lesson(&js).await;
    for bucket in BUCKETS {
        js.delete_key_value(bucket).await.ok(); // one of them is gone already
    }
    done
}

async fn lesson(js: &Context) -> Result<(), Error> {
    let orders = js.create_key_value(named("lesson-orders")).await?;
    orders.put("a1", "paid".into()).await?;

    // A mirror keeps the subjects of its original: look for them in the stream.
    let original = Source { name: "lesson-orders".into(), ..Default::default() };
    let copy =
        js.create_key_value(Config { mirror: Some(original), ..named("lesson-copy") }).await?;
    while copy.stream.get_last_raw_message_by_subject("$KV.lesson-orders.a1").await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await; // copies are a little late
    }
    println!("mirror, as a stream: a1 = paid");
    if copy.get("a1").await?.is_none() {
        println!("mirror, as a bucket: a1 not found");
    }
    // A mirror takes in nothing else. With this client, write to the original yourself.
    orders.put("a2", "new".into()).await?;
    becomes(&orders, "a2", "new").await?;

    // Sources get the subjects of the new bucket, so their keys are found.
    let returns = js.create_key_value(named("lesson-returns")).await?;
    returns.put("r7", "broken".into()).await?;
    let sources = Some(vec![source("lesson-orders"), source("lesson-returns")]);
    let all = js.create_key_value(Config { sources, ..named("lesson-all") }).await?;
    becomes(&all, "a1", "paid").await?;
    becomes(&all, "r7", "broken").await?;

    // This client's bucket takes in nothing but its sources, so give it a subject of its own.
    let mut config = all.stream.cached_info().config.clone();
    config.subjects = vec!["$KV.lesson-all.>".into()];
    js.update_stream(config).await?;

    // Two writers for one key: whatever comes last wins, without a word.
    all.put("a1", "lost".into()).await?;
    orders.put("a1", "shipped".into()).await?;
    becomes(&all, "a1", "shipped").await?;

    // The original goes, what was taken in stays.
    js.delete_key_value("lesson-orders").await?;
    becomes(&all, "a1", "shipped").await
}

fn named(bucket: &str) -> Config {
    Config { bucket: bucket.into(), ..Default::default() }
}

fn source(bucket: &str) -> Source {
    let renamed = SubjectTransform {
        source: format!("$KV.{bucket}.>"),
        destination: "$KV.lesson-all.>".into(),
    };
    Source { name: format!("KV_{bucket}"), subject_transforms: vec![renamed], ..Default::default() }
}

/// Waits until a key has a value: copies are a little late.
async fn becomes(kv: &Store, key: &str, value: &str) -> Result<(), Error> {
    for _ in 0..500 {
        if kv.get(key).await?.is_some_and(|found| found == value) {
            println!("{}: {key} = {value}", kv.name);
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err(format!("not there within ten seconds: {value}").into())
}
