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
            let low = (value % 10_000) as u32;
            value /= 10_000;
            start -= 4;
            text[start..start + 4].copy_from_slice(&four(low));
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

/// Numbers in decimal with a dot before each, put together from the last to the first.
#[derive(Clone, Copy, Debug)]
pub struct Dotted {
    text: [u8; Dotted::ROOM],
    start: usize,
}

impl Default for Dotted {
    fn default() -> Dotted {
        Dotted { text: [0; Dotted::ROOM], start: Dotted::ROOM }
    }
}

impl Dotted {
    /// Bytes for five of the largest numbers.
    const ROOM: usize = 5 * 21;

    /// Puts a number before all others. There may be five.
    pub fn put(&mut self, mut value: u64) {
        let Dotted { text, start } = self;
        let mut at = *start;
        while value >= 100 {
            let two = pair((value % 100) as u32);
            value /= 100;
            at -= 2;
            text[at..at + 2].copy_from_slice(&two);
        }
        let [ten, one] = pair(value as u32);
        at -= 1;
        text[at] = one;
        if value >= 10 {
            at -= 1;
            text[at] = ten;
        }
        text[at - 1] = b'.';
        *start = at - 1;
    }

    /// Puts a number before all others that was written before.
    pub fn put_written(&mut self, number: &Digits) {
        let digits = number.bytes();
        let at = self.start - digits.len();
        self.text[at..self.start].copy_from_slice(digits);
        self.text[at - 1] = b'.';
        self.start = at - 1;
    }

    pub fn bytes(&self) -> &[u8] {
        &self.text[self.start..]
    }
}

/// Appends a number in decimal.
pub fn write_digits(out: &mut Vec<u8>, value: u64) {
    if value >= 10_000 {
        write_digits(out, value / 10_000);
        return out.extend_from_slice(&four((value % 10_000) as u32));
    }
    match value as u32 {
        value @ 0..10 => out.push(b'0' + value as u8),
        value @ 10..100 => out.extend_from_slice(&pair(value)),
        value => {
            let digits = four(value);
            out.extend_from_slice(if value < 1000 { &digits[1..] } else { &digits });
        }
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

/// Takes the number off that a text ends with: what stands before it, and its value, 0 where there is none. Of a number
/// that is too large the lowest 64 bits are told.
pub fn last_digits(text: &[u8]) -> (&[u8], u64) {
    let (mut rest, mut value, mut worth) = (text, 0_u64, 1_u64);
    loop {
        let mut eight = [0; 8];
        match rest.last_chunk() {
            Some(last) => eight = *last,
            None => eight[8 - rest.len()..].copy_from_slice(rest),
        }
        let (count, number) = last_of_eight(eight);
        (rest, value) = (&rest[..rest.len() - count], value.wrapping_add(worth.wrapping_mul(number)));
        if count < 8 {
            return (rest, value);
        }
        worth = worth.wrapping_mul(100_000_000);
    }
}

/// How many digits stand at the end of eight bytes, and the number that they make: all in a few steps.
fn last_of_eight(text: [u8; 8]) -> (usize, u64) {
    // The last byte is the highest. What is no digit becomes more than 9, and 0x76 more sets its high bit.
    let bytes = u64::from_le_bytes(text) ^ 0x3030_3030_3030_3030;
    let others = (bytes | ((bytes & 0x7f7f_7f7f_7f7f_7f7f) + 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080;
    let count = others.leading_zeros() / 8;
    // Digits before those are taken for zeros.
    let one = bytes & u64::MAX.checked_shl(64 - 8 * count).unwrap_or(0);
    let two = (one * 10 + (one >> 8)) & 0x00ff_00ff_00ff_00ff;
    let four = (two * 100 + (two >> 16)) & 0x0000_ffff_0000_ffff;
    (count as usize, (four * 10_000 + (four >> 32)) & 0xffff_ffff)
}

/// The digits of a number below ten thousand.
fn four(number: u32) -> [u8; 4] {
    let ([a, b], [c, d]) = (pair(number / 100), pair(number % 100));
    [a, b, c, d]
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
            let mut written = Vec::new();
            write_digits(&mut written, value);
            assert_eq!(written, value.to_string().as_bytes());
            let read = Some(value).filter(|value| *value < 10_000_000_000_000_000_000);
            assert_eq!(read_digits(value.to_string().as_bytes()), read);
            assert_eq!(last_digits(format!("a.{value}").as_bytes()), (&b"a."[..], value));
            assert_eq!(last_digits(value.to_string().as_bytes()), (&b""[..], value));
            let mut dotted = Dotted::default();
            dotted.put(value);
            dotted.put_written(&Digits::of(value));
            (0..3).for_each(|_| dotted.put(u64::MAX));
            let largest = format!(".{}", u64::MAX).repeat(3);
            assert_eq!(dotted.bytes(), format!("{largest}.{value}.{value}").as_bytes());
        }
    }

    #[test]
    fn whatever_is_no_digit_ends_a_number() {
        for other in (0..=u8::MAX).filter(|byte| !byte.is_ascii_digit()) {
            for place in 0..10 {
                let mut text = *b"1234567890";
                text[place] = other;
                let number = read_digits(&text[place + 1..]).unwrap_or(0);
                assert_eq!(last_digits(&text), (&text[..=place], number), "{text:?}");
            }
        }
    }
}
