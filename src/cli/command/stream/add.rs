//! `nats stream add`: creates a stream, and asks for what was not given.

use super::questions::{self, Questions};
use super::settings::{
    check_pairs, compression, discard, duration, message_size, placement, retention, set_pairs, storage,
    subjects,
};
use super::{origins, report};
use crate::base::files::absolute;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::output::json;
use crate::cli::running_command::{RunningCommand, is_name, own_metadata};
use crate::client::JetStream;
use crate::gofmt::{Nanos, quote};
use crate::jsapi::{PersistMode, StreamConfig, StreamInfo};

/// Messages with the same id within this time are duplicates, if nothing else is said.
const DUPLICATES: Nanos = Nanos::from_secs(120);

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("could not create Stream"))?;
    let account = jetstream.account_info().await;
    let needs_size = account.is_ok_and(|account| account.limits.max_bytes_required);
    let config = config(cmd, needs_size).await?;
    if cmd.flag("validate") {
        cmd.line(json::stream_config(&config));
        cmd.line("");
        check_subjects(&config)?;
        cmd.line("Configuration is a valid Stream matching io.nats.jetstream.api.v1.stream_configuration");
        return Ok(());
    }
    if !cmd.text("output").is_empty() {
        check_subjects(&config)?;
        let path = absolute(&cmd.env.folder, cmd.text("output"));
        let written = cmd.env.files.write(&path, json::stream_config(&config).as_bytes(), false);
        return written.map_err(|error| {
            let error = error.to_string().to_lowercase();
            Failure::error(format!("open {}: {error}", cmd.text("output")))
        });
    }
    let created = create(&jetstream, &config).await?;
    cmd.line(format!("Stream {} was created\n", config.name));
    show(cmd, &config.name, &created)
}

/// Creates a stream whose name can be one.
pub(super) async fn create(jetstream: &JetStream, config: &StreamConfig) -> Result<StreamInfo, Failure> {
    let within = |failure: Failure| failure.within("could not create Stream");
    if !is_name(&config.name) {
        let wrong = format!("{} is not a valid stream name", quote(&config.name));
        return Err(within(Failure::error(wrong)));
    }
    manager::create_stream(jetstream, config).await.map_err(|error| within(Failure::api(error)))
}

/// Prints a stream that was created or changed, under the name that the command was given.
pub(super) fn show(cmd: &RunningCommand, name: &str, info: &StreamInfo) -> Outcome {
    if cmd.flag("json") {
        cmd.line(json::stream_info(info));
    } else {
        cmd.print(report::stream(cmd, name, info, false));
    }
    cmd.line("");
    Ok(())
}

fn check_subjects(config: &StreamConfig) -> Outcome {
    if !config.no_ack && config.subjects.iter().any(|subject| subject == ">") {
        let wrong = "subjects cannot be '>' when acknowledgement is enabled";
        return Err(Failure::error(format!("Validation Failed: {wrong}")));
    }
    Ok(())
}

/// The configuration, from flags and answers.
async fn config(cmd: &RunningCommand, needs_size: bool) -> Result<StreamConfig, Failure> {
    let ask = Questions { cmd, defaults: cmd.flag("defaults") };
    let invalid = |failure: Failure| failure.within("invalid input");
    let name = ask.text_or("stream", questions::NAME, None).await.map_err(invalid)?;
    let is_replica = !cmd.text("mirror").is_empty() || !cmd.call.texts("source").is_empty();
    let mut heard = cmd.call.texts("subjects");
    if !is_replica && heard.is_empty() {
        heard.push(cmd.input(questions::SUBJECTS, None).await.map_err(invalid)?);
    }
    let heard = if is_replica { heard } else { subjects(heard) };
    if !cmd.text("mirror").is_empty() && !heard.is_empty() {
        return Err(Failure::error("mirrors cannot listen for messages on subjects"));
    }
    let storage = storage(
        &ask.one_of("storage", questions::STORAGE, &["file", "memory"], "file").await.map_err(invalid)?,
    );
    let replicas = match cmd.call.int("replicas") {
        0 => ask.number(questions::REPLICAS, 1).await.map_err(invalid)?,
        replicas => replicas,
    };
    if replicas <= 0 {
        return Err(Failure::error("replicas should be >= 1"));
    }
    let policies = ["Limits", "Interest", "Work Queue"];
    let retention = retention(
        &ask.one_of("retention", questions::RETENTION, &policies, "Limits").await.map_err(invalid)?,
    );
    let discard =
        discard(&ask.one_of("discard", questions::DISCARD, &["New", "Old"], "Old").await.map_err(invalid)?);
    let limits = limits(&ask, heard.is_empty(), needs_size).await?;
    let allow_rollup_hdrs =
        ask.permission("allow-rollup", "Allow message Roll-ups", false).await.map_err(invalid)?;
    let deny_delete = ask.denial("deny-delete", "Allow message deletion").await.map_err(invalid)?;
    let purging = "Allow purging subjects or the entire stream";
    let deny_purge = ask.denial("deny-purge", purging).await.map_err(invalid)?;
    check_pairs(cmd)?;
    let mut config = StreamConfig {
        name,
        description: cmd.text("description").to_owned(),
        subjects: heard,
        retention,
        max_consumers: cmd.call.int("max-consumers"),
        storage,
        discard,
        num_replicas: replicas,
        no_ack: !cmd.flag("ack"),
        placement: placement(cmd),
        compression: compression(cmd.text("compression")),
        allow_rollup_hdrs,
        deny_delete,
        deny_purge,
        ..limits
    };
    set_features(cmd, &mut config);
    origins::set(cmd, ask.defaults, &mut config).await?;
    set_pairs(cmd, &mut config);
    config.metadata = own_metadata(&config.metadata);
    Ok(config)
}

