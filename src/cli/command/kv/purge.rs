//! `nats kv purge`: deletes a key with its history.

use super::create::positive;
use super::del::is_confirmed;
use crate::cli::failure::Outcome;
use crate::cli::session::Session;

pub async fn run(session: &Session) -> Outcome {
    let store = session.bucket().await?;
    let (bucket, key) = (store.bucket(), session.text("key"));
    if !is_confirmed(session, &format!("Purge key {bucket} > {key}?"), "Skipping purge").await? {
        return Ok(());
    }
    Ok(store.purge(key, None, positive(session.call.int("ttl"))).await?)
}
