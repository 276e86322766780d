//! Numbers, byte sizes and ages as the Go programs show them to people.

use std::time::Duration;

use super::Nanos;

/// With a comma after every third digit from the right: `1,234,567`.
pub fn comma(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(number.unsigned_abs()))
}

/// As [`comma`]; numbers that do not fit into an `i64` get none.
pub fn count(number: u64) -> String {
    if number >= i64::MAX as u64 { number.to_string() } else { grouped(number) }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A byte size in steps of 1024 with one decimal below 10: `219 B`, `1.0 KiB`, `13 KiB`. The command line shows sizes so.
pub fn ibytes(size: u64) -> String {
    const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if size < 10 {
        return format!("{size} B");
    }
    let step = ((size as f64).log2() / 10.0).floor();
    let step = (step as usize).min(UNITS.len() - 1);
    let value = (size as f64 / 1024_f64.powi(step as i32) * 10.0 + 0.5).floor() / 10.0;
    let decimals = usize::from(value < 10.0);
    format!("{value:.decimals$} {}", UNITS[step])
}

/// A byte size in steps of 1024 with two decimals: `17.66 GB`. The server's log shows sizes so.
pub fn friendly_bytes(size: u64) -> String {
    let mut value = size as f64;
    for unit in ["B", "KB", "MB", "GB"] {
        if value < 1024.0 {
            return format!("{value:.2} {unit}");
        }
        value /= 1024.0;
    }
    format!("{value:.2} TB")
}

/// Whole seconds with the larger units that are needed before them: `9s`, `1d2h0m5s`, `1y0d0h0m0s`.
pub fn uptime(age: Duration) -> String {
    let seconds = age.as_secs();
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let (years, s, m, h) = (days / 365, seconds % 60, minutes % 60, hours % 24);
    match (years, days, hours, minutes) {
        (1.., ..) => format!("{years}y{}d{h}h{m}m{s}s", days % 365),
        (_, 1.., ..) => format!("{days}d{h}h{m}m{s}s"),
        (_, _, 1.., _) => format!("{h}h{m}m{s}s"),
        (.., 1..) => format!("{m}m{s}s"),
        _ => format!("{s}s"),
    }
}

/// An age as the command line shows it: exact to the unit below a second, two decimals below a minute, then as [`uptime`];
/// `never` for the longest.
pub fn age(age: Nanos) -> String {
    const SECOND: i64 = 1_000_000_000;
    match age.0 {
        i64::MAX => "never".to_owned(),
        nanos @ ..1_000_000 => rounded(nanos, 1_000).to_string(),
        nanos @ ..SECOND => rounded(nanos, 1_000_000).to_string(),
        nanos if nanos < 60 * SECOND => format!("{:.2}s", nanos as f64 / SECOND as f64),
        _ => uptime(age.duration()),
    }
}

/// To the nearest multiple of `unit`, halves away from zero.
fn rounded(nanos: i64, unit: i64) -> Nanos {
    let rest = nanos % unit;
    let down = nanos - rest;
    Nanos(if rest.abs() * 2 < unit { down } else { down.saturating_add(unit * rest.signum()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_have_commas() {
        assert_eq!([-1_234_567, 0, 999].map(comma), ["-1,234,567", "0", "999"]);
        assert_eq!([0, 999, 1000, 1402, 1_234_567].map(count), ["0", "999", "1,000", "1,402", "1,234,567"]);
        assert_eq!(count(u64::MAX), "18446744073709551615");
    }

    #[test]
    fn sizes_are_in_steps_of_1024() {
        for (size, want) in [
            (0, "0 B"),
            (9, "9 B"),
            (219, "219 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (13_312, "13 KiB"),
            (10_188, "9.9 KiB"),
            (10_220, "10 KiB"),
            (1 << 20, "1.0 MiB"),
            (u64::MAX, "16 EiB"),
        ] {
            assert_eq!(ibytes(size), want);
        }
        assert_eq!([0, 1536, 18_959_654_289].map(friendly_bytes), ["0.00 B", "1.50 KB", "17.66 GB"]);
    }

    #[test]
    fn ages_have_the_units_that_they_need() {
        for (seconds, want) in [(0, "0s"), (61, "1m1s"), (90_061, "1d1h1m1s"), (31_536_000, "1y0d0h0m0s")] {
            assert_eq!(uptime(Duration::from_secs(seconds)), want);
        }
        for (nanos, want) in [
            (0, "0s"),
            (318_400, "318µs"),
            (105_000_000, "105ms"),
            (999_900_000, "1s"),
            (1_000_000_000, "1.00s"),
            (33_804_000_000, "33.80s"),
            (119_999_000_000, "1m59s"),
            (3_600_000_000_000, "1h0m0s"),
            (86_400_000_000_000, "1d0h0m0s"),
            (31_536_000_000_000_000, "1y0d0h0m0s"),
            (-1_500_000_000, "-1.5s"),
            (i64::MAX, "never"),
        ] {
            assert_eq!(age(Nanos(nanos)), want);
        }
    }
}
