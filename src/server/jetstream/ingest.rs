//! A message into a stream: the real server's checks in its order, then what follows from storing it.

use super::headers::{self, Wishes};
use super::{JetStream, append, without};
use crate::base::Time;
use crate::gofmt::Nanos;
use crate::gojson;
use crate::jsapi::{ApiError, PubAck, RetentionPolicy, StorageType};
use crate::server::context::{Desk, Post};
use crate::server::jetstream::api_error::{self, ErrorTemplate};
use crate::server::jetstream::store::{FIELD_MAX, New};
use crate::server::jetstream::stream::Stream;
use crate::server::jetstream::stream::ttl::{self, Ttl};
use crate::server::observe::event::{EventKind, RemovalReason};
use crate::server::observe::view::Operation;
use crate::wire::op::Message;

/// A message that a stream gets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Incoming<'a> {
    pub(crate) subject: &'a str,
    pub(crate) reply: Option<&'a str>,
    pub(crate) headers: &'a [u8],
    pub(crate) body: &'a [u8],
    pub(crate) author: u16,
    pub(crate) hops: u8,
    pub(crate) whence: Whence,
}

/// Where a message comes from decides what is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whence {
    Published,
    /// From a source; it was checked there.
    Sourced,
    /// From the mirrored stream, with its sequence and time there.
    Mirrored(u64, Time),
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Stored,
    /// It was stored before.
    Duplicate,
    Refused,
}

/// Why a message is not stored.
enum Rejected {
    Refused(ApiError),
    /// It was stored before, with this sequence.
    Duplicate(u64),
}

/// What the checks found out for the storing.
struct Admitted {
    ttl: Ttl,
    rollup: Option<Rollup>,
    msg_id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rollup {
    Subject,
    All,
}

impl From<ApiError> for Rejected {
    fn from(error: ApiError) -> Rejected {
        Rejected::Refused(error)
    }
}

impl From<ErrorTemplate> for Rejected {
    #[cold]
    fn from(template: ErrorTemplate) -> Rejected {
        Rejected::Refused(template.into())
    }
}

impl<'a> Incoming<'a> {
    pub(crate) fn new(message: &Message<'a>) -> Incoming<'a> {
        let Message { subject, reply, headers, body } = *message;
        Incoming { subject, reply, headers, body, author: 0, hops: 0, whence: Whence::Published }
    }
}

impl JetStream {
    /// Stores a message or refuses it. What the publisher is to be told goes into `ack`.
    pub(crate) fn ingest(
        &mut self,
        place: u32,
        incoming: &Incoming<'_>,
        desk: &mut Desk,
        ack: &mut Vec<u8>,
    ) -> Fate {
        let Some(stream) = self.streams.get(place) else { return Fate::Refused };
        let renamed = stream.input.as_ref().and_then(|rule| rule.apply(incoming.subject));
        let plain = headers::without_status(incoming.headers);
        if renamed.is_none() && plain.is_none() {
            return self.ingest_plain(place, incoming, desk, ack);
        }
        let subject = renamed.as_deref().unwrap_or(incoming.subject);
        let headers = plain.as_deref().unwrap_or(incoming.headers);
        self.ingest_plain(place, &Incoming { subject, headers, ..*incoming }, desk, ack)
    }

