//! The settings of a stream as the flags of `nats stream add`, `copy` and `edit` give them.

use crate::cli::failure::Failure;
use crate::cli::running_command::RunningCommand;
use crate::cli::values::parse_duration;
use crate::gofmt::comma;
use crate::jsapi::{
    DiscardPolicy, Nanos, Placement, Republish, RetentionPolicy, StorageType, StoreCompression, StreamConfig,
    SubjectTransform,
};

pub(super) fn storage(text: &str) -> StorageType {
    if text.starts_with('m') { StorageType::Memory } else { StorageType::File }
}

pub(super) fn compression(text: &str) -> StoreCompression {
    if text == "s2" { StoreCompression::S2 } else { StoreCompression::None }
}

pub(super) fn retention(text: &str) -> RetentionPolicy {
    match text.to_ascii_lowercase().as_str() {
        "interest" => RetentionPolicy::Interest,
        "work queue" | "workq" | "work" => RetentionPolicy::WorkQueue,
        _ => RetentionPolicy::Limits,
    }
}

pub(super) fn discard(text: &str) -> DiscardPolicy {
    if text.eq_ignore_ascii_case("new") { DiscardPolicy::New } else { DiscardPolicy::Old }
}

/// A duration that was given.
pub(super) fn duration(text: &str, what: &str) -> Result<Nanos, Failure> {
    parse_duration(text).map(Nanos).map_err(|why| Failure::error(format!("{what}: {why}")))
}

/// The size that a message may have at most, in bytes.
pub(super) fn message_size(bytes: i64) -> Result<i32, Failure> {
    i32::try_from(bytes).map_err(|_| {
        let (size, most) = (comma(bytes), comma(i64::from(i32::MAX)));
        Failure::error(format!("max value size {size} is too big maximum is {most}"))
    })
}

/// Subjects, each of which may be several, separated by commas or spaces.
pub(super) fn subjects(given: Vec<String>) -> Vec<String> {
    let split = |text: String| {
        let words = text.split([',', ' ', '\t', '\n']).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    given.into_iter().flat_map(split).collect()
}

/// Rejects half of a republish or a transform.
pub(super) fn check_pairs(cmd: &RunningCommand) -> Result<(), Failure> {
    let has = |name: &str| !cmd.text(name).is_empty();
    let headers = cmd.flag("republish-headers");
    let suffix = if headers { " when using --headers-only" } else { "" };
    let (source, dest) = (has("republish-source"), has("republish-destination"));
    for (is_wrong, what) in [
        (source != dest || headers && !source, "republish"),
        (has("transform-source") != has("transform-destination"), "transform"),
    ] {
        if is_wrong {
            return Err(Failure::error(format!(
                "must specify both --{what}-source and --{what}-destination{suffix}"
            )));
        }
    }
    Ok(())
}

/// Sets where a stream's messages are republished, and how their subjects change, or that they are not.
pub(super) fn set_pairs(cmd: &RunningCommand, config: &mut StreamConfig) {
    let text = |name: &str| cmd.text(name).to_owned();
    if !text("republish-source").is_empty() {
        config.republish = Some(Republish {
            src: text("republish-source"),
            dest: text("republish-destination"),
            headers_only: cmd.flag("republish-headers"),
        });
    }
    if !text("transform-source").is_empty() {
        config.subject_transform =
            Some(SubjectTransform { src: text("transform-source"), dest: text("transform-destination") });
    }
    if cmd.flag("no-republish") {
        config.republish = None;
    }
    if cmd.flag("no-transform") {
        config.subject_transform = None;
    }
    if cmd.flag("no-mirror") {
        config.mirror = None;
    }
}

/// The placement that was given.
pub(super) fn placement(cmd: &RunningCommand) -> Option<Placement> {
    let (cluster, mut tags) = (cmd.text("cluster").to_owned(), cmd.call.texts("tag"));
    tags.extend(cmd.call.texts("tags"));
    (!cluster.is_empty() || !tags.is_empty()).then(|| Placement { cluster, tags, ..Placement::default() })
}
