//! `nats stream copy`: creates a stream with the settings of another one, and some changes.

use super::settings::{
    check_pairs, compression, discard, duration, message_size, placement, retention, set_pairs, storage,
    subjects,
};
use super::{add, pick};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::jsapi::{Nanos, StreamConfig};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let destination = cmd.text("destination");
    if cmd.text("source") == destination {
        return Err(Failure::error("source and destination Stream names cannot be the same"));
    }
    let (jetstream, picked) = pick::stream_of(cmd, cmd.text("source")).await?;
    let info = picked.load(&jetstream).await;
    let info = info.map_err(|failure| {
        failure.within(&format!("could not request Stream {} configuration", picked.name))
    })?;
    let changed = changed(cmd, info.config);
    let changed =
        changed.map_err(|failure| failure.within(&format!("could not copy Stream {}", picked.name)))?;
    let config = StreamConfig { name: destination.to_owned(), ..changed };
    let created = add::create(&jetstream, &config).await?;
    if !cmd.flag("json") {
        cmd.line(format!("Stream {destination} was created\n"));
    }
    // The real command shows it under the name of the other one.
    add::show(cmd, &picked.name, &created)
}

/// A configuration with what was given in place of what was there.
pub(super) fn changed(cmd: &RunningCommand, mut config: StreamConfig) -> Result<StreamConfig, Failure> {
    check_pairs(cmd)?;
    config.no_ack = !cmd.flag("ack");
    let text = |name: &str| Some(cmd.text(name)).filter(|text| !text.is_empty());
    let number = |name: &str| Some(cmd.call.int(name)).filter(|number| *number != 0);
    if let Some(policy) = text("discard") {
        config.discard = discard(policy);
    }
    if !cmd.call.texts("subjects").is_empty() {
        config.subjects = subjects(cmd.call.texts("subjects"));
    }
    if let Some(kind) = text("storage") {
        config.storage = storage(kind);
    }
    if let Some(policy) = text("retention") {
        config.retention = retention(policy);
    }
    config.max_bytes =
        Some(cmd.call.bytes("max-bytes", 64)).filter(|bytes| *bytes != 0).unwrap_or(config.max_bytes);
    config.max_msgs = number("max-msgs").unwrap_or(config.max_msgs);
    config.max_msgs_per_subject = number("max-msgs-per-subject").unwrap_or(config.max_msgs_per_subject);
    if let Some(age) = text("max-age") {
        config.max_age = duration(age, "invalid maximum age limit format")?;
    }
    match cmd.call.bytes("max-msg-size", 64) {
        0 => {}
        size => config.max_msg_size = message_size(size)?,
    }
    if cmd.call.int("max-consumers") != -1 {
        config.max_consumers = cmd.call.int("max-consumers");
    }
    if let Some(window) = text("dupe-window") {
        config.duplicate_window = duration(window, "invalid duplicate window")?;
    }
    config.num_replicas = number("replicas").unwrap_or(config.num_replicas);
    if !cmd.call.texts("source").is_empty() && cmd.call.given("source") || text("mirror").is_some() {
        return Err(Failure::error("cannot edit mirrors, or sources using the CLI, use --config instead"));
    }
    if let Some(description) = text("description") {
        description.clone_into(&mut config.description);
    }
    for (flag, setting) in [
        ("allow-rollup", &mut config.allow_rollup_hdrs),
        ("deny-purge", &mut config.deny_purge),
        ("deny-delete", &mut config.deny_delete),
        ("allow-direct", &mut config.allow_direct),
        ("allow-mirror-direct", &mut config.mirror_direct),
        ("allow-schedules", &mut config.allow_msg_schedules),
        ("allow-msg-ttl", &mut config.allow_msg_ttl),
        ("allow-batch", &mut config.allow_atomic),
        ("allow-fast", &mut config.allow_batched),
        ("allow-counter", &mut config.allow_msg_counter),
        ("discard-per-subject", &mut config.discard_new_per_subject),
    ] {
        if cmd.call.given(flag) {
            *setting = cmd.flag(flag);
        }
    }
    if cmd.call.given("metadata") {
        config.metadata = cmd.call.map("metadata");
    }
    if cmd.call.given("compression") {
        config.compression = compression(cmd.text("compression"));
    }
    if cmd.call.given("subject-del-markers-ttl") {
        config.subject_delete_marker_ttl = Nanos(cmd.call.int("subject-del-markers-ttl"));
    }
    config.placement = placement(cmd).or(config.placement);
    set_pairs(cmd, &mut config);
    Ok(config)
}
