//! Bytes to text as they come: a character may be cut between two writes, and what is no UTF-8 becomes `�`.

/// What was left of the write before.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    /// The beginning of a character, at most three bytes.
    cut: Vec<u8>,
}

impl Decoder {
    /// The text of `bytes`, as far as its characters are whole.
    pub fn decode(&mut self, bytes: &[u8]) -> String {
        let joined = [&self.cut, bytes].concat();
        let mut rest = joined.as_slice();
        let mut text = String::with_capacity(rest.len());
        self.cut.clear();
        loop {
            let error = match std::str::from_utf8(rest) {
                Ok(valid) => {
                    text.push_str(valid);
                    return text;
                }
                Err(error) => error,
            };
            let (valid, invalid) = rest.split_at(error.valid_up_to());
            text.push_str(std::str::from_utf8(valid).unwrap_or_default());
            let Some(length) = error.error_len() else {
                self.cut = invalid.to_vec();
                return text;
            };
            text.push('\u{fffd}');
            rest = &invalid[length..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(writes: &[&[u8]], expected: &[&str]) {
        let mut decoder = Decoder::default();
        let texts: Vec<String> = writes.iter().map(|bytes| decoder.decode(bytes)).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn characters_may_be_cut() {
        check(&["né漢👍".as_bytes()], &["né漢👍"]);
        check(&[b"n\xc3", b"\xa9!"], &["n", "é!"]);
        check(&[b"\xf0", b"\x9f", b"\x91", b"\x8d"], &["", "", "", "👍"]);
        check(&[b"a\xffb", b"\xc3", b"b"], &["a\u{fffd}b", "", "\u{fffd}b"]);
        check(&[b"\xe2\x82", b"\xff"], &["", "\u{fffd}\u{fffd}"]);
    }
}
