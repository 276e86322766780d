//! How far somebody wants the clock to be moved, as it is typed: `90s`, `1h30m`, `2d`.

use std::time::Duration;

use crate::gofmt;

/// Why a text is no amount by which the clock can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// It has no number with a unit, or something else.
    NotATime,
    /// It is nothing, or the clock would go back.
    NotOnward,
    /// More than a year.
    TooFar,
}

/// A year.
const MOST: Duration = Duration::from_secs(366 * 24 * 3600);

/// Reads an amount, in milliseconds: numbers with units from `ms` to `d`, with blanks in between or without.
///
/// # Errors
/// It is none, not onward, or more than a year.
pub fn clock_amount(text: &str) -> Result<u64, AmountError> {
    let text: String = text.split_whitespace().collect();
    let (days, rest) = text.split_once('d').unwrap_or(("0", &text));
    let rest = if rest.is_empty() && text.ends_with('d') { "0" } else { rest };
    let days: u64 = days.parse().map_err(|_| AmountError::NotATime)?;
    let nanos = gofmt::parse_duration(rest).map_err(|_| AmountError::NotATime)?;
    let days = Duration::from_secs(days.min(1000) * 24 * 3600);
    let rest = u64::try_from(nanos.0).map_err(|_| AmountError::NotOnward)?;
    match days + Duration::from_nanos(rest) {
        amount if amount > MOST => Err(AmountError::TooFar),
        amount if amount.as_millis() == 0 => Err(AmountError::NotOnward),
        amount => Ok(amount.as_millis() as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, millis) in [
            ("90s", 90_000),
            (" 1h30m ", 5_400_000),
            ("1 h 30 m", 5_400_000),
            ("1.5s", 1_500),
            ("250ms", 250),
            ("2d", 172_800_000),
            ("1d 12h", 129_600_000),
            ("366d", 31_622_400_000),
        ] {
            assert_eq!(clock_amount(text), Ok(millis), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_told() {
        for (text, wrong) in [
            ("", AmountError::NotATime),
            ("5", AmountError::NotATime),
            ("d", AmountError::NotATime),
            ("soon", AmountError::NotATime),
            ("1x", AmountError::NotATime),
            ("1.5d", AmountError::NotATime),
            ("99999999999999999999s", AmountError::NotATime),
            ("0", AmountError::NotOnward),
            ("0d", AmountError::NotOnward),
            ("-5s", AmountError::NotOnward),
            ("1us", AmountError::NotOnward),
            ("367d", AmountError::TooFar),
            ("9000h", AmountError::TooFar),
            ("18446744073709551615d", AmountError::TooFar),
        ] {
            assert_eq!(clock_amount(text), Err(wrong), "{text}");
        }
    }
}