    /// As [`JetStream::ingest`], of a message whose subject and headers are as they are stored.
    fn ingest_plain(
        &mut self,
        place: u32,
        incoming: &Incoming<'_>,
        desk: &mut Desk,
        ack: &mut Vec<u8>,
    ) -> Fate {
        let Some(stream) = self.streams.get(place) else { return Fate::Refused };
        let answers = incoming.reply.is_some() && !stream.config.no_ack;
        let mut admitted = Admitted { ttl: Ttl::None, rollup: None, msg_id: String::new() };
        match self.admit(place, incoming, &mut admitted, desk) {
            Ok(()) => {
                let sequence = self.keep(place, incoming, admitted, desk);
                if answers && let Some(stream) = self.streams.get(place) {
                    write_ack(ack, &stream.config.name, &desk.domain, sequence);
                }
                Fate::Stored
            }
            Err(Rejected::Duplicate(sequence)) => {
                if answers && let Some(stream) = self.streams.get(place) {
                    write_ack(ack, &stream.config.name, &desk.domain, sequence);
                    ack.pop();
                    ack.extend_from_slice(b",\"duplicate\": true}");
                }
                Fate::Duplicate
            }
            Err(Rejected::Refused(error)) => {
                let Some(stream) = self.streams.get(place) else { return Fate::Refused };
                if answers {
                    write_error(ack, &stream.config.name, &error);
                }
                desk.log.tell(|| EventKind::PublishRejected {
                    stream: stream.config.name.clone(),
                    subject: incoming.subject.to_owned(),
                    expected: headers::sequence(
                        Wishes::read(incoming.headers).expected_last_subject_sequence,
                    ),
                    error,
                });
                Fate::Refused
            }
        }
    }

    fn admit(
        &mut self,
        place: u32,
        incoming: &Incoming<'_>,
        admitted: &mut Admitted,
        desk: &Desk,
    ) -> Result<(), Rejected> {
        let (storage, account) = (self.storage, &self.config.account);
        let (memory, server) = (self.memory, &self.config);
        let Some(stream) = self.streams.get_mut(place) else {
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
            stream.check_wishes(incoming, &Wishes::read(incoming.headers), admitted, desk.now)?;
        }
        let size = stream.store.size(incoming.subject, incoming.headers, incoming.body);
        let (used, server_max, account_max) = match stream.config.storage {
            StorageType::Memory => (memory, server.max_memory, account.max_memory),
            StorageType::File => (storage, server.max_storage, account.max_storage),
        };
        if server_max >= 0 && used > server_max as u64 {
            return Err(api_error::INSUFFICIENT_RESOURCES.into());
        }
        if account_max >= 0 && used + size > account_max as u64 {
            return Err(api_error::ACCOUNT_RESOURCES_EXCEEDED.into());
        }
        if !incoming.headers.is_empty() {
            admitted.ttl = ttl::of_headers(incoming.headers).map_err(|_| api_error::MESSAGE_TTL_INVALID)?;
        }
        stream.room_for(incoming.subject, incoming.headers, incoming.body)?;
        Ok(())
    }

    /// Stores a message that was admitted, and does what follows from it.
    fn keep(&mut self, place: u32, incoming: &Incoming<'_>, admitted: Admitted, desk: &mut Desk) -> u64 {
        let Admitted { ttl, rollup, msg_id } = admitted;
        let Some(stream) = self.streams.get(place) else { return 0 };
        if stream.config.retention == RetentionPolicy::Interest && !self.is_wanted(stream, incoming.subject) {
            return self.pass_over(place, msg_id, desk);
        }
        let Some(stream) = self.streams.get_mut(place) else { return 0 };
        let (raised, ttl) = stream.raise_ttl(incoming.headers, ttl);
        let block = raised.as_deref().unwrap_or(incoming.headers);
        let mut time = desk.now;
        if let Whence::Mirrored(sequence, at) = incoming.whence {
            stream.store.skip_to(sequence - 1, at);
            time = at;
        }
        let expires = match ttl {
            _ if !stream.config.allow_msg_ttl => None,
            Ttl::None => None,
            Ttl::Never => Some(None),
            Ttl::Seconds(_) => Some(ttl.end(time)),
        };
        let target = stream.republish.as_ref().and_then(|rule| rule.apply(incoming.subject));
        let last = target.as_ref().map(|_| stream.store.last_sequence_of(incoming.subject).unwrap_or(0));
        let bytes = stream.store.bytes();
        let (sequence, subject_number) = stream.store.push(&New {
            time,
            author: incoming.author,
            subject: incoming.subject,
            headers: block,
            body: incoming.body,
            expires,
        });
        stream.last_msg_id = msg_id;
        if !stream.last_msg_id.is_empty() && stream.config.duplicate_window > Nanos::ZERO {
            let (id, now) = (std::mem::take(&mut stream.last_msg_id), desk.now);
            stream.dedup.expire(now, stream.config.duplicate_window);
            stream.dedup.add(&id, sequence, now);
            stream.last_msg_id = id;
        }
        desk.log.tell(|| EventKind::Stored {
            stream: stream.config.name.clone(),
            subject: incoming.subject.to_owned(),
            sequence,
            operation: Operation::of(block),
        });
        self.trim(place, incoming.subject, subject_number, bytes, desk);
        if let Some(rollup) = rollup {
            self.roll_up(place, incoming.subject, rollup, desk);
        }
        if let (Some(target), Some(last)) = (target, last) {
            self.republish(place, incoming, block, &Republished { target, sequence, time, last }, desk);
        }
        self.announce(place, incoming.subject, sequence, desk);
        sequence
    }

