//! Operations to bytes.

use super::op::{ClientOp, Message, ServerOp};
use crate::base::write_digits;

impl ClientOp<'_> {
    /// Appends the operation's bytes.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self {
            ClientOp::Connect(json) => words(out, &[b"CONNECT", json]),
            ClientOp::Ping => words(out, &[b"PING"]),
            ClientOp::Pong => words(out, &[b"PONG"]),
            ClientOp::Pub(message) => {
                out.reserve(room(message));
                out.extend_from_slice(if message.headers.is_empty() { b"PUB" } else { b"HPUB" });
                word(out, message.subject.as_bytes());
                payload(out, message);
            }
            ClientOp::Sub { subject, queue: None, sid } => {
                words(out, &[b"SUB", subject.as_bytes(), sid.as_bytes()]);
            }
            ClientOp::Sub { subject, queue: Some(queue), sid } => {
                words(out, &[b"SUB", subject.as_bytes(), queue.as_bytes(), sid.as_bytes()]);
            }
            ClientOp::Unsub { sid, max } => {
                out.extend_from_slice(b"UNSUB");
                word(out, sid.as_bytes());
                if let Some(max) = max {
                    number(out, *max);
                }
                out.extend_from_slice(b"\r\n");
            }
        }
    }
}

impl ServerOp<'_> {
    /// Appends the operation's bytes.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self {
            ServerOp::Info(json) => words(out, &[b"INFO", json]),
            ServerOp::Ping => words(out, &[b"PING"]),
            ServerOp::Pong => words(out, &[b"PONG"]),
            ServerOp::Ok => words(out, &[b"+OK"]),
            ServerOp::Err(text) => {
                out.extend_from_slice(b"-ERR '");
                out.extend_from_slice(text.as_bytes());
                out.extend_from_slice(b"'\r\n");
            }
            ServerOp::Msg { sid, message } => {
                out.reserve(room(message) + sid.len());
                out.extend_from_slice(if message.headers.is_empty() { b"MSG" } else { b"HMSG" });
                word(out, message.subject.as_bytes());
                word(out, sid.as_bytes());
                payload(out, message);
            }
        }
    }
}

/// Enough for a message, so that what it is appended to grows only once.
fn room(message: &Message<'_>) -> usize {
    let Message { subject, reply, headers, body } = message;
    subject.len() + reply.map_or(0, str::len) + headers.len() + body.len() + 64
}

/// `[reply] [header length] length`, then headers and body.
fn payload(out: &mut Vec<u8>, message: &Message<'_>) {
    if let Some(reply) = message.reply {
        word(out, reply.as_bytes());
    }
    if !message.headers.is_empty() {
        number(out, message.headers.len() as u64);
    }
    number(out, (message.headers.len() + message.body.len()) as u64);
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(message.headers);
    out.extend_from_slice(message.body);
    out.extend_from_slice(b"\r\n");
}

fn words(out: &mut Vec<u8>, words: &[&[u8]]) {
    out.extend_from_slice(words[0]);
    for text in &words[1..] {
        word(out, text);
    }
    out.extend_from_slice(b"\r\n");
}

fn word(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b' ');
    out.extend_from_slice(text);
}

fn number(out: &mut Vec<u8>, value: u64) {
    out.push(b' ');
    write_digits(out, value);
}
