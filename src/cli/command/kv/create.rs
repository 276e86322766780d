//! `nats kv create`: stores a value if the key has none.

use std::time::Duration;

use super::put;
use crate::cli::failure::Outcome;
use crate::cli::running_command::RunningCommand;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let bucket = cmd.bucket().await?;
    let ttl = ttl_if_positive(cmd.call.int("ttl"));
    bucket.create(cmd.text("key"), &cmd.value().await?, ttl).await?;
    put::show(cmd, bucket.bucket());
    Ok(())
}

/// A time to live. The real command ignores zero and negative ones.
pub fn ttl_if_positive(nanos: i64) -> Option<Duration> {
    u64::try_from(nanos).ok().filter(|nanos| *nanos > 0).map(Duration::from_nanos)
}