    /// A stream that keeps messages only for consumers gives a number to one that none wants, and no more.
    #[cold]
    fn pass_over(&mut self, place: u32, msg_id: String, desk: &Desk) -> u64 {
        let Some(stream) = self.streams.get_mut(place) else { return 0 };
        let sequence = stream.store.last() + 1;
        stream.store.skip_to(sequence, desk.now);
        stream.last_msg_id = msg_id;
        sequence
    }

    /// Removes what the subject and the stream keep no more, after a message has come to a store of so many `bytes`.
    fn trim(&mut self, place: u32, subject: &str, subject_number: u32, bytes: u64, desk: &mut Desk) {
        let Some(stream) = self.streams.get_mut(place) else { return };
        while let Some(oldest) = stream.history_surplus(subject_number) {
            stream.forget(oldest, subject, RemovalReason::History, &mut self.consumers, desk);
            stream.store.remove_known(subject_number, oldest);
        }
        let (storage, after, mut surplus) = (stream.config.storage, stream.store.bytes(), stream.surplus());
        self.recount(storage, bytes, after);
        while let Some(oldest) = surplus {
            self.remove_message(place, oldest, RemovalReason::Limit, desk);
            surplus = self.streams.get(place).and_then(Stream::surplus);
        }
    }

    fn roll_up(&mut self, place: u32, subject: &str, rollup: Rollup, desk: &mut Desk) {
        let allowed =
            self.streams.get(place).is_some_and(|s| s.config.allow_rollup_hdrs && !s.config.deny_purge);
        let filter = if rollup == Rollup::Subject { subject } else { "" };
        if allowed {
            self.purge(place, filter, 0, 1, RemovalReason::Rollup, desk);
        }
    }

    #[cold]
    fn republish(
        &self,
        place: u32,
        incoming: &Incoming<'_>,
        block: &[u8],
        republished: &Republished,
        desk: &mut Desk,
    ) {
        let Some(stream) = self.streams.get(place) else { return };
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
        desk.post(Post { subject: target.clone(), headers, body, hops: incoming.hops, ..Post::default() });
    }
}

/// Where a stored message is published again, and what is said of it there.
struct Republished {
    target: String,
    sequence: u64,
    time: Time,
    last: u64,
}

impl Stream {
    /// The checks of what a message's headers ask for.
    fn check_wishes(
        &mut self,
        incoming: &Incoming<'_>,
        wishes: &Wishes<'_>,
        admitted: &mut Admitted,
        now: Time,
    ) -> Result<(), Rejected> {
        let is_published = incoming.whence == Whence::Published;
        if is_published {
            self.check_features(incoming, wishes)?;
            self.check_expected(incoming.subject, wishes)?;
            if !wishes.schedule.is_empty() {
                return Err(ErrorTemplate::new(400, 10188, "message schedules is disabled").into());
            }
            if !wishes.source.is_empty() {
                return Err(api_error::MESSAGE_SOURCE_HDR_NOT_ALLOWED.into());
            }
        }
        if !wishes.msg_id.is_empty() {
            let id = String::from_utf8_lossy(wishes.msg_id).into_owned();
            let known = self.dedup.find(&id, now, self.config.duplicate_window);
            if let Some(sequence) = known.filter(|_| !self.is_mirror()) {
                return Err(Rejected::Duplicate(sequence));
            }
            admitted.msg_id = id;
        }
        let expected = wishes.expected_last_msg_id;
        if !expected.is_empty() && expected != self.last_msg_id.as_bytes() {
            return Err(api_error::STREAM_WRONG_LAST_MSG_ID.with_detail(&self.last_msg_id).into());
        }
        if !wishes.rollup.is_empty() {
            let allowed = self.config.allow_rollup_hdrs && !self.config.deny_purge;
            if is_published && !allowed {
                return Err(api_error::STREAM_ROLLUP_FAILED.with_detail("rollup not permitted").into());
            }
            let rollup = String::from_utf8_lossy(wishes.rollup).to_ascii_lowercase();
            admitted.rollup = match rollup.as_str() {
                "sub" => Some(Rollup::Subject),
                "all" => Some(Rollup::All),
                _ => {
                    let why = format!("rollup value invalid: \"{rollup}\"");
                    return Err(api_error::STREAM_ROLLUP_FAILED.with_detail(why).into());
                }
            };
        }
        Ok(())
    }

