//! Header blocks as streams read and change them.

pub(crate) use crate::wire::headers::add;

const VERSION_LINE: &[u8] = b"NATS/1.0\r\n";

/// The headers by which a publisher directs a stream (ADR-1, ADR-22, ADR-43). Empty where there is none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PublishHeaders<'a> {
    pub(crate) expected_stream: &'a [u8],
    pub(crate) expected_last_sequence: &'a [u8],
    pub(crate) expected_last_subject_sequence: &'a [u8],
    pub(crate) expected_last_subject: &'a [u8],
    pub(crate) expected_last_msg_id: &'a [u8],
    pub(crate) msg_id: &'a [u8],
    pub(crate) rollup: &'a [u8],
    pub(crate) source: &'a [u8],
    pub(crate) batch: &'a [u8],
    pub(crate) increment: &'a [u8],
    pub(crate) schedule: &'a [u8],
}

impl<'a> PublishHeaders<'a> {
    /// Reads a header block. The first of repeated headers counts.
    pub(crate) fn read(block: &'a [u8]) -> PublishHeaders<'a> {
        let mut publish = PublishHeaders::default();
        for line in block.split(|b| *b == b'\n').skip(1) {
            let Some(rest) = line.strip_prefix(b"Nats-") else { continue };
            let Some(colon) = rest.iter().position(|b| *b == b':') else { continue };
            let value = rest[colon + 1..].trim_ascii();
            let wish = match &rest[..colon] {
                b"Expected-Stream" => &mut publish.expected_stream,
                b"Expected-Last-Sequence" => &mut publish.expected_last_sequence,
                b"Expected-Last-Subject-Sequence" => &mut publish.expected_last_subject_sequence,
                b"Expected-Last-Subject-Sequence-Subject" => &mut publish.expected_last_subject,
                b"Expected-Last-Msg-Id" => &mut publish.expected_last_msg_id,
                b"Msg-Id" => &mut publish.msg_id,
                b"Rollup" => &mut publish.rollup,
                b"Stream-Source" => &mut publish.source,
                b"Batch-Id" => &mut publish.batch,
                b"Incr" => &mut publish.increment,
                b"Schedule" => &mut publish.schedule,
                _ => continue,
            };
            if wish.is_empty() {
                *wish = value;
            }
        }
        publish
    }
}

/// A sequence in a header; `None` for an empty one. What is not a number becomes a sequence that no message has.
pub(crate) fn sequence(value: &[u8]) -> Option<u64> {
    (!value.is_empty()).then(|| parse_digits(value) as u64)
}

/// A whole number as nats-server reads it in headers: digits only, else -1.
pub(crate) fn parse_digits(text: &[u8]) -> i64 {
    if text.is_empty() {
        return -1;
    }
    let number = text.iter().try_fold(0_i64, |number, digit| match digit {
        b'0'..=b'9' => Some(number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'))),
        _ => None,
    });
    number.unwrap_or(-1)
}

/// The header block with more headers.
pub(crate) fn append(block: &[u8], more: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(block.len() + 48 * more.len());
    begin(block, &mut out);
    more.iter().for_each(|(name, value)| add(&mut out, name, value.as_bytes()));
    out.extend_from_slice(b"\r\n");
    out
}

/// Writes a header block without its end, so that headers can be added; a new one if it is empty.
pub(crate) fn begin(block: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(match block {
        [] => VERSION_LINE,
        _ => block.strip_suffix(b"\r\n").unwrap_or(block),
    });
}

/// The header block without the headers that `gone` selects by name; empty if none is left.
pub(crate) fn without(block: &[u8], gone: impl Fn(&str) -> bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(block.len());
    let mut kept = 0;
    for (at, line) in block.split_inclusive(|b| *b == b'\n').enumerate() {
        let name = line.split(|b| *b == b':').next().unwrap_or_default();
        let is_header = at > 0 && line != b"\r\n";
        if is_header && std::str::from_utf8(name).is_ok_and(&gone) {
            continue;
        }
        kept += usize::from(is_header);
        out.extend_from_slice(line);
    }
    if kept == 0 && out.len() < block.len() { Vec::new() } else { out }
}

/// The header block without a status in its first line, as it is stored; `None` if it has no status.
pub(crate) fn without_status(block: &[u8]) -> Option<Vec<u8>> {
    if block.is_empty() || block.starts_with(VERSION_LINE) || !block.starts_with(b"NATS/1.0") {
        return None;
    }
    let end = block.iter().position(|b| *b == b'\n')?;
    let rest = &block[end + 1..];
    Some(if rest == b"\r\n" { Vec::new() } else { [VERSION_LINE, rest].concat() })
}

/// Whether a request needs a newer API level than the server's (ADR-44).
pub(crate) fn requires_too_much(block: &[u8]) -> bool {
    if block.is_empty() {
        return false;
    }
    match crate::wire::headers::find(block, "Nats-Required-Api-Level") {
        None | Some(b"") => false,
        Some(level) => {
            let level = std::str::from_utf8(level).ok().and_then(|text| text.parse::<i64>().ok());
            level.is_none_or(|level| level > i64::from(crate::server::version::API_LEVEL))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read_and_changed() {
        let block = b"NATS/1.0\r\nNats-TTL: 1s\r\nNats-Msg-Id:  x \r\nA: b\r\n\r\n";
        assert_eq!(PublishHeaders::read(block).msg_id, b"x");
        let gone = without(block, |name| name.starts_with("Nats-"));
        assert_eq!(gone, b"NATS/1.0\r\nA: b\r\n\r\n");
        assert_eq!(append(&gone, &[("C", "d")]), b"NATS/1.0\r\nA: b\r\nC: d\r\n\r\n");
        assert_eq!(without(&gone, |name| name == "A"), b"");
        assert_eq!(append(b"", &[("C", "d")]), b"NATS/1.0\r\nC: d\r\n\r\n");
        assert_eq!(without_status(b"NATS/1.0 503\r\nA: b\r\n\r\n").as_deref(), Some(&gone[..]));
        assert_eq!(without_status(block), None);
        assert_eq!([sequence(b""), sequence(b"7"), sequence(b"x")], [None, Some(7), Some(u64::MAX)]);
    }
}
