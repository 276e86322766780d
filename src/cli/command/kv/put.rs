//! `nats kv put`: stores a value under a key.

use crate::base::LinkedText;
use crate::cli::failure::Outcome;
use crate::cli::reference;
use crate::cli::running_command::RunningCommand;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let bucket = cmd.bucket().await?;
    bucket.put(cmd.text("key"), &cmd.value().await?).await?;
    show(cmd, bucket.bucket());
    Ok(())
}

/// Prints the value that was stored. The real command prints the argument, which is empty for a value from a pipe.
pub fn show(cmd: &RunningCommand, bucket: &str) {
    let value = cmd.text("value");
    let mut line = LinkedText::default();
    line.push_linked(value, &reference::entry(bucket, cmd.text("key"), None, Some(value)));
    cmd.line(line);
}
