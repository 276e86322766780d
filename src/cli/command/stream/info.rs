//! `nats stream info` and `nats stream state`.

use super::pick::{self, Picked};
use super::report;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::json;
use crate::cli::running_command::RunningCommand;
use crate::client::JetStream;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    show(cmd, cmd.flag("state")).await
}

pub async fn state(cmd: &RunningCommand) -> Outcome {
    show(cmd, true).await
}

async fn show(cmd: &RunningCommand, only_state: bool) -> Outcome {
    let (jetstream, picked) = pick::stream(cmd).await?;
    print(cmd, &jetstream, &picked, only_state).await
}

/// Prints the current info of a stream.
pub(super) async fn print(
    cmd: &RunningCommand,
    jetstream: &JetStream,
    picked: &Picked,
    only_state: bool,
) -> Outcome {
    let within = |failure: Failure| failure.within("could not request Stream info");
    if cmd.flag("json") {
        let info = jetstream.stream_info(&picked.name).await;
        let info = info.map_err(|error| within(Failure::api(error)))?;
        cmd.line(json::stream_info(&info));
    } else {
        let info = picked.load(jetstream).await.map_err(within)?;
        cmd.print(report::stream(cmd, &picked.name, &info, only_state));
    }
    cmd.line("");
    Ok(())
}
