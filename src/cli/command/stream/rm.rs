//! `nats stream rm`: deletes a stream.

use super::pick;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::client::Error;
use crate::gofmt::quote;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    if cmd.flag("force") {
        return at_once(cmd).await;
    }
    let (jetstream, picked) = pick::stream(cmd).await?;
    let sure = cmd.confirm(&format!("Really delete Stream {}", picked.name), false).await;
    if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
        return Ok(());
    }
    picked.load(&jetstream).await.map_err(|failure| failure.within("could not remove Stream"))?;
    let removed = jetstream.delete_stream(&picked.name).await;
    removed.map_err(|error| Failure::api(error).within("could not remove Stream"))
}

async fn at_once(cmd: &RunningCommand) -> Outcome {
    let stream = cmd.text("stream");
    if stream.is_empty() {
        return Err(Failure::error("--force requires a stream name"));
    }
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("setup failed"))?;
    if stream.contains(['>', '*', '.', ' ', '/', '\\', '\0']) {
        return Err(Failure::error(format!("{} is not a valid stream name", quote(stream))));
    }
    let removed = jetstream.delete_stream(stream).await;
    if removed == Err(Error::Timeout) {
        cmd.line("Delete failed due to timeout, the stream might not exist or be in an unmanageable state");
    }
    removed.map_err(Failure::api)
}
