//! The report on a bucket that `add`, `edit` and `info` print.

use crate::cli::failure::Outcome;
use crate::cli::output::columns::{Columns, size_limit};
use crate::cli::reference;
use crate::cli::running_command::{RunningCommand, own_metadata};
use crate::client::kv::KeyValue;
use crate::gofmt::{age, comma, count, ibytes};
use crate::jsapi::{
    Nanos, Republish, StorageType, StoreCompression, StreamConfig, StreamInfo, StreamSourceInfo, kv,
};

/// Prints the report on a bucket.
pub async fn show(cmd: &RunningCommand, store: &KeyValue) -> Outcome {
    let info = store.status().await?;
    let created = cmd.time(info.created);
    let heading = format!("Information for Key-Value Store Bucket {} created {created}", store.bucket());
    let mut columns = cmd.columns(heading);
    columns.section("Configuration");
    columns.row_linked("Bucket Name", store.bucket(), &reference::bucket(store.bucket()));
    settings(&mut columns, &info);
    if let Some(republish) = &info.config.republish {
        self::republish(&mut columns, republish);
    }
    if let (Some(mirror), Some(origin)) = (&info.mirror, &info.config.mirror) {
        columns.section("Mirror Information");
        columns.row("Origin Bucket", kv::bucket_name(&origin.name));
        if let Some(external) = &origin.external {
            columns.row("External API", &external.api);
        }
        seen(&mut columns, mirror);
    }
    if !info.sources.is_empty() {
        columns.section("Sources Information");
        info.sources.iter().for_each(|source| self::source(&mut columns, &info.config, source));
    }
    let metadata = own_metadata(&info.config.metadata);
    if !metadata.is_empty() {
        columns.section("Metadata");
        columns.map(&metadata, cmd.width());
    }
    if let Some(cluster) = &info.cluster {
        columns.section("Cluster Information");
        columns.row("Name", &cluster.name);
        columns.row("Leader", &cluster.leader);
    }
    cmd.print(columns.render());
    Ok(())
}

fn settings(columns: &mut Columns, info: &StreamInfo) {
    let config = &info.config;
    let marker_ttl = config.subject_delete_marker_ttl;
    columns.row("History Kept", comma(config.max_msgs_per_subject));
    columns.row("Values Stored", count(info.state.messages));
    columns.row("Compressed", config.compression != StoreCompression::None);
    columns.row("Per-Key TTL Supported", marker_ttl > Nanos::ZERO);
    columns.row_if(marker_ttl > Nanos::ZERO, "Limit Marker TTL", marker_ttl);
    columns.row("Backing Store Kind", "JetStream");
    columns.row_if_any("Description", &config.description);
    columns.row("Bucket Size", ibytes(info.state.bytes));
    columns.row("Maximum Bucket Size", size_limit(config.max_bytes));
    columns.row("Maximum Value Size", size_limit(config.max_msg_size.into()));
    let age = if config.max_age <= Nanos::ZERO { "unlimited".to_owned() } else { age(config.max_age) };
    columns.row("Maximum Age", age);
    columns.row("JetStream Stream", &config.name);
    columns.row("Storage", storage(config));
}

/// `File` or `Memory`.
pub fn storage(config: &StreamConfig) -> &'static str {
    if config.storage == StorageType::Memory { "Memory" } else { "File" }
}

pub fn republish(columns: &mut Columns, republish: &Republish) {
    let label = if republish.headers_only { "Republishing Headers" } else { "Republishing" };
    columns.row(label, format!("{} to {}", republish.src, republish.dest));
}

fn source(columns: &mut Columns, config: &StreamConfig, source: &StreamSourceInfo) {
    for configured in config.sources.iter().filter(|configured| configured.name == source.name) {
        columns.row("Source Bucket", kv::bucket_name(&source.name));
        if let Some(external) = &configured.external {
            columns.row("External API", &external.api);
        }
    }
    seen(columns, source);
}

fn seen(columns: &mut Columns, source: &StreamSourceInfo) {
    columns.row("Last Seen", last_seen(source));
    columns.row("Lag", count(source.lag));
}

/// How long ago a source or mirror was active.
pub fn last_seen(source: &StreamSourceInfo) -> String {
    if (1..i64::MAX).contains(&source.active.0) { age(source.active) } else { "never".to_owned() }
}
