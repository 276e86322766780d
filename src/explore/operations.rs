//! What of a client's bytes others can tell from what is its own business: the operations at their front.

use crate::wire::decode::{Decoder, Limits};
use crate::wire::op::ClientOp;

const LIMITS: Limits = Limits { max_payload: 64 << 20, max_control_line: 1 << 20 };

const INBOX: &str = "_INBOX.";

/// Requests whose answers change only when somebody changes a stream.
const LOOKUP: &str = "$JS.API.STREAM.INFO.";

/// How many bytes at the front of what a client has sent are nobody else's business: a handshake, and subscriptions to its own
/// inbox. With `looks_up` also the look-up of a stream.
pub(super) fn private_length(bytes: &[u8], looks_up: bool) -> usize {
    lengths(bytes, |op| match op {
        ClientOp::Connect(_) | ClientOp::Ping | ClientOp::Pong | ClientOp::Unsub { .. } => true,
        ClientOp::Sub { subject, .. } => subject.starts_with(INBOX),
        ClientOp::Pub(message) => looks_up && message.subject.starts_with(LOOKUP),
    })
}

/// How many bytes the first operation takes.
pub(super) fn first_length(bytes: &[u8]) -> usize {
    let mut is_first = true;
    lengths(bytes, |_| std::mem::take(&mut is_first))
}

/// How many bytes those operations at the front take that all are such.
fn lengths(bytes: &[u8], mut is_such: impl FnMut(&ClientOp<'_>) -> bool) -> usize {
    let mut decoder = Decoder::default();
    decoder.push(bytes);
    let mut length = 0;
    while let Ok(Some(op)) = decoder.client_op(LIMITS) {
        if !is_such(&op) {
            return length;
        }
        length = bytes.len() - decoder.waiting();
    }
    // What is no operation is for the server to say.
    bytes.len()
}

/// Whether bytes of a server hold nothing but what belongs to a handshake.
pub(super) fn is_handshake(bytes: &[u8]) -> bool {
    bytes.split(|byte| *byte == b'\n').all(|line| {
        line.is_empty() || [&b"INFO "[..], b"PONG", b"PING", b"+OK"].iter().any(|verb| line.starts_with(verb))
    })
}

/// Bytes of a server without what is another one each time and means nothing: names of inboxes, and when an answer was given.
pub(super) fn without_chance(bytes: &[u8]) -> Vec<u8> {
    const ANSWERED: &str = r#""ts":""#;
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'.';
    let is_of_time = |byte: &u8| *byte != b'"';
    let without_names = without(bytes, INBOX.as_bytes(), is_of_name);
    without(&without_names, ANSWERED.as_bytes(), is_of_time)
}

/// Bytes without those that follow such a word.
fn without(bytes: &[u8], word: &[u8], follows: impl Fn(&u8) -> bool) -> Vec<u8> {
    let mut pieces = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memmem::find(rest, word) {
        let end = at + word.len();
        pieces.extend_from_slice(&rest[..end]);
        rest = &rest[end..];
        rest = &rest[rest.iter().take_while(|byte| follows(byte)).count()..];
    }
    pieces.extend_from_slice(rest);
    pieces
}
