//! Defaults and checks of a stream's configuration, in the order of nats-server.

use super::relations::{self, Lookup};
use super::transform::TransformRule;
use crate::gofmt::{Nanos, quote};
use crate::jsapi::{
    ApiError, DiscardPolicy, PersistMode, Placement, StorageType, StreamConfig, SubjectTransform,
};
use crate::server::jetstream::api_error::{self, invalid_config};
use crate::server::jetstream::asset_name::is_asset_name;
use crate::wire::subject;

const NAME_MAX: usize = 255;
const DESCRIPTION_MAX: usize = 4 * 1024;
const METADATA_MAX: usize = 128 * 1024;
const REPLICAS_MAX: i64 = 5;
const DEFAULT_WINDOW: Nanos = Nanos::from_secs(120);

/// The configuration with its defaults. `pedantic` refuses what would have to be changed.
pub(crate) fn check(
    mut config: StreamConfig,
    streams: Lookup<'_>,
    pedantic: bool,
) -> Result<StreamConfig, ApiError> {
    names(&config)?;
    numbers(&mut config, pedantic)?;
    duplicates(&mut config, pedantic)?;
    features(&mut config, pedantic)?;
    relations::check(&mut config, streams, pedantic)?;
    subjects(&mut config)?;
    transforms(&mut config, pedantic)?;
    if config.placement.as_ref().is_some_and(|placement| *placement == Placement::default()) {
        config.placement = None;
    }
    if config.placement.as_ref().is_some_and(|placement| !placement.preferred.is_empty()) {
        return invalid_config("preferred server not permitted in placement");
    }
    Ok(config)
}

fn names(config: &StreamConfig) -> Result<(), ApiError> {
    if !is_asset_name(&config.name) {
        return invalid_config("stream name is required and can not contain '.', '*', '>', '\\', '/'");
    }
    if config.name.len() > NAME_MAX {
        return invalid_config(format!("stream name is too long, maximum allowed is {NAME_MAX}"));
    }
    if config.description.len() > DESCRIPTION_MAX {
        return invalid_config(format!(
            "stream description is too long, maximum allowed is {DESCRIPTION_MAX}"
        ));
    }
    if config.metadata.iter().map(|(key, value)| key.len() + value.len()).sum::<usize>() > METADATA_MAX {
        return invalid_config(format!("stream metadata exceeds maximum size of {METADATA_MAX} bytes"));
    }
    Ok(())
}

fn numbers(config: &mut StreamConfig, pedantic: bool) -> Result<(), ApiError> {
    if config.num_replicas == 0 {
        config.num_replicas = 1;
    }
    if config.num_replicas > REPLICAS_MAX {
        return invalid_config(format!("maximum replicas is {REPLICAS_MAX}"));
    }
    if config.num_replicas < 0 {
        return Err(api_error::REPLICAS_COUNT_CANNOT_BE_NEGATIVE.into());
    }
    let mut max_msg_size = i64::from(config.max_msg_size);
    for (name, limit) in [
        ("max_msgs", &mut config.max_msgs),
        ("max_msgs_per_subject", &mut config.max_msgs_per_subject),
        ("max_bytes", &mut config.max_bytes),
        ("max_msg_size", &mut max_msg_size),
        ("max_consumers", &mut config.max_consumers),
    ] {
        if pedantic && *limit < -1 {
            return Err(api_error::PEDANTIC.with_detail(format!("{name} must be set to -1")));
        }
        if *limit == 0 || *limit < -1 {
            *limit = -1;
        }
    }
    config.max_msg_size = max_msg_size as i32;
    if config.max_age < Nanos::ZERO {
        return invalid_config("max age can not be negative");
    }
    if !config.max_age.is_zero() && config.max_age < Nanos::from_millis(100) {
        return invalid_config("max age needs to be >= 100ms");
    }
    Ok(())
}

fn duplicates(config: &mut StreamConfig, pedantic: bool) -> Result<(), ApiError> {
    let max_age = config.max_age;
    if config.duplicate_window.is_zero() && config.mirror.is_none() && config.sources.is_empty() {
        config.duplicate_window = DEFAULT_WINDOW;
        if !max_age.is_zero() && max_age < DEFAULT_WINDOW {
            if pedantic {
                return Err(api_error::PEDANTIC.with_detail("duplicate window cannot be bigger than max age"));
            }
            config.duplicate_window = max_age;
        }
    }
    let window = config.duplicate_window;
    if window < Nanos::ZERO {
        return invalid_config("duplicates window can not be negative");
    }
    if !max_age.is_zero() && window > max_age {
        return invalid_config("duplicates window can not be larger then max age");
    }
    if window > Nanos::ZERO && window < Nanos::from_millis(100) {
        return invalid_config("duplicates window needs to be >= 100ms");
    }
    Ok(())
}

