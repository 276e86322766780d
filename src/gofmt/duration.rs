//! `time.Duration`: how it is printed and how it is read.

use std::fmt::{self, Write};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::quote::quote_in_time_error;

/// Nanoseconds, possibly negative: Go's `time.Duration`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename = "time.Duration")]
pub struct Nanos(pub i64);

impl Nanos {
    pub const ZERO: Nanos = Nanos(0);

    pub const fn from_secs(seconds: i64) -> Nanos {
        Nanos(seconds * 1_000_000_000)
    }

    pub const fn from_millis(millis: i64) -> Nanos {
        Nanos(millis * 1_000_000)
    }

    /// As a [`Duration`]; zero for a negative one.
    pub fn duration(self) -> Duration {
        Duration::from_nanos(self.0.max(0) as u64)
    }

    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Rounded to the nearest second.
    pub fn rounded_to_seconds(self) -> Nanos {
        Nanos::from_secs(self.0.saturating_add(500_000_000).div_euclid(1_000_000_000))
    }

    /// Whole seconds, rounded towards zero.
    pub fn seconds(self) -> i64 {
        self.0 / 1_000_000_000
    }
}

impl From<Nanos> for i128 {
    fn from(nanos: Nanos) -> i128 {
        nanos.0.into()
    }
}

impl From<Duration> for Nanos {
    /// Saturates after 292 years.
    fn from(duration: Duration) -> Nanos {
        Nanos(i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX))
    }
}

impl fmt::Display for Nanos {
    /// As `time.Duration.String`: `1h0m2.5s`, `250ms`, `1.5µs`, `0s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
        if name == "s" {
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

/// What `time.ParseDuration` reads: signed decimal numbers, each with a unit, as in `1h30m` or `-1.5s`.
///
/// # Errors
/// Go's own text, as in `time: missing unit in duration "5"`.
pub fn parse_duration(text: &str) -> Result<Nanos, String> {
    let quote = |text: &str| quote_in_time_error(text.as_bytes());
    let invalid = || format!("time: invalid duration {}", quote(text));
    let (is_negative, mut rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if rest == "0" {
        return Ok(Nanos::ZERO);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    // The limit is 2^63, which only a negative duration reaches.
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let (whole, after) = split_digits(rest);
        let (fraction, after) = after.strip_prefix('.').map_or(("", after), split_digits);
        if whole.is_empty() && fraction.is_empty() {
            return Err(invalid());
        }
        let unit_end = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_end);
        let nanos_per_unit = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => {
                let what = if unit.is_empty() {
                    "missing unit".to_owned()
                } else {
                    format!("unknown unit {}", quote(unit))
                };
                return Err(format!("time: {what} in duration {}", quote(text)));
            }
        };
        total = part_nanos(whole, fraction, nanos_per_unit)
            .and_then(|nanos| total.checked_add(nanos))
            .filter(|total| *total <= 1 << 63)
            .ok_or_else(invalid)?;
        rest = after;
    }
    match i64::try_from(total) {
        Ok(nanos) => Ok(Nanos(if is_negative { -nanos } else { nanos })),
        Err(_) if is_negative => Ok(Nanos(i64::MIN)),
        Err(_) => Err(invalid()),
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// `whole.fraction` of a unit; `None` beyond 64 bits. The fraction is multiplied as a float, as Go does.
fn part_nanos(whole: &str, fraction: &str, nanos_per_unit: u64) -> Option<u64> {
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let (mut numerator, mut scale) = (0_u64, 1.0);
    for digit in fraction.bytes() {
        let more = numerator.checked_mul(10).map(|tens| tens + u64::from(digit - b'0'));
        // Digits that do not fit into 63 bits are ignored.
        let Some(more) = more.filter(|more| *more < 1 << 63) else { break };
        (numerator, scale) = (more, scale * 10.0);
    }
    let part = (numerator as f64 * (nanos_per_unit as f64 / scale)) as u64;
    whole.checked_mul(nanos_per_unit)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_go_does() {
        for (nanos, text) in [
            (0, "0s"),
            (1, "1ns"),
            (1_500, "1.5µs"),
            (318_400, "318.4µs"),
            (1_000_001, "1.000001ms"),
            (10_000_000, "10ms"),
            (250_000_000, "250ms"),
            (999_900_000, "999.9ms"),
            (1_000_000_000, "1s"),
            (1_050_000_000, "1.05s"),
            (33_804_000_000, "33.804s"),
            (59_999_999_999, "59.999999999s"),
            (60_000_000_000, "1m0s"),
            (119_999_000_000, "1m59.999s"),
            (3_602_500_000_000, "1h0m2.5s"),
            (93_784_005_000_000, "26h3m4.005s"),
            (31_536_000_000_000_000, "8760h0m0s"),
            (-5_000_000_000, "-5s"),
            (-1, "-1ns"),
            (i64::MAX, "2562047h47m16.854775807s"),
            (i64::MIN, "-2562047h47m16.854775808s"),
        ] {
            assert_eq!(Nanos(nanos).to_string(), text);
            assert_eq!(parse_duration(text), Ok(Nanos(nanos)), "{text}");
        }
    }

    #[test]
    fn reads_as_go_does() {
        for (text, want) in [
            ("0", 0),
            ("+0", 0),
            ("-0", 0),
            ("1μs", 1_000),
            ("0.1ns", 0),
            ("1.0000000000000000000001s", 1_000_000_000),
            (".5s", 500_000_000),
            ("-.5s", -500_000_000),
            ("1.s", 1_000_000_000),
            ("0.3333333333333333333h", 1_200_000_000_000),
            ("9007199254.740993s", 9_007_199_254_740_993_000),
            ("1h30m", 5_400_000_000_000),
        ] {
            assert_eq!(parse_duration(text), Ok(Nanos(want)), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_as_go_does() {
        for (text, want) in [
            ("", "invalid duration \"\""),
            ("-", "invalid duration \"-\""),
            ("--1s", "invalid duration \"--1s\""),
            ("s", "invalid duration \"s\""),
            (".s", "invalid duration \".s\""),
            ("99999999999h", "invalid duration \"99999999999h\""),
            ("100000000000000000000ns", "invalid duration \"100000000000000000000ns\""),
            ("9223372036854775808ns", "invalid duration \"9223372036854775808ns\""),
            ("2562047h47m16.854775808s", "invalid duration \"2562047h47m16.854775808s\""),
            ("5", "missing unit in duration \"5\""),
            ("5m0", "missing unit in duration \"5m0\""),
            ("1.2.3s", "missing unit in duration \"1.2.3s\""),
            ("-1d", "unknown unit \"d\" in duration \"-1d\""),
            ("1e3s", "unknown unit \"e\" in duration \"1e3s\""),
            ("1h 2m", "unknown unit \"h \" in duration \"1h 2m\""),
            ("1h-2m", "unknown unit \"h-\" in duration \"1h-2m\""),
            ("1é", "unknown unit \"\\xc3\\xa9\" in duration \"1\\xc3\\xa9\""),
        ] {
            assert_eq!(parse_duration(text), Err(format!("time: {want}")));
        }
    }
}
