//! The decimal numbers of `bc`, of any length up to a limit.

use std::cmp::Ordering;

use num_bigint::BigInt;

/// More digits cost more than a calculator may.
pub(super) const DIGITS_MAX: usize = 2000;

/// Why a statement gives nothing.
pub(super) enum Wrong {
    Syntax,
    Runtime(&'static str),
    Absent(String),
}

pub(super) type Result<T> = std::result::Result<T, Wrong>;

/// A decimal number: an integer, and how many of its digits stand behind the point.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Number {
    pub(super) digits: BigInt,
    pub(super) scale: usize,
}

impl From<usize> for Number {
    fn from(number: usize) -> Number {
        Number { digits: BigInt::from(number), scale: 0 }
    }
}

impl Number {
    pub(super) fn read(text: &str) -> Option<Number> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if text.len() > DIGITS_MAX || fraction.contains('.') {
            return None;
        }
        let digits = format!("0{whole}{fraction}").parse().ok()?;
        Some(Number { digits, scale: fraction.len() })
    }

    pub(super) fn truth(holds: bool) -> Number {
        Number::from(usize::from(holds))
    }

    pub(super) fn is_true(&self) -> bool {
        self.digits != BigInt::ZERO
    }

    pub(super) fn negated(&self) -> Number {
        Number { digits: -&self.digits, scale: self.scale }
    }

    pub(super) fn absolute(&self) -> Number {
        if self.digits < BigInt::ZERO { self.negated() } else { self.clone() }
    }

    pub(super) fn to_count(&self) -> Option<usize> {
        usize::try_from(self.clone().cut(0).digits).ok()
    }

    /// The same with so many digits behind the point, or more than it has.
    pub(super) fn at_scale(&self, scale: usize) -> Number {
        let zeros = scale.saturating_sub(self.scale);
        Number { digits: &self.digits * power_of_ten(zeros), scale: self.scale + zeros }
    }

    /// Without the digits behind so many.
    pub(super) fn cut(self, scale: usize) -> Number {
        match self.scale.saturating_sub(scale) {
            0 => self,
            extra => Number { digits: self.digits / power_of_ten(extra), scale },
        }
    }

    pub(super) fn add(&self, other: &Number) -> Number {
        let scale = self.scale.max(other.scale);
        Number { digits: self.at_scale(scale).digits + other.at_scale(scale).digits, scale }
    }

    pub(super) fn divided(&self, by: &Number, scale: usize) -> Number {
        let digits = &self.digits * power_of_ten(scale + by.scale) / (&by.digits * power_of_ten(self.scale));
        Number { digits, scale }
    }

    pub(super) fn compare(&self, other: &Number) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.at_scale(scale).digits.cmp(&other.at_scale(scale).digits)
    }

    pub(super) fn bounded(self) -> Result<Number> {
        match self.digits.bits() as usize > 4 * DIGITS_MAX {
            true => Err(Wrong::Runtime("so long a number is not simulated")),
            false => Ok(self),
        }
    }

    /// Without a zero before the point.
    pub(super) fn to_text(&self) -> String {
        if self.digits == BigInt::ZERO {
            return "0".to_owned();
        }
        let sign = if self.digits < BigInt::ZERO { "-" } else { "" };
        let digits = self.absolute().digits.to_string();
        let digits = format!("{digits:0>0$}", self.scale);
        let (whole, fraction) = digits.split_at(digits.len() - self.scale);
        let point = if self.scale > 0 { "." } else { "" };
        format!("{sign}{whole}{point}{fraction}")
    }
}

fn power_of_ten(exponent: usize) -> BigInt {
    BigInt::from(10).pow(u32::try_from(exponent).unwrap_or(u32::MAX))
}
