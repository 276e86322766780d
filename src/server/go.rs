//! Texts as Go writes and reads them, since the real server's errors and fields are made of them.

use std::fmt::Write;

/// Nanoseconds, possibly negative: Go's `time.Duration`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nanos(pub i64);

impl Nanos {
    pub const ZERO: Nanos = Nanos(0);

    pub const fn from_secs(seconds: i64) -> Nanos {
        Nanos(seconds * 1_000_000_000)
    }

    pub const fn from_millis(millis: i64) -> Nanos {
        Nanos(millis * 1_000_000)
    }

    /// As a wait: what is negative is none.
    pub fn duration(self) -> std::time::Duration {
        std::time::Duration::from_nanos(self.0.max(0) as u64)
    }

    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whole seconds, rounded down.
    pub fn seconds(self) -> i64 {
        self.0 / 1_000_000_000
    }
}

impl From<Nanos> for i128 {
    fn from(nanos: Nanos) -> i128 {
        nanos.0.into()
    }
}

impl From<std::time::Duration> for Nanos {
    fn from(duration: std::time::Duration) -> Nanos {
        Nanos(i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX))
    }
}

impl std::fmt::Display for Nanos {
    /// As `time.Duration.String`: `1h0m2.5s`, `250ms`, `1.5µs`, `0s`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let total = self.0.unsigned_abs();
        if self.0 < 0 {
            f.write_char('-')?;
        }
        let (unit, name) = match total {
            0 => return f.write_str("0s"),
            1..1_000 => (1, "ns"),
            1_000..1_000_000 => (1_000, "µs"),
            1_000_000..1_000_000_000 => (1_000_000, "ms"),
            _ => (1_000_000_000, "s"),
        };
        let mut whole = total / unit;
        if unit == 1_000_000_000 {
            if whole >= 3600 {
                write!(f, "{}h", whole / 3600)?;
            }
            if whole >= 60 {
                write!(f, "{}m", whole / 60 % 60)?;
            }
            whole %= 60;
        }
        write!(f, "{whole}")?;
        let mut fraction = total % unit;
        if fraction > 0 {
            let mut places = unit.ilog10() as usize;
            while fraction.is_multiple_of(10) {
                fraction /= 10;
                places -= 1;
            }
            write!(f, ".{fraction:0places$}")?;
        }
        f.write_str(name)
    }
}

/// Reads what `time.ParseDuration` reads: signed decimal numbers, each with a unit.
pub(crate) fn parse_duration(text: &str) -> Option<Nanos> {
    let (negative, mut rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if rest == "0" {
        return Some(Nanos(0));
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(number_end);
        let unit_end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_end);
        total = total.checked_add(one_part(number, unit_nanos(unit)?)?)?;
        rest = after;
    }
    Some(Nanos(if negative { -total } else { total }))
}

/// Why `time.ParseDuration` cannot read a text.
pub(crate) fn why_no_duration(text: &str) -> String {
    let given = quoted(text);
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(number_end);
        if !number.contains(|c: char| c.is_ascii_digit()) || number.matches('.').count() > 1 {
            break;
        }
        let unit_end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_end);
        match unit_nanos(unit) {
            Some(_) => rest = after,
            None if unit.is_empty() => return format!("time: missing unit in duration {given}"),
            None => return format!("time: unknown unit {} in duration {given}", quoted(unit)),
        }
    }
    format!("time: invalid duration {given}")
}

fn unit_nanos(unit: &str) -> Option<i64> {
    Some(match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

fn one_part(number: &str, unit: i64) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let mut part = whole.checked_mul(unit)?;
    let mut place = unit as f64 / 10.0;
    for digit in fraction.bytes() {
        part += (f64::from(digit - b'0') * place) as i64;
        place /= 10.0;
    }
    Some(part)
}

/// A text in double quotes as `%q` prints it.
pub fn quoted(text: &str) -> String {
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

/// A whole number as the real server reads it in headers: digits only, else -1.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_go_does() {
        for (nanos, text) in [
            (0, "0s"),
            (1, "1ns"),
            (1_500, "1.5µs"),
            (250_000_000, "250ms"),
            (1_000_000_000, "1s"),
            (1_050_000_000, "1.05s"),
            (60_000_000_000, "1m0s"),
            (3_602_500_000_000, "1h0m2.5s"),
            (-5_000_000_000, "-5s"),
        ] {
            assert_eq!(Nanos(nanos).to_string(), text);
            assert_eq!(parse_duration(text), Some(Nanos(nanos)), "{text}");
        }
        for wrong in ["", "5", "1x", "s", "1.2.3s", "-", "1d", "99999999999h"] {
            assert_eq!(parse_duration(wrong), None, "{wrong}");
        }
    }
}
