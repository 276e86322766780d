//! Lines of the protocol: a verb and its words, in any of the ways in which they may be written. What the words of a PUB or
//! MSG mean is in `message`.

use memchr::{memchr, memchr2};

use super::argument::{number, text};
use super::message::ParsedMessage;
use super::{Limits, Violation};
use crate::wire::op::{ClientOp, Message, ServerOp};

/// More words than any operation has.
const MOST_WORDS: usize = 6;

/// One line of the protocol.
pub(super) struct Line<'a> {
    verb: &'a [u8],
    /// The arguments, without white space around them.
    rest: &'a [u8],
    /// Bytes of the line with its end.
    pub(super) length: usize,
}

impl<'a> Line<'a> {
    pub(super) fn first(bytes: &'a [u8], limits: Limits) -> Result<Option<Line<'a>>, Violation> {
        let end = memchr(b'\n', &bytes[..bytes.len().min(limits.max_control_line + LONGEST_VERB)]);
        let line = &bytes[..end.unwrap_or(bytes.len())];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let verb_end = line.iter().position(is_blank).unwrap_or(line.len());
        // These verbs need no blank behind them. The match skips the search for the frequent PUB.
        let bare = match line {
            [b'P' | b'p', b'I' | b'i' | b'O' | b'o', ..] | [b'+' | b'C' | b'c', ..] => BARE_VERBS.as_slice(),
            _ => &[],
        };
        let bare = bare.iter().find(|verb| {
            line.split_at_checked(verb.len()).is_some_and(|(start, _)| start.eq_ignore_ascii_case(verb))
        });
        let (verb, rest) = line.split_at(bare.map_or(verb_end, |verb| verb.len()));
        let rest = rest.trim_ascii_start();
        if rest.len() > limits.max_control_line || verb.len() > limits.max_control_line {
            return Err(Violation::ControlLine);
        }
        let Some(end) = end else { return Ok(None) };
        Ok(Some(Line { verb, rest: rest.trim_ascii_end(), length: end + 1 }))
    }

    pub(super) fn is(&self, verb: &[u8]) -> bool {
        self.verb.eq_ignore_ascii_case(verb)
    }

    fn words(&self) -> Result<Words<'a>, Violation> {
        let mut words = Words { list: [b""; MOST_WORDS], count: 0 };
        let mut rest = self.rest;
        while !rest.is_empty() {
            let end = memchr2(b' ', b'\t', rest).unwrap_or(rest.len());
            *words.list.get_mut(words.count).ok_or(Violation::Arguments)? = &rest[..end];
            words.count += 1;
            rest = &rest[end..];
            rest = &rest[rest.iter().position(|b| !is_blank(b)).unwrap_or(rest.len())..];
        }
        Ok(words)
    }

    /// The message that this line begins: its subject, `sids` words for the subscription, perhaps a reply, then the length of
    /// the headers (if the verb begins with H), and the whole length. `None` until it is complete.
    pub(super) fn message(
        &self,
        sids: usize,
        bytes: &'a [u8],
        limits: Limits,
    ) -> Result<Option<ParsedMessage<'a>>, Violation> {
        if self.rest.is_empty() {
            return Err(Violation::UnknownOperation);
        }
        let words = self.words()?;
        let heads = usize::from(matches!(self.verb, [b'H' | b'h', ..]));
        let (names, numbers) = words.list[..words.count]
            .split_at_checked(words.count.wrapping_sub(1 + heads))
            .ok_or(Violation::Arguments)?;
        let total = number(numbers[heads])?;
        let head = if heads == 0 { 0 } else { number(numbers[0])? };
        if !(1 + sids..=2 + sids).contains(&names.len()) || head > total {
            return Err(Violation::Arguments);
        }
        if total > limits.max_payload as u64 {
            return Err(Violation::MaxPayload(total as usize));
        }
        let end = self.length + total as usize;
        match bytes.get(end..) {
            Some([b'\r', b'\n', ..]) => {}
            Some([] | [b'\r']) | None => return Ok(None),
            Some(_) => return Err(Violation::UnknownOperation),
        }
        let (headers, body) = bytes[self.length..end].split_at(head as usize);
        let sid = if sids == 0 { &[] } else { names[1] };
        let message = Message { subject: names[0], reply: names.get(1 + sids).copied(), headers, body };
        Ok(Some(ParsedMessage { sid, message, length: end + 2 }))
    }
}

