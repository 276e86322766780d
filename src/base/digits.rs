//! Numbers in the bytes of a protocol.

/// The value of a field that has to consist of decimal digits only; `None` for anything else, and for what is longer
/// than nineteen digits.
pub fn read_digits(digits: &[u8]) -> Option<u64> {
    if !(1..20).contains(&digits.len()) {
        return None;
    }
    digits.iter().try_fold(0_u64, |value, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| value * 10 + u64::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_are_a_number() {
        for wrong in ["", "+1", "-1", "1 ", "x", "00000000000000000000"] {
            assert_eq!(read_digits(wrong.as_bytes()), None, "{wrong}");
        }
        for (text, value) in [("0", 0), ("007", 7), ("9999999999999999999", 9_999_999_999_999_999_999)] {
            assert_eq!(read_digits(text.as_bytes()), Some(value), "{text}");
        }
    }
}
