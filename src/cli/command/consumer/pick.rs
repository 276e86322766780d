//! The consumer of a command: the one that is named, or one that the person picks.

use crate::cli::command::stream::pick;
use crate::cli::failure::Failure;
use crate::cli::manager;
use crate::cli::running_command::RunningCommand;
use crate::client::JetStream;
use crate::gofmt::quote;
use crate::jsapi::ConsumerInfo;

/// Connects, and finds the stream or lets the person pick one.
pub(super) async fn stream(cmd: &RunningCommand) -> Result<(JetStream, String), Failure> {
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("setup failed"))?;
    let picked = pick::pick(cmd, &jetstream, cmd.text("stream")).await;
    let picked = picked.map_err(|failure| failure.within("could not select Stream"))?;
    Ok((jetstream, picked.name))
}

/// Connects, and finds the consumer or lets the person pick a stream and one of its consumers.
pub(super) async fn consumer(cmd: &RunningCommand) -> Result<(JetStream, ConsumerInfo), Failure> {
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("setup failed"))?;
    let (stream, consumer) = (cmd.text("stream"), cmd.text("consumer"));
    if !stream.is_empty()
        && !consumer.is_empty()
        && let Ok(info) = manager::consumer_info(&jetstream, stream, consumer).await
    {
        return Ok((jetstream, info));
    }
    let picked = pick::pick(cmd, &jetstream, stream).await;
    let picked = picked.map_err(|failure| failure.within("could not select Stream"))?;
    let info = of_stream(cmd, &jetstream, &picked.name).await;
    Ok((jetstream, info.map_err(|failure| failure.within("could not select Consumer"))?))
}

async fn of_stream(
    cmd: &RunningCommand,
    jetstream: &JetStream,
    stream: &str,
) -> Result<ConsumerInfo, Failure> {
    let wanted = cmd.text("consumer");
    if !wanted.is_empty()
        && let Ok(info) = manager::consumer_info(jetstream, stream, wanted).await
    {
        return Ok(info);
    }
    if cmd.flag("force") {
        return Err(Failure::error(format!("unknown consumer {} > {}", quote(stream), quote(wanted))));
    }
    if !cmd.is_terminal() {
        return Err(Failure::error(
            "cannot pick a Consumer without a terminal and no Consumer name supplied",
        ));
    }
    let names = manager::consumer_names(jetstream, stream).await.map_err(Failure::api)?;
    if names.is_empty() {
        return Err(Failure::error(format!("no Consumers are defined for Stream {stream}")));
    }
    let picked = cmd.select("Select a Consumer", &names).await?;
    manager::consumer_info(jetstream, stream, &picked).await.map_err(Failure::api)
}