const VERBS_WITH_ARGUMENTS: [&[u8]; 6] = [b"PUB", b"HPUB", b"SUB", b"UNSUB", b"INFO", b"-ERR"];

/// Verbs after which anything may follow at once.
const BARE_VERBS: [&[u8]; 4] = [b"PING", b"PONG", b"+OK", b"CONNECT"];

/// Operations of a server that a client may send, and that are ignored.
pub(super) const IGNORED: [&[u8]; 2] = [b"+OK", b"INFO"];

/// More bytes than any verb has, with white space behind it and the end of the line.
const LONGEST_VERB: usize = 64;

/// Whether an incomplete line may become an operation of a client.
pub(super) fn may_become(bytes: &[u8]) -> bool {
    let begins = |verb: &[u8], bare: bool| match bytes.split_at_checked(verb.len()) {
        Some((start, rest)) => {
            start.eq_ignore_ascii_case(verb) && (bare || matches!(rest, [] | [b' ' | b'\t', ..]))
        }
        None => verb[..bytes.len()].eq_ignore_ascii_case(bytes),
    };
    VERBS_WITH_ARGUMENTS.iter().any(|verb| begins(verb, false))
        || BARE_VERBS.iter().any(|verb| begins(verb, true))
}

/// Whether a byte separates words.
fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// The words of a line.
struct Words<'a> {
    list: [&'a [u8]; MOST_WORDS],
    count: usize,
}

pub(super) fn plain_client_op<'a>(line: &Line<'a>) -> Result<ClientOp<'a>, Violation> {
    if line.is(b"CONNECT") {
        return Ok(ClientOp::Connect(line.rest));
    }
    if line.is(b"PING") {
        return Ok(ClientOp::Ping);
    }
    if line.is(b"PONG") {
        return Ok(ClientOp::Pong);
    }
    if line.rest.is_empty() {
        return Err(Violation::UnknownOperation);
    }
    let words = line.words()?;
    match words.list.get(..words.count) {
        Some([subject, sid]) if line.is(b"SUB") => {
            Ok(ClientOp::Sub { subject: text(subject)?, queue: None, sid: text(sid)? })
        }
        Some([subject, queue, sid]) if line.is(b"SUB") => {
            Ok(ClientOp::Sub { subject: text(subject)?, queue: Some(text(queue)?), sid: text(sid)? })
        }
        Some([sid]) if line.is(b"UNSUB") => Ok(ClientOp::Unsub { sid: text(sid)?, max: None }),
        Some([sid, max]) if line.is(b"UNSUB") => {
            // Anything that is no number ends the subscription at once.
            Ok(ClientOp::Unsub { sid: text(sid)?, max: number(max).ok().filter(|max| *max > 0) })
        }
        _ if line.is(b"SUB") || line.is(b"UNSUB") || line.is(b"-ERR") => Err(Violation::Arguments),
        _ => Err(Violation::UnknownOperation),
    }
}

pub(super) fn plain_server_op<'a>(line: &Line<'a>) -> Result<ServerOp<'a>, Violation> {
    if line.is(b"INFO") {
        return Ok(ServerOp::Info(line.rest));
    }
    if line.is(b"PING") {
        return Ok(ServerOp::Ping);
    }
    if line.is(b"PONG") {
        return Ok(ServerOp::Pong);
    }
    if line.is(b"+OK") {
        return Ok(ServerOp::Ok);
    }
    if line.is(b"-ERR") {
        let text_of_error =
            line.rest.strip_prefix(b"'").and_then(|rest| rest.strip_suffix(b"'")).unwrap_or(line.rest);
        return Ok(ServerOp::Err(text(text_of_error)?));
    }
    Err(Violation::UnknownOperation)
}
