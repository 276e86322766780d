//! Time as a value: nanoseconds since the Unix epoch, and its texts.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

/// A moment, in nanoseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

const NANOS_PER_SECOND: u64 = 1_000_000_000;
const SECONDS_PER_DAY: i64 = 86_400;

/// How far a place's clocks are ahead of UTC, in minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    pub minutes_east: i32,
}

impl Zone {
    pub const UTC: Zone = Zone { minutes_east: 0 };
}

/// A moment taken apart in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    pub year: i64,
    pub month: u32,
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    pub nanos: u32,
}

impl Time {
    pub const fn from_secs(seconds: u64) -> Time {
        Time(seconds * NANOS_PER_SECOND)
    }

    pub const fn nanos(self) -> u64 {
        self.0
    }

    /// Time passed since `earlier`; zero when `earlier` is later.
    pub fn since(self, earlier: Time) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }

    /// The date and time that a clock in `zone` shows.
    pub fn civil(self, zone: Zone) -> Civil {
        let seconds = (self.0 / NANOS_PER_SECOND) as i64 + i64::from(zone.minutes_east) * 60;
        let (days, rest) = (seconds.div_euclid(SECONDS_PER_DAY), seconds.rem_euclid(SECONDS_PER_DAY));
        let (year, month, day) = civil_from_days(days);
        Civil {
            year,
            month,
            day,
            hour: (rest / 3600) as u32,
            minute: (rest / 60 % 60) as u32,
            second: (rest % 60) as u32,
            nanos: (self.0 % NANOS_PER_SECOND) as u32,
        }
    }

    /// RFC 3339 in UTC with as many digits of a second as are needed, as Go's `time.RFC3339Nano` writes it.
    pub fn rfc3339(self) -> String {
        let mut out = Vec::with_capacity(32);
        self.write_rfc3339(&mut out);
        String::from_utf8(out).unwrap_or_default()
    }

    /// Appends what [`Time::rfc3339`] tells.
    pub fn write_rfc3339(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.civil(Zone::UTC).text(b'T'));
        let mut nanos = self.0 % NANOS_PER_SECOND;
        if nanos > 0 {
            out.push(b'.');
        }
        while nanos > 0 {
            out.push(b'0' + (nanos / (NANOS_PER_SECOND / 10)) as u8);
            nanos = nanos * 10 % NANOS_PER_SECOND;
        }
        out.push(b'Z');
    }

    /// `2026-11-23 01:02:03` in `zone`, as the command line shows times.
    pub fn local(self, zone: Zone) -> String {
        String::from_utf8_lossy(&self.civil(zone).text(b' ')).into_owned()
    }

    /// `01:02:03` in `zone`.
    pub fn clock(self, zone: Zone) -> String {
        String::from_utf8_lossy(&self.civil(zone).text(b' ')[11..]).into_owned()
    }

    /// Reads RFC 3339 text with any offset. `None` for other text and for years before 1970.
    pub fn parse_rfc3339(text: impl AsRef<[u8]>) -> Option<Time> {
        Time::parse(text.as_ref())
    }

    fn parse(text: &[u8]) -> Option<Time> {
        let (date, rest) = text.split_first_chunk::<19>()?;
        let parted = [date[4], date[7], date[10], date[13], date[16]] == *b"--T::";
        let mut are_digits = true;
        let mut two = |at: usize| {
            let (ten, one) = (date[at].wrapping_sub(b'0'), date[at + 1].wrapping_sub(b'0'));
            are_digits &= (ten < 10) & (one < 10);
            i64::from(ten) * 10 + i64::from(one)
        };
        let (year, month, day) = (two(0) * 100 + two(2), two(5), two(8));
        let (hour, minute, second) = (two(11), two(14), two(17));
        let fits =
            (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 60;
        if !fits || !parted || !are_digits {
            return None;
        }
        let (mut nanos, mut unit, mut offset) = (0, NANOS_PER_SECOND, rest);
        if let [b'.', fraction @ ..] = rest
            && fraction.first().is_some_and(u8::is_ascii_digit)
        {
            offset = fraction;
            while let [digit @ b'0'..=b'9', more @ ..] = offset {
                (offset, unit) = (more, unit / 10);
                nanos += u64::from(digit - b'0') * unit;
            }
        }
        let seconds = days_from_civil(year, month as u32, day as u32) * SECONDS_PER_DAY
            + hour * 3600
            + minute * 60
            + second
            - offset_seconds(offset)?;
        u64::try_from(seconds).ok()?.checked_mul(NANOS_PER_SECOND)?.checked_add(nanos).map(Time)
    }
}

