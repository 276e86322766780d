//! Bytes to operations, incrementally: they may come in any pieces, and from anybody.

mod argument;
mod line;
mod message;

pub use message::find_control_or_space;

use self::argument::text;
use self::line::{IGNORED, Line, may_become, plain_client_op, plain_server_op};
use self::message::ParsedMessage;
use super::op::{ClientOp, Message, ServerOp};

/// What a decoder accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of headers and body together.
    pub max_payload: usize,
    /// Bytes of a line before its end.
    pub max_control_line: usize,
}

/// Why the decoder cannot read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// Not an operation, or a message that does not end where it should.
    UnknownOperation,
    /// An operation with wrong arguments.
    Arguments,
    /// A line longer than [`Limits::max_control_line`].
    ControlLine,
    /// A message larger than [`Limits::max_payload`], and its bytes.
    MaxPayload(usize),
}

/// Collects bytes and takes operations off their front.
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: Vec<u8>,
    /// Bytes of `buffer` that have been taken.
    start: usize,
}

/// Bytes that have been taken are moved out once there are this many, and a larger empty buffer is given back.
const COMPACT_AT: usize = 64 * 1024;

impl Decoder {
    pub fn push(&mut self, bytes: &[u8]) {
        if self.start == self.buffer.len() {
            self.start = 0;
            self.buffer.clear();
            if self.buffer.capacity() > COMPACT_AT {
                self.buffer = Vec::new();
            }
        } else if self.start >= COMPACT_AT {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// As [`Decoder::push`], but empties `bytes`: if nothing waits, both buffers are exchanged, and nothing is copied.
    pub fn take(&mut self, bytes: &mut Vec<u8>) {
        if self.waiting() > 0 {
            self.push(bytes);
        } else {
            (self.start, self.buffer) = (0, std::mem::replace(bytes, std::mem::take(&mut self.buffer)));
        }
        bytes.clear();
    }

    /// Bytes that wait for the rest of their operation.
    pub fn waiting(&self) -> usize {
        self.buffer.len() - self.start
    }

    /// The first byte that has not been taken.
    pub fn first(&self) -> Option<u8> {
        self.buffer.get(self.start).copied()
    }

    /// The next operation of a client, or `None` until more bytes come.
    #[inline]
    pub fn client_op(&mut self, limits: Limits) -> Result<Option<ClientOp<'_>>, Violation> {
        let Decoder { buffer, start } = self;
        let bytes = &buffer[*start..];
        let first = match bytes {
            [b'P', b'U', b'B', b' ', ..] => 4,
            [b'H', b'P', b'U', b'B', b' ', ..] => 5,
            [] => return Ok(None),
            _ => return any_client_op(buffer, start, limits),
        };
        let Some(ParsedMessage { message, length, .. }) = ParsedMessage::plain(bytes, first, false, limits)
        else {
            return any_client_op(buffer, start, limits);
        };
        *start += length;
        // One space separates both names, so that they are checked for UTF-8 together.
        let Message { subject, reply, headers, body } = message;
        let names = text(&bytes[first..first + subject.len() + reply.map_or(0, |reply| 1 + reply.len())])?;
        let (subject, rest) = names.split_at_checked(subject.len()).unwrap_or_default();
        let reply = reply.and_then(|_| rest.get(1..));
        Ok(Some(ClientOp::Pub(Message { subject, reply, headers, body })))
    }

    /// The next operation of a server, or `None` until more bytes come.
    #[inline]
    pub fn server_op(&mut self, limits: Limits) -> Result<Option<ServerOp<'_>>, Violation> {
        let Decoder { buffer, start } = self;
        let bytes = &buffer[*start..];
        let first = match bytes {
            [b'M', b'S', b'G', b' ', ..] => 4,
            [b'H', b'M', b'S', b'G', b' ', ..] => 5,
            [] => return Ok(None),
            _ => return any_server_op(buffer, start, limits),
        };
        let Some(ParsedMessage { sid, message, length }) = ParsedMessage::plain(bytes, first, true, limits)
        else {
            return any_server_op(buffer, start, limits);
        };
        *start += length;
        Ok(Some(ServerOp::Msg { sid, message }))
    }
}

/// The next operation of a client, in any form.
#[cold]
fn any_client_op<'a>(
    buffer: &'a [u8],
    start: &mut usize,
    limits: Limits,
) -> Result<Option<ClientOp<'a>>, Violation> {
    while let Some(b'+' | b'I' | b'i') = buffer.get(*start) {
        match Line::first(&buffer[*start..], limits)? {
            Some(line) if IGNORED.iter().any(|verb| line.is(verb)) => *start += line.length,
            _ => break,
        }
    }
    let bytes = &buffer[*start..];
    let Some(line) = Line::first(bytes, limits)? else {
        // Bytes that begin no operation are refused before their line ends.
        return may_become(bytes).then_some(None).ok_or(Violation::UnknownOperation);
    };
    if !line.is(b"PUB") && !line.is(b"HPUB") {
        *start += line.length;
        return plain_client_op(&line).map(Some);
    }
    let Some(ParsedMessage { message, length, .. }) = line.message(0, bytes, limits)? else {
        return Ok(None);
    };
    *start += length;
    let Message { subject, reply, headers, body } = message;
    let (subject, reply) = (text(subject)?, reply.map(text).transpose()?);
    Ok(Some(ClientOp::Pub(Message { subject, reply, headers, body })))
}

/// The next operation of a server, in any form.
#[cold]
fn any_server_op<'a>(
    buffer: &'a [u8],
    start: &mut usize,
    limits: Limits,
) -> Result<Option<ServerOp<'a>>, Violation> {
    let bytes = &buffer[*start..];
    let Some(line) = Line::first(bytes, limits)? else { return Ok(None) };
    if !line.is(b"MSG") && !line.is(b"HMSG") {
        *start += line.length;
        return plain_server_op(&line).map(Some);
    }
    let Some(ParsedMessage { sid, message, length }) = line.message(1, bytes, limits)? else {
        return Ok(None);
    };
    *start += length;
    Ok(Some(ServerOp::Msg { sid, message }))
}

#[cfg(test)]
mod tests;
