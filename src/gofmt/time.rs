//! Moments as package `time` prints and reads them, by the names of its layouts. [`Time::rfc3339`] is `time.RFC3339Nano`.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use super::quote::quote_in_time_error;
use crate::base::{Time, read_digits};

/// `time.RFC3339` with the offset of a zone: `2026-11-23T02:02:03+01:00`; with `Z` where that is zero.
pub fn rfc3339_in(time: Time, zone: &TimeZone) -> String {
    let moment = time.timestamp().to_zoned_datetime(zone.clone());
    let format = if moment.offset() == Offset::UTC { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S%:z" };
    moment.strftime(format).to_string()
}

/// `time.DateTime`: `2026-11-23 01:02:03`.
pub fn date_time(time: Time, zone: &TimeZone) -> String {
    time.civil(zone).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// `time.TimeOnly`: `01:02:03`.
pub fn time_only(time: Time, zone: &TimeZone) -> String {
    time.civil(zone).strftime("%H:%M:%S").to_string()
}

/// `time.Kitchen`: `1:02AM`.
pub fn kitchen(time: Time, zone: &TimeZone) -> String {
    time.civil(zone).strftime("%-I:%M%p").to_string()
}

/// `time.StampMicro`: `Nov  3 01:02:03.000004`.
pub fn stamp_micro(time: Time, zone: &TimeZone) -> String {
    time.civil(zone).strftime("%b %e %H:%M:%S.%6f").to_string()
}

/// As package `log` prints times with microseconds: `2026/11/23 01:02:03.000004`.
pub fn log_micro(time: Time, zone: &TimeZone) -> String {
    time.civil(zone).strftime("%Y/%m/%d %H:%M:%S.%6f").to_string()
}

/// `time.Time.String` in UTC: `2026-11-23 01:02:03.5 +0000 UTC`.
pub fn string(time: Time) -> String {
    let text = time.rfc3339();
    format!("{} +0000 UTC", text.trim_end_matches('Z').replacen('T', " ", 1))
}

/// Why [`parse`] cannot read a text. Displayed, it is Go's error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseError<'a> {
    /// The rest of the text does not begin with this part of the layout.
    Mismatch { text: &'a [u8], rest: &'a [u8], part: &'static str },
    /// The text has this form, but the month, the day, the hour … is none.
    OutOfRange { text: &'a [u8], what: &'static str },
    /// Something stands behind the time.
    ExtraText { text: &'a [u8], rest: &'a [u8] },
}

impl fmt::Display for ParseError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quote = |text: &[u8]| quote_in_time_error(text);
        match self {
            ParseError::Mismatch { text, rest, part } => {
                let (text, rest) = (quote(text), quote(rest));
                write!(
                    f,
                    "parsing time {text} as \"2006-01-02T15:04:05Z07:00\": cannot parse {rest} as \"{part}\""
                )
            }
            ParseError::OutOfRange { text, what } => {
                write!(f, "parsing time {}: {what} out of range", quote(text))
            }
            ParseError::ExtraText { text, rest } => {
                write!(f, "parsing time {}: extra text: {}", quote(text), quote(rest))
            }
        }
    }
}

/// Reads RFC 3339 with any offset, as `time.Parse` does with `time.RFC3339Nano` and as JSON is read. A moment before 1970,
/// such as Go's zero time, becomes 1970; one after 2554 the last that [`Time`] has.
///
/// # Errors
/// Go's error, once displayed.
pub fn parse<T: AsRef<[u8]> + ?Sized>(text: &T) -> Result<Time, ParseError<'_>> {
    let text = text.as_ref();
    let mut reader = Reader { text, rest: text };
    let year = reader.digits(4, "2006")?;
    reader.literal(b'-', "-")?;
    let month = reader.digits(2, "01")?;
    reader.check((1..=12).contains(&month), "month")?;
    reader.literal(b'-', "-")?;
    let day = reader.digits(2, "02")?;
    reader.literal(b'T', "T")?;
    let hour = reader.hour()?;
    reader.check(hour < 24, "hour")?;
    reader.literal(b':', ":")?;
    let minute = reader.digits(2, "04")?;
    reader.check(minute < 60, "minute")?;
    reader.literal(b':', ":")?;
    let second = reader.digits(2, "05")?;
    reader.check(second < 60, "second")?;
    let nanos = reader.fraction();
    let offset = reader.offset()?;
    if !reader.rest.is_empty() {
        return Err(ParseError::ExtraText { text, rest: reader.rest });
    }
    let Ok(date) = Date::new(year as i16, month as i8, day as i8) else {
        return Err(ParseError::OutOfRange { text, what: "day" });
    };
    let civil = date.at(hour as i8, minute as i8, second as i8, nanos);
    // Of the years up to 9999 only the last hours of the last are beyond jiff.
    let nanos = Offset::UTC
        .to_timestamp(civil)
        .map_or(i128::MAX, |timestamp| timestamp.as_nanosecond() - i128::from(offset) * 1_000_000_000);
    Ok(Time(nanos.clamp(0, u64::MAX.into()) as u64))
}

