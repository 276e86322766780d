//! Messages come into streams: each is checked in the order of nats-server, stored, and acknowledged.

use super::headers::{self, PublishHeaders};
use super::{JetStream, append};
use crate::base::Time;
use crate::gofmt::Nanos;
use crate::gojson;
use crate::jsapi::{ApiError, PubAck, RetentionPolicy, StorageType};
use crate::server::context::ServerContext;
use crate::server::jetstream::api_error;
use crate::server::jetstream::store::{Expiry, FIELD_MAX, NewMessage};
use crate::server::jetstream::stream::Stream;
use crate::server::jetstream::stream::publish::{Admission, Incoming, Origin, Rejection, Rollup};
use crate::server::jetstream::stream::ttl::{self, Ttl};
use crate::server::keys::StreamKey;
use crate::server::observe::event::{EventKind, RemovalReason};
use crate::server::observe::operation::Operation;
use crate::server::protocol::outbox::OutgoingMessage;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IngestOutcome {
    Stored,
    /// It was stored before.
    Duplicate,
    Refused,
}

impl JetStream {
    /// Stores a message or refuses it. The reply to the publisher goes into `ack`.
    pub(crate) fn ingest(
        &mut self,
        stream_key: StreamKey,
        incoming: &Incoming<'_>,
        ctx: &mut ServerContext,
        ack: &mut Vec<u8>,
    ) -> IngestOutcome {
        let Some(stream) = self.streams.get(stream_key) else { return IngestOutcome::Refused };
        let renamed = stream.subject_transform.as_ref().and_then(|rule| rule.apply(incoming.subject));
        let plain = headers::without_status(incoming.headers);
        if renamed.is_none() && plain.is_none() {
            return self.ingest_plain(stream_key, incoming, ctx, ack);
        }
        let subject = renamed.as_deref().unwrap_or(incoming.subject);
        let headers = plain.as_deref().unwrap_or(incoming.headers);
        self.ingest_plain(stream_key, &Incoming { subject, headers, ..*incoming }, ctx, ack)
    }

    /// As [`JetStream::ingest`], for a message whose subject and headers are stored as they are.
    fn ingest_plain(
        &mut self,
        stream_key: StreamKey,
        incoming: &Incoming<'_>,
        ctx: &mut ServerContext,
        ack: &mut Vec<u8>,
    ) -> IngestOutcome {
        let Some(stream) = self.streams.get(stream_key) else { return IngestOutcome::Refused };
        let answers = incoming.reply.is_some() && !stream.config.no_ack;
        let answer = answers.then_some(&mut *ack);
        match self.admit(stream_key, incoming, ctx) {
            Ok(admission) => {
                let Some(sequence) = self.store_message(stream_key, incoming, admission, ctx) else {
                    return IngestOutcome::Refused;
                };
                if answers && let Some(stream) = self.streams.get(stream_key) {
                    write_ack(ack, &stream.config.name, &ctx.domain, sequence);
                }
                IngestOutcome::Stored
            }
            Err(Rejection::Duplicate(sequence)) => {
                if answers && let Some(stream) = self.streams.get(stream_key) {
                    write_ack(ack, &stream.config.name, &ctx.domain, sequence);
                    ack.pop();
                    ack.extend_from_slice(b",\"duplicate\": true}");
                }
                IngestOutcome::Duplicate
            }
            Err(Rejection::Refused(error)) => self.reject(stream_key, incoming, error, None, ctx, answer),
            Err(Rejection::WrongLastSequence(actual)) => {
                let error = api_error::STREAM_WRONG_LAST_SEQUENCE.with_detail(actual);
                self.reject(stream_key, incoming, error, Some(actual), ctx, answer)
            }
        }
    }

    /// Refuses a message, with the actual last sequence if another one was expected. The error goes to `answer`, where
    /// somebody waits for it.
    fn reject(
        &self,
        stream_key: StreamKey,
        incoming: &Incoming<'_>,
        error: ApiError,
        actual: Option<u64>,
        ctx: &mut ServerContext,
        answer: Option<&mut Vec<u8>>,
    ) -> IngestOutcome {
        if let Some(stream) = self.streams.get(stream_key) {
            if let Some(answer) = answer {
                write_error(answer, &stream.config.name, &error);
            }
            ctx.events.record(|| EventKind::PublishRejected {
                stream: stream.config.name.clone(),
                subject: incoming.subject.to_owned(),
                expected: headers::sequence(
                    PublishHeaders::read(incoming.headers).expected_last_subject_sequence,
                ),
                actual,
                error,
            });
        }
        IngestOutcome::Refused
    }

