//! `nats consumer rm`: deletes a consumer.

use super::pick;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::{RunningCommand, is_name};
use crate::client::Error;
use crate::gofmt::quote;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    if cmd.flag("force") {
        return at_once(cmd).await;
    }
    let (jetstream, info) = pick::consumer(cmd).await?;
    let (stream, name) = (&info.stream_name, &info.name);
    let sure = cmd.confirm(&format!("Really delete Consumer {stream} > {name}"), false).await;
    if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
        return Ok(());
    }
    jetstream.delete_consumer(stream, name).await.map_err(Failure::api)
}

async fn at_once(cmd: &RunningCommand) -> Outcome {
    let (stream, consumer) = (cmd.text("stream"), cmd.text("consumer"));
    if stream.is_empty() || consumer.is_empty() {
        return Err(Failure::error("--force requires a stream and consumer name"));
    }
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("setup failed"))?;
    for (what, name) in [("stream", stream), ("consumer", consumer)] {
        if !is_name(name) {
            return Err(Failure::error(format!("{} is not a valid {what} name", quote(name))));
        }
    }
    let removed = jetstream.delete_consumer(stream, consumer).await;
    if removed == Err(Error::Timeout) {
        cmd.line(
            "Delete failed due to timeout, the stream or consumer might not exist or be in an unmanageable state",
        );
    }
    removed.map_err(Failure::api)
}
