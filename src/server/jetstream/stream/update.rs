//! Checks of a change of a stream's configuration.

use std::ops::RangeInclusive;

use super::check;
use super::relations::Lookup;
use crate::gofmt::Nanos;
use crate::jsapi::*;
use crate::server::jetstream::api_error::{self, invalid_config};

/// The new configuration with its defaults, or why it is not allowed.
pub(crate) fn check(
    old: &StreamConfig,
    new: StreamConfig,
    streams: Lookup<'_>,
    pedantic: bool,
) -> Result<StreamConfig, ApiError> {
    let mut config = check::check(new, streams, pedantic)?;
    if config.name != old.name {
        return invalid_config("stream configuration name must match original");
    }
    if config.num_replicas > 1 {
        return Err(api_error::STREAM_REPLICAS_NOT_SUPPORTED.into());
    }
    if config.storage != old.storage {
        return invalid_config("stream configuration update can not change storage type");
    }
    let work_queue = [old.retention, config.retention].contains(&RetentionPolicy::WorkQueue);
    if config.retention != old.retention && work_queue {
        return invalid_config(
            "stream configuration update can not change retention policy to/from workqueue",
        );
    }
    for (was, is, what) in [
        (old.sealed, config.sealed, "unseal a sealed stream"),
        (old.deny_delete, config.deny_delete, "cancel deny message deletes"),
        (old.deny_purge, config.deny_purge, "cancel deny purge"),
    ] {
        if was && !is {
            return invalid_config(format!("stream configuration update can not {what}"));
        }
    }
    if config.mirror.is_some() && config.mirror != old.mirror {
        return Err(api_error::STREAM_MIRROR_NOT_UPDATABLE.into());
    }
    check::discard_new_per_subject(&config)?;
    if old.allow_msg_ttl && !config.allow_msg_ttl {
        return invalid_config("message TTL status can not be disabled");
    }
    if old.persist_mode != config.persist_mode {
        return invalid_config("stream configuration update can not change persist mode");
    }
    if let Some(republish) = config.republish.as_mut().filter(|republish| republish.dest.is_empty()) {
        // Only now, so that it passes as no cycle and is one from the next update on.
        republish.dest = ">".to_owned();
    }
    if config.sealed {
        config.max_age = Nanos::ZERO;
        config.discard = DiscardPolicy::New;
        (config.deny_delete, config.deny_purge, config.allow_rollup_hdrs) = (true, true, false);
    }
    Ok(config)
}

/// The warnings of nats-server's file store when it scans all messages for what the new configuration needs.
pub(crate) fn scans(old: &StreamConfig, new: &StreamConfig, stored: &RangeInclusive<u64>) -> Vec<String> {
    if new.storage != StorageType::File {
        return Vec::new();
    }
    let ttl = new.allow_msg_ttl && !old.allow_msg_ttl;
    let is_known = |source: &StreamSource| old.sources.iter().any(|other| other.name == source.name);
    let sourcing = new.sources.iter().any(|source| !is_known(source));
    let how = if ttl { "linear" } else { "backward" };
    let scans = [(ttl, "TTL"), (sourcing, "Sourcing")];
    let needed = scans.iter().filter(|(needed, _)| *needed).map(|(_, what)| what);
    needed
        .map(|what| {
            format!(
                "Filestore [{}] {what} state is outdated; attempting to recover using {how} scan (seq {} to {})",
                new.name,
                stored.start(),
                stored.end()
            )
        })
        .collect()
}
