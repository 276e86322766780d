//! Quoted texts and times, until `gofmt` has them.

use std::fmt::Write;

use crate::base::Time;

/// A text in double quotes as `%q` prints it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x20 || c == '\u{7f}' => {
                let _ = write!(out, "\\x{:02x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A time in RFC 3339; times before 1970 are taken as 1970.
pub(super) fn parse_time(text: &str) -> Result<Time, String> {
    if let Some(time) = Time::parse_rfc3339(text) {
        return Ok(time);
    }
    let (mut layout, mut rest) = ("2006-01-02T15:04:05Z07:00", text);
    while layout.len() > 6 {
        let size = layout.find(|c: char| !c.is_ascii_digit()).unwrap_or(0).max(1);
        let (part, more) = layout.split_at(size);
        let (first, after) = rest.split_at_checked(size).unwrap_or_default();
        let is_number = size > 1 && first.len() == size && first.bytes().all(|b| b.is_ascii_digit());
        if first != part && !is_number {
            return cannot_parse(text, rest, part);
        }
        (layout, rest) = (more, after);
    }
    if text < "1970" && !rest.is_empty() { Ok(Time(0)) } else { cannot_parse(text, rest, layout) }
}

fn cannot_parse(text: &str, rest: &str, part: &str) -> Result<Time, String> {
    let (text, rest) = (quoted(text), quoted(rest));
    Err(format!(r#"parsing time {text} as "2006-01-02T15:04:05Z07:00": cannot parse {rest} as "{part}""#))
}
