//! `nats kv purge`: deletes a key with its history.

use super::create::ttl_if_positive;
use super::del::is_confirmed;
use crate::cli::failure::Outcome;
use crate::cli::running_command::RunningCommand;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let store = cmd.bucket().await?;
    let (bucket, key) = (store.bucket(), cmd.text("key"));
    if !is_confirmed(cmd, &format!("Purge key {bucket} > {key}?"), "Skipping purge").await? {
        return Ok(());
    }
    Ok(store.purge(key, None, ttl_if_positive(cmd.call.int("ttl"))).await?)
}
