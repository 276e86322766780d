//! `nats kv add`: creates a bucket.

use super::status;
use crate::cli::failure::Outcome;
use crate::cli::running_command::RunningCommand;
use crate::client::kv::{BucketConfig, create_bucket};
use crate::jsapi::{ExternalStream, Nanos, Placement, Republish, StreamSource};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let jetstream = cmd.jetstream().await?;
    let call = &cmd.call;
    let mirror = Some(call.text("mirror")).filter(|mirror| !mirror.is_empty());
    let config = BucketConfig {
        bucket: call.text("bucket").to_owned(),
        description: call.text("description").to_owned(),
        history: call.int("history") as u8,
        ttl: Nanos(call.int("ttl")),
        limit_marker_ttl: Nanos(call.int("marker-ttl")),
        max_bytes: call.bytes("max-bucket-size", 64),
        // The real command keeps the low 32 bits.
        max_value_size: call.bytes("max-value-size", 32) as i32,
        memory: call.text("storage").starts_with('m'),
        replicas: call.uint("replicas") as i64,
        placement: placement(cmd),
        republish: republish(cmd),
        mirror: mirror.map(|mirror| origin(mirror, call.text("mirror-domain"))),
        sources: sources(cmd),
        compression: call.flag("compress"),
        metadata: call.map("metadata"),
    };
    let store = create_bucket(&jetstream, &config).await?;
    status::show(cmd, &store).await
}

/// The placement that the flags ask for.
pub fn placement(cmd: &RunningCommand) -> Option<Placement> {
    let (cluster, tags) = (cmd.text("cluster").to_owned(), cmd.call.texts("tags"));
    (!cluster.is_empty() || !tags.is_empty()).then_some(Placement { cluster, tags, ..Placement::default() })
}

/// The republishing that the flags ask for; without a destination there is none.
pub fn republish(cmd: &RunningCommand) -> Option<Republish> {
    let (src, dest) = (cmd.text("republish-source"), cmd.text("republish-destination"));
    let headers_only = cmd.flag("republish-headers");
    (!dest.is_empty()).then(|| Republish { src: src.to_owned(), dest: dest.to_owned(), headers_only })
}

pub fn sources(cmd: &RunningCommand) -> Vec<StreamSource> {
    cmd.call
        .texts("source")
        .into_iter()
        .map(|name| StreamSource { name, ..StreamSource::default() })
        .collect()
}

fn origin(bucket: &str, domain: &str) -> StreamSource {
    let api = format!("$JS.{domain}.API");
    let external = (!domain.is_empty()).then_some(ExternalStream { api, ..ExternalStream::default() });
    StreamSource { name: bucket.to_owned(), external, ..StreamSource::default() }
}