    /// Checks a message. Returns what the checks found that storing needs.
    fn admit(
        &mut self,
        stream_key: StreamKey,
        incoming: &Incoming<'_>,
        ctx: &ServerContext,
    ) -> Result<Admission, Rejection> {
        let mut admission = Admission { ttl: Ttl::None, rollup: None, msg_id: String::new() };
        let (storage, account) = (self.storage, &self.config.account);
        let (memory, server) = (self.memory, &self.config);
        let Some(stream) = self.streams.get_mut(stream_key) else {
            return Err(api_error::STREAM_NOT_FOUND.into());
        };
        let config = &stream.config;
        if config.sealed {
            return Err(api_error::STREAM_SEALED.into());
        }
        let length = incoming.headers.len() + incoming.body.len();
        if config.max_msg_size >= 0 && length > config.max_msg_size as usize {
            return Err(api_error::STREAM_MESSAGE_EXCEEDS_MAXIMUM.into());
        }
        if incoming.headers.len() > FIELD_MAX || incoming.subject.len() > FIELD_MAX {
            return Err(api_error::STREAM_HEADER_EXCEEDS_MAXIMUM.into());
        }
        if !incoming.headers.is_empty() {
            stream.check_publish_headers(
                incoming,
                &PublishHeaders::read(incoming.headers),
                &mut admission,
                ctx.now,
            )?;
        }
        let size = stream.store.size(incoming.subject, incoming.headers, incoming.body);
        let (used, server_max, account_max) = match stream.config.storage {
            StorageType::Memory => (memory, server.max_memory, account.max_memory),
            StorageType::File => (storage, server.max_storage, account.max_storage),
        };
        if server_max >= 0 && used > server_max as u64 || memory + storage > server.max_stored {
            return Err(api_error::INSUFFICIENT_RESOURCES.into());
        }
        if account_max >= 0 && used + size > account_max as u64 {
            return Err(api_error::ACCOUNT_RESOURCES_EXCEEDED.into());
        }
        if !incoming.headers.is_empty() {
            admission.ttl = ttl::of_headers(incoming.headers).map_err(|_| api_error::MESSAGE_TTL_INVALID)?;
        }
        stream.room_for(incoming.subject, incoming.headers, incoming.body)?;
        Ok(admission)
    }

    /// Stores a message that passed the checks, and does what follows from it. Returns its sequence; `None` if the stream
    /// is gone.
    fn store_message(
        &mut self,
        stream_key: StreamKey,
        incoming: &Incoming<'_>,
        admission: Admission,
        ctx: &mut ServerContext,
    ) -> Option<u64> {
        let Admission { ttl, rollup, msg_id } = admission;
        let stream = self.streams.get(stream_key)?;
        if stream.config.retention == RetentionPolicy::Interest && !self.is_wanted(stream, incoming.subject) {
            return self.skip_message(stream_key, msg_id, ctx);
        }
        let stream = self.streams.get_mut(stream_key)?;
        let (raised, ttl) = stream.raise_ttl(incoming.headers, ttl);
        let block = raised.as_deref().unwrap_or(incoming.headers);
        let mut time = ctx.now;
        if let Origin::Mirrored { sequence, time: mirrored } = incoming.origin {
            stream.store.skip_to(sequence - 1, mirrored);
            time = mirrored;
        }
        let expiry = match ttl {
            _ if !stream.config.allow_msg_ttl => Expiry::ByAge,
            Ttl::None => Expiry::ByAge,
            Ttl::Never => Expiry::Never,
            Ttl::Seconds(_) => ttl.end(time).map_or(Expiry::Never, Expiry::At),
        };
        let target = stream.republish.as_ref().and_then(|rule| rule.apply(incoming.subject));
        let last = target.as_ref().map(|_| stream.store.last_sequence_of(incoming.subject).unwrap_or(0));
        let bytes = stream.store.bytes();
        let (sequence, subject_number) = stream.store.push(&NewMessage {
            time,
            author: incoming.author,
            subject: incoming.subject,
            headers: block,
            body: incoming.body,
            expiry,
        });
        stream.last_msg_id = msg_id;
        if !stream.last_msg_id.is_empty() && stream.config.duplicate_window > Nanos::ZERO {
            let (id, now) = (std::mem::take(&mut stream.last_msg_id), ctx.now);
            stream.dedup.expire(now, stream.config.duplicate_window);
            stream.dedup.add(&id, sequence, now);
            stream.last_msg_id = id;
        }
        ctx.events.record(|| EventKind::Stored {
            stream: stream.config.name.clone(),
            subject: incoming.subject.to_owned(),
            sequence,
            operation: Operation::of(block),
            expected: headers::sequence(PublishHeaders::read(block).expected_last_subject_sequence),
        });
        self.enforce_limits(stream_key, incoming.subject, subject_number, bytes, ctx);
        if let Some(rollup) = rollup {
            self.roll_up(stream_key, incoming.subject, rollup, ctx);
        }
        if let (Some(target), Some(last)) = (target, last) {
            self.republish(stream_key, incoming, block, &Republished { target, sequence, time, last }, ctx);
        }
        self.notify_consumers(stream_key, incoming.subject, sequence, ctx);
        Some(sequence)
    }

