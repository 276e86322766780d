//! `nats stream purge`: removes messages from a stream.

use super::info;
use super::pick::{self, Picked};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::jsapi::StreamPurgeRequest;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, picked) = pick::stream(cmd).await?;
    if !cmd.flag("force") {
        let sure = cmd.confirm(&format!("Really purge Stream {}", picked.name), false).await;
        if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
            return Ok(());
        }
    }
    pick::warn_of_bucket(cmd, &picked.name).await?;
    picked.load(&jetstream).await.map_err(|failure| failure.within("could not purge Stream"))?;
    let (seq, keep) = (cmd.call.uint("seq"), cmd.call.uint("keep"));
    if seq > 0 && keep > 0 {
        return Err(Failure::error("sequence and keep cannot be combined when purging"));
    }
    let request = StreamPurgeRequest { filter: cmd.text("subject").to_owned(), seq, keep };
    let purged = jetstream.purge_stream(&picked.name, &request).await;
    let purged = purged.map_err(|error| Failure::api(error).within("could not purge Stream"))?;
    cmd.line(format!("Purged {purged} messages from {}\n", picked.name));
    info::print(cmd, &jetstream, &Picked { info: None, ..picked }, true).await
}
