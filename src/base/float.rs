//! Fractions read and written in digits. The standard library's ways bring 16 kB of tables for speed, which nothing
//! here needs; what they give is the same.

/// Digits of a number that are read exactly; those behind are too small to matter but for their place.
const DIGITS_MAX: i32 = 19;

/// A number as `str::parse` takes it; beyond nineteen digits, decimals or zeros its last bit may differ.
pub fn parse(text: &str) -> Option<f64> {
    let (negative, size) = match text.strip_prefix('-') {
        Some(size) => (true, size),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let is = |word: &str| size.eq_ignore_ascii_case(word);
    let value = match size {
        _ if is("inf") || is("infinity") => f64::INFINITY,
        _ if is("nan") => f64::NAN,
        _ => parse_digits(size)?,
    };
    Some(if negative { -value } else { value })
}

fn parse_digits(text: &str) -> Option<f64> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, parse_exponent(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let (mut mantissa, mut exponent, mut taken) = (0_u64, exponent, 0);
    for (digits, step) in [(whole, 0), (fraction, 1)] {
        for digit in digits.bytes() {
            if !digit.is_ascii_digit() {
                return None;
            }
            if taken < DIGITS_MAX {
                mantissa = mantissa * 10 + u64::from(digit - b'0');
                taken += i32::from(mantissa > 0);
                exponent -= step;
            } else {
                exponent += 1 - step;
            }
        }
    }
    Some(scaled(mantissa, exponent))
}

fn parse_exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Beyond what a number can be, so that sums with it stay far from the ends.
    let size = digits.parse().map_or(100_000, |size: i32| size.min(100_000));
    Some(if text.starts_with('-') { -size } else { size })
}

/// `mantissa` times ten to the `exponent`.
fn scaled(mantissa: u64, exponent: i32) -> f64 {
    let power = 10_u128.pow(exponent.unsigned_abs().min(19));
    match exponent {
        _ if mantissa == 0 || exponent < -330 => 0.0,
        0..=19 => (u128::from(mantissa) * power) as f64,
        -19..0 => {
            // A quotient of at least 64 bits, of which the last stands for all that follow.
            let shift = mantissa.leading_zeros() as i32 + 64;
            let shifted = u128::from(mantissa) << shift;
            let quotient = (shifted / power) | u128::from(!shifted.is_multiple_of(power));
            quotient as f64 * 2_f64.powi(-shift)
        }
        // In two steps, since the first may already be at the end of what is small.
        ..-19 => mantissa as f64 / 1e19 / 10_f64.powi(-exponent - 19),
        _ => mantissa as f64 * 10_f64.powi(exponent.min(330)),
    }
}

/// A number with so many decimals, rounded as it is exactly, halves to even: `format!("{value:.places$}")`.
pub fn fixed(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "NaN"
        } else if value > 0.0 {
            "inf"
        } else {
            "-inf"
        }
        .to_owned();
    }
    let bits = value.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = match exponent {
        0 => (fraction, -1074),
        _ => (fraction | 1 << 52, exponent - 1075),
    };
    // The exact digits, the last first: doubled for each power of two, or halved, which is five times a tenth.
    let mut digits: Vec<u8> = mantissa.to_string().bytes().rev().map(|digit| digit - b'0').collect();
    let factor = if exponent < 0 { 5 } else { 2 };
    for _ in 0..exponent.unsigned_abs() {
        multiply(&mut digits, factor);
    }
    let mut decimals = exponent.min(0).unsigned_abs() as usize;
    if decimals > places {
        let cut = decimals - places;
        digits.resize(digits.len().max(cut + 1), 0);
        let rest: Vec<u8> = digits.drain(..cut).collect();
        let half = rest[cut - 1].cmp(&5).then((rest[..cut - 1].iter().any(|digit| *digit > 0)).cmp(&false));
        if half.is_gt() || half.is_eq() && digits[0] % 2 == 1 {
            digits[0] += 1;
            multiply(&mut digits, 1);
        }
        decimals = places;
    }
    let mut text = vec![b'0'; places - decimals];
    text.extend(digits.iter().map(|digit| digit + b'0'));
    text.resize(text.len().max(places + 1), b'0');
    if places > 0 {
        text.insert(places, b'.');
    }
    if value.is_sign_negative() {
        text.push(b'-');
    }
    text.iter().rev().map(|byte| char::from(*byte)).collect()
}

/// Multiplies a number of which the last digit comes first.
fn multiply(digits: &mut Vec<u8>, factor: u8) {
    let mut carry = 0;
    for digit in digits.iter_mut() {
        let product = *digit * factor + carry;
        (*digit, carry) = (product % 10, product / 10);
    }
    if carry > 0 {
        digits.push(carry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Rng;

    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them() {
        for text in [
            "0",
            "1",
            "-1.5",
            "+.5",
            "5.",
            ".",
            "",
            "e5",
            "1e",
            "1e+3",
            "1E-3",
            "1e400",
            "1e-400",
            "inf",
            "-Infinity",
            "1.2.3",
            "1_0",
            "0x10",
            " 1",
            "9007199254740993",
            "18446744073709551615",
            "340282366920938463463374607",
            "0.1",
            "3.14159",
            "1e22",
            "4.35",
            "123456.789e3",
            "2e-19",
            "00000000000000000000000.25",
        ] {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
        assert!(parse("NaN").is_some_and(f64::is_nan));
        let mut rng = Rng::new(1);
        for _ in 0..20_000 {
            let number = rng.below(u64::MAX) >> rng.below(64);
            let text = format!("{}.{}", number / 1000, number % 1000);
            assert_eq!(parse(&text), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        let mut rng = Rng::new(1);
        let simple =
            [0.0, -0.0, 0.5, 1.5, 2.5, -0.25, 0.1, 9.995, 99.5, 1e300, 5e-324, f64::INFINITY, f64::NAN];
        for value in simple.into_iter().chain((0..100).map(|_| f64::from_bits(rng.below(u64::MAX)))) {
            for places in [0, 1, 2, 6, 20] {
                assert_eq!(fixed(value, places), format!("{value:.places$}"), "{value:e}");
            }
        }
        for thousandths in 0..10_000 {
            let value = f64::from(thousandths) / 1000.0;
            assert_eq!(fixed(value, 2), format!("{value:.2}"));
        }
    }
}
