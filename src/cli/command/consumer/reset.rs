//! `nats consumer reset`: moves a consumer to an earlier or later message.

use super::{info, pick};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::running_command::RunningCommand;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, found) = pick::consumer(cmd).await?;
    if !cmd.flag("force") {
        let sure = cmd.confirm("Really reset the consumer", false).await;
        if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
            return Ok(());
        }
    }
    let (stream, name) = (&found.stream_name, &found.name);
    let moved = manager::reset_consumer(&jetstream, stream, name, cmd.call.uint("sequence")).await;
    info::show(cmd, &moved.map_err(Failure::api)?, true);
    Ok(())
}
