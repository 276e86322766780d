//! Texts in the forms that Go's standard library gives them: quoted, printable or base64, and their widths on a screen.

use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

/// The text in double quotes with escapes, as Go's `%q` writes it.
pub fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\x07' => quoted.push_str("\\a"),
            '\x08' => quoted.push_str("\\b"),
            '\x0c' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\x0b' => quoted.push_str("\\v"),
            '\0'..'\x20' | '\x7f' => _ = write!(quoted, "\\x{:02x}", c as u32),
            _ if is_print(c) => quoted.push(c),
            '\u{80}'..='\u{ffff}' => _ = write!(quoted, "\\u{:04x}", c as u32),
            _ => _ = write!(quoted, "\\U{:08x}", c as u32),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a character leaves a mark on the screen; of spaces only the plain one counts.
fn is_print(c: char) -> bool {
    let format = matches!(c, '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}'..='\u{ffff}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e007f}' | '\u{f0000}'..);
    c == ' ' || !(c.is_control() || c.is_whitespace() || format)
}

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
    fn quotes_as_go_does() {
        for (text, want) in [
            ("a\"b\\", r#""a\"b\\""#),
            ("a\nb\u{1}", r#""a\nb\x01""#),
            ("żółć 🔑", "\"żółć 🔑\""),
            ("a\u{a0}b\u{200b}", r#""a\u00a0b\u200b""#),
        ] {
            assert_eq!(quote(text), want);
        }
    }

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
