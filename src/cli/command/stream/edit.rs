//! `nats stream edit`: shows what changes in a stream's settings, asks, and changes it.

use super::{add, copy, pick};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::output::difference::{self, Record, State, named};
use crate::cli::running_command::{RunningCommand, own_metadata};
use crate::gofmt::quote;
use crate::jsapi::{
    DiscardPolicy, Nanos, PersistMode, RetentionPolicy, StorageType, StoreCompression, StreamConfig,
};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, picked) = pick::stream(cmd).await?;
    let name = picked.name.as_str();
    let info = picked.load(&jetstream).await;
    let info =
        info.map_err(|failure| failure.within(&format!("could not request Stream {name} configuration")))?;
    let old = StreamConfig { metadata: own_metadata(&info.config.metadata), ..info.config };
    let new = copy::changed(cmd, old.clone()).map_err(|failure| {
        failure.within(&format!("could not create new configuration for Stream {name}"))
    })?;
    let records = records(&old, &new);
    if records.iter().all(|record| matches!(record.state, State::Same(_))) {
        if !cmd.flag("dry-run") {
            cmd.line("No difference in configuration");
        }
        return Ok(());
    }
    cmd.print(format!("Differences (-old +new):\n{}", difference::render("api.StreamConfig", &records)));
    if cmd.flag("dry-run") {
        return Err(Failure::Status(1));
    }
    pick::warn_of_bucket(cmd, name).await?;
    if !cmd.flag("force") {
        let sure = cmd.confirm(&format!("Really edit Stream {name}"), false).await;
        if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
            return Ok(());
        }
    }
    let updated = manager::update_stream(&jetstream, &new).await;
    let updated =
        updated.map_err(|error| Failure::api(error).within(&format!("could not edit Stream {name}")))?;
    if !cmd.flag("json") {
        cmd.line(format!("Stream {name} was updated\n"));
    }
    add::show(cmd, name, &updated)
}

/// All fields, in the order of jsm.go's struct.
fn records(old: &StreamConfig, new: &StreamConfig) -> Vec<Record> {
    let text = |key: &str, show: &dyn Fn(&StreamConfig) -> String| difference::field(key, old, new, show);
    // Of the old settings there is a map always, of the new ones only with something in it.
    let new_metadata = Some(&new.metadata).filter(|map| !map.is_empty());
    let metadata = difference::entries(Some(&old.metadata), new_metadata);
    vec![
        text("Name", &|config| quote(&config.name)),
        text("Description", &|config| quote(&config.description)),
        Record { key: "Subjects".to_owned(), state: difference::sorted(&old.subjects, &new.subjects) },
        text("Retention", &|config| named(retention(config.retention))),
        text("MaxConsumers", &|config| config.max_consumers.to_string()),
        text("MaxMsgsPer", &|config| config.max_msgs_per_subject.to_string()),
        text("MaxMsgs", &|config| config.max_msgs.to_string()),
        text("MaxBytes", &|config| config.max_bytes.to_string()),
        text("MaxAge", &|config| time(config.max_age)),
        text("MaxMsgSize", &|config| config.max_msg_size.to_string()),
        text("Storage", &|config| named(storage(config.storage))),
        text("Discard", &|config| named(discard(config.discard))),
        text("Replicas", &|config| config.num_replicas.to_string()),
        text("NoAck", &|config| config.no_ack.to_string()),
        text("Duplicates", &|config| time(config.duplicate_window)),
        text("Placement", &|config| pointer(config.placement.as_ref().map(|_| "api.Placement{}".to_owned()))),
        text("Mirror", &|config| {
            pointer(
                config
                    .mirror
                    .as_ref()
                    .map(|mirror| format!("api.StreamSource{{Name: {}}}", quote(&mirror.name))),
            )
        }),
        text("Sources", &|config| match config.sources.len() {
            0 => "nil".to_owned(),
            count => format!("[]*api.StreamSource{{ /* {count} */ }}"),
        }),
        text("Compression", &|config| named(compression(config.compression))),
        text("SubjectTransform", &|config| {
            let transform = config.subject_transform.as_ref();
            pointer(transform.map(|transform| {
                let (source, dest) = (quote(&transform.src), quote(&transform.dest));
                format!("api.SubjectTransformConfig{{Source: {source}, Destination: {dest}}}")
            }))
        }),
        text("RePublish", &|config| {
            pointer(config.republish.as_ref().map(|republish| {
                let (source, dest) = (quote(&republish.src), quote(&republish.dest));
                let headers = if republish.headers_only { ", HeadersOnly: true" } else { "" };
                format!("api.RePublish{{Source: {source}, Destination: {dest}{headers}}}")
            }))
        }),
        text("Sealed", &|config| config.sealed.to_string()),
        text("DenyDelete", &|config| config.deny_delete.to_string()),
        text("DenyPurge", &|config| config.deny_purge.to_string()),
        text("RollupAllowed", &|config| config.allow_rollup_hdrs.to_string()),
        text("AllowDirect", &|config| config.allow_direct.to_string()),
        text("MirrorDirect", &|config| config.mirror_direct.to_string()),
        text("DiscardNewPer", &|config| config.discard_new_per_subject.to_string()),
        text("FirstSeq", &|config| config.first_seq.to_string()),
        Record { key: "Metadata".to_owned(), state: metadata },
        text("AllowMsgTTL", &|config| config.allow_msg_ttl.to_string()),
        text("SubjectDeleteMarkerTTL", &|config| time(config.subject_delete_marker_ttl)),
        text("ConsumerLimits", &|_| "{}".to_owned()),
        text("AllowAtomicPublish", &|config| config.allow_atomic.to_string()),
        text("AllowMsgCounter", &|config| config.allow_msg_counter.to_string()),
        text("AllowMsgSchedules", &|config| config.allow_msg_schedules.to_string()),
        text("PersistMode", &|config| {
            named(if config.persist_mode == PersistMode::default() { "Default" } else { "Async" })
        }),
        text("AllowBatchPublish", &|config| config.allow_batched.to_string()),
    ]
}

fn time(nanos: Nanos) -> String {
    named(&nanos.to_string())
}

fn pointer(value: Option<String>) -> String {
    value.map_or("nil".to_owned(), |value| format!("&{value}"))
}

fn retention(policy: RetentionPolicy) -> &'static str {
    match policy {
        RetentionPolicy::Limits => "Limits",
        RetentionPolicy::Interest => "Interest",
        RetentionPolicy::WorkQueue => "WorkQueue",
    }
}

fn storage(kind: StorageType) -> &'static str {
    match kind {
        StorageType::File => "File",
        StorageType::Memory => "Memory",
    }
}

fn discard(policy: DiscardPolicy) -> &'static str {
    match policy {
        DiscardPolicy::Old => "Old",
        DiscardPolicy::New => "New",
    }
}

fn compression(kind: StoreCompression) -> &'static str {
    match kind {
        StoreCompression::None => "None",
        StoreCompression::S2 => "S2 Compression",
    }
}