/// A text, of which the rest is not read yet.
struct Reader<'a> {
    text: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn mismatch(&self, part: &'static str) -> ParseError<'a> {
        ParseError::Mismatch { text: self.text, rest: self.rest, part }
    }

    fn check(&self, is_in_range: bool, what: &'static str) -> Result<(), ParseError<'a>> {
        if is_in_range { Ok(()) } else { Err(ParseError::OutOfRange { text: self.text, what }) }
    }

    fn literal(&mut self, byte: u8, part: &'static str) -> Result<(), ParseError<'a>> {
        match self.rest.split_first() {
            Some((first, rest)) if *first == byte => self.rest = rest,
            _ => return Err(self.mismatch(part)),
        }
        Ok(())
    }

    /// A number of exactly `length` digits.
    fn digits(&mut self, length: usize, part: &'static str) -> Result<i32, ParseError<'a>> {
        let (digits, rest) = self.rest.split_at_checked(length).ok_or(self.mismatch(part))?;
        let number = number(digits).ok_or(self.mismatch(part))?;
        self.rest = rest;
        Ok(number)
    }

    /// Go takes one digit too.
    fn hour(&mut self) -> Result<i32, ParseError<'a>> {
        let has_two = self.rest.get(1).is_some_and(u8::is_ascii_digit);
        self.digits(if has_two { 2 } else { 1 }, "15")
    }

    /// Nanoseconds; digits behind the ninth are ignored.
    fn fraction(&mut self) -> i32 {
        let [b'.' | b',', digits @ ..] = self.rest else { return 0 };
        let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length == 0 {
            return 0;
        }
        let (digits, rest) = digits.split_at(length);
        self.rest = rest;
        let digits = &digits[..length.min(9)];
        number(digits).unwrap_or(0) * 10_i32.pow(9 - digits.len() as u32)
    }

    /// Seconds east of Greenwich: `Z`, `+01:00`.
    fn offset(&mut self) -> Result<i32, ParseError<'a>> {
        let part = "Z07:00";
        if let [b'Z', rest @ ..] = self.rest {
            self.rest = rest;
            return Ok(0);
        }
        let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2, rest @ ..] = self.rest else {
            return Err(self.mismatch(part));
        };
        let (Some(hours), Some(minutes)) = (number(&[*h1, *h2]), number(&[*m1, *m2])) else {
            return Err(self.mismatch(part));
        };
        self.check(hours <= 24, "time zone offset hour")?;
        self.check(minutes <= 60, "time zone offset minute")?;
        self.rest = rest;
        let seconds = hours * 3600 + minutes * 60;
        Ok(if *sign == b'-' { -seconds } else { seconds })
    }
}

