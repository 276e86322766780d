//! Numbers, byte sizes and durations as people read them.

use crate::base::Time;

/// `1,234,567`.
pub fn comma(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(&digits))
}

/// `1,234,567`, for numbers that are never negative.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    if number >= i64::MAX as u64 { digits } else { grouped(&digits) }
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A byte size in steps of 1024 with one decimal below 10: `219 B`, `1.0 KiB`, `13 KiB`.
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if size < 10 {
        return format!("{size} B");
    }
    let step = (size as f64).log2() / 10.0;
    let step = (step.floor() as usize).min(UNITS.len() - 1);
    let value = (size as f64 / 1024_f64.powi(step as i32) * 10.0 + 0.5).floor() / 10.0;
    let decimals = usize::from(value < 10.0);
    format!("{value:.decimals$} {}", UNITS[step])
}

/// A duration in nanoseconds: exact to the unit below a second, two decimals below a minute, then whole seconds.
pub fn duration(nanos: i64) -> String {
    const SECOND: i64 = 1_000_000_000;
    if nanos == i64::MAX {
        return "never".to_owned();
    }
    if nanos < 1_000_000 {
        return go_duration(rounded(nanos, 1_000));
    }
    if nanos < SECOND {
        return go_duration(rounded(nanos, 1_000_000));
    }
    let seconds = nanos / SECOND;
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let (years, s, m, h) = (days / 365, seconds % 60, minutes % 60, hours % 24);
    match (years, days, hours, minutes) {
        (1.., ..) => format!("{years}y{}d{h}h{m}m{s}s", days % 365),
        (_, 1.., ..) => format!("{days}d{h}h{m}m{s}s"),
        (_, _, 1.., _) => format!("{h}h{m}m{s}s"),
        (.., 1..) => format!("{m}m{s}s"),
        _ => format!("{:.2}s", nanos as f64 / SECOND as f64),
    }
}

/// To the nearest multiple of `unit`, halves away from zero.
fn rounded(nanos: i64, unit: i64) -> i64 {
    let rest = nanos % unit;
    let down = nanos - rest;
    if rest.abs() * 2 < unit { down } else { down.saturating_add(unit * rest.signum()) }
}

/// A duration in nanoseconds as Go's own `String` writes it: `1m0s`, `1.5s`, `318µs`.
pub fn go_duration(nanos: i64) -> String {
    let sign = if nanos < 0 { "-" } else { "" };
    let nanos = nanos.unsigned_abs();
    let (unit, name) = match nanos {
        0 => return "0s".to_owned(),
        1..1_000 => (1, "ns"),
        1_000..1_000_000 => (1_000, "µs"),
        1_000_000..1_000_000_000 => (1_000_000, "ms"),
        _ => (1_000_000_000, "s"),
    };
    let whole = nanos / unit;
    let mut fraction = String::new();
    if !nanos.is_multiple_of(unit) {
        let places = unit.ilog10() as usize;
        fraction = format!(".{:0places$}", nanos % unit).trim_end_matches('0').to_owned();
    }
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    match (name, hours, minutes) {
        ("s", 1.., _) => format!("{sign}{hours}h{minutes}m{seconds}{fraction}s"),
        ("s", 0, 1..) => format!("{sign}{minutes}m{seconds}{fraction}s"),
        _ => format!("{sign}{whole}{fraction}{name}"),
    }
}

/// A moment as Go's own `String` writes it: `2026-11-23 01:02:03.5 +0000 UTC`.
pub fn go_time(time: Time) -> String {
    let text = time.rfc3339();
    format!("{} +0000 UTC", text.trim_end_matches('Z').replacen('T', " ", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(bytes(size), want);
        }
    }

    #[test]
    fn durations_are_as_short_as_they_may_be() {
        for (nanos, want, go) in [
            (0, "0s", "0s"),
            (318_400, "318µs", "318.4µs"),
            (105_000_000, "105ms", "105ms"),
            (999_900_000, "1s", "999.9ms"),
            (1_000_000_000, "1.00s", "1s"),
            (33_804_000_000, "33.80s", "33.804s"),
            (119_999_000_000, "1m59s", "1m59.999s"),
            (3_600_000_000_000, "1h0m0s", "1h0m0s"),
            (86_400_000_000_000, "1d0h0m0s", "24h0m0s"),
            (31_536_000_000_000_000, "1y0d0h0m0s", "8760h0m0s"),
            (-1_500_000_000, "-1.5s", "-1.5s"),
        ] {
            assert_eq!((duration(nanos).as_str(), go_duration(nanos).as_str()), (want, go));
        }
        assert_eq!(duration(i64::MAX), "never");
    }

    #[test]
    fn thousands_have_commas() {
        assert_eq!(
            (comma(-1_234_567), count(1402), comma(999)),
            ("-1,234,567".into(), "1,402".into(), "999".into())
        );
    }
}
