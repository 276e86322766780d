//! Checks of a stream's mirror and sources: that they are valid, do not overlap, and form no cycle.

use std::collections::{BTreeSet, VecDeque};

use super::source_key::SourceKey;
use super::transform::TransformRule;
use crate::gofmt::{Nanos, quote};
use crate::jsapi::{ApiError, ExternalStream, StreamConfig, StreamSource, SubjectTransform};
use crate::server::jetstream::api_error::{self, ErrorTemplate, invalid_config};
use crate::server::jetstream::asset_name::is_asset_name;
use crate::wire::subject;

/// Finds the configuration of another stream.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Option<&'a StreamConfig>;

pub(crate) fn check(config: &mut StreamConfig, streams: Lookup<'_>, pedantic: bool) -> Result<(), ApiError> {
    if config.mirror.is_some() {
        mirror(config)?;
        mirrored_stream(config, streams, pedantic)?;
    }
    sources(config, streams)?;
    external(config)?;
    circle(config, streams)
}

/// Also checked when a stream is created, but not when it is changed.
pub(crate) fn filters(config: &StreamConfig) -> Result<(), ApiError> {
    let mirror = config.mirror.iter().map(|mirror| (mirror, "mirror"));
    for (StreamSource { filter_subject, .. }, what) in
        mirror.chain(config.sources.iter().map(|one| (one, "source:")))
    {
        if !filter_subject.is_empty() && !subject::is_pattern(filter_subject) {
            let why = format!("subject filter '{filter_subject}' for the {what} invalid subject");
            return Err(api_error::STREAM_CREATE.with_detail(why));
        }
    }
    Ok(())
}

fn mirror(config: &StreamConfig) -> Result<(), ApiError> {
    let Some(mirror) = &config.mirror else { return Ok(()) };
    if config.first_seq > 0 {
        return Err(api_error::MIRROR_WITH_FIRST_SEQ.into());
    }
    if !config.subjects.is_empty() {
        return Err(api_error::MIRROR_WITH_SUBJECTS.into());
    }
    if !config.sources.is_empty() {
        return Err(api_error::MIRROR_WITH_SOURCES.into());
    }
    if mirror.consumer.is_some() {
        return Err(api_error::MIRROR_DURABLE_CONSUMER_CFG_INVALID.into());
    }
    if !mirror.filter_subject.is_empty() && !mirror.subject_transforms.is_empty() {
        return Err(api_error::MIRROR_MULTIPLE_FILTERS_NOT_ALLOWED.into());
    }
    if config.subject_delete_marker_ttl > Nanos::ZERO {
        return invalid_config("subject delete markers forbidden on mirrors");
    }
    for (at, transform) in mirror.subject_transforms.iter().enumerate() {
        one_transform(
            transform,
            api_error::MIRROR_INVALID_SUBJECT_FILTER,
            api_error::MIRROR_INVALID_TRANSFORM_DESTINATION,
        )?;
        let others = mirror.subject_transforms.iter().enumerate().filter(|(other, _)| *other != at);
        if others.into_iter().any(|(_, other)| subject::overlap(&transform.src, &other.src)) {
            return Err(api_error::MIRROR_OVERLAPPING_SUBJECT_FILTERS.into());
        }
    }
    Ok(())
}

fn mirrored_stream(config: &mut StreamConfig, streams: Lookup<'_>, pedantic: bool) -> Result<(), ApiError> {
    let Some(mirror) = config.mirror.as_ref().filter(|mirror| mirror.external.is_none()) else {
        return Ok(());
    };
    if !is_asset_name(&mirror.name) {
        return Err(api_error::MIRROR_INVALID_STREAM_NAME.into());
    }
    let Some(origin) = streams(&mirror.name) else { return Ok(()) };
    if config.max_msg_size > 0 && origin.max_msg_size > 0 && config.max_msg_size < origin.max_msg_size {
        return Err(api_error::MIRROR_MAX_MESSAGE_SIZE_TOO_BIG.into());
    }
    if pedantic && config.mirror_direct != origin.allow_direct {
        return Err(
            api_error::PEDANTIC.with_detail("origin stream has direct get set, mirror has it disabled")
        );
    }
    config.mirror_direct = origin.allow_direct;
    Ok(())
}

