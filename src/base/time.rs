//! Time as a value: a moment in nanoseconds since the Unix epoch.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::temporal::DateTimePrinter;
use jiff::tz::{Offset, TimeZone};

/// A moment, in nanoseconds since 1970-01-01T00:00:00Z. The last is in the year 2554.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

static PRINTER: DateTimePrinter = DateTimePrinter::new();

const NANOS_PER_SECOND: u64 = 1_000_000_000;

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

    pub fn timestamp(self) -> Timestamp {
        let (seconds, nanos) = (self.0 / NANOS_PER_SECOND, self.0 % NANOS_PER_SECOND);
        Timestamp::new(seconds as i64, nanos as i32).unwrap_or(Timestamp::MAX)
    }

    /// The date and time that a clock in `zone` shows.
    pub fn civil(self, zone: &TimeZone) -> DateTime {
        zone.to_datetime(self.timestamp())
    }

    /// RFC 3339 in UTC with as many digits of a second as are needed: `2026-11-23T01:02:03.5Z`.
    pub fn rfc3339(self) -> String {
        self.to_string()
    }

    /// Appends what [`Time::rfc3339`] returns.
    pub fn write_rfc3339(self, out: &mut Vec<u8>) {
        let _ = PRINTER.print_timestamp(&self.timestamp(), out); // A `Vec` takes everything.
    }
}

/// The zone whose clocks are always so many minutes ahead of UTC; UTC itself for more than 25 hours.
pub fn fixed_zone(minutes_east: i32) -> TimeZone {
    Offset::from_seconds(minutes_east * 60).map_or(TimeZone::UTC, TimeZone::fixed)
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

    /// Saturates at 1970.
    fn sub(self, wait: Duration) -> Time {
        Time(self.0.saturating_sub(u64::try_from(wait.as_nanos()).unwrap_or(u64::MAX)))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&PRINTER.timestamp_to_string(&self.timestamp()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_3339_has_the_digits_that_it_needs() {
        for (nanos, want) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_825_600_500_000_000, "2000-02-29T12:00:00.5Z"),
            (1_795_395_723_000_000_001, "2026-11-23T01:02:03.000000001Z"),
            (u64::MAX, "2554-07-21T23:34:33.709551615Z"),
        ] {
            assert_eq!(Time(nanos).rfc3339(), want);
            let mut written = b"> ".to_vec();
            Time(nanos).write_rfc3339(&mut written);
            assert_eq!(written, format!("> {want}").as_bytes());
        }
    }

    #[test]
    fn a_zone_is_ahead_or_behind() {
        let time = Time(1_795_395_723_000_000_000);
        assert_eq!(time.civil(&fixed_zone(90)).to_string(), "2026-11-23T02:32:03");
        assert_eq!(time.civil(&fixed_zone(-30)).to_string(), "2026-11-23T00:32:03");
    }
}
