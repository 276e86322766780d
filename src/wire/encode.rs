//! Operations to bytes.

use super::op::{ClientOp, Message, ServerOp};

impl ClientOp<'_> {
    /// Appends the operation's bytes.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self {
            ClientOp::Connect(json) => words(out, &[b"CONNECT", json]),
            ClientOp::Ping => words(out, &[b"PING"]),
            ClientOp::Pong => words(out, &[b"PONG"]),
            ClientOp::Pub(message) => {
                let Message { subject, reply, headers, body } = message.bytes();
                out.extend_from_slice(if headers.is_empty() { b"PUB" } else { b"HPUB" });
                word(out, subject);
                reply.iter().for_each(|reply| word(out, reply));
                payload(out, headers, body);
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
                let Message { subject, reply, headers, body } = *message;
                self::message(out, sid, subject, reply, headers, body);
            }
        }
    }
}

/// Appends a [`ServerOp::Msg`].
pub fn message(
    out: &mut Vec<u8>,
    sid: &[u8],
    subject: &[u8],
    reply: Option<&[u8]>,
    headers: &[u8],
    body: &[u8],
) {
    out.extend_from_slice(if headers.is_empty() { b"MSG " } else { b"HMSG " });
    out.extend_from_slice(subject);
    word(out, sid);
    if let Some(reply) = reply {
        word(out, reply);
    }
    payload(out, headers, body);
}

/// Appends a [`ClientOp::Pub`] whose subject and reply are put together from parts.
pub fn request(out: &mut Vec<u8>, subject: &[&str], reply: &[&[u8]], headers: &[u8], body: &[u8]) {
    out.extend_from_slice(if headers.is_empty() { b"PUB " } else { b"HPUB " });
    subject.iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
    out.push(b' ');
    reply.iter().for_each(|part| out.extend_from_slice(part));
    payload(out, headers, body);
}

/// `[header length] length`, then headers and body.
fn payload(out: &mut Vec<u8>, headers: &[u8], body: &[u8]) {
    if !headers.is_empty() {
        number(out, headers.len() as u64);
    }
    number(out, (headers.len() + body.len()) as u64);
    out.extend_from_slice(b"\r\n");
    if !headers.is_empty() {
        out.extend_from_slice(headers);
    }
    out.extend_from_slice(body);
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
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}
