//! Arguments of operations.

use super::Violation;
use crate::base::read_digits;

pub(super) fn text(bytes: &[u8]) -> Result<&str, Violation> {
    std::str::from_utf8(bytes).map_err(|_| Violation::Arguments)
}

/// The most digits of a number.
const MOST_DIGITS: usize = 9;

/// Digits only.
pub(super) fn number(digits: &[u8]) -> Result<u64, Violation> {
    read_digits(digits).filter(|_| digits.len() <= MOST_DIGITS).ok_or(Violation::Arguments)
}
