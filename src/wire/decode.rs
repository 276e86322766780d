//! Bytes to operations, as they come in: in any pieces, from anybody.

use memchr::{memchr, memchr2};

use super::op::{ClientOp, Message, ServerOp};

/// What a reader accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of headers and body together.
    pub max_payload: usize,
    /// Bytes of a line before its end.
    pub max_control_line: usize,
}

/// Why the peer cannot be understood any further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// Not an operation, or a message that does not end where it should.
    UnknownOperation,
    /// An operation with wrong arguments.
    Arguments,
    /// A line longer than [`Limits::max_control_line`].
    ControlLine,
    /// A message larger than [`Limits::max_payload`].
    /// With so many bytes.
    MaxPayload(usize),
}

/// Collects bytes and takes operations off their front.
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: Vec<u8>,
    /// What of `buffer` has been taken.
    start: usize,
}

/// Bytes that have been taken are moved out once there are this many, and a larger empty buffer is given back.
const COMPACT_AT: usize = 64 * 1024;

/// More words than any operation has.
const MOST_WORDS: usize = 6;

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

    /// As [`Decoder::push`], of all that is in `bytes`: where nothing waits, what is read is not copied, and `bytes` gets the
    /// memory of what was read before.
    pub fn take(&mut self, bytes: &mut Vec<u8>) {
        if self.waiting() > 0 {
            self.push(bytes);
        } else {
            (self.start, self.buffer) = (0, std::mem::replace(bytes, std::mem::take(&mut self.buffer)));
        }
        bytes.clear();
    }

    /// How many bytes wait for the rest of their operation.
    pub fn waiting(&self) -> usize {
        self.buffer.len() - self.start
    }

    /// The first byte of what has not been taken.
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
        let Some(Begun { message, length, .. }) = Begun::plain(bytes, first, false, limits) else {
            return any_client_op(buffer, start, limits);
        };
        *start += length;
        // One space is between both names, which so are looked at together.
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
        let Some(Begun { sid, message, length }) = Begun::plain(bytes, first, true, limits) else {
            return any_server_op(buffer, start, limits);
        };
        *start += length;
        Ok(Some(ServerOp::Msg { sid, message }))
    }
}

/// The next operation of a client, however it is written.
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
        // What is no operation is told before its line ends.
        return may_become(bytes).then_some(None).ok_or(Violation::UnknownOperation);
    };
    if !line.is(b"PUB") && !line.is(b"HPUB") {
        *start += line.length;
        return plain_client_op(&line).map(Some);
    }
    let Some(Begun { message, length, .. }) = line.message(0, bytes, limits)? else { return Ok(None) };
    *start += length;
    let Message { subject, reply, headers, body } = message;
    let (subject, reply) = (text(subject)?, reply.map(text).transpose()?);
    Ok(Some(ClientOp::Pub(Message { subject, reply, headers, body })))
}

/// The next operation of a server, however it is written.
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
    let Some(Begun { sid, message, length }) = line.message(1, bytes, limits)? else { return Ok(None) };
    *start += length;
    Ok(Some(ServerOp::Msg { sid, message }))
}

/// A message with the line that it begins with.
struct Begun<'a> {
    sid: &'a [u8],
    message: Message<'a, &'a [u8]>,
    /// Bytes of all of it.
    length: usize,
}