impl Civil {
    /// `2026-11-23T01:02:03`, with `between` in the place of the `T`.
    fn text(&self, between: u8) -> [u8; 19] {
        let year = self.year as u32;
        let ([a, b], [c, d], [e, f], [g, h]) = (two(year / 100), two(year), two(self.month), two(self.day));
        let ([i, j], [k, l], [m, n]) = (two(self.hour), two(self.minute), two(self.second));
        [a, b, c, d, b'-', e, f, b'-', g, h, between, i, j, b':', k, l, b':', m, n]
    }
}

/// The last two digits of a number.
fn two(number: u32) -> [u8; 2] {
    let number = (number % 100) as u8;
    [b'0' + number / 10, b'0' + number % 10]
}

/// `Z`, `+01:00` or `-05:30` as seconds.
fn offset_seconds(text: &[u8]) -> Option<i64> {
    if text == b"Z" {
        return Some(0);
    }
    let text = std::str::from_utf8(text).ok()?;
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    Some(sign * (hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60))
}

/// Days since 1970-01-01 to a date, by counting in years that begin in March (leap day last) and eras of 400 years.
fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * march_month + 2) / 5 + 1) as u32;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 } as u32;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The inverse of [`civil_from_days`].
fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let march_month = i64::from((month + 9) % 12);
    let day_of_year = (153 * march_month + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

impl Add<Duration> for Time {
    type Output = Time;

    /// Saturates at the end of time, in the year 2554.
    fn add(self, wait: Duration) -> Time {
        Time(self.0.saturating_add(u64::try_from(wait.as_nanos()).unwrap_or(u64::MAX)))
    }
}

impl Sub<Duration> for Time {
    type Output = Time;

    fn sub(self, wait: Duration) -> Time {
        Time(self.0.saturating_sub(u64::try_from(wait.as_nanos()).unwrap_or(u64::MAX)))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, nanos: u64, back: &str) {
        assert_eq!(Time::parse_rfc3339(text), Some(Time(nanos)), "{text}");
        assert_eq!(Time(nanos).rfc3339(), back);
    }

    #[test]
    fn reads_and_writes_rfc_3339() {
        check("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z");
        check("2000-02-29T12:00:00.5Z", 951_825_600_500_000_000, "2000-02-29T12:00:00.5Z");
        check("2026-11-23T02:02:03+01:00", 1_795_395_723_000_000_000, "2026-11-23T01:02:03Z");
        check("2026-11-23T01:02:03.000000001Z", 1_795_395_723_000_000_001, "2026-11-23T01:02:03.000000001Z");
        for wrong in [
            "",
            "2026",
            "2026-11-23",
            "2026-13-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "2026-11-23T01:02:03",
            "2026-11-23 01:02:03Z",
            "2026-11-23T01:02:03z",
        ] {
            assert_eq!(Time::parse_rfc3339(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn shows_the_time_of_a_zone() {
        let time = Time::parse_rfc3339("2026-12-31T23:30:05Z").expect("a time");
        assert_eq!(time.local(Zone::UTC), "2026-12-31 23:30:05");
        assert_eq!(time.local(Zone { minutes_east: 90 }), "2027-01-01 01:00:05");
        assert_eq!(time.clock(Zone { minutes_east: -30 }), "23:00:05");
    }
}
