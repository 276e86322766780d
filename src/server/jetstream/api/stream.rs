//! Calls about the account and its streams.

use super::Call;
use crate::gofmt::Nanos;
use crate::jsapi::{
    AccountInfo, ApiError, ApiStats, PersistMode, RetentionPolicy, StorageType, StreamConfig,
    StreamConfigRequest, StreamCreateResponse, StreamInfo, StreamInfoRequest, StreamInfoResponse,
    StreamListRequest, StreamListResponse, StreamNamesRequest, StreamNamesResponse, StreamPurgeRequest,
    StreamPurgeResponse, SuccessResponse,
};
use crate::server::API_LEVEL;
use crate::server::context::Desk;
use crate::server::jetstream::JetStream;
use crate::server::jetstream::api_error::{self, invalid_config};
use crate::server::jetstream::store::Filter;
use crate::server::jetstream::stream::info::InfoOptions;
use crate::server::jetstream::stream::{self, Stream, check};
use crate::server::observe::event::{EventKind, RemovalReason};
use crate::wire::subject;

const NAMES_MAX: usize = 1024;
const LIST_MAX: usize = 256;
const SUBJECTS_MAX: usize = 100_000;

const LEVEL: &str = "_nats.req.level";

pub(super) fn account_info(
    js: &mut JetStream,
    _: &Call<'_>,
    desk: &mut Desk,
) -> Result<Option<AccountInfo>, ApiError> {
    Ok(Some(AccountInfo {
        memory: js.memory,
        storage: js.storage,
        reserved_memory: js.reserved(StorageType::Memory, None),
        reserved_storage: js.reserved(StorageType::File, None),
        streams: js.names.len() as u64,
        consumers: js.consumer_count() as u64,
        limits: js.config.account.clone(),
        domain: desk.domain.clone(),
        api: ApiStats { level: API_LEVEL.into(), total: js.api_total, errors: js.api_errors },
    }))
}

pub(super) fn create(
    js: &mut JetStream,
    call: &Call<'_>,
    desk: &mut Desk,
) -> Result<StreamCreateResponse, ApiError> {
    let StreamConfigRequest { mut config, pedantic } = call.read()?;
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
        match existing.config.metadata.get(LEVEL) {
            Some(level) => config.metadata.insert(LEVEL.to_owned(), level.clone()),
            None => config.metadata.remove(LEVEL),
        };
        if config != existing.config {
            return Err(api_error::STREAM_NAME_EXIST.into());
        }
    } else {
        stream::relations::filters(&config)?;
        if js.overlaps(&config.subjects, name) {
            return Err(api_error::STREAM_SUBJECT_OVERLAP.into());
        }
        let number = js.number();
        let stream = Stream::new(number, config, desk);
        js.add_stream(stream, desk);
        js.stream_advisory(name, "CREATED", "create", desk);
        desk.log.tell(|| EventKind::StreamCreated { stream: name.to_owned() });
    }
    let info = stream_info(js, name, InfoOptions { version: true, ..InfoOptions::default() }, desk)?;
    Ok(StreamCreateResponse { info: Some(info), did_create: true })
}

pub(super) fn update(
    js: &mut JetStream,
    call: &Call<'_>,
    desk: &mut Desk,
) -> Result<Option<StreamInfo>, ApiError> {
    let StreamConfigRequest { config, pedantic } = call.read()?;
    let mut config = check::check(config, &|name| js.config_of(name), pedantic)?;
    js.check_stream_bytes(&config)?;
    let name = call.token(2);
    if name != config.name {
        return Err(api_error::STREAM_MISMATCH.into());
    }
    let place = js.find(name)?;
    set_level(&mut config);
    let Some(old) = js.config_of(name).cloned() else { return Err(api_error::STREAM_NOT_FOUND.into()) };
    let config = stream::update::check(&old, config, &|name| js.config_of(name), pedantic)?;
    js.check_limits(&config, old.max_bytes.max(0))?;
    js.check_consumers(place, &old, &config)?;
    if js.overlaps(&config.subjects, name) {
        return Err(api_error::STREAM_SUBJECT_OVERLAP.into());
    }
    js.reconfigure_stream(place, config, desk);
    js.stream_advisory(name, "UPDATED", "modify", desk);
    desk.log.tell(|| EventKind::StreamUpdated { stream: name.to_owned() });
    stream_info(js, name, InfoOptions { version: true, ..InfoOptions::default() }, desk).map(Some)
}

pub(super) fn delete(
    js: &mut JetStream,
    call: &Call<'_>,
    desk: &mut Desk,
) -> Result<SuccessResponse, ApiError> {
    if !call.is_empty() {
        return Err(api_error::NOT_EMPTY_REQUEST.into());
    }
    let place = js.find(call.token(2))?;
    js.remove_stream(place, desk);
    Ok(SuccessResponse { success: true })
}

