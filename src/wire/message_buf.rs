//! An owned message, in one allocation.

use std::borrow::Cow;
use std::ops::Range;

use super::{Headers, headers, op};

/// A message, with its headers still encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageBuf {
    /// Subject, reply, headers and body, one after the other.
    bytes: Vec<u8>,
    /// Ends of the first three.
    subject: u32,
    reply: u32,
    headers: u32,
    has_reply: bool,
}

impl MessageBuf {
    pub fn new(message: &op::Message<'_, &[u8]>) -> MessageBuf {
        let op::Message { subject, reply, headers, body } = *message;
        let (has_reply, reply) = (reply.is_some(), reply.unwrap_or_default());
        let before_reply = subject.len() + reply.len();
        let mut bytes = Vec::with_capacity(before_reply + headers.len() + body.len());
        bytes.extend_from_slice(subject);
        if has_reply {
            bytes.extend_from_slice(reply);
        }
        if !headers.is_empty() {
            bytes.extend_from_slice(headers);
        }
        bytes.extend_from_slice(body);
        let (subject, reply) = (subject.len() as u32, before_reply as u32);
        MessageBuf { bytes, subject, reply, headers: reply + headers.len() as u32, has_reply }
    }

    /// The same message with another subject, and without a reply subject.
    pub fn with_subject(&self, subject: &str) -> MessageBuf {
        let (headers, body) = (self.block(), self.body());
        MessageBuf::new(&op::Message { subject: subject.as_bytes(), reply: None, headers, body })
    }

    pub fn subject(&self) -> &str {
        text(&self.bytes[..self.subject as usize])
    }

    pub fn subject_len(&self) -> usize {
        self.subject as usize
    }

    pub fn reply(&self) -> Option<&str> {
        self.reply_bytes().map(text)
    }

    /// The reply subject, not checked for UTF-8 again.
    pub fn reply_bytes(&self) -> Option<&[u8]> {
        self.has_reply.then(|| &self.bytes[self.subject as usize..self.reply as usize])
    }

    /// The encoded header block; empty when there is none.
    pub fn block(&self) -> &[u8] {
        &self.bytes[self.reply as usize..self.headers as usize]
    }

    pub fn body(&self) -> &[u8] {
        &self.bytes[self.headers as usize..]
    }

    /// A `part` of the header block and the body, without copying.
    pub fn excerpt(self, part: Range<usize>) -> Excerpt {
        let text = part.start as u32 + self.reply..part.end as u32 + self.reply;
        Excerpt { bytes: self.bytes, text, body: self.headers }
    }

    /// The subject without its first bytes and the body, without copying.
    pub fn subject_excerpt(self, beginning: usize) -> Excerpt {
        let start = self.subject.min(beginning as u32);
        Excerpt { bytes: self.bytes, text: start..self.subject, body: self.headers }
    }

    /// The body, in the same allocation.
    pub fn into_body(mut self) -> Vec<u8> {
        self.bytes.drain(..self.headers as usize);
        self.bytes
    }

    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<Cow<'_, str>> {
        headers::find(self.block(), name).map(String::from_utf8_lossy)
    }

    pub fn headers(&self) -> Headers {
        Headers::decode(self.block()).unwrap_or_default()
    }

    /// The status of a server's own message, such as 404 or 503.
    pub fn status(&self) -> Option<u16> {
        let code = self.block().strip_prefix(b"NATS/1.0 ")?.get(..3)?;
        std::str::from_utf8(code).ok()?.parse().ok()
    }
}

/// A text and a body within the allocation of a message that had both: copying them would cost more than keeping the rest.
#[derive(Clone, Debug, Default)]
pub struct Excerpt {
    bytes: Vec<u8>,
    text: Range<u32>,
    /// Start of the body, which goes to the end.
    body: u32,
}

impl Excerpt {
    pub fn new(text: &str, body: &[u8]) -> Excerpt {
        Excerpt {
            bytes: [text.as_bytes(), body].concat(),
            text: 0..text.len() as u32,
            body: text.len() as u32,
        }
    }

    /// With the text cut by so many bytes of its beginning.
    pub fn after(mut self, beginning: usize) -> Excerpt {
        self.text.start = self.text.end.min(self.text.start + beginning as u32);
        self
    }

    pub fn text(&self) -> &str {
        text(&self.bytes[self.text.start as usize..self.text.end as usize])
    }

    pub fn body(&self) -> &[u8] {
        &self.bytes[self.body as usize..]
    }
}

impl PartialEq for Excerpt {
    fn eq(&self, other: &Excerpt) -> bool {
        (self.text(), self.body()) == (other.text(), other.body())
    }
}

impl Eq for Excerpt {}

/// What nearly always is a text.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_gives_back_what_was_put_in() {
        for reply in [None, Some(""), Some("r")] {
            let headers = b"NATS/1.0 503\r\nA: b\r\n\r\n";
            let message = op::Message { subject: "é.s", reply, headers, body: b"body" };
            let packed = MessageBuf::new(&message.bytes());
            assert_eq!((packed.subject(), packed.reply(), packed.block()), ("é.s", reply, &headers[..]));
            assert_eq!((packed.status(), packed.header("A").as_deref()), (Some(503), Some("b")));
            assert_eq!((packed.body(), packed.clone().into_body()), (&b"body"[..], b"body".to_vec()));
            for (excerpt, text) in [
                (packed.clone().excerpt(14..18), "A: b"),
                (packed.clone().excerpt(14..18).after(3), "b"),
                (packed.clone().subject_excerpt(3), "s"),
                (packed.clone().subject_excerpt(9), ""),
                (Excerpt::new("é.s", b"body").after(9), ""),
            ] {
                assert_eq!((excerpt.text(), excerpt.body()), (text, &b"body"[..]));
            }
        }
    }
}
