//! A message's own time to live, the header `Nats-TTL` (ADR-43).

use crate::base::Time;
use crate::gofmt::{Nanos, parse_duration};
use crate::server::jetstream::headers::parse_digits;
use crate::wire::headers;

pub(crate) const HEADER: &str = "Nats-TTL";

/// A message's own time to live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ttl {
    /// Not given.
    None,
    /// It never expires, whatever the stream's maximum age is.
    Never,
    Seconds(i64),
}

/// The value is neither a duration of a second or more, nor a number, nor `never`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Invalid;

impl Ttl {
    /// When a message that was stored at `time` expires.
    pub(crate) fn end(self, time: Time) -> Option<Time> {
        match self {
            Ttl::Seconds(seconds) => Some(time + Nanos::from_secs(seconds.min(1 << 33)).duration()),
            Ttl::None | Ttl::Never => None,
        }
    }
}

pub(crate) fn of_headers(block: &[u8]) -> Result<Ttl, Invalid> {
    if block.is_empty() {
        return Ok(Ttl::None);
    }
    match headers::find(block, HEADER) {
        None | Some(b"") => Ok(Ttl::None),
        Some(value) => parse(value),
    }
}

fn parse(value: &[u8]) -> Result<Ttl, Invalid> {
    if value.eq_ignore_ascii_case(b"never") {
        return Ok(Ttl::Never);
    }
    let text = std::str::from_utf8(value).map_err(|_| Invalid)?;
    let seconds = match parse_duration(text) {
        Ok(duration) if duration < Nanos::from_secs(1) => return Err(Invalid),
        Ok(duration) => duration.seconds(),
        Err(_) => parse_digits(value),
    };
    match seconds {
        0 => Ok(Ttl::None),
        1.. => Ok(Ttl::Seconds(seconds)),
        _ => Err(Invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_whole_seconds() {
        for (text, want) in [
            ("1s", Ok(Ttl::Seconds(1))),
            ("1.9s", Ok(Ttl::Seconds(1))),
            ("1m0s", Ok(Ttl::Seconds(60))),
            ("7", Ok(Ttl::Seconds(7))),
            ("NEVER", Ok(Ttl::Never)),
            ("500ms", Err(Invalid)),
            ("-5s", Err(Invalid)),
            ("0", Err(Invalid)),
            ("soon", Err(Invalid)),
        ] {
            assert_eq!(parse(text.as_bytes()), want, "{text}");
        }
    }
}
