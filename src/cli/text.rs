//! Values as the command shows them, and widths of texts on a screen.

use unicode_width::UnicodeWidthChar;

/// The value itself when it is printable ASCII, and else its base64 form.
pub fn printable(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) if value.iter().all(|b| (b' '..=b'~').contains(b)) => text.to_owned(),
        _ => base64(value),
    }
}

/// The standard base64 form, with padding.
pub fn base64(value: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(value.len().div_ceil(3) * 4);
    for chunk in value.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// The first and last fifteen characters of a text of more than forty.
pub fn abridged(text: String) -> String {
    if text.len() <= 40 {
        return text;
    }
    format!("{}...{}", &text[..15], &text[text.len() - 15..])
}

/// Columns that a character takes on a screen.
pub fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Columns that a text takes on a screen.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ascii_becomes_base64() {
        for (value, want) in
            [("hello", "hello"), ("hi\n", "aGkK"), ("żółć 鍵 🔑", "xbzDs8WCxIcg6Y21IPCflJE="), ("", "")]
        {
            assert_eq!(printable(value.as_bytes()), want);
        }
        assert_eq!(base64(b"ab"), "YWI=");
    }
}
