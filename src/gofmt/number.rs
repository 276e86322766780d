//! Numbers and truth values as package `strconv` reads them, with its errors, and as package `flag` does.

use super::quote;

/// A text that is no number of the wanted kind.
enum NumError {
    Syntax,
    Range,
}

impl NumError {
    /// Go's text for it, as `strconv.Atoi: parsing "x": invalid syntax`.
    fn text(&self, function: &str, text: &str) -> String {
        let why = match self {
            NumError::Syntax => "invalid syntax",
            NumError::Range => "value out of range",
        };
        format!("strconv.{function}: parsing {}: {why}", quote(text))
    }
}

/// `strconv.ParseUint` with base 0: `0x10`, `0o7`, `017`, `0b1` and `1_000` are numbers too.
///
/// # Errors
/// Go's text; also for more than `bits` bits.
pub fn parse_uint(text: &str, bits: u32) -> Result<u64, String> {
    digits(text, None)
        .and_then(|value| if bits < 64 && value >> bits > 0 { Err(NumError::Range) } else { Ok(value) })
        .map_err(|error| error.text("ParseUint", text))
}

/// `strconv.ParseInt` with base 0, for 64 bits.
///
/// # Errors
/// Go's text.
pub fn parse_int(text: &str) -> Result<i64, String> {
    signed(text, None).map_err(|error| error.text("ParseInt", text))
}

/// `strconv.ParseInt` with base 10, for 64 bits: without prefixes and underscores.
///
/// # Errors
/// Go's text.
pub fn parse_decimal(text: &str) -> Result<i64, String> {
    signed(text, Some(10)).map_err(|error| error.text("ParseInt", text))
}

/// `strconv.Atoi`.
///
/// # Errors
/// Go's text.
pub fn atoi(text: &str) -> Result<i64, String> {
    signed(text, Some(10)).map_err(|error| error.text("Atoi", text))
}

/// The value of a flag of type `Int`: `strconv.ParseInt` with base 0.
///
/// # Errors
/// The reason as package `flag` tells it.
pub fn flag_int(text: &str) -> Result<i64, &'static str> {
    signed(text, None).map_err(|error| match error {
        NumError::Syntax => "parse error",
        NumError::Range => "value out of range",
    })
}

/// `strconv.ParseBool`.
///
/// # Errors
/// Go's text.
pub fn parse_bool(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err(NumError::Syntax.text("ParseBool", text)),
    }
}

/// `strconv.ParseFloat` for 64 bits, without hexadecimal fractions.
///
/// # Errors
/// Go's text.
pub fn parse_float(text: &str) -> Result<f64, String> {
    let fail = |error: NumError| Err(error.text("ParseFloat", text));
    let is_nan = text.eq_ignore_ascii_case("nan");
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    if text.contains('_') && !underscores_separate_digits(text) {
        return fail(NumError::Syntax);
    }
    match text.replace('_', "").parse::<f64>() {
        Ok(value) if value.is_nan() && !is_nan => fail(NumError::Syntax),
        Ok(value) if value.is_infinite() && has_digit => fail(NumError::Range),
        Ok(value) => Ok(value),
        Err(_) => fail(NumError::Syntax),
    }
}

fn signed(text: &str, radix: Option<u32>) -> Result<i64, NumError> {
    let is_negative = text.starts_with('-');
    match digits(text.strip_prefix(['-', '+']).unwrap_or(text), radix)? {
        value @ ..0x8000_0000_0000_0000 => Ok(if is_negative { -(value as i64) } else { value as i64 }),
        0x8000_0000_0000_0000 if is_negative => Ok(i64::MIN),
        _ => Err(NumError::Range),
    }
}

/// A number without a sign. Without a radix its prefix tells it, and underscores may separate digits.
fn digits(text: &str, radix: Option<u32>) -> Result<u64, NumError> {
    let (radix, digits) = match (radix, text.as_bytes()) {
        (Some(radix), _) => (radix, text.to_owned()),
        (None, _) if text.contains('_') && !underscores_separate_digits(text) => {
            return Err(NumError::Syntax);
        }
        (None, [b'0', b'x' | b'X', ..]) => (16, text[2..].replace('_', "")),
        (None, [b'0', b'b' | b'B', ..]) => (2, text[2..].replace('_', "")),
        (None, [b'0', b'o' | b'O', ..]) => (8, text[2..].replace('_', "")),
        (None, [b'0', _, ..]) => (8, text[1..].replace('_', "")),
        (None, _) => (10, text.replace('_', "")),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return Err(NumError::Syntax);
    }
    u64::from_str_radix(&digits, radix).map_err(|_| NumError::Range)
}