    /// A stream of interest retention counts a message that no consumer wants, but does not store it.
    #[cold]
    fn skip_message(&mut self, stream_key: StreamKey, msg_id: String, ctx: &ServerContext) -> Option<u64> {
        let stream = self.streams.get_mut(stream_key)?;
        let sequence = stream.store.last() + 1;
        stream.store.skip_to(sequence, ctx.now);
        stream.last_msg_id = msg_id;
        Some(sequence)
    }

    /// Removes messages beyond the limits, after a message was stored where there were so many `bytes`.
    fn enforce_limits(
        &mut self,
        stream_key: StreamKey,
        subject: &str,
        subject_number: u32,
        bytes: u64,
        ctx: &mut ServerContext,
    ) {
        let Some(stream) = self.streams.get_mut(stream_key) else { return };
        while let Some(oldest) = stream.history_surplus(subject_number) {
            stream.note_removal(oldest, subject, RemovalReason::History, &mut self.consumers, ctx);
            stream.store.remove_known(subject_number, oldest);
        }
        let (storage, after, mut surplus) = (stream.config.storage, stream.store.bytes(), stream.surplus());
        self.update_usage(storage, bytes, after);
        while let Some(oldest) = surplus {
            self.remove_message(stream_key, oldest, RemovalReason::Limit, ctx);
            surplus = self.streams.get(stream_key).and_then(Stream::surplus);
        }
    }

    fn roll_up(&mut self, stream_key: StreamKey, subject: &str, rollup: Rollup, ctx: &mut ServerContext) {
        let allowed =
            self.streams.get(stream_key).is_some_and(|s| s.config.allow_rollup_hdrs && !s.config.deny_purge);
        let filter = if rollup == Rollup::Subject { subject } else { "" };
        if allowed {
            self.purge(stream_key, filter, 0, 1, RemovalReason::Rollup, ctx);
        }
    }

    #[cold]
    fn republish(
        &self,
        stream_key: StreamKey,
        incoming: &Incoming<'_>,
        block: &[u8],
        republished: &Republished,
        ctx: &mut ServerContext,
    ) {
        let Some(stream) = self.streams.get(stream_key) else { return };
        let headers_only = stream.config.republish.as_ref().is_some_and(|republish| republish.headers_only);
        let Republished { target, sequence, time, last } = republished;
        let (sequence, last) = (sequence.to_string(), last.to_string());
        let (time, size) = (time.rfc3339(), incoming.body.len().to_string());
        let more = [
            ("Nats-Stream", stream.config.name.as_str()),
            ("Nats-Subject", incoming.subject),
            ("Nats-Sequence", &sequence),
            ("Nats-Time-Stamp", &time),
            ("Nats-Last-Sequence", &last),
            ("Nats-Msg-Size", &size),
        ];
        let headers = append(block, if headers_only { &more } else { &more[..5] });
        let body = if headers_only { Vec::new() } else { incoming.body.to_vec() };
        ctx.outbox.push(OutgoingMessage {
            subject: target.clone(),
            headers,
            body,
            hops: incoming.hops,
            ..OutgoingMessage::default()
        });
    }
}

/// A stored message that is republished to `target`.
struct Republished {
    target: String,
    sequence: u64,
    time: Time,
    last: u64,
}

/// Appends the acknowledgement of a publish. As nats-server, writes it without the JSON encoder.
fn write_ack(ack: &mut Vec<u8>, stream: &str, domain: &str, sequence: u64) {
    ack.extend_from_slice(b"{\"stream\":\"");
    ack.extend_from_slice(stream.as_bytes());
    if !domain.is_empty() {
        ack.extend_from_slice(b"\",\"domain\":\"");
        ack.extend_from_slice(domain.as_bytes());
    }
    ack.extend_from_slice(b"\",\"seq\":");
    ack.extend_from_slice(itoa::Buffer::new().format(sequence).as_bytes());
    ack.push(b'}');
}

#[cold]
fn write_error(ack: &mut Vec<u8>, stream: &str, error: &ApiError) {
    let answer = PubAck { error: Some(error.clone()), stream: stream.to_owned(), ..PubAck::default() };
    ack.extend(gojson::to_vec(&answer));
}
