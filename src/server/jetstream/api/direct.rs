//! Direct gets: stored messages as replies, without JSON (ADR-31).

use memchr::memchr;

use super::message::start;
use crate::gojson;
use crate::jsapi::MsgGetRequest;
use crate::server::context::ServerContext;
use crate::server::jetstream::store::{Filter, Record};
use crate::server::jetstream::stream::Stream;
use crate::server::jetstream::{JetStream, headers, requires_too_much};
use crate::server::observe::event::EventKind;
use crate::server::protocol::outbox::OutgoingMessage;
use crate::server::protocol::reply_buffer::ReplyBuffer;
use crate::wire::headers::Block;
use crate::wire::op::Message;

/// The most replies to a request for the last messages of several subjects.
const MULTI_MAX: usize = 1024;

/// Bytes of all replies to a request that sets no limit.
const BYTES_MAX: i64 = 64 * 1024 * 1024;

/// Bytes reserved for added headers.
const ROOM: usize = 256;

const NOT_FOUND: &str = "Message Not Found";
const NO_RESULTS: &str = "No Results";

impl JetStream {
    /// Answers a direct get. `false` if there is no stream that allows them, so that nobody listens.
    pub(super) fn direct_get(
        &mut self,
        message: &Message<'_>,
        ctx: &mut ServerContext,
        answer: &mut ReplyBuffer,
    ) -> bool {
        let Some(rest) = message.subject.strip_prefix("$JS.API.DIRECT.GET.") else { return false };
        let (name, key) = match memchr(b'.', rest.as_bytes()) {
            Some(dot) => (&rest[..dot], Some(&rest[dot + 1..])),
            None => (rest, None),
        };
        let Some(stream) = self.stream(name).filter(|stream| stream.config.allow_direct) else {
            return false;
        };
        let Some(reply) = message.reply else { return true };
        if requires_too_much(message.headers) {
            ctx.outbox.publish_status(reply, Block::status(412, "Required Api Level"));
            return true;
        }
        if let (Some(key), b"") = (key.filter(|key| !key.is_empty()), message.body) {
            stream.answer_last(key, ctx, answer);
            return true;
        }
        match read(message.body, key) {
            Err(status) => ctx.outbox.publish_status(reply, Block::status(408, status)),
            Ok(request) if request.multi_last.is_empty() => stream.answer(&request, reply, ctx),
            Ok(request) => stream.answer_multi(&request, reply, ctx),
        }
        true
    }
}

/// The status behind the last message of a batch.
fn end_of_batch(pending: u64, last: u64) -> Block {
    let status = Block::status(204, "EOB");
    status.with_number("Nats-Num-Pending", pending).with_number("Nats-Last-Sequence", last)
}

/// Reads a request; `key` is in its subject where the last message of one subject is wanted.
fn read(body: &[u8], key: Option<&str>) -> Result<MsgGetRequest, &'static str> {
    if body.is_empty() && key.is_none() {
        return Err("Empty Request");
    }
    let mut request = MsgGetRequest::default();
    if !body.is_empty() {
        request = gojson::from_slice(body).map_err(|_| "Malformed Request")?;
    }
    let [sequence, time] = [request.seq > 0, request.start_time.is_some()];
    let [last, next] = [&request.last_by_subj, &request.next_by_subj].map(|subject| !subject.is_empty());
    let (batch, multi) = (request.batch != 0, !request.multi_last.is_empty());
    let up_to = request.up_to_seq > 0 && request.up_to_time.is_some();
    if let Some(key) = key {
        let any_up_to = request.up_to_seq > 0 || request.up_to_time.is_some();
        if key.is_empty() || last || next || multi || sequence || batch || time || any_up_to {
            return Err("Bad Request");
        }
        request.last_by_subj = key.to_owned();
        return Ok(request);
    }
    if !sequence && !last && !next && !multi && !time {
        return Err("Empty Request");
    }
    let conflict =
        sequence && (last || time) || last && (time || next || request.batch > 0 || multi) || next && multi;
    if conflict || up_to {
        return Err("Bad Request");
    }
    Ok(request)
}

impl Stream {
    /// Answers a request for the last message of a subject.
    fn answer_last(&self, subject: &str, ctx: &mut ServerContext, answer: &mut ReplyBuffer) {
        let record = self.store.last_of(subject);
        self.record_read(record, subject, ctx);
        match record {
            Some(record) => {
                self.answer_headers(&record, None, &mut answer.headers);
                answer.body.extend_from_slice(record.body);
            }
            None => answer.headers.extend(Block::status(404, NOT_FOUND).end()),
        }
    }

