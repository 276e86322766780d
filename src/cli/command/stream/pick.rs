//! The stream of a command: the one that is named, or one that the person picks.

use crate::cli::failure::Failure;
use crate::cli::running_command::{RunningCommand, is_name};
use crate::client::JetStream;
use crate::gofmt::quote;
use crate::jsapi::{StreamInfo, kv};

/// A stream that was named or picked.
pub struct Picked {
    pub name: String,
    /// Its info, if that was requested already.
    pub info: Option<StreamInfo>,
}

/// Connects, and finds the stream or lets the person pick one.
pub async fn stream(cmd: &RunningCommand) -> Result<(JetStream, Picked), Failure> {
    stream_of(cmd, cmd.text("stream")).await
}

/// As [`stream`], of a name that was given in another place.
pub async fn stream_of(cmd: &RunningCommand, wanted: &str) -> Result<(JetStream, Picked), Failure> {
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("setup failed"))?;
    let picked = pick(cmd, &jetstream, wanted).await;
    Ok((jetstream, picked.map_err(|failure| failure.within("could not pick a Stream to operate on"))?))
}

/// Finds a stream, or lets the person pick one.
pub async fn pick(cmd: &RunningCommand, jetstream: &JetStream, wanted: &str) -> Result<Picked, Failure> {
    if is_name(wanted)
        && let Ok(info) = jetstream.stream_info(wanted).await
    {
        return Ok(Picked { name: wanted.to_owned(), info: Some(info) });
    }
    let mut names = jetstream.stream_names(None).await.map_err(Failure::api)?;
    names.sort();
    if names.iter().any(|name| name == wanted) {
        return Ok(Picked { name: wanted.to_owned(), info: None });
    }
    names.retain(|name| cmd.flag("all") || !is_internal(name));
    if !cmd.is_terminal() {
        return Err(Failure::error("cannot pick a Stream without a terminal and no Stream name supplied"));
    }
    if cmd.flag("no-select") || cmd.flag("force") {
        return Err(Failure::error(format!("unknown stream {}", quote(wanted))));
    }
    if names.is_empty() {
        return Err(Failure::error("no Streams are defined"));
    }
    Ok(Picked { name: cmd.select("Select a Stream", &names).await?, info: None })
}

/// Whether a stream belongs to a bucket, an object store or MQTT.
pub fn is_internal(name: &str) -> bool {
    kv::bucket_of(name).is_some() || name.starts_with("OBJ_") || name.starts_with("$MQTT_")
}

impl Picked {
    /// The info of the stream.
    pub async fn load(&self, jetstream: &JetStream) -> Result<StreamInfo, Failure> {
        if let Some(info) = &self.info {
            return Ok(info.clone());
        }
        jetstream.stream_info(&self.name).await.map_err(Failure::api)
    }
}

/// Warns before a command changes the stream of a bucket, and asks for confirmation.
pub async fn warn_of_bucket(cmd: &RunningCommand, stream: &str) -> Result<(), Failure> {
    if kv::bucket_of(stream).is_none() {
        return Ok(());
    }
    cmd.line(WARNING);
    if cmd.confirm("Really operate on the KV stream?", false).await? {
        return Ok(());
    }
    Err(Failure::error("aborting Key-Value store operation"))
}

const WARNING: &str = "\
WARNING: Operating on the underlying stream of a Key-Value bucket is dangerous.

Key-Value stores are an abstraction above JetStream streams and as such require particular
configuration to be set. Interacting with KV buckets outside of the 'nats kv' subcommand can lead
unexpected outcomes, data loss and, technically, will mean your KV bucket is no longer a KV bucket.

Continuing this operation is an unsupported action.
";
