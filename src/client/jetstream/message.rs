//! Stored messages, and how direct gets answer them (ADR-31).

use std::ops::Range;

use memchr::memchr;

use crate::base::{Time, read_digits};
use crate::client::{Error, Message};
use crate::wire::{Excerpt, Headers, headers};
use crate::{gofmt, jsapi};

/// A message of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredMessage {
    pub sequence: u64,
    pub time: Time,
    pub headers: Headers,
    /// Its subject and its body.
    pub(in crate::client) content: Excerpt,
}

impl StoredMessage {
    pub fn subject(&self) -> &str {
        self.content.text()
    }

    pub fn body(&self) -> &[u8] {
        self.content.body()
    }
}

impl From<jsapi::StoredMessage> for StoredMessage {
    fn from(stored: jsapi::StoredMessage) -> StoredMessage {
        StoredMessage {
            sequence: stored.seq,
            time: stored.time,
            headers: Headers::decode(&stored.hdrs).unwrap_or_default(),
            content: Excerpt::new(&stored.subject, &stored.data),
        }
    }
}

/// Which message of a stream is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageSelector<'a> {
    Sequence(u64),
    /// The last one of the subject that these parts make.
    LastBySubject([&'a str; 2]),
}

/// Headers of a direct get's answer that are not the message's own.
const DIRECT_GET_HEADERS: [&str; 4] = ["Nats-Stream", "Nats-Subject", "Nats-Sequence", "Nats-Time-Stamp"];

/// Reads the answer to a direct get, whose headers say what the message is.
pub(in crate::client) fn direct_message(answer: Message) -> Result<StoredMessage, Error> {
    let block = answer.block();
    if let Some((subject, sequence, time)) = plain_headers(block) {
        return Ok(StoredMessage {
            sequence,
            time,
            headers: Headers::new(),
            content: answer.excerpt(subject),
        });
    }
    if !block.starts_with(headers::VERSION.as_bytes()) {
        return Err(Error::NoMessage("response should have headers".to_owned()));
    }
    if answer.body().is_empty()
        && let Some(status) = answer.headers().status
    {
        return Err(match (status.code, status.description.as_str()) {
            (404, _) => Error::MessageNotFound,
            (_, "") => Error::NoMessage("unable to get message".to_owned()),
            (_, description) => Error::NoMessage(description.to_owned()),
        });
    }
    let header = |name| {
        let value = headers::find(block, name).and_then(|value| std::str::from_utf8(value).ok());
        value.ok_or(Error::InvalidResponse)
    };
    let mut stored = StoredMessage {
        sequence: header("Nats-Sequence")?.parse().map_err(|_| Error::InvalidResponse)?,
        time: gofmt::time::parse(header("Nats-Time-Stamp")?).map_err(|_| Error::InvalidResponse)?,
        headers: answer.headers(),
        content: Excerpt::new(header("Nats-Subject")?, answer.body()),
    };
    stored.headers.list.retain(|(name, _)| !DIRECT_GET_HEADERS.contains(&name.as_str()));
    Ok(stored)
}

/// The subject's place, the sequence and the time of a message without headers of its own, where they stand in the order
/// that servers write; `None` for any other block. This is the way of nearly every get, and makes no list of headers.
fn plain_headers(block: &[u8]) -> Option<(Range<usize>, u64, Time)> {
    let mut rest = block.strip_prefix(b"NATS/1.0\r\n")?;
    let mut value = |name: &[u8]| {
        let after = rest.strip_prefix(name)?;
        let (value, lines) = after.split_at(memchr(b'\r', after)?);
        rest = lines.strip_prefix(b"\r\n")?;
        let start = block.len() - after.len();
        Some((value, start..start + value.len()))
    };
    value(b"Nats-Stream: ")?;
    let ((subject, range), (sequence, _), (time, _)) =
        (value(b"Nats-Subject: ")?, value(b"Nats-Sequence: ")?, value(b"Nats-Time-Stamp: ")?);
    let is_all = rest == b"\r\n" && !subject.is_empty() && subject.trim_ascii() == subject;
    std::str::from_utf8(subject).ok().filter(|_| is_all)?;
    Some((range, read_digits(sequence)?, gofmt::time::parse(time).ok()?))
}

/// A header's number in an encoded block.
pub(in crate::client) fn header_number(block: &[u8], name: &str) -> Option<u64> {
    std::str::from_utf8(headers::find(block, name)?).ok()?.parse().ok()
}