impl<'a> Begun<'a> {
    /// A message that is all there, and whose line is written as nearly all are: with one space between its words, which
    /// begin at `first`. `None` says no more than that it must be looked at closer.
    #[inline(always)] // Where it is read, nothing of it has to be handed over.
    fn plain(bytes: &'a [u8], first: usize, names_sid: bool, limits: Limits) -> Option<Begun<'a>> {
        let (subject, mut rest) = word(&bytes[first..])?;
        let mut sid = &[][..];
        if names_sid {
            (sid, rest) = next_word(rest)?;
        }
        let (one, rest) = next_word(rest)?;
        let (two, rest) = if rest[0] == b' ' { next_word(rest)? } else { (&[][..], rest) };
        let (three, rest) = if rest[0] == b' ' { next_word(rest)? } else { (&[][..], rest) };
        let (reply, head, total) = match (first, two, three) {
            (4, [], _) => (None, 0, one),
            (4, _, []) => (Some(one), 0, two),
            (5, [_, ..], []) => (None, number(one).ok()?, two),
            (5, [_, ..], _) => (Some(one), number(two).ok()?, three),
            _ => return None,
        };
        let (head, total) = (head as usize, number(total).ok()? as usize);
        let [b'\r', b'\n', rest @ ..] = rest else { return None };
        let [b'\r', b'\n', ..] = rest.get(total..)? else { return None };
        let line = bytes.len() - rest.len();
        if line - first > limits.max_control_line || total > limits.max_payload || head > total {
            return None;
        }
        let (headers, body) = rest[..total].split_at(head);
        let message = Message { subject, reply, headers, body };
        Some(Begun { sid, message, length: line + total + 2 })
    }
}

/// A word, and what follows from the space or the end of the line on.
fn word(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = first_low(line)?;
    (at > 0).then(|| line.split_at(at))
}

/// Where the first byte stands that is not above a space.
pub fn first_low(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    // Eight at a time. The lowest high bit that is left stands where the first of them is.
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let eight = u64::from_le_bytes(*eight);
        let low = eight.wrapping_sub(0x2121_2121_2121_2121) & !eight & 0x8080_8080_8080_8080;
        if low != 0 {
            return Some(at + low.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    bytes[at..].iter().position(|byte| *byte <= b' ').map(|place| at + place)
}

/// The word behind a space.
fn next_word(line: &[u8]) -> Option<(&[u8], &[u8])> {
    word(line.strip_prefix(b" ")?)
}

/// One line of the protocol, taken apart after its verb.
struct Line<'a> {
    verb: &'a [u8],
    /// What follows the verb, without white space around it.
    rest: &'a [u8],
    /// Bytes of the whole line with its end.
    length: usize,
}

impl<'a> Line<'a> {
    fn first(bytes: &'a [u8], limits: Limits) -> Result<Option<Line<'a>>, Violation> {
        let end = memchr(b'\n', &bytes[..bytes.len().min(limits.max_control_line + LONGEST_VERB)]);
        let line = &bytes[..end.unwrap_or(bytes.len())];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let verb_end = line.iter().position(is_blank).unwrap_or(line.len());
        // The others part their verb from what follows; these need not, and PUB is soon told from them.
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

    fn is(&self, verb: &[u8]) -> bool {
        self.verb.eq_ignore_ascii_case(verb)
    }

    fn words(&self) -> Result<Words<'a>, Violation> {
        let mut words = Words { list: [b""; MOST_WORDS], count: 0 };
        let mut rest = self.rest;
        while !rest.is_empty() {
            let end = memchr2(b' ', b'\t', rest).unwrap_or(rest.len());
            *words.list.get_mut(words.count).ok_or(Violation::Arguments)? = &rest[..end];
            words.count += 1;
            // There is no white space at the end.
            rest = &rest[end..];
            rest = &rest[rest.iter().position(|b| !is_blank(b)).unwrap_or(rest.len())..];
        }
        Ok(words)
    }

    /// The message that this line begins: its subject, `sids` words for the subscription, perhaps a reply, then the
    /// length of the headers (where the verb begins with H), and the whole length. `None` until all of it is there.
    fn message(&self, sids: usize, bytes: &'a [u8], limits: Limits) -> Result<Option<Begun<'a>>, Violation> {
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
        Ok(Some(Begun { sid, message, length: end + 2 }))
    }
}

const VERBS_WITH_ARGUMENTS: [&[u8]; 6] = [b"PUB", b"HPUB", b"SUB", b"UNSUB", b"INFO", b"-ERR"];

/// Verbs that end anyhow.
const BARE_VERBS: [&[u8]; 4] = [b"PING", b"PONG", b"+OK", b"CONNECT"];

/// What a server says may come from a client too.
const IGNORED: [&[u8]; 2] = [b"+OK", b"INFO"];

/// The longest of the verbs, with room for white space behind it and the end of the line.
const LONGEST_VERB: usize = 64;

/// Whether bytes without a line's end may begin an operation of a client.
fn may_become(bytes: &[u8]) -> bool {
    let begins = |verb: &[u8], bare: bool| match bytes.split_at_checked(verb.len()) {
        Some((start, rest)) => {
            start.eq_ignore_ascii_case(verb) && (bare || matches!(rest, [] | [b' ' | b'\t', ..]))
        }
        None => verb[..bytes.len()].eq_ignore_ascii_case(bytes),
    };
    VERBS_WITH_ARGUMENTS.iter().any(|verb| begins(verb, false))
        || BARE_VERBS.iter().any(|verb| begins(verb, true))
}

/// What parts words.
fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// The words of a line.
struct Words<'a> {
    list: [&'a [u8]; MOST_WORDS],
    count: usize,
}

fn plain_client_op<'a>(line: &Line<'a>) -> Result<ClientOp<'a>, Violation> {
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
            // What is not a number ends the subscription at once.
            Ok(ClientOp::Unsub { sid: text(sid)?, max: number(max).ok().filter(|max| *max > 0) })
        }
        _ if line.is(b"SUB") || line.is(b"UNSUB") || line.is(b"-ERR") => Err(Violation::Arguments),
        _ => Err(Violation::UnknownOperation),
    }
}

