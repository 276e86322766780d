//! API requests about single messages.

use super::{Call, Refusal};
use crate::jsapi::{
    ApiError, MsgDeleteRequest, MsgGetRequest, MsgGetResponse, StorageType, StoredMessage, SuccessResponse,
};
use crate::server::context::ServerContext;
use crate::server::jetstream::JetStream;
use crate::server::jetstream::api_error;
use crate::server::jetstream::store::{Filter, Record, Store};
use crate::server::observe::event::{EventKind, RemovalReason};

/// The sequence that a request begins with; 0 for none.
pub(super) fn start(request: &MsgGetRequest, store: &Store) -> u64 {
    request.start_time.map_or(request.seq, |time| store.sequence_at(time))
}

fn find<'a>(request: &MsgGetRequest, store: &'a Store) -> Option<Record<'a>> {
    let start = start(request, store);
    if start > 0 && request.next_by_subj.is_empty() {
        return store.get(start);
    }
    if !request.next_by_subj.is_empty() {
        return store.next(&Filter::one(&request.next_by_subj), start);
    }
    store.last_of(&request.last_by_subj)
}

pub(super) fn get(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<MsgGetResponse, ApiError> {
    if call.is_empty() {
        return Err(api_error::BAD_REQUEST.into());
    }
    let request: MsgGetRequest = call.read(ctx)?;
    let [sequence, time] = [request.seq > 0, request.start_time.is_some()];
    let [last, next] = [&request.last_by_subj, &request.next_by_subj].map(|subject| !subject.is_empty());
    let batch = request.batch > 0 || request.max_bytes > 0;
    let nothing = !sequence && !last && !next && !time;
    if batch || nothing || sequence && (last || time) || last && (time || next) {
        return Err(api_error::BAD_REQUEST.into());
    }
    let name = call.token(3);
    let Some(stream) = js.stream(name) else { return Err(api_error::STREAM_NOT_FOUND.into()) };
    let record = find(&request, &stream.store);
    ctx.events.record(|| EventKind::Read {
        stream: name.to_owned(),
        subject: record.map(|record| record.subject_text().to_owned()),
        sequence: record.map(|record| record.sequence),
    });
    let Some(record) = record else { return Err(api_error::NO_MESSAGE_FOUND.into()) };
    let hdrs = if request.no_hdr { Vec::new() } else { record.headers.to_vec() };
    let message = StoredMessage {
        subject: record.subject_text().to_owned(),
        seq: record.sequence,
        hdrs,
        data: record.body.to_vec(),
        time: record.time,
    };
    Ok(MsgGetResponse { message: Some(message) })
}

pub(super) fn delete(
    js: &mut JetStream,
    call: &Call<'_>,
    ctx: &mut ServerContext,
) -> Result<SuccessResponse, Refusal> {
    if call.is_empty() {
        return Err(api_error::BAD_REQUEST.into());
    }
    let MsgDeleteRequest { seq: sequence, .. } = call.read(ctx)?;
    let name = call.token(3);
    let stream_key = js.find(name)?;
    // nats-server does not count it as an error that a message does not exist.
    let missing = |error| Err(Refusal { error, is_counted: false });
    let Some(stream) = js.streams.get(stream_key) else { return Err(api_error::STREAM_NOT_FOUND.into()) };
    if stream.config.sealed {
        return Err(api_error::STREAM_SEALED.into());
    }
    if stream.config.deny_delete {
        return Err(api_error::STREAM_MSG_DELETE_FAILED.with_detail("message delete not permitted").into());
    }
    let (first, last) = (stream.store.first(), stream.store.last());
    if stream.config.storage == StorageType::File && !(first.max(1)..=last).contains(&sequence) {
        let why = if sequence > last { "stream store EOF" } else { "no message found" };
        return missing(api_error::STREAM_MSG_DELETE_FAILED.with_detail(why));
    }
    if !js.remove_message(stream_key, sequence, RemovalReason::Deleted, ctx) {
        return missing(api_error::SEQUENCE_NOT_FOUND.with_detail(sequence));
    }
    Ok(SuccessResponse { success: true })
}
