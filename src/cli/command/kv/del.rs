//! `nats kv del`: deletes a key, or the whole bucket if no key is given.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::client::kv::delete_bucket;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (bucket, key) = (cmd.text("bucket"), cmd.text("key"));
    if key.is_empty() {
        return delete_whole(cmd, bucket).await;
    }
    let store = cmd.bucket().await?;
    if !is_confirmed(cmd, &format!("Delete key {} > {key}?", store.bucket()), "Skipping delete").await? {
        return Ok(());
    }
    Ok(store.delete(key, None).await?)
}

async fn delete_whole(cmd: &RunningCommand, bucket: &str) -> Outcome {
    if !is_confirmed(cmd, &format!("Delete bucket {bucket}?"), "Skipping delete").await? {
        return Ok(());
    }
    Ok(delete_bucket(&cmd.jetstream().await?, bucket).await?)
}

/// Asks for confirmation, unless `--force` is given. Prints `skipping` if it is denied.
pub async fn is_confirmed(cmd: &RunningCommand, question: &str, skipping: &str) -> Result<bool, Failure> {
    let sure = cmd.flag("force") || cmd.confirm(question, false).await?;
    if !sure {
        cmd.line(skipping);
    }
    Ok(sure)
}