fn plain_server_op<'a>(line: &Line<'a>) -> Result<ServerOp<'a>, Violation> {
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
        let said = line.rest.strip_prefix(b"'").and_then(|rest| rest.strip_suffix(b"'")).unwrap_or(line.rest);
        return Ok(ServerOp::Err(text(said)?));
    }
    Err(Violation::UnknownOperation)
}

fn text(bytes: &[u8]) -> Result<&str, Violation> {
    std::str::from_utf8(bytes).map_err(|_| Violation::Arguments)
}

/// The most places of a number.
const MOST_DIGITS: usize = 9;

/// Digits only.
fn number(digits: &[u8]) -> Result<u64, Violation> {
    if digits.is_empty() || digits.len() > MOST_DIGITS {
        return Err(Violation::Arguments);
    }
    digits.iter().try_fold(0, |value: u64, digit| match digit {
        b'0'..=b'9' => Ok(value * 10 + u64::from(digit - b'0')),
        _ => Err(Violation::Arguments),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { max_payload: 16, max_control_line: 64 };

    /// All that a server hears in `bytes`, whether they come at once or one by one.
    #[track_caller]
    fn check(bytes: &str, want: &str) {
        for size in [1, 3, bytes.len()] {
            let mut decoder = Decoder::default();
            let mut heard = String::new();
            'all: for piece in bytes.as_bytes().chunks(size) {
                decoder.push(piece);
                loop {
                    match decoder.client_op(LIMITS) {
                        Ok(Some(op)) => {
                            let mut again = Vec::new();
                            op.encode(&mut again);
                            heard.push_str(&String::from_utf8_lossy(&again).replace("\r\n", "|"));
                        }
                        Ok(None) => break,
                        Err(violation) => {
                            heard.push_str(&format!("{violation:?}"));
                            break 'all;
                        }
                    }
                }
            }
            assert_eq!(heard, want, "in pieces of {size}");
        }
    }

    #[test]
    fn a_server_hears_its_clients() {
        check("CONNECT {\"verbose\":false}\r\nPING\r\n", "CONNECT {\"verbose\":false}|PING|");
        check("SUB x  1\r\nUNSUB 2 \r\nsub a q 0\r\nUNSUB 1 5\r\n", "SUB x 1|UNSUB 2|SUB a q 0|UNSUB 1 5|");
        check("PUB a 0\r\n\r\nPUB a r 2\r\nhi\r\nPING\r\n", "PUB a 0||PUB a r 2|hi|PING|");
        check("HPUB a r 12 14\r\nNATS/1.0\r\n\r\nhi\r\n", "HPUB a r 12 14|NATS/1.0||hi|");
        check("HPUB a r 0 1\r\nx\r\n", "PUB a r 1|x|");
    }

    #[test]
    fn a_server_gives_up_on_nonsense() {
        check("PING\r\nHELLO\r\nPING\r\n", "PING|UnknownOperation");
        check("PUB a 17\r\n", "MaxPayload(17)");
        check("PUB a 2\r\nabcd\r\n", "UnknownOperation");
        check("PUB a 2\r\nabc", "UnknownOperation");
        check("GET", "UnknownOperation");
        check("PUBS", "UnknownOperation");
        check("UNSUB\r\n", "UnknownOperation");
        check("PUB\r\n", "UnknownOperation");
        check("+OK\r\nINFO {}\r\nPINGS\r\n", "PING|");
        check("-ERR 'x'\r\n", "Arguments");
        check("PUB a -1\r\n", "Arguments");
        check("PUB a 9999999999\r\n", "Arguments");
        check("HPUB a 5 2\r\nab\r\n", "Arguments");
        check("PUB a b c 1\r\n", "Arguments");
        check("SUB a\r\n", "Arguments");
        check("UNSUB 1 x\r\n", "UNSUB 1|");
        check(&format!("PUB {} 1\r\n", "a".repeat(80)), "ControlLine");
    }

    #[test]
    fn a_client_hears_its_server() {
        let mut decoder = Decoder::default();
        decoder.push(b"INFO {\"a\":1} \r\n+OK\r\nMSG a 0 1\r\nx\r\nHMSG a 7 r 12 13\r\nNATS/1.0\r\n\r\ny\r\n-ERR 'No'\r\n");
        let mut heard = Vec::new();
        while let Some(op) =
            decoder.server_op(Limits { max_payload: 64, max_control_line: 64 }).expect("no violation")
        {
            op.encode(&mut heard);
        }
        let want = "INFO {\"a\":1}|+OK|MSG a 0 1|x|HMSG a 7 r 12 13|NATS/1.0||y|-ERR 'No'|";
        assert_eq!(String::from_utf8_lossy(&heard).replace("\r\n", "|"), want);
        assert_eq!(decoder.waiting(), 0);
    }
}
