//! Arguments of operations.

use super::Violation;

pub(super) fn text(bytes: &[u8]) -> Result<&str, Violation> {
    std::str::from_utf8(bytes).map_err(|_| Violation::Arguments)
}

/// The most digits of a number.
const MOST_DIGITS: usize = 9;

/// Digits only.
pub(super) fn number(digits: &[u8]) -> Result<u64, Violation> {
    if digits.is_empty() || digits.len() > MOST_DIGITS {
        return Err(Violation::Arguments);
    }
    digits.iter().try_fold(0, |value: u64, digit| match digit {
        b'0'..=b'9' => Ok(value * 10 + u64::from(digit - b'0')),
        _ => Err(Violation::Arguments),
    })
}
