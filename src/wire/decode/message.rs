//! Messages: the meaning of the words of a PUB, HPUB, MSG or HMSG, with the headers and the body behind the line.

use super::Limits;
use super::argument::number;
use crate::wire::op::Message;

/// A message with the line that it begins with.
pub(super) struct ParsedMessage<'a> {
    pub(super) sid: &'a [u8],
    pub(super) message: Message<'a, &'a [u8]>,
    /// Bytes of the line, the headers, the body and its end.
    pub(super) length: usize,
}

impl<'a> ParsedMessage<'a> {
    /// The fast path: a message that is complete and whose line has the usual form, with single spaces between its words, which
    /// begin at `first`. `None` for anything else, which `Line::message` reads.
    #[inline(always)] // So that the parts of the message stay in registers.
    pub(super) fn plain(
        bytes: &'a [u8],
        first: usize,
        names_sid: bool,
        limits: Limits,
    ) -> Option<ParsedMessage<'a>> {
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
        Some(ParsedMessage { sid, message, length: line + total + 2 })
    }
}

/// A word, and the rest from the space or the end of the line on.
fn word(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = find_control_or_space(line)?;
    (at > 0).then(|| line.split_at(at))
}

/// The position of the first space or control character.
pub fn find_control_or_space(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    // Eight bytes at a time: the lowest high bit that remains marks the first one that is not above a space.
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let eight = u64::from_le_bytes(*eight);
        let low = eight.wrapping_sub(0x2121_2121_2121_2121) & !eight & 0x8080_8080_8080_8080;
        if low != 0 {
            return Some(at + low.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    bytes[at..].iter().position(|byte| *byte <= b' ').map(|offset| at + offset)
}

/// The word after a space.
fn next_word(line: &[u8]) -> Option<(&[u8], &[u8])> {
    word(line.strip_prefix(b" ")?)
}