fn features(config: &mut StreamConfig, pedantic: bool) -> Result<(), ApiError> {
    if config.deny_purge && config.allow_rollup_hdrs {
        return invalid_config("roll-ups require the purge permission");
    }
    discard_new_per_subject(config)?;
    if config.subject_delete_marker_ttl > Nanos::ZERO {
        if config.subject_delete_marker_ttl < Nanos::from_secs(1) {
            return invalid_config("subject delete marker TTL must be at least 1 second");
        }
        if !config.allow_msg_ttl && pedantic {
            return invalid_config("subject delete marker cannot be set if message TTLs are disabled");
        }
        config.allow_msg_ttl = true;
        if !config.allow_rollup_hdrs {
            if pedantic {
                return invalid_config("subject delete marker cannot be set if roll-ups are disabled");
            }
            (config.allow_rollup_hdrs, config.deny_purge) = (true, false);
        }
    } else if config.subject_delete_marker_ttl < Nanos::ZERO {
        return invalid_config("subject delete marker TTL must not be negative");
    }
    if config.persist_mode == PersistMode::Async {
        if config.storage != StorageType::File {
            return invalid_config("async persist mode is only supported on file storage");
        }
        if config.num_replicas > 1 {
            return invalid_config("async persist mode is not supported on replicated streams");
        }
    }
    for (wanted, name) in [
        (config.allow_msg_counter, "message counters are"),
        (config.allow_atomic, "atomic batch publishing is"),
        (config.allow_msg_schedules, "message schedules are"),
        (config.allow_batched, "fast batch publishing is"),
    ] {
        if wanted {
            return invalid_config(format!("{name} not simulated"));
        }
    }
    Ok(())
}

/// Also checked when a stream is updated.
pub(crate) fn discard_new_per_subject(config: &StreamConfig) -> Result<(), ApiError> {
    if config.discard_new_per_subject && config.discard != DiscardPolicy::New {
        return invalid_config("discard new per subject requires discard new policy to be set");
    }
    if config.discard_new_per_subject && config.max_msgs_per_subject <= 0 {
        return invalid_config("discard new per subject requires max msgs per subject > 0");
    }
    Ok(())
}

fn subjects(config: &mut StreamConfig) -> Result<(), ApiError> {
    if config.subjects.is_empty() {
        if config.mirror.is_none() && config.sources.is_empty() {
            config.subjects.push(config.name.clone());
        }
        return Ok(());
    }
    for (at, one) in config.subjects.iter().enumerate() {
        if !subject::is_pattern(one) {
            return invalid_config("invalid subject");
        }
        if config.subjects[..at].contains(one) {
            return invalid_config("duplicate subjects detected");
        }
        if one == ">" && !config.no_ack {
            return invalid_config("capturing all subjects requires no-ack to be true");
        }
        if one == ">" && config.num_replicas != 1 {
            return invalid_config("capturing all subjects requires replicas of 1");
        }
        if !config.no_ack {
            reserved(one)?;
        }
        if let Some(other) = config.subjects[at + 1..].iter().find(|other| subject::overlap(other, one)) {
            return invalid_config(format!("subject {} overlaps with {}", quote(one), quote(other)));
        }
    }
    Ok(())
}

fn reserved(one: &str) -> Result<(), ApiError> {
    let overlaps = |space: &str| subject::overlap(one, space);
    if ["$JS.>", "$JSC.>", "$NRG.>"].into_iter().any(overlaps) && !subject::covers("$JS.EVENT.>", one) {
        return invalid_config("subjects that overlap with jetstream api require no-ack to be true");
    }
    if overlaps("$SYS.>") && !subject::covers("$SYS.ACCOUNT.>", one) {
        return invalid_config("subjects that overlap with system api require no-ack to be true");
    }
    Ok(())
}

fn transforms(config: &mut StreamConfig, pedantic: bool) -> Result<(), ApiError> {
    if let Some(SubjectTransform { src, dest }) = &config.subject_transform {
        if !src.is_empty() && !subject::is_pattern(src) {
            return Err(
                api_error::STREAM_TRANSFORM_INVALID_SOURCE.with_detail(format!("invalid subject {src}"))
            );
        }
        TransformRule::new(src, dest)
            .map_err(|error| api_error::STREAM_TRANSFORM_INVALID_DESTINATION.with_detail(error))?;
    }
    let implicit = config.subject_transform.clone();
    let Some(republish) = &mut config.republish else { return Ok(()) };
    if republish.src.is_empty() {
        if pedantic {
            return Err(api_error::PEDANTIC.with_detail("republish source can not be empty"));
        }
        republish.src = ">".to_owned();
    }
    if let Some(transform) = implicit.filter(|transform| {
        republish.dest == ">" && republish.src == ">" && config.subjects == [transform.src.as_str()]
    }) {
        if pedantic {
            return Err(api_error::PEDANTIC.with_detail("implicit republish based on subject transform"));
        }
        (republish.src, republish.dest) = (transform.dest.clone(), transform.dest);
    }
    if config.subjects.iter().any(|one| subject::overlap(&republish.dest, one)) {
        return invalid_config("stream configuration for republish destination forms a cycle");
    }
    if TransformRule::new(&republish.src, &republish.dest).is_err() {
        return invalid_config(format!(
            "stream configuration for republish with transform from '{}' to '{}' not valid",
            republish.src, republish.dest
        ));
    }
    Ok(())
}