pub(super) fn purge(
    js: &mut JetStream,
    call: &Call<'_>,
    desk: &mut Desk,
) -> Result<StreamPurgeResponse, ApiError> {
    let StreamPurgeRequest { filter, seq: sequence, keep } = call.read_if_any()?;
    if sequence > 0 && keep > 0 {
        return Err(api_error::BAD_REQUEST.into());
    }
    let name = call.token(2);
    let place = js.find(name)?;
    let config = js.config_of(name);
    if config.is_some_and(|config| config.sealed) {
        return Err(api_error::STREAM_SEALED.into());
    }
    if config.is_some_and(|config| config.deny_purge) {
        return Err(api_error::STREAM_PURGE_FAILED.with_detail("stream purge not permitted"));
    }
    let purged = js.purge(place, &filter, sequence, keep, RemovalReason::Purged, desk);
    desk.log.tell(|| EventKind::StreamPurged {
        stream: name.to_owned(),
        filter: Some(filter).filter(|filter| !filter.is_empty()),
        purged,
    });
    Ok(StreamPurgeResponse { success: true, purged })
}

pub(super) fn info(
    js: &mut JetStream,
    call: &Call<'_>,
    desk: &mut Desk,
) -> Result<StreamInfoResponse, ApiError> {
    let StreamInfoRequest { mut offset, deleted_details, subjects_filter: filter } = call.read_if_any()?;
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
    let leader = desk.server_name.clone();
    let options = InfoOptions { version: true, deleted: deleted_details, subjects, leader: Some(&leader) };
    let info = Some(stream_info(js, name, options, desk)?);
    Ok(StreamInfoResponse { total: total as u64, offset, limit: limit as u64, info })
}

pub(super) fn names(
    js: &mut JetStream,
    call: &Call<'_>,
    _: &mut Desk,
) -> Result<StreamNamesResponse, ApiError> {
    let StreamNamesRequest(StreamListRequest { offset, subject }) = call.read_if_any()?;
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
    desk: &mut Desk,
) -> Result<StreamListResponse, ApiError> {
    let StreamListRequest { offset, subject } = call.read_if_any()?;
    let names: Vec<&str> = js.filtered(&subject).map(|stream| stream.config.name.as_str()).collect();
    let offset = (offset.max(0) as usize).min(names.len());
    let page = names[offset..].iter().take(LIST_MAX);
    let streams =
        page.map(|name| stream_info(js, name, InfoOptions::default(), desk)).collect::<Result<_, _>>()?;
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
    desk: &Desk,
) -> Result<StreamInfo, ApiError> {
    let Some(stream) = js.stream(name) else { return Err(api_error::STREAM_NOT_FOUND.into()) };
    let consumers = js.consumers_of(stream).filter(|consumer| !consumer.config.direct).count();
    Ok(stream.info(options, consumers, desk.now))
}

/// Notes which API level a stream needs. What the server only tells is never stored.
fn set_level(config: &mut StreamConfig) {
    config.metadata.remove("_nats.ver");
    config.metadata.remove("_nats.level");
    let markers = config.allow_msg_ttl || config.subject_delete_marker_ttl > Nanos::ZERO;
    let is_async = config.persist_mode != PersistMode::Default;
    let level = if is_async {
        "2"
    } else if markers {
        "1"
    } else {
        "0"
    };
    config.metadata.insert(LEVEL.to_owned(), level.to_owned());
}

impl JetStream {
    /// Streams, sorted by name, that listen to anything that a pattern selects; all for an empty one.
    fn filtered(&self, pattern: &str) -> impl Iterator<Item = &Stream> {
        self.all().filter(move |stream| {
            pattern.is_empty() || stream.config.subjects.iter().any(|one| subject::overlap(one, pattern))
        })
    }

    /// How many consumers there are, counting those that copy streams.
    fn consumer_count(&self) -> usize {
        let feeds = self.all().flat_map(|stream| &stream.feeds).filter(|feed| feed.origin.is_some());
        self.consumers.len() + feeds.count()
    }

    /// Bytes that streams with a limit have reserved, but for one of them.
    fn reserved(&self, storage: StorageType, but: Option<&str>) -> u64 {
        let others = self.all().filter(|stream| Some(stream.config.name.as_str()) != but);
        let limits =
            others.filter(|stream| stream.config.storage == storage).map(|stream| stream.config.max_bytes);
        limits.filter(|limit| *limit > 0).fold(0, |sum, limit| sum.saturating_add(limit as u64))
    }

    /// Whether there is room for a stream. `had` is what it has reserved already.
    fn check_limits(&self, config: &StreamConfig, had: i64) -> Result<(), ApiError> {
        let limits = &self.config.account;
        let others = self.names.keys().filter(|name| **name != config.name).count() as i64;
        if limits.max_streams > 0
            && others >= limits.max_streams
            && had == 0
            && !self.names.contains_key(&config.name)
        {
            return Err(api_error::MAXIMUM_STREAMS_LIMIT.into());
        }
        if config.max_consumers > 0 && limits.max_consumers > 0 && config.max_consumers > limits.max_consumers
        {
            return Err(api_error::MAXIMUM_CONSUMERS_LIMIT.into());
        }
        let (account, server, error) = match config.storage {
            StorageType::Memory => {
                (limits.max_memory, self.config.max_memory, api_error::MEMORY_RESOURCES_EXCEEDED)
            }
            StorageType::File => {
                (limits.max_storage, self.config.max_storage, api_error::STORAGE_RESOURCES_EXCEEDED)
            }
        };
        let wanted = if config.max_bytes < 0 { 1 } else { config.max_bytes as u64 };
        let reserved = self.reserved(config.storage, Some(&config.name));
        let all = self.reserved(config.storage, None);
        let more = wanted.saturating_sub(had as u64);
        if account >= 0 && reserved.saturating_add(wanted) > account as u64 {
            return Err(error.into());
        }
        if server >= 0 && all.saturating_add(more) > server as u64 {
            return Err(error.into());
        }
        Ok(())
    }

