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
    MaxPayload,
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
    pub fn client_op(&mut self, limits: Limits) -> Result<Option<ClientOp<'_>>, Violation> {
        if self.waiting() == 0 {
            return Ok(None);
        }
        let Decoder { buffer, start } = self;
        while let Some(b'+' | b'I' | b'i') = buffer.get(*start) {
            match Line::first(&buffer[*start..], limits)? {
                Some(line) if IGNORED.iter().any(|verb| line.is(verb)) => *start += line.length,
                _ => break,
            }
        }
        let Some(line) = Line::first(&buffer[*start..], limits)? else {
            // What is no operation is told before its line ends.
            return may_become(&buffer[*start..]).then_some(None).ok_or(Violation::UnknownOperation);
        };
        if !line.is_either(b"PUB", b"HPUB") {
            *start += line.length;
            return plain_client_op(&line).map(Some);
        }
        let Some(Begun { names, message, length, .. }) = line.message(false, &buffer[*start..], limits)?
        else {
            return Ok(None);
        };
        *start += length;
        // Both names are looked at together: the subject is the first of them, the reply the last.
        let names = text(names)?;
        let Message { subject, reply, headers, body } = message;
        let subject = names.get(..subject.len()).unwrap_or_default();
        let reply = reply.and_then(|reply| names.get(names.len() - reply.len()..));
        Ok(Some(ClientOp::Pub(Message { subject, reply, headers, body })))
    }

    /// The next operation of a server, or `None` until more bytes come.
    pub fn server_op(&mut self, limits: Limits) -> Result<Option<ServerOp<'_>>, Violation> {
        if self.waiting() == 0 {
            return Ok(None);
        }
        let Decoder { buffer, start } = self;
        let Some(line) = Line::first(&buffer[*start..], limits)? else { return Ok(None) };
        if !line.is_either(b"MSG", b"HMSG") {
            *start += line.length;
            return plain_server_op(&line).map(Some);
        }
        let Some(Begun { sid, message, length, .. }) = line.message(true, &buffer[*start..], limits)? else {
            return Ok(None);
        };
        *start += length;
        Ok(Some(ServerOp::Msg { sid, message }))
    }
}

/// A message with the line that it begins with.
struct Begun<'a> {
    /// All words of the line but the numbers.
    names: &'a [u8],
    sid: &'a [u8],
    message: Message<'a, &'a [u8]>,
    /// Bytes of all of it.
    length: usize,
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
        let verb_end = match line {
            // Nearly all lines begin a message.
            [b'P', b'U', b'B', b' ', ..] | [b'M', b'S', b'G', b' ', ..] => 3,
            [b'H', b'P', b'U', b'B', b' ', ..] | [b'H', b'M', b'S', b'G', b' ', ..] => 4,
            _ => line.iter().position(is_blank).unwrap_or(line.len()),
        };
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

    /// Whether it begins a message; nearly all that do are in capitals.
    fn is_either(&self, plain: &[u8], with_headers: &[u8]) -> bool {
        self.verb == plain || self.verb == with_headers || self.is(plain) || self.is(with_headers)
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

    /// The message that this line begins: its subject, the subscription where that is named, perhaps a reply, then the
    /// length of the headers (where the verb begins with H), and the whole length. `None` until all of it is there.
    fn message(
        &self,
        names_sid: bool,
        bytes: &'a [u8],
        limits: Limits,
    ) -> Result<Option<Begun<'a>>, Violation> {
        if self.rest.is_empty() {
            return Err(Violation::UnknownOperation);
        }
        let (names, total) = last_number(self.rest)?;
        let (names, head) = match self.verb[0] {
            b'H' | b'h' => last_number(names)?,
            _ => (names, 0),
        };
        let (subject, rest) = first_word(names);
        let (sid, reply) = if names_sid { first_word(rest) } else { (&[][..], rest) };
        let is_more = reply.iter().fold(false, |found, byte| found | is_blank(byte));
        if subject.is_empty() || names_sid && sid.is_empty() || is_more || head > total {
            return Err(Violation::Arguments);
        }
        if total > limits.max_payload as u64 {
            return Err(Violation::MaxPayload);
        }
        let end = self.length + total as usize;
        match bytes.get(end..) {
            Some([b'\r', b'\n', ..]) => {}
            Some([] | [b'\r']) | None => return Ok(None),
            Some(_) => return Err(Violation::UnknownOperation),
        }
        let (headers, body) = bytes[self.length..end].split_at(head as usize);
        let reply = (!reply.is_empty()).then_some(reply);
        let message = Message { subject, reply, headers, body };
        Ok(Some(Begun { names, sid, message, length: end + 2 }))
    }
}

/// Takes the number off that a line ends with, and the white space before it.
fn last_number(line: &[u8]) -> Result<(&[u8], u64), Violation> {
    let (mut value, mut worth, mut at) = (0, 1, line.len());
    while at > 0 && !is_blank(&line[at - 1]) {
        at -= 1;
        let digit = line[at].wrapping_sub(b'0');
        if digit > 9 || line.len() - at > MOST_DIGITS {
            return Err(Violation::Arguments);
        }
        value += u64::from(digit) * worth;
        worth *= 10;
    }
    if at == line.len() {
        return Err(Violation::Arguments);
    }
    while at > 0 && is_blank(&line[at - 1]) {
        at -= 1;
    }
    Ok((&line[..at], value))
}

/// The first word of a line, and what follows the white space behind it.
fn first_word(line: &[u8]) -> (&[u8], &[u8]) {
    let Some(end) = memchr2(b' ', b'\t', line) else { return (line, &[]) };
    let mut next = end + 1;
    while line.get(next).is_some_and(is_blank) {
        next += 1;
    }
    (&line[..end], &line[next..])
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
        check("PUB a 17\r\n", "MaxPayload");
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
