//! A message as a client receives it.

use std::borrow::Cow;

use crate::wire::{Headers, headers};

/// A message, with its headers still encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    pub subject: String,
    pub reply: Option<String>,
    /// The encoded header block; empty when there is none.
    pub block: Vec<u8>,
    pub body: Vec<u8>,
}

impl Message {
    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<Cow<'_, str>> {
        headers::find(&self.block, name).map(String::from_utf8_lossy)
    }

    pub fn headers(&self) -> Headers {
        Headers::decode(&self.block).unwrap_or_default()
    }

    /// The status of a server's own message, such as 404 or 503.
    pub fn status(&self) -> Option<u16> {
        let code = self.block.strip_prefix(b"NATS/1.0 ")?.get(..3)?;
        std::str::from_utf8(code).ok()?.parse().ok()
    }
}

/// Bytes of standard base64 text; what is not of its alphabet is passed over.
pub(super) fn base64_decode(text: &str) -> Vec<u8> {
    let sextets = text.bytes().filter_map(|b| match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'a'..=b'z' => Some(b - b'a' + 26),
        b'0'..=b'9' => Some(b - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    });
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(text.len() / 4 * 3), 0_u32, 0);
    for sextet in sextets {
        held = held << 6 | u32::from(sextet);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    bytes
}