    fn check_stream_bytes(&self, config: &StreamConfig) -> Result<(), ApiError> {
        let limits = &self.config.account;
        if limits.max_bytes_required && config.max_bytes <= 0 {
            return Err(api_error::STREAM_MAX_BYTES_REQUIRED.into());
        }
        let most = match config.storage {
            StorageType::Memory => limits.memory_max_stream_bytes,
            StorageType::File => limits.storage_max_stream_bytes,
        };
        if most > 0 && config.max_bytes > most {
            return Err(api_error::STREAM_MAX_STREAM_BYTES_EXCEEDED.into());
        }
        Ok(())
    }

    /// Whether any other stream listens to what one of these subjects selects.
    fn overlaps(&self, subjects: &[String], name: &str) -> bool {
        let others = self.all().filter(|stream| stream.config.name != name);
        let mut theirs = others.flat_map(|stream| &stream.config.subjects);
        theirs.any(|one| subjects.iter().any(|other| subject::overlap(one, other)))
    }

    /// Whether new limits for consumers fit those that are there.
    fn check_consumers(&self, place: u32, old: &StreamConfig, new: &StreamConfig) -> Result<(), ApiError> {
        let Some(stream) = self.streams.get(place).filter(|_| old.consumer_limits != new.consumer_limits)
        else {
            return Ok(());
        };
        let limits = &new.consumer_limits;
        let exceeds = |limit: i64, value: i64| limit > 0 && value > limit;
        let too_much = self.consumers_of(stream).filter(|consumer| {
            exceeds(limits.inactive_threshold.0, consumer.config.inactive_threshold.0)
                || exceeds(limits.max_ack_pending, consumer.config.max_ack_pending)
        });
        let names: Vec<&str> = too_much.map(|consumer| consumer.name.as_str()).collect();
        if names.is_empty() {
            return Ok(());
        }
        let why = format!("change to limits violates consumers: {}", names.join(", "));
        Err(api_error::STREAM_UPDATE.with_detail(why))
    }

    /// Gives a stream a configuration that was checked, and applies it to what is stored.
    fn reconfigure_stream(&mut self, place: u32, config: StreamConfig, desk: &mut Desk) {
        let Some(stream) = self.streams.get_mut(place) else { return };
        let stored = stream.store.first()..=stream.store.last();
        if stream.store.messages() > 0 {
            stream::update::scans(&stream.config, &config, &stored)
                .into_iter()
                .for_each(|text| desk.log.warn(text));
        }
        let old = std::mem::replace(&mut stream.config, config);
        stream.set_rules();
        stream.look_for_strangers(&old);
        stream.set_feeds(desk);
        stream.ageless = 0;
        let keep = stream.config.max_msgs_per_subject;
        let to_interest = stream.config.retention == RetentionPolicy::Interest
            && old.retention != RetentionPolicy::Interest;
        let narrower = keep > 0 && (old.max_msgs_per_subject <= 0 || keep < old.max_msgs_per_subject);
        self.count_feeds();
        self.listen(place, desk);
        self.refilter(place);
        if narrower {
            self.trim_subjects(place, keep as usize, desk);
        }
        while let Some(oldest) = self.streams.get(place).and_then(Stream::surplus) {
            self.remove_message(place, oldest, RemovalReason::Limit, desk);
        }
        if to_interest {
            self.drop_unwanted(place, desk);
        }
        self.plan_stream(place, desk);
    }

    /// Consumers look at the stream's subjects to know whether they want all of them.
    fn refilter(&mut self, place: u32) {
        let Some(stream) = self.streams.get(place) else { return };
        for consumer in stream.consumers.values() {
            if let Some(consumer) = self.consumers.get_mut(*consumer) {
                consumer.set_filter(stream.own_subjects());
            }
        }
    }

    /// Removes the oldest messages of every subject that has more than `keep`.
    fn trim_subjects(&mut self, place: u32, keep: usize, desk: &mut Desk) {
        let Some(stream) = self.streams.get(place) else { return };
        let totals = stream.store.totals(&Filter::all());
        let crowded = totals.into_iter().filter(|(_, count)| *count > keep as u64);
        let surplus: Vec<u64> = crowded
            .flat_map(|(subject, count)| {
                let oldest = stream.store.of(subject).take(count as usize - keep);
                oldest.map(|record| record.sequence).collect::<Vec<_>>()
            })
            .collect();
        for sequence in surplus {
            self.remove_message(place, sequence, RemovalReason::History, desk);
        }
    }
}