fn one_transform(
    transform: &SubjectTransform,
    bad_source: ErrorTemplate,
    bad_destination: ErrorTemplate,
) -> Result<(), ApiError> {
    let SubjectTransform { src, dest } = transform;
    if !src.is_empty() && !subject::is_pattern(src) {
        return Err(bad_source.with_detail(format!("invalid subject {src}")));
    }
    TransformRule::new(src, dest).map(|_| ()).map_err(|error| bad_destination.with_detail(error))
}

fn sources(config: &StreamConfig, streams: Lookup<'_>) -> Result<(), ApiError> {
    let mut names = BTreeSet::new();
    for source in &config.sources {
        if !is_asset_name(&source.name) {
            return Err(api_error::SOURCE_INVALID_STREAM_NAME.into());
        }
        if !names.insert(SourceKey::of(source)) {
            return Err(api_error::SOURCE_DUPLICATE_DETECTED.into());
        }
        if !source.filter_subject.is_empty() && !source.subject_transforms.is_empty() {
            return Err(api_error::SOURCE_MULTIPLE_FILTERS_NOT_ALLOWED.into());
        }
        for transform in &source.subject_transforms {
            let (source, destination) =
                (api_error::SOURCE_INVALID_SUBJECT_FILTER, api_error::SOURCE_INVALID_TRANSFORM_DESTINATION);
            one_transform(transform, source, destination)?;
        }
        for (at, transform) in source.subject_transforms.iter().enumerate() {
            let others = source.subject_transforms.iter().enumerate().filter(|(other, _)| *other != at);
            if others.into_iter().any(|(_, other)| subject::covers(&other.src, &transform.src)) {
                return Err(api_error::SOURCE_OVERLAPPING_SUBJECT_FILTERS.into());
            }
        }
        if source.consumer.is_some() {
            return Err(api_error::SOURCE_DURABLE_CONSUMER_CFG_INVALID.into());
        }
        let origin = streams(&source.name).filter(|_| source.external.is_none());
        if origin.is_some_and(|origin| {
            config.max_msg_size > 0 && origin.max_msg_size > 0 && config.max_msg_size < origin.max_msg_size
        }) {
            return Err(api_error::SOURCE_MAX_MESSAGE_SIZE_TOO_BIG.into());
        }
    }
    Ok(())
}

fn external(config: &StreamConfig) -> Result<(), ApiError> {
    for ExternalStream { api, deliver } in
        config.mirror.iter().chain(&config.sources).filter_map(|source| source.external.as_ref())
    {
        if !deliver.is_empty() && !subject::is_literal(deliver) {
            return Err(api_error::STREAM_INVALID_EXTERNAL_DELIVERY_SUBJ.with_detail(deliver));
        }
        if !api.is_empty() && !subject::is_literal(api) {
            return invalid_config(format!(
                "stream external api prefix {} must be a valid subject without wildcards",
                quote(api)
            ));
        }
        if subject::overlap(api, "$JS.API") {
            let mut error = api_error::STREAM_EXTERNAL_API_OVERLAP.with_detail(api);
            error.description = error.description.replacen("{}", "$JS.API", 1);
            return Err(error);
        }
    }
    Ok(())
}

/// Refuses a stream that would source itself directly or indirectly.
fn circle(config: &StreamConfig, streams: Lookup<'_>) -> Result<(), ApiError> {
    let mut to_visit = VecDeque::from([config]);
    let mut visited = BTreeSet::new();
    while let Some(config) = to_visit.pop_front() {
        visited.insert(config.name.as_str());
        for source in config.sources.iter().filter(|source| source.external.is_none()) {
            if visited.contains(source.name.as_str()) {
                let filter = &source.filter_subject;
                if filter.is_empty() || config.subjects.iter().any(|one| subject::overlap(one, filter)) {
                    return invalid_config("detected cycle");
                }
            } else {
                to_visit.extend(streams(&source.name));
            }
        }
        if let Some(mirror) = config.mirror.as_ref().filter(|mirror| mirror.external.is_none()) {
            if visited.contains(mirror.name.as_str()) {
                return invalid_config("detected cycle");
            }
            to_visit.extend(streams(&mirror.name));
        }
    }
    Ok(())
}
