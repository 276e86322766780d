//! `nats kv update`: stores a value if the key is still at an expected revision.

use super::put;
use crate::cli::failure::Outcome;
use crate::cli::running_command::RunningCommand;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let bucket = cmd.bucket().await?;
    bucket.update(cmd.text("key"), &cmd.value().await?, cmd.call.uint("revision")).await?;
    put::show(cmd, bucket.bucket());
    Ok(())
}