/// A configuration that has only limits.
async fn limits(ask: &Questions<'_>, hears_nothing: bool, needs_size: bool) -> Result<StreamConfig, Failure> {
    let cmd = ask.cmd;
    let invalid = |failure: Failure| failure.within("invalid input");
    let max_msgs = ask.limit("max-msgs", questions::MESSAGES).await.map_err(invalid)?;
    let max_msgs_per_subject = match hears_nothing && !ask.defaults {
        true => cmd.call.int("max-msgs-per-subject"),
        false => ask.limit("max-msgs-per-subject", questions::PER_SUBJECT).await.map_err(invalid)?,
    };
    let required = needs_size.then_some("MaxBytes is required per Account Settings");
    let max_bytes = ask.bytes("max-bytes", questions::SIZE, required).await.map_err(invalid)?;
    let max_age = match ask.text_or("max-age", questions::AGE, Some("-1")).await.map_err(invalid)?.as_str() {
        "-1" | "" => Nanos::ZERO,
        age => duration(age, "invalid maximum age limit format")?,
    };
    let max_msg_size =
        match ask.bytes("max-msg-size", questions::MESSAGE_SIZE, None).await.map_err(invalid)? {
            0 => -1,
            size => message_size(size)?,
        };
    let window = if max_age > Nanos::ZERO && max_age < DUPLICATES { max_age } else { DUPLICATES };
    let duplicate_window = match cmd.text("dupe-window") {
        "" if !cmd.text("mirror").is_empty() => Nanos::ZERO,
        "" => {
            let window = window.to_string();
            let typed = ask.text_or("dupe-window", questions::DUPLICATES, Some(&window)).await;
            duration(&typed.map_err(invalid)?, "invalid duplicate window format")?
        }
        given => duration(given, "invalid duplicate window format")?,
    };
    Ok(StreamConfig {
        max_msgs,
        max_msgs_per_subject,
        max_bytes,
        max_age,
        max_msg_size,
        duplicate_window,
        ..StreamConfig::default()
    })
}

fn set_features(cmd: &RunningCommand, config: &mut StreamConfig) {
    config.first_seq = cmd.call.uint("first-sequence");
    config.allow_direct = cmd.flag("allow-direct");
    config.mirror_direct = cmd.flag("allow-mirror-direct");
    config.discard_new_per_subject = cmd.flag("discard-per-subject");
    config.allow_msg_ttl = cmd.flag("allow-msg-ttl");
    config.allow_atomic = cmd.flag("allow-batch");
    config.allow_batched = cmd.flag("allow-fast");
    config.allow_msg_counter = cmd.flag("allow-counter");
    config.allow_msg_schedules = cmd.flag("allow-schedules");
    config.subject_delete_marker_ttl = Nanos(cmd.call.int("subject-del-markers-ttl"));
    config.consumer_limits.inactive_threshold = Nanos(cmd.call.int("limit-consumer-inactive").max(0));
    config.consumer_limits.max_ack_pending = cmd.call.int("limit-consumer-max-pending").max(0);
    config.metadata = cmd.call.map("metadata");
    if cmd.text("persist-mode") == "async" {
        config.persist_mode = PersistMode::Async;
    }
}
