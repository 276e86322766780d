//! `nats kv edit`: changes a bucket's configuration; what is not given stays.

use super::{add, status};
use crate::cli::failure::Outcome;
use crate::cli::running_command::RunningCommand;
use crate::client::kv::{BucketConfig, KeyValue, update_bucket};
use crate::jsapi::{Nanos, StorageType, StoreCompression, StreamConfig};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let jetstream = cmd.jetstream().await?;
    let store = KeyValue::open(&jetstream, cmd.text("bucket")).await?;
    let mut config = present(store.bucket(), store.status().await?.config);
    change(cmd, &mut config);
    let store = update_bucket(&jetstream, &config).await?;
    status::show(cmd, &store).await
}

/// The configuration that a bucket has.
fn present(bucket: &str, stream: StreamConfig) -> BucketConfig {
    BucketConfig {
        bucket: bucket.to_owned(),
        description: stream.description,
        history: stream.max_msgs_per_subject as u8,
        ttl: stream.max_age,
        limit_marker_ttl: stream.subject_delete_marker_ttl,
        max_bytes: stream.max_bytes,
        max_value_size: stream.max_msg_size,
        memory: stream.storage == StorageType::Memory,
        replicas: stream.num_replicas,
        placement: stream.placement,
        republish: stream.republish,
        mirror: stream.mirror,
        sources: stream.sources,
        compression: stream.compression != StoreCompression::None,
        metadata: stream.metadata,
    }
}

fn change(cmd: &RunningCommand, config: &mut BucketConfig) {
    let call = &cmd.call;
    for name in call.given_flags() {
        match *name {
            "description" => config.description = call.text(name).to_owned(),
            "history" => config.history = call.int(name) as u8,
            "ttl" => config.ttl = Nanos(call.int(name)),
            "marker-ttl" => config.limit_marker_ttl = Nanos(call.int(name)),
            "max-value-size" => config.max_value_size = call.bytes(name, 32) as i32,
            "max-bucket-size" => config.max_bytes = call.bytes(name, 64),
            "replicas" => config.replicas = call.uint(name) as i64,
            "metadata" => config.metadata = call.map(name),
            "cluster" | "tags" => config.placement = Some(add::placement(cmd).unwrap_or_default()),
            "republish-destination" => config.republish = Some(add::republish(cmd).unwrap_or_default()),
            "compress" => config.compression = call.flag(name),
            "no-mirror" if call.flag(name) => config.mirror = None,
            _ => {}
        }
    }
    config.sources.extend(add::sources(cmd));
}
