//! `nats kv info`: the configuration and state of a bucket.

use super::status;
use crate::cli::failure::Outcome;
use crate::cli::running_command::RunningCommand;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let store = cmd.bucket().await?;
    status::show(cmd, &store).await
}