    fn check_features(&self, incoming: &Incoming<'_>, wishes: &Wishes<'_>) -> Result<(), Rejected> {
        if !wishes.batch.is_empty() {
            return Err(ErrorTemplate::new(400, 10174, "atomic publish is disabled").into());
        }
        if !wishes.increment.is_empty() {
            let digits = wishes.increment.strip_prefix(b"+").or(wishes.increment.strip_prefix(b"-"));
            let digits = digits.unwrap_or(wishes.increment);
            return Err(match !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) {
                true => ErrorTemplate::new(400, 10168, "message counters is disabled").into(),
                false => ErrorTemplate::new(400, 10171, "message counter increment is invalid").into(),
            });
        }
        if !wishes.expected_stream.is_empty() && wishes.expected_stream != self.config.name.as_bytes() {
            return Err(api_error::STREAM_NOT_MATCH.into());
        }
        let has_ttl = matches!(ttl::of_headers(incoming.headers), Ok(Ttl::Never | Ttl::Seconds(_)));
        if has_ttl && !self.config.allow_msg_ttl {
            return Err(api_error::MESSAGE_TTL_DISABLED.into());
        }
        Ok(())
    }

    /// Compare and set.
    fn check_expected(&self, subject: &str, wishes: &Wishes<'_>) -> Result<(), Rejected> {
        let other = std::str::from_utf8(wishes.expected_last_subject).unwrap_or_default();
        match headers::sequence(wishes.expected_last_subject_sequence) {
            Some(expected) => {
                let subject = if other.is_empty() { subject } else { other };
                let last = self.store.last_of(subject).map(|record| record.sequence);
                if last.unwrap_or(0) != expected || last.is_none() && expected != 0 {
                    return Err(api_error::STREAM_WRONG_LAST_SEQUENCE.with_detail(last.unwrap_or(0)).into());
                }
            }
            None if !other.is_empty() => {
                return Err(api_error::STREAM_EXPECTED_LAST_SEQ_PER_SUBJECT_INVALID.into());
            }
            None => {}
        }
        let last = self.store.last();
        if headers::sequence(wishes.expected_last_sequence).is_some_and(|expected| expected != last) {
            return Err(api_error::STREAM_WRONG_LAST_SEQUENCE.with_detail(last).into());
        }
        Ok(())
    }

    /// A time to live below that of the markers is raised to it, or a marker could be missed; where a subject has only
    /// one message there is no such danger. The header then has the number alone.
    fn raise_ttl(&self, block: &[u8], ttl: Ttl) -> (Option<Vec<u8>>, Ttl) {
        let least = self.config.subject_delete_marker_ttl.seconds();
        match ttl {
            Ttl::Seconds(seconds) if least > seconds && self.config.max_msgs_per_subject != 1 => {
                let block =
                    append(&without(block, |name| name == ttl::HEADER), &[(ttl::HEADER, &least.to_string())]);
                (Some(block), Ttl::Seconds(least))
            }
            ttl => (None, ttl),
        }
    }
}

/// Appends the acknowledgement of a publish, which the real server as well writes without its encoder of JSON.
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