/// Up to nine digits.
fn number(digits: &[u8]) -> Option<i32> {
    read_digits(digits).and_then(|number| i32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_3339_is_read_and_written() {
        for (text, nanos, back) in [
            ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
            ("2000-02-29T12:00:00.5Z", 951_825_600_500_000_000, "2000-02-29T12:00:00.5Z"),
            ("2026-11-23T02:02:03+01:00", 1_795_395_723_000_000_000, "2026-11-23T01:02:03Z"),
            ("2026-11-23T01:02:03.000000001Z", 1_795_395_723_000_000_001, "2026-11-23T01:02:03.000000001Z"),
            (
                "2026-11-23T01:02:03.1234567891234Z",
                1_795_395_723_123_456_789,
                "2026-11-23T01:02:03.123456789Z",
            ),
            ("2026-11-23T01:02:03,5Z", 1_795_395_723_500_000_000, "2026-11-23T01:02:03.5Z"),
            ("2026-11-23T1:02:03Z", 1_795_395_723_000_000_000, "2026-11-23T01:02:03Z"),
            ("2026-11-23T01:02:03-00:00", 1_795_395_723_000_000_000, "2026-11-23T01:02:03Z"),
            ("2026-11-23T01:02:03+24:00", 1_795_309_323_000_000_000, "2026-11-22T01:02:03Z"),
            ("2026-11-23T01:02:03+01:60", 1_795_388_523_000_000_000, "2026-11-22T23:02:03Z"),
            ("1969-12-31T23:59:59Z", 0, "1970-01-01T00:00:00Z"),
            ("0001-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59Z", u64::MAX, "2554-07-21T23:34:33.709551615Z"),
        ] {
            assert_eq!(parse(text), Ok(Time(nanos)), "{text}");
            assert_eq!(Time(nanos).rfc3339(), back);
        }
    }

    #[test]
    fn what_is_wrong_is_said_as_go_does() {
        for (text, rest, part) in [
            ("", "", "2006"),
            ("x", "x", "2006"),
            ("2026", "", "-"),
            ("12026-11-23T01:02:03Z", "6-11-23T01:02:03Z", "-"),
            ("26-11-23T01:02:03Z", "26-11-23T01:02:03Z", "2006"),
            ("2026-1-23T01:02:03Z", "1-23T01:02:03Z", "01"),
            ("2026-11-2T01:02:03Z", "2T01:02:03Z", "02"),
            ("2026-11-23", "", "T"),
            ("2026-11-23 01:02:03Z", " 01:02:03Z", "T"),
            ("2026-11-23T0a:02:03Z", "a:02:03Z", ":"),
            ("2026-11-23T01:2:03Z", "2:03Z", "04"),
            ("2026-11-23T01:02:3Z", "3Z", "05"),
            ("2026-11-23T01:02:03", "", "Z07:00"),
            ("2026-11-23T01:02:03z", "z", "Z07:00"),
            ("2026-11-23T01:02:03.Z", ".Z", "Z07:00"),
            ("2026-11-23T01:02:03+0100", "+0100", "Z07:00"),
            ("2026-11-23T01:02:03+1:00", "+1:00", "Z07:00"),
            ("2026-11-23T01:02:03+aa:00", "+aa:00", "Z07:00"),
        ] {
            let want = format!(
                "parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{rest}\" as \"{part}\""
            );
            assert_eq!(parse(text).map_err(|error| error.to_string()), Err(want));
        }
        for (text, why) in [
            ("2026-13-01T00:00:00Z", "month out of range"),
            ("2026-00-01T00:00:00Z", "month out of range"),
            ("2026-01-00T00:00:00Z", "day out of range"),
            ("2026-02-30T00:00:00Z", "day out of range"),
            ("2026-11-23T24:02:03Z", "hour out of range"),
            ("2026-11-23T01:60:03Z", "minute out of range"),
            ("2026-11-23T01:02:60Z", "second out of range"),
            ("2026-11-23T01:02:03+25:00", "time zone offset hour out of range"),
            ("2026-11-23T01:02:03Zx", "extra text: \"x\""),
            ("2026-11-23T01:02:03Z+01:00", "extra text: \"+01:00\""),
        ] {
            let want = format!("parsing time \"{text}\": {why}");
            assert_eq!(parse(text).map_err(|error| error.to_string()), Err(want));
        }
        let error = parse("é").map_err(|error| error.to_string());
        assert!(error.is_err_and(|error| error.starts_with(r#"parsing time "\xc3\xa9" as "#)));
    }

    #[test]
    fn layouts_show_the_time_of_a_zone() {
        let winter = parse("2026-12-31T23:30:05.000004Z").expect("a time");
        let summer = parse("2026-07-03T12:00:00Z").expect("a time");
        let berlin = TimeZone::get("Europe/Berlin").expect("it is in the database");
        let newfoundland = TimeZone::fixed(Offset::from_seconds(-12_600).expect("an offset"));
        assert_eq!(date_time(winter, &TimeZone::UTC), "2026-12-31 23:30:05");
        assert_eq!(date_time(winter, &berlin), "2027-01-01 00:30:05");
        assert_eq!(time_only(summer, &berlin), "14:00:00");
        assert_eq!(rfc3339_in(summer, &berlin), "2026-07-03T14:00:00+02:00");
        assert_eq!(rfc3339_in(winter, &newfoundland), "2026-12-31T20:00:05-03:30");
        assert_eq!(rfc3339_in(winter, &TimeZone::UTC), "2026-12-31T23:30:05Z");
        assert_eq!(
            (kitchen(winter, &berlin), kitchen(summer, &TimeZone::UTC)),
            ("12:30AM".into(), "12:00PM".into())
        );
        assert_eq!(stamp_micro(summer, &berlin), "Jul  3 14:00:00.000000");
        assert_eq!(log_micro(winter, &TimeZone::UTC), "2026/12/31 23:30:05.000004");
        assert_eq!(string(winter), "2026-12-31 23:30:05.000004 +0000 UTC");
    }
}
