//! Numbers as text without the machinery of formatting, for what is written a million times.

/// A number in decimal.
#[derive(Clone, Copy, Debug)]
pub struct Digits {
    text: [u8; 20],
    start: usize,
}

impl Digits {
    pub fn of(mut value: u64) -> Digits {
        let mut text = [0; 20];
        let mut start = 20;
        // Four digits at a time, since the large division is what takes long.
        while value >= 10_000 {
            let four = (value % 10_000) as u32;
            value /= 10_000;
            start -= 4;
            text[start..start + 2].copy_from_slice(&pair(four / 100));
            text[start + 2..start + 4].copy_from_slice(&pair(four % 100));
        }
        let mut rest = value as u32;
        if rest >= 100 {
            start -= 2;
            text[start..start + 2].copy_from_slice(&pair(rest % 100));
            rest /= 100;
        }
        let [ten, one] = pair(rest);
        start -= 1;
        text[start] = one;
        if rest >= 10 {
            start -= 1;
            text[start] = ten;
        }
        Digits { text, start }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.text[self.start..]
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }
}

/// A number of digits only, which must not be too many.
pub fn read_digits(digits: &[u8]) -> Option<u64> {
    if !(1..20).contains(&digits.len()) {
        return None;
    }
    digits.iter().try_fold(0_u64, |value, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| value * 10 + u64::from(digit))
    })
}

/// Both digits of a number below a hundred.
fn pair(number: u32) -> [u8; 2] {
    [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits() {
        for wrong in ["", "+1", "1 ", "x", "00000000000000000000"] {
            assert_eq!(read_digits(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn all_lengths() {
        let tens = (0..20).map(|places| 10_u64.pow(places));
        for value in tens.flat_map(|ten| [ten - 1, ten, ten + 1]).chain([1_234_567_890, u64::MAX]) {
            assert_eq!(Digits::of(value).text(), value.to_string());
            let read = Some(value).filter(|value| *value < 10_000_000_000_000_000_000);
            assert_eq!(read_digits(value.to_string().as_bytes()), read);
        }
    }
}