/// Whether each underscore stands between two digits, or between a prefix such as `0x` and a digit.
fn underscores_separate_digits(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text).to_ascii_lowercase();
    let is_prefix = |text: &str| ["0x", "0b", "0o"].contains(&text);
    let has_prefix = unsigned.get(..2).is_some_and(is_prefix);
    let is_digit = |byte: u8| byte.is_ascii_digit() || unsigned.starts_with("0x") && byte.is_ascii_hexdigit();
    let bytes = unsigned.as_bytes();
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'_').all(|(at, _)| {
        let follows = at > 0 && is_digit(bytes[at - 1]) || at == 2 && has_prefix;
        follows && bytes.get(at + 1).copied().is_some_and(is_digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYNTAX: Result<i64, &str> = Err("invalid syntax");
    const RANGE: Result<i64, &str> = Err("value out of range");

    /// What `function` made of a text, without the part of the error that all have.
    #[track_caller]
    fn check<T: Copy + std::fmt::Debug + PartialEq>(
        function: &str,
        text: &str,
        got: Result<T, String>,
        want: Result<T, &str>,
    ) {
        let want = want.map_err(|why| format!("strconv.{function}: parsing {}: {why}", quote(text)));
        assert_eq!(got, want, "{text:?}");
    }

    #[test]
    fn truth_values_and_flags_are_those_of_go() {
        check("ParseBool", "True", parse_bool("True"), Ok(true));
        check("ParseBool", "f", parse_bool("f"), Ok(false));
        check("ParseBool", "yes", parse_bool("yes"), Err("invalid syntax"));
        let huge = "99999999999999999999";
        assert_eq!(
            ["-0x10", "09", huge].map(flag_int),
            [Ok(-16), Err("parse error"), Err("value out of range")]
        );
    }

    /// Each as `strconv` reads it with base 0, and with base 10.
    #[test]
    fn whole_numbers_are_those_of_go() {
        for (text, any_base, base_10) in [
            ("0x1f", Ok(31), SYNTAX),
            ("0X1_F", Ok(31), SYNTAX),
            ("0x_1", Ok(1), SYNTAX),
            ("0b_1", Ok(1), SYNTAX),
            ("0O17", Ok(15), SYNTAX),
            ("1_000", Ok(1000), SYNTAX),
            ("1_0_0", Ok(100), SYNTAX),
            ("0_7", Ok(7), SYNTAX),
            ("012_3", Ok(83), SYNTAX),
            ("010", Ok(8), Ok(10)),
            ("09", SYNTAX, Ok(9)),
            ("00", Ok(0), Ok(0)),
            ("99999999999999999999", RANGE, RANGE),
            ("9223372036854775808", RANGE, RANGE),
            ("-9223372036854775808", Ok(i64::MIN), Ok(i64::MIN)),
            ("-9223372036854775809", RANGE, RANGE),
            ("-1", Ok(-1), Ok(-1)),
            ("+1", Ok(1), Ok(1)),
        ] {
            check("ParseInt", text, parse_int(text), any_base);
            check("ParseInt", text, parse_decimal(text), base_10);
            check("Atoi", text, atoi(text), base_10);
        }
        for text in [
            "", "x", "abc", "1é", "1.5", "1 ", "+", "--1", "_", "_1", "1_", "1__0", "0x", "0o", "0x_",
            "0_x1", "0x1__0", "0b102", "0_", "08_",
        ] {
            check("ParseInt", text, parse_int(text), SYNTAX);
            check("ParseInt", text, parse_decimal(text), SYNTAX);
            check("Atoi", text, atoi(text), SYNTAX);
            check("ParseUint", text, parse_uint(text, 64), Err("invalid syntax"));
        }
    }

    #[test]
    fn unsigned_numbers_have_as_many_bits_as_they_may() {
        for (text, bits, want) in [
            ("0x1f", 64, Ok(31)),
            ("1_000", 64, Ok(1000)),
            ("010", 64, Ok(8)),
            ("18446744073709551615", 64, Ok(u64::MAX)),
            ("65535", 16, Ok(65535)),
            ("70000", 16, Err("value out of range")),
            ("99999999999999999999", 64, Err("value out of range")),
            ("-1", 64, Err("invalid syntax")),
            ("+1", 64, Err("invalid syntax")),
        ] {
            check("ParseUint", text, parse_uint(text, bits), want);
        }
    }

    #[test]
    fn fractions_are_those_of_go() {
        for (text, want) in [
            ("1", Ok(1.0)),
            ("2.9", Ok(2.9)),
            (".5", Ok(0.5)),
            ("5.", Ok(5.0)),
            ("1_0.5", Ok(10.5)),
            ("1e-400", Ok(0.0)),
            ("inf", Ok(f64::INFINITY)),
            ("-infinity", Ok(f64::NEG_INFINITY)),
            ("1e400", Err("value out of range")),
            ("-1e400", Err("value out of range")),
        ] {
            check("ParseFloat", text, parse_float(text), want);
        }
        assert!(parse_float("NaN").is_ok_and(f64::is_nan));
        for text in ["", "a", ".", "+", "e5", "1e", "1e+", "1e5 ", "infi", "+nan", "-NaN", "0x10", "_1", "1_"]
        {
            check("ParseFloat", text, parse_float(text), Err("invalid syntax"));
        }
    }
}
