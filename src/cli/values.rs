//! The forms in which a command line gives numbers, durations and byte sizes, with the real command's errors.

use crate::gofmt;

/// A whole number as the real command reads most of them: as a fraction, which is then cut.
pub fn parse_whole(text: &str) -> Result<i64, String> {
    gofmt::parse_float(text).map(|number| number as i64)
}

const NANOS_PER_HOUR: i64 = 3_600_000_000_000;

/// A duration in nanoseconds: numbers with units, also days, weeks, months and years; what stands between is ignored.
pub fn parse_duration(text: &str) -> Result<i64, String> {
    if text == "0" {
        return Ok(0);
    }
    let text = text.trim();
    let mut runs = runs(text).into_iter().peekable();
    if runs.peek().is_none() {
        return Err("invalid duration".to_owned());
    }
    let negative = runs.peek().is_some_and(|run| run.sign == Some('-'));
    let mut total: i64 = 0;
    for run in runs {
        let hours = match run.unit {
            "w" | "W" => 7.0 * 24.0,
            "d" | "D" => 24.0,
            "M" => 24.0 * 30.0,
            "y" | "Y" => 24.0 * 365.0,
            "ns" | "us" | "ms" | "s" | "m" | "h" => {
                let part = gofmt::parse_duration(&format!("{}{}", run.number, run.unit));
                total = total.wrapping_add(part.map_err(|why| format!("invalid duration: {why}"))?.0);
                continue;
            }
            unit => return Err(format!("invalid duration: invalid unit {unit}")),
        };
        let count = gofmt::parse_float(run.number).map_err(|why| format!("invalid duration: {why}"))?;
        // The real command reads 32 bits, and counts in whole hours.
        let whole = (f64::from(count as f32) * hours) as i64;
        total = total.wrapping_add(whole.wrapping_mul(NANOS_PER_HOUR));
    }
    Ok(if negative { total.wrapping_neg() } else { total })
}

/// A number and its unit, with the sign before it.
struct Run<'a> {
    sign: Option<char>,
    number: &'a str,
    unit: &'a str,
}

/// Every number that letters follow.
fn runs(text: &str) -> Vec<Run<'_>> {
    let bytes = text.as_bytes();
    let span = |from: usize, fits: fn(&u8) -> bool| bytes[from..].iter().take_while(|b| fits(b)).count();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let number = span(at, |b| b.is_ascii_digit() || *b == b'.');
        let unit = span(at + number, u8::is_ascii_alphabetic);
        if number == 0 || unit == 0 {
            at += number.max(1);
            continue;
        }
        let sign = at.checked_sub(1).map(|before| bytes[before] as char).filter(|c| matches!(c, '+' | '-'));
        let end = at + number;
        found.push(Run { sign, number: &text[at..end], unit: &text[end..end + unit] });
        at = end + unit;
    }
    found
}

/// A byte size for a value of `bits` bits: -1 for every negative, a plain number, or one with a unit of 1024 steps.
///
/// The limit of `bits` holds for the digits only, as in the real command: `5GB` for 32 bits becomes 1 GiB later.
pub fn parse_bytes(text: &str, bits: u32) -> Result<i64, String> {
    let text = text.trim();
    if text.starts_with('-') {
        return Ok(-1);
    }
    let limit = if bits == 32 { i64::from(i32::MAX) } else { i64::MAX };
    let plain = text.strip_prefix('+').unwrap_or(text);
    let digits = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit());
    if let Some(value) = plain.parse::<i64>().ok().filter(|value| digits && *value <= limit) {
        return Ok(value);
    }
    let wrong = || {
        Err(format!("invalid bytes specification {text}: bytes must end in B, K, KB, M, MB, G, GB, T or TB"))
    };
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let word = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    let mut unit: String = text[count..].chars().take_while(word).collect();
    let mut count = count;
    if count > 0 && unit.is_empty() {
        // The pattern wants at least one character after the digits and takes the last digit for it.
        count -= 1;
        unit = text[count..=count].to_owned();
    }
    if count == 0 {
        return wrong();
    }
    let Some(value) = text[..count].parse::<i64>().ok().filter(|value| *value <= limit) else {
        let limit = gofmt::comma(limit);
        return Err(format!("bytes value out of allowed range: maximum value {limit}"));
    };
    let shift = match unit.to_ascii_uppercase().as_str() {
        "B" => 0,
        "K" | "KB" | "KIB" => 10,
        "M" | "MB" | "MIB" => 20,
        "G" | "GB" | "GIB" => 30,
        "T" | "TB" | "TIB" => 40,
        _ => return wrong(),
    };
    Ok(value.wrapping_mul(1 << shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: std::fmt::Debug + PartialEq>(got: Result<T, String>, want: Result<T, &str>) {
        assert_eq!(got, want.map_err(str::to_owned));
    }

    #[test]
    fn fractions_are_cut() {
        check(parse_whole("2.9"), Ok(2));
        check(parse_whole("a"), Err("strconv.ParseFloat: parsing \"a\": invalid syntax"));
    }

    #[test]
    fn durations_take_days_and_ignore_what_lies_between() {
        check(parse_duration("1h30m"), Ok(5_400_000_000_000));
        check(parse_duration("1.5s"), Ok(1_500_000_000));
        check(parse_duration("1d5"), Ok(86_400_000_000_000));
        check(parse_duration("-2s"), Ok(-2_000_000_000));
        check(parse_duration("1M"), Ok(30 * 86_400_000_000_000));
        check(parse_duration("0"), Ok(0));
        check(parse_duration("5"), Err("invalid duration"));
        check(parse_duration(""), Err("invalid duration"));
        check(parse_duration("1x"), Err("invalid duration: invalid unit x"));
        let wrong = "invalid duration: time: missing unit in duration \"1.2.3s\"";
        check(parse_duration("1.2.3s"), Err(wrong));
    }

    #[test]
    fn byte_sizes_overflow_as_the_real_ones_do() {
        check(parse_bytes("10", 32), Ok(10));
        check(parse_bytes("1kb", 32), Ok(1024));
        check(parse_bytes("-3", 32), Ok(-1));
        check(parse_bytes("5GB", 32), Ok(5 << 30));
        let wrong = "bytes must end in B, K, KB, M, MB, G, GB, T or TB";
        check(parse_bytes("foo", 32), Err(&format!("invalid bytes specification foo: {wrong}")));
        check(parse_bytes("1.5k", 32), Err(&format!("invalid bytes specification 1.5k: {wrong}")));
    }
}
