//! `nats kv compact`: removes the history of deleted keys.

use super::del::is_confirmed;
use crate::cli::failure::Outcome;
use crate::cli::running_command::RunningCommand;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let store = cmd.bucket().await?;
    let bucket = store.bucket();
    let question = format!("Purge all historic values and audit trails for deleted keys in bucket {bucket}?");
    if !is_confirmed(cmd, &question, "Skipping delete").await? {
        return Ok(());
    }
    Ok(store.purge_deletes(None).await?)
}
