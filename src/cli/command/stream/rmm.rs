//! `nats stream rmm`: removes one message.

use super::get::atoi;
use super::pick;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, picked) = pick::stream(cmd).await?;
    let mut id = if cmd.call.has_arg("id") { cmd.call.int("id") } else { -1 };
    if id == -1 {
        let typed = cmd.input("Message Sequence to remove", None).await;
        id = atoi(&typed.map_err(|failure| failure.within("invalid input"))?)?;
        if id <= 0 {
            return Err(Failure::error("positive message ID required"));
        }
    }
    let load = picked.load(&jetstream).await;
    load.map_err(|failure| failure.within(&format!("could not load Stream {}", picked.name)))?;
    pick::warn_of_bucket(cmd, &picked.name).await?;
    if !cmd.flag("force") {
        let question = format!("Really remove message {id} from Stream {}", picked.name);
        let sure = cmd.confirm(&question, false).await;
        if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
            return Ok(());
        }
    }
    if id == 0 {
        return Err(Failure::error("sequence number is required"));
    }
    let removed = jetstream.delete_message(&picked.name, id as u64).await;
    removed.map_err(Failure::api)
}
