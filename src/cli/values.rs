//! The forms in which a command line gives numbers, durations and byte sizes, with the real command's errors.
//!
//! Its numbers are those of Go: `0x10`, `0b1`, `0o7` and `1_000` are good, and the errors name Go's functions.

use super::text::quote;

/// Nanoseconds in the units of a duration.
const HOUR: f64 = 3600e9;

/// An unsigned number of at most `bits` bits.
pub fn parse_uint(text: &str, bits: u32) -> Result<u64, String> {
    let fail = |why: &str| Err(format!("strconv.ParseUint: parsing {}: {why}", quote(text)));
    match digits(text) {
        Digits::Wrong => fail("invalid syntax"),
        Digits::Value(value) if value >> bits == 0 => Ok(value as u64),
        Digits::Value(_) | Digits::TooLarge => fail("value out of range"),
    }
}

/// A signed number of 64 bits.
pub fn parse_i64(text: &str) -> Result<i64, String> {
    let fail = |why: &str| Err(format!("strconv.ParseInt: parsing {}: {why}", quote(text)));
    let (negative, rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    match digits(rest) {
        Digits::Wrong => fail("invalid syntax"),
        Digits::Value(value) if value < 1 << 63 || (negative && value == 1 << 63) => {
            Ok(if negative { (value as i64).wrapping_neg() } else { value as i64 })
        }
        Digits::Value(_) | Digits::TooLarge => fail("value out of range"),
    }
}

/// A signed number of 64 bits without prefixes and underscores.
pub fn parse_decimal(text: &str) -> Result<i64, String> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.contains('_') || (digits.len() > 1 && digits.starts_with('0')) {
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let wrong = format!("strconv.ParseInt: parsing {}: invalid syntax", quote(text));
        return if plain { Ok(text.parse().unwrap_or(i64::MAX)) } else { Err(wrong) };
    }
    parse_i64(text)
}

/// A whole number as the real command reads most of them: as a fraction, which is then cut.
pub fn parse_int(text: &str) -> Result<i64, String> {
    let fail = |why: &str| Err(format!("strconv.ParseFloat: parsing {}: {why}", quote(text)));
    let Ok(value) = text.parse::<f64>() else { return fail("invalid syntax") };
    if value.is_infinite() && text.contains(|c: char| c.is_ascii_digit()) {
        return fail("value out of range");
    }
    Ok(value as i64)
}

enum Digits {
    Value(u128),
    Wrong,
    TooLarge,
}

/// Digits with an optional base prefix and underscores between them.
fn digits(text: &str) -> Digits {
    let lower = text.to_ascii_lowercase();
    let (base, body) = match lower.as_bytes() {
        [b'0', b'x', ..] => (16, &lower[2..]),
        [b'0', b'b', ..] => (2, &lower[2..]),
        [b'0', b'o', ..] => (8, &lower[2..]),
        [b'0', _, ..] => (8, &lower[1..]),
        _ => (10, &lower[..]),
    };
    // An underscore stands between two digits, or between the prefix and a digit.
    let bytes = body.as_bytes();
    let misplaced = |index: usize| {
        let before = index == 0 && base == 10 || index > 0 && bytes[index - 1] == b'_';
        before || index + 1 == bytes.len()
    };
    if (0..bytes.len()).any(|index| bytes[index] == b'_' && misplaced(index)) {
        return Digits::Wrong;
    }
    let plain = body.replace('_', "");
    if plain.is_empty() || !plain.chars().all(|c| c.is_digit(base)) {
        return Digits::Wrong;
    }
    match u128::from_str_radix(&plain, base) {
        Ok(value) if value <= u128::from(u64::MAX) => Digits::Value(value),
        _ => Digits::TooLarge,
    }
}

/// A duration in nanoseconds: runs of a number and a unit, of which everything between is ignored.
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
                total = total.wrapping_add(short_duration(&run)?);
                continue;
            }
            unit => return Err(format!("invalid duration: invalid unit {unit}")),
        };
        let count = run.number.parse::<f64>().map_err(|_| {
            format!("invalid duration: strconv.ParseFloat: parsing {}: invalid syntax", quote(run.number))
        })?;
        // The real command counts in whole hours here.
        let whole = (f64::from(count as f32) * hours) as i64;
        total = total.wrapping_add(whole.wrapping_mul(HOUR as i64));
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

/// A run in one of Go's own units, without rounding in floating point.
fn short_duration(run: &Run) -> Result<i64, String> {
    let text = format!("{}{}", run.number, run.unit);
    let fail = || Err(format!("invalid duration: time: invalid duration {}", quote(&text)));
    let scale: i128 = match run.unit {
        "ns" => 1,
        "us" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        _ => 3_600_000_000_000,
    };
    let (whole, fraction) = run.number.split_once('.').unwrap_or((run.number, ""));
    if fraction.contains('.') {
        // Go reads `1.2.3s` as 1.2 and then misses a unit.
        return Err(format!("invalid duration: time: missing unit in duration {}", quote(&text)));
    }
    if whole.is_empty() && fraction.is_empty() {
        return fail();
    }
    let number = |digits: &str| if digits.is_empty() { Some(0) } else { digits.parse::<i128>().ok() };
    let digits = &fraction[..fraction.len().min(18)];
    let (Some(whole), Some(part)) = (number(whole), number(digits)) else { return fail() };
    let nanos = whole.checked_mul(scale).map(|nanos| nanos + part * scale / 10_i128.pow(digits.len() as u32));
    match nanos.map(i64::try_from) {
        Some(Ok(nanos)) => Ok(nanos),
        _ => fail(),
    }
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
        let limit = super::output::human::comma(limit);
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
    fn numbers_are_those_of_go() {
        check(parse_uint("0x1f", 64), Ok(31));
        check(parse_uint("1_000", 64), Ok(1000));
        check(parse_uint("010", 64), Ok(8));
        for wrong in ["x", "", "-1", "1__0", "_1", "1_", "0x", "09"] {
            let want = format!("strconv.ParseUint: parsing {wrong:?}: invalid syntax");
            check(parse_uint(wrong, 64), Err(&want));
        }
        let large = "99999999999999999999";
        check(
            parse_uint(large, 64),
            Err(&format!("strconv.ParseUint: parsing {large:?}: value out of range")),
        );
        check(parse_uint("70000", 16), Err("strconv.ParseUint: parsing \"70000\": value out of range"));
        check(parse_i64("-9223372036854775808"), Ok(i64::MIN));
        check(parse_i64("abc"), Err("strconv.ParseInt: parsing \"abc\": invalid syntax"));
        check(parse_int("2.9"), Ok(2));
        check(parse_int("a"), Err("strconv.ParseFloat: parsing \"a\": invalid syntax"));
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
