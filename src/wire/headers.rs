//! Message headers: a version line, perhaps with a status, then `Name: value` lines, then an empty line (ADR-4).

use std::borrow::Cow;
use std::fmt::Write;

/// The version line without a status.
pub const VERSION: &str = "NATS/1.0";

/// What a server says in the version line, for example `503` for no responders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub code: u16,
    pub description: String,
}

impl Status {
    pub fn new(code: u16, description: impl Into<String>) -> Status {
        Status { code, description: description.into() }
    }
}

/// The headers of one message, in their order. Names are case-sensitive and may be repeated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    pub status: Option<Status>,
    pub list: Vec<(String, String)>,
}

impl Headers {
    pub fn new() -> Headers {
        Headers::default()
    }

    pub fn status(code: u16, description: &str) -> Headers {
        Headers { status: Some(Status::new(code, description)), list: Vec::new() }
    }

    /// The same headers and one more.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Headers {
        self.add(name, value);
        self
    }

    pub fn add(&mut self, name: &str, value: impl Into<String>) {
        self.list.push((name.to_owned(), value.into()));
    }

    /// The first value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.list.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All headers as official clients show them: a status is two headers before the others.
    pub fn with_status(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let status = self.status.iter().flat_map(|status| {
            let description = status.description.as_str();
            [("Status", format!("{:03}", status.code)), ("Description", description.to_owned())]
        });
        let status = status.filter(|(_, value)| !value.is_empty());
        let list = self.list.iter().map(|(name, value)| (name.as_str(), Cow::Borrowed(value.as_str())));
        status.map(|(name, value)| (name, Cow::Owned(value))).chain(list)
    }

    pub fn is_empty(&self) -> bool {
        self.status.is_none() && self.list.is_empty()
    }

    /// The block as it stands on the wire, with its empty last line.
    pub fn encode(&self) -> Vec<u8> {
        let mut text = String::from(VERSION);
        if let Some(status) = &self.status {
            let _ = write!(text, " {:03} {}", status.code, status.description);
            text.truncate(text.trim_end().len());
        }
        text.push_str("\r\n");
        for (name, value) in &self.list {
            let _ = write!(text, "{name}: {value}\r\n");
        }
        text.push_str("\r\n");
        text.into_bytes()
    }

    /// Reads a block. `None` when it does not begin with the version line.
    pub fn decode(block: &[u8]) -> Option<Headers> {
        let rest = block.strip_prefix(VERSION.as_bytes())?;
        let mut lines =
            rest.split(|b| *b == b'\n').map(|line| String::from_utf8_lossy(line.trim_ascii_end()));
        let first = lines.next()?;
        let (code, description) = first.trim().split_once(' ').unwrap_or((first.trim(), ""));
        let status = code.parse().ok().map(|code| Status::new(code, description.trim()));
        let mut headers = Headers { status, list: Vec::new() };
        for line in lines {
            if let Some((name, value)) = line.split_once(':') {
                headers.add(name, value.trim());
            }
        }
        Some(headers)
    }
}

/// An encoded block that is written header by header.
#[derive(Clone, Debug)]
pub struct Block(Vec<u8>);

impl Default for Block {
    fn default() -> Block {
        let mut block = Vec::with_capacity(128);
        block.extend_from_slice(b"NATS/1.0\r\n");
        Block(block)
    }
}

impl Block {
    /// A block that begins with a status; it may have no description.
    pub fn status(code: u16, description: &str) -> Block {
        let space = if description.is_empty() { "" } else { " " };
        Block(format!("NATS/1.0 {code}{space}{description}\r\n").into_bytes())
    }

    pub fn with_number(self, name: &str, number: impl itoa::Integer) -> Block {
        self.with(name, itoa::Buffer::new().format(number).as_bytes())
    }

    pub fn with(mut self, name: &str, value: &[u8]) -> Block {
        add(&mut self.0, name, value);
        self
    }

    pub fn end(mut self) -> Vec<u8> {
        self.0.extend_from_slice(b"\r\n");
        self.0
    }
}

/// Appends a header to a block that has not been ended.
pub fn add(block: &mut Vec<u8>, name: &str, value: &[u8]) {
    block.reserve(name.len() + value.len() + 4);
    for part in [name.as_bytes(), b": ", value, b"\r\n"] {
        block.extend_from_slice(part);
    }
}

/// The first value of `name` in an encoded block, without decoding the rest.
pub fn find<'a>(block: &'a [u8], name: &str) -> Option<&'a [u8]> {
    lines(block).find_map(|line| value(line, name))
}

/// The lines of headers in an encoded block.
pub fn lines(block: &[u8]) -> impl Iterator<Item = &[u8]> {
    block.split(|b| *b == b'\n').skip(1)
}

/// The value in a line, if that is the header `name`.
pub fn value<'a>(line: &'a [u8], name: &str) -> Option<&'a [u8]> {
    line.strip_prefix(name.as_bytes())?.strip_prefix(b":").map(<[u8]>::trim_ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_survives_the_wire() {
        let headers = Headers::new().with("KV-Operation", "DEL").with("A", "1").with("A", "b: c");
        let block = headers.encode();
        assert_eq!(block, b"NATS/1.0\r\nKV-Operation: DEL\r\nA: 1\r\nA: b: c\r\n\r\n");
        assert_eq!(Headers::decode(&block), Some(headers));
        assert_eq!(find(&block, "A"), Some(&b"1"[..]));
        assert_eq!(find(&block, "KV-Op"), None);
    }

    #[test]
    fn a_status_is_read_with_and_without_words() {
        for (line, code, description) in [
            ("NATS/1.0 503\r\n\r\n", 503, ""),
            ("NATS/1.0 100 Idle Heartbeat\r\n\r\n", 100, "Idle Heartbeat"),
        ] {
            assert_eq!(Block::status(code, description).end(), line.as_bytes());
            let headers = Headers::decode(line.as_bytes()).expect("a block");
            assert_eq!(headers.status, Some(Status { code, description: description.to_owned() }));
            assert_eq!(headers.encode(), line.as_bytes());
        }
        assert_eq!(Headers::decode(b"HTTP/1.1 200\r\n\r\n"), None);
    }
}
