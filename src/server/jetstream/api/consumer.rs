//! API requests about consumers.

use super::{Call, LIST_MAX, NAMES_MAX, set_required_level};
use crate::base::Time;
use crate::jsapi::{
    AckPolicy, ApiError, ConsumerConfig, ConsumerInfo, ConsumerListRequest, ConsumerListResponse,
    ConsumerNamesResponse, ConsumerPauseRequest, ConsumerPauseResponse, ConsumerResetRequest,
    ConsumerResetResponse, ConsumerUnpinRequest, CreateConsumerRequest, PriorityPolicy, SuccessResponse,
};
use crate::server::context::ServerContext;
use crate::server::jetstream::JetStream;
use crate::server::jetstream::consumer::check;
use crate::server::jetstream::{add_version, api_error};
use crate::server::keys::ConsumerKey;
use crate::server::observe::event::EventKind;

pub(super) fn create(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<Option<ConsumerInfo>, ApiError> {
    let mut request: CreateConsumerRequest = call.read(ctx)?;
    let is_durable = call.token(1) == "DURABLE";
    let (stream, name, filter) = match is_durable {
        true => (call.token(3), Some(call.token(4)), String::new()),
        false => {
            (call.token(2), call.tokens.get(3).copied(), call.tokens.get(4..).unwrap_or_default().join("."))
        }
    };
    if stream != request.stream_name {
        return Err(api_error::STREAM_MISMATCH.into());
    }
    names_fit(&mut request.config, name, is_durable)?;
    let config = &mut request.config;
    if !filter.is_empty() && !config.filter_subjects.is_empty() {
        return Err(api_error::CONSUMER_MULTIPLE_FILTERS_NOT_ALLOWED.into());
    }
    if !filter.is_empty() && config.filter_subject.as_deref() != Some(&filter) {
        return Err(api_error::CONSUMER_CREATE_FILTER_SUBJECT_MISMATCH.into());
    }
    if config.num_replicas > 1 {
        return Err(api_error::STREAM_REPLICAS_NOT_SUPPORTED.into());
    }
    let stream_key = js.find(stream)?;
    set_level(config);
    let consumer_key = js.add_consumer(stream_key, request.config, request.action, request.pedantic, ctx)?;
    let info = js.consumer_info(consumer_key, true, ctx)?;
    if let Some(consumer) = js.consumers.get(consumer_key).filter(|consumer| consumer.is_paused(ctx.now)) {
        consumer.advise_pause(ctx);
    }
    Ok(Some(info))
}

/// Whether the name in the subject and those in the request agree.
fn names_fit(config: &mut ConsumerConfig, name: Option<&str>, is_durable: bool) -> Result<(), ApiError> {
    let name = match name {
        None if config.durable_name.is_some() => {
            return Err(api_error::CONSUMER_EPHEMERAL_WITH_DURABLE_NAME.into());
        }
        None => return has_separators(config.name.as_deref().unwrap_or_default()),
        Some(name) => name,
    };
    has_separators(name)?;
    match config.durable_name.as_deref() {
        None if is_durable => return Err(api_error::CONSUMER_DURABLE_NAME_NOT_SET.into()),
        Some(durable) if durable != name => {
            return Err(api_error::CONSUMER_DURABLE_NAME_NOT_MATCH_SUBJECT.into());
        }
        _ => {}
    }
    config.name = Some(name.to_owned());
    Ok(())
}

fn has_separators(name: &str) -> Result<(), ApiError> {
    match name.contains(['\\', '/']) {
        true => Err(api_error::CONSUMER_NAME_CONTAINS_PATH_SEPARATORS.into()),
        false => Ok(()),
    }
}

/// Stores the API level that a consumer needs in its metadata (ADR-44), without what the server only reports.
fn set_level(config: &mut ConsumerConfig) {
    let level = match config.ack_policy {
        AckPolicy::FlowControl => "4",
        _ if config.pause_until > Some(Time(0)) => "1",
        _ if config.priority_policy != PriorityPolicy::None => "1",
        _ => "0",
    };
    set_required_level(&mut config.metadata, level);
}

pub(super) fn info(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<Option<ConsumerInfo>, ApiError> {
    if !call.is_empty() {
        return Err(api_error::NOT_EMPTY_REQUEST.into());
    }
    let consumer_key = js.find_consumer(call)?;
    js.consumer_info(consumer_key, true, ctx).map(Some)
}

pub(super) fn delete(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<SuccessResponse, ApiError> {
    if !call.is_empty() {
        return Err(api_error::NOT_EMPTY_REQUEST.into());
    }
    let consumer_key = js.find_consumer(call)?;
    js.remove_consumer(consumer_key, ctx);
    ctx.events.record(|| EventKind::ConsumerDeleted {
        stream: call.token(2).to_owned(),
        consumer: call.token(3).to_owned(),
    });
    Ok(SuccessResponse { success: true })
}

pub(super) fn names(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<ConsumerNamesResponse, ApiError> {
    let (offset, keys) = js.page(call, ctx)?;
    let page =
        keys[offset..].iter().take(NAMES_MAX).filter_map(|consumer_key| js.consumers.get(*consumer_key));
    Ok(ConsumerNamesResponse {
        total: keys.len() as u64,
        offset: offset as u64,
        limit: NAMES_MAX as u64,
        consumers: page.map(|consumer| consumer.name.clone()).collect(),
    })
}

pub(super) fn list(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<ConsumerListResponse, ApiError> {
    let (offset, keys) = js.page(call, ctx)?;
    let page = keys[offset..].iter().take(LIST_MAX);
    let consumers =
        page.map(|consumer_key| js.consumer_info(*consumer_key, false, ctx)).collect::<Result<_, _>>()?;
    Ok(ConsumerListResponse {
        total: keys.len() as u64,
        offset: offset as u64,
        limit: LIST_MAX as u64,
        consumers,
    })
}

pub(super) fn pause(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<ConsumerPauseResponse, ApiError> {
    let ConsumerPauseRequest { pause_until: until } = call.read_if_any(ctx)?;
    let consumer_key = js.find_consumer(call)?;
    let Some(consumer) = js.consumers.get(consumer_key) else {
        return Err(api_error::CONSUMER_NOT_FOUND.into());
    };
    let mut config = consumer.config.clone();
    config.pause_until = until;
    set_level(&mut config);
    js.reconfigure(consumer_key, config, ctx);
    let paused = until.is_some_and(|until| ctx.now < until);
    let remaining = until.filter(|_| paused).map(|until| until.since(ctx.now));
    Ok(ConsumerPauseResponse {
        paused,
        pause_until: until.unwrap_or_default(),
        pause_remaining: remaining.unwrap_or_default().into(),
    })
}

/// Ends the pin of a group's client, so that another one gets messages.
pub(super) fn unpin(js: &mut JetStream, call: &Call<'_>, ctx: &mut ServerContext) -> Result<(), ApiError> {
    let ConsumerUnpinRequest { group } = call.read_lenient()?;
    if group.is_empty() {
        return Err(api_error::INVALID_JSON.with_detail("consumer group not specified"));
    }
    check::group_name(&group)?;
    let consumer_key = js.find_consumer(call)?;
    let Some(consumer) = js.consumers.get_mut(consumer_key) else {
        return Err(api_error::CONSUMER_NOT_FOUND.into());
    };
    if !consumer.config.priority_groups.contains(&group) {
        return Err(api_error::CONSUMER_INVALID_PRIORITY_GROUP.into());
    }
    consumer.unpin(&group, "admin", ctx);
    js.mark_ready(consumer_key);
    Ok(())
}

/// Moves a consumer back to its first pending message, or to any sequence.
pub(super) fn reset(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<ConsumerResetResponse, ApiError> {
    let ConsumerResetRequest { seq: sequence } =
        if call.body.is_empty() { ConsumerResetRequest::default() } else { call.read_lenient()? };
    let consumer_key = js.find_consumer(call)?;
    let sequence = js
        .reset_consumer(consumer_key, sequence, ctx)
        .map_err(|why| api_error::CONSUMER_INVALID_RESET.with_detail(why))?;
    let info = Some(js.consumer_info(consumer_key, true, ctx)?);
    Ok(ConsumerResetResponse { info, reset_seq: sequence })
}

impl JetStream {
    fn find_consumer(&self, call: &Call<'_>) -> Result<ConsumerKey, ApiError> {
        self.find(call.token(2))?;
        self.consumer_key(call.token(2), call.token(3)).ok_or_else(|| api_error::CONSUMER_NOT_FOUND.into())
    }

    /// The requested offset, and the public consumers.
    fn page(&self, call: &Call<'_>, ctx: &mut ServerContext) -> Result<(usize, Vec<ConsumerKey>), ApiError> {
        let ConsumerListRequest { offset } = call.read_if_any(ctx)?;
        let Some(stream) = self.stream(call.token(2)) else { return Err(api_error::STREAM_NOT_FOUND.into()) };
        let public = |consumer_key: &ConsumerKey| {
            self.consumers.get(*consumer_key).is_some_and(|consumer| !consumer.config.direct)
        };
        let keys: Vec<ConsumerKey> = stream.consumers.values().copied().filter(public).collect();
        Ok(((offset.max(0) as usize).min(keys.len()), keys))
    }

    /// A consumer's information; with `version` the configuration has the server's version among its metadata.
    fn consumer_info(
        &mut self,
        consumer_key: ConsumerKey,
        version: bool,
        ctx: &mut ServerContext,
    ) -> Result<ConsumerInfo, ApiError> {
        let Some(consumer) = self.consumers.get_mut(consumer_key) else {
            return Err(api_error::CONSUMER_NOT_FOUND.into());
        };
        let Some(stream) = self.streams.get(consumer.stream) else {
            return Err(api_error::STREAM_NOT_FOUND.into());
        };
        // Requests that nobody waits for do not count.
        consumer.expire_requests(false, ctx);
        let mut config = consumer.config.clone();
        if version {
            add_version(&mut config.metadata);
        }
        Ok(consumer.info(&stream.store, ctx.now, Some(config)))
    }
}
