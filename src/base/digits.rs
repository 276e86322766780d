//! Numbers as text without the machinery of formatting, for what is written a million times.

/// A number in decimal.
pub struct Digits {
    text: [u8; 20],
    start: usize,
}

impl Digits {
    pub fn of(mut value: u64) -> Digits {
        let mut text = [0; 20];
        let mut start = 20;
        // Two digits at a time, since the large division is what takes long.
        for pair in text.chunks_exact_mut(2).rev() {
            let two = (value % 100) as u8;
            value /= 100;
            pair.copy_from_slice(&[b'0' + two / 10, b'0' + two % 10]);
            start -= 2;
            if value == 0 {
                start += usize::from(two < 10);
                break;
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lengths() {
        for value in [0, 7, 10, 1_234_567_890, u64::MAX] {
            assert_eq!(Digits::of(value).text(), value.to_string());
        }
    }
}
