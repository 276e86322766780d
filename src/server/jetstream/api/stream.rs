//! API requests about the account and its streams.

use super::{Call, LIST_MAX, NAMES_MAX, REQUIRED_LEVEL, set_required_level};
use crate::gofmt::Nanos;
use crate::jsapi::{
    AccountInfo, ApiError, ApiStats, PersistMode, StorageType, StreamConfig, StreamConfigRequest,
    StreamCreateResponse, StreamInfo, StreamInfoRequest, StreamInfoResponse, StreamListRequest,
    StreamListResponse, StreamNamesRequest, StreamNamesResponse, StreamPurgeRequest, StreamPurgeResponse,
    SuccessResponse,
};
use crate::server::context::ServerContext;
use crate::server::jetstream::JetStream;
use crate::server::jetstream::api_error::{self, invalid_config};
use crate::server::jetstream::store::Filter;
use crate::server::jetstream::stream::info::InfoOptions;
use crate::server::jetstream::stream::{self, Stream, check};
use crate::server::observe::event::{EventKind, RemovalReason};
use crate::server::version::API_LEVEL;

const SUBJECTS_MAX: usize = 100_000;

pub(super) fn account_info(
    js: &mut JetStream,
    _: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<Option<AccountInfo>, ApiError> {
    Ok(Some(AccountInfo {
        memory: js.memory,
        storage: js.storage,
        reserved_memory: js.reserved(StorageType::Memory, None),
        reserved_storage: js.reserved(StorageType::File, None),
        streams: js.names.len() as u64,
        consumers: js.consumer_count() as u64,
        limits: js.config.account.clone(),
        domain: ctx.domain.clone(),
        api: ApiStats { level: API_LEVEL.into(), total: js.api_total, errors: js.api_errors },
    }))
}

pub(super) fn create(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<StreamCreateResponse, ApiError> {
    let StreamConfigRequest { mut config, pedantic } = call.read(ctx)?;
    let name = call.token(2);
    set_level(&mut config);
    if name != config.name {
        return Err(api_error::STREAM_MISMATCH.into());
    }
    if name.contains(['\\', '/']) {
        return Err(api_error::STREAM_NAME_CONTAINS_PATH_SEPARATORS.into());
    }
    if config.sealed {
        return invalid_config("stream configuration for create can not be sealed");
    }
    if config.mirror_direct && config.mirror.is_none() {
        return invalid_config("stream has no mirror but does have mirror direct");
    }
    js.check_limits(&config, 0)?;
    let mut config = check::check(config, &|name| js.config_of(name), pedantic)?;
    js.check_stream_bytes(&config)?;
    if config.num_replicas > 1 {
        return Err(api_error::STREAM_REPLICAS_NOT_SUPPORTED.into());
    }
    if let Some(existing) = js.stream(name) {
        match existing.config.metadata.get(REQUIRED_LEVEL) {
            Some(level) => config.metadata.insert(REQUIRED_LEVEL.to_owned(), level.clone()),
            None => config.metadata.remove(REQUIRED_LEVEL),
        };
        if config != existing.config {
            return Err(api_error::STREAM_NAME_EXIST.into());
        }
    } else {
        stream::relations::filters(&config)?;
        if js.overlaps(&config.subjects, name) {
            return Err(api_error::STREAM_SUBJECT_OVERLAP.into());
        }
        let stream = Stream::new(config, ctx);
        js.add_stream(stream, ctx);
        js.stream_advisory(name, "CREATED", "create", ctx);
        ctx.events.record(|| EventKind::StreamCreated { stream: name.to_owned() });
    }
    let info = stream_info(js, name, InfoOptions { version: true, ..InfoOptions::default() }, ctx)?;
    Ok(StreamCreateResponse { info: Some(info), did_create: true })
}

pub(super) fn update(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<Option<StreamInfo>, ApiError> {
    let StreamConfigRequest { config, pedantic } = call.read(ctx)?;
    let mut config = check::check(config, &|name| js.config_of(name), pedantic)?;
    js.check_stream_bytes(&config)?;
    let name = call.token(2);
    if name != config.name {
        return Err(api_error::STREAM_MISMATCH.into());
    }
    let stream_key = js.find(name)?;
    set_level(&mut config);
    let Some(old) = js.config_of(name).cloned() else { return Err(api_error::STREAM_NOT_FOUND.into()) };
    let config = stream::update::check(&old, config, &|name| js.config_of(name), pedantic)?;
    js.check_limits(&config, old.max_bytes.max(0))?;
    js.check_consumers(stream_key, &old, &config)?;
    if js.overlaps(&config.subjects, name) {
        return Err(api_error::STREAM_SUBJECT_OVERLAP.into());
    }
    js.reconfigure_stream(stream_key, config, ctx);
    js.stream_advisory(name, "UPDATED", "modify", ctx);
    ctx.events.record(|| EventKind::StreamUpdated { stream: name.to_owned() });
    stream_info(js, name, InfoOptions { version: true, ..InfoOptions::default() }, ctx).map(Some)
}

pub(super) fn delete(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<SuccessResponse, ApiError> {
    if !call.is_empty() {
        return Err(api_error::NOT_EMPTY_REQUEST.into());
    }
    let stream_key = js.find(call.token(2))?;
    js.remove_stream(stream_key, ctx);
    Ok(SuccessResponse { success: true })
}

pub(super) fn purge(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<StreamPurgeResponse, ApiError> {
    let StreamPurgeRequest { filter, seq: sequence, keep } = call.read_if_any(ctx)?;
    if sequence > 0 && keep > 0 {
        return Err(api_error::BAD_REQUEST.into());
    }
    let name = call.token(2);
    let stream_key = js.find(name)?;
    let config = js.config_of(name);
    if config.is_some_and(|config| config.sealed) {
        return Err(api_error::STREAM_SEALED.into());
    }
    if config.is_some_and(|config| config.deny_purge) {
        return Err(api_error::STREAM_PURGE_FAILED.with_detail("stream purge not permitted"));
    }
    let purged = js.purge(stream_key, &filter, sequence, keep, RemovalReason::Purged, ctx);
    ctx.events.record(|| EventKind::StreamPurged {
        stream: name.to_owned(),
        filter: Some(filter).filter(|filter| !filter.is_empty()),
        purged,
    });
    Ok(StreamPurgeResponse { success: true, purged })
}

pub(super) fn info(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<StreamInfoResponse, ApiError> {
    let StreamInfoRequest { mut offset, deleted_details, subjects_filter: filter } = call.read_if_any(ctx)?;
    let name = call.token(2);
    js.find(name)?;
    let mut subjects: Vec<(String, u64)> = Vec::new();
    let (mut total, mut limit) = (0, 0);
    if let Some(stream) = js.stream(name).filter(|_| !filter.is_empty()) {
        let all = stream.store.totals(&Filter::one(&filter));
        if !all.is_empty() {
            (total, limit) = (all.len(), SUBJECTS_MAX);
            offset = offset.max(0);
            let page = all.into_iter().skip(offset as usize).take(SUBJECTS_MAX);
            subjects = page.map(|(subject, count)| (subject.to_owned(), count)).collect();
        }
    }
    let offset = if total > 0 { offset as u64 } else { 0 };
    let leader = ctx.server_name.clone();
    let options = InfoOptions { version: true, deleted: deleted_details, subjects, leader: Some(&leader) };
    let info = Some(stream_info(js, name, options, ctx)?);
    Ok(StreamInfoResponse { total: total as u64, offset, limit: limit as u64, info })
}

pub(super) fn names(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<StreamNamesResponse, ApiError> {
    let StreamNamesRequest(StreamListRequest { offset, subject }) = call.read_if_any(ctx)?;
    let names: Vec<&str> = js.filtered(&subject).map(|stream| stream.config.name.as_str()).collect();
    let offset = (offset.max(0) as usize).min(names.len());
    let page: Vec<String> = names[offset..].iter().take(NAMES_MAX).map(|name| (*name).to_owned()).collect();
    Ok(StreamNamesResponse {
        total: names.len() as u64,
        offset: offset as u64,
        limit: NAMES_MAX as u64,
        streams: (!page.is_empty()).then_some(page),
    })
}

pub(super) fn list(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<StreamListResponse, ApiError> {
    let StreamListRequest { offset, subject } = call.read_if_any(ctx)?;
    let names: Vec<&str> = js.filtered(&subject).map(|stream| stream.config.name.as_str()).collect();
    let offset = (offset.max(0) as usize).min(names.len());
    let page = names[offset..].iter().take(LIST_MAX);
    let streams =
        page.map(|name| stream_info(js, name, InfoOptions::default(), ctx)).collect::<Result<_, _>>()?;
    Ok(StreamListResponse {
        total: names.len() as u64,
        offset: offset as u64,
        limit: LIST_MAX as u64,
        streams,
    })
}

fn stream_info(
    js: &JetStream,
    name: &str,
    options: InfoOptions<'_>,
    ctx: &ServerContext,
) -> Result<StreamInfo, ApiError> {
    let Some(stream) = js.stream(name) else { return Err(api_error::STREAM_NOT_FOUND.into()) };
    let consumers = js.consumers_of(stream).filter(|consumer| !consumer.config.direct).count();
    Ok(stream.info(options, consumers, ctx.now))
}

/// Stores the API level that a stream needs in its metadata (ADR-44), without what the server only reports.
fn set_level(config: &mut StreamConfig) {
    let markers = config.allow_msg_ttl || config.subject_delete_marker_ttl > Nanos::ZERO;
    let is_async = config.persist_mode != PersistMode::Default;
    let level = if is_async {
        "2"
    } else if markers {
        "1"
    } else {
        "0"
    };
    set_required_level(&mut config.metadata, level);
}
