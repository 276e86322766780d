//! `nats kv info`: what a bucket is set to, and what it holds.

use super::status;
use crate::cli::session::{Failure, Outcome, Session, api_text};
use crate::client::kv::{KeyValue, key};

pub async fn run(session: &Session) -> Outcome {
    let jetstream = session.jetstream().await?;
    let mut bucket = session.text("bucket").to_owned();
    if bucket.is_empty() {
        let streams = jetstream.stream_names(None).await.map_err(|error| Failure::Said(api_text(&error)))?;
        let mut known: Vec<String> = streams
            .iter()
            .filter_map(|stream| stream.strip_prefix(key::STREAM_PREFIX))
            .map(str::to_owned)
            .collect();
        known.sort();
        if known.is_empty() {
            return Err(Failure::said("no KV buckets found"));
        }
        bucket = session.select("Select a Bucket", &known).await?;
    }
    let store = KeyValue::open(&jetstream, &bucket).await?;
    status::show(session, &store).await
}