    /// Answers a request for a message or a batch.
    fn answer(&self, request: &MsgGetRequest, reply: &str, ctx: &mut ServerContext) {
        let is_batch = request.batch != 0;
        let filter = match request.next_by_subj.is_empty() {
            true => Filter::all(),
            false => Filter::one(&request.next_by_subj),
        };
        let mut start = start(request, &self.store);
        let by_sequence = start > 0 && request.next_by_subj.is_empty();
        let mut pending = if is_batch { self.store.count(&filter, start) } else { 0 };
        let most = if request.max_bytes == 0 { BYTES_MAX } else { request.max_bytes };
        let (mut bytes, mut last) = (0, 0);
        for at in 0..if is_batch { request.batch } else { 1 } {
            let record = if by_sequence && !is_batch {
                self.store.get(start)
            } else if by_sequence || !request.next_by_subj.is_empty() {
                self.store.next(&filter, start)
            } else {
                self.store.last_of(&request.last_by_subj)
            };
            self.record_read(record, &request.last_by_subj, ctx);
            let Some(record) = record else {
                if request.batch > 1 && at > 0 {
                    break;
                }
                return ctx.outbox.publish_status(reply, Block::status(404, NOT_FOUND));
            };
            start = record.sequence + 1;
            pending = pending.saturating_sub(1);
            let position = is_batch.then_some((pending, last));
            let mut headers = Vec::new();
            if !request.no_hdr {
                self.answer_headers(&record, position, &mut headers);
            }
            last = record.sequence;
            bytes += (record.subject.len() + record.headers.len() + record.body.len()) as i64;
            let body = record.body.to_vec();
            ctx.outbox.push(OutgoingMessage {
                subject: reply.to_owned(),
                headers,
                body,
                ..OutgoingMessage::default()
            });
            if bytes >= most {
                break;
            }
        }
        if is_batch {
            ctx.outbox.publish_status(reply, end_of_batch(pending, last));
        }
    }

    /// Answers a request for the last messages of several subjects.
    fn answer_multi(&self, request: &MsgGetRequest, reply: &str, ctx: &mut ServerContext) {
        let mut up_to = request.up_to_seq;
        if let Some(time) = request.up_to_time {
            up_to = self.store.sequence_at(time);
            if up_to <= self.store.first() {
                return ctx.outbox.publish_status(reply, Block::status(404, NO_RESULTS));
            }
            up_to -= 1;
        }
        if up_to == 0 {
            up_to = self.store.last();
        }
        let filter = self.filter(request.multi_last.iter().map(String::as_str));
        let mut sequences = self.store.lasts_up_to(&filter, up_to);
        sequences.retain(|sequence| *sequence >= request.seq);
        if sequences.len() > MULTI_MAX {
            return ctx.outbox.publish_status(reply, Block::status(413, "Too Many Results"));
        }
        if sequences.is_empty() {
            return ctx.outbox.publish_status(reply, Block::status(404, NO_RESULTS));
        }
        let most = if request.max_bytes == 0 { BYTES_MAX } else { request.max_bytes };
        let (mut bytes, mut last, mut pending) = (0, 0, sequences.len() as u64);
        for (at, record) in sequences.iter().filter_map(|sequence| self.store.get(*sequence)).enumerate() {
            pending -= 1;
            self.record_read(Some(record), &request.last_by_subj, ctx);
            let mut headers = Vec::new();
            self.answer_headers(&record, Some((pending, last)), &mut headers);
            last = record.sequence;
            bytes += (record.subject.len() + record.headers.len() + record.body.len()) as i64;
            ctx.outbox.push(OutgoingMessage {
                subject: reply.to_owned(),
                headers,
                body: record.body.to_vec(),
                ..OutgoingMessage::default()
            });
            if bytes >= most || request.batch > 0 && at as i64 + 1 >= request.batch {
                break;
            }
        }
        let end = end_of_batch(pending, last).with_number("Nats-UpTo-Sequence", up_to);
        ctx.outbox.publish_status(reply, end);
    }

    /// Writes the stored headers and those that describe the message; in a batch also how many follow and the sequence
    /// before.
    fn answer_headers(&self, record: &Record<'_>, position: Option<(u64, u64)>, out: &mut Vec<u8>) {
        out.reserve(record.headers.len() + record.subject.len() + ROOM);
        headers::begin(record.headers, out);
        headers::add(out, "Nats-Stream", self.config.name.as_bytes());
        headers::add(out, "Nats-Subject", record.subject);
        headers::add(out, "Nats-Sequence", itoa::Buffer::new().format(record.sequence).as_bytes());
        out.extend_from_slice(b"Nats-Time-Stamp: ");
        record.time.write_rfc3339(out);
        out.extend_from_slice(b"\r\n");
        if let Some((pending, last)) = position {
            headers::add(out, "Nats-Num-Pending", itoa::Buffer::new().format(pending).as_bytes());
            headers::add(out, "Nats-Last-Sequence", itoa::Buffer::new().format(last).as_bytes());
        }
        out.extend_from_slice(b"\r\n");
    }

    fn record_read(&self, record: Option<Record<'_>>, subject: &str, ctx: &mut ServerContext) {
        ctx.events.record(|| {
            let requested = Some(subject.to_owned()).filter(|subject| !subject.is_empty());
            EventKind::Read {
                stream: self.config.name.clone(),
                subject: record.map(|record| record.subject_text().to_owned()).or(requested),
                sequence: record.map(|record| record.sequence),
            }
        });
    }
}
