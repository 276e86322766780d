//! Text in double quotes: `strconv.Quote`, which `%q` prints, and the simpler form in the errors of package `time`.

use std::fmt::Write;

/// The text in double quotes with Go's escapes, as `strconv.Quote` and `%q` write it. Bytes that are not UTF-8 become `\x..`.
pub fn quote(text: impl AsRef<[u8]>) -> String {
    let mut quoted = String::from("\"");
    for chunk in text.as_ref().utf8_chunks() {
        chunk.valid().chars().for_each(|c| push_escaped(&mut quoted, c));
        push_hex(&mut quoted, chunk.invalid());
    }
    quoted.push('"');
    quoted
}

fn push_escaped(quoted: &mut String, c: char) {
    match c {
        '"' | '\\' => quoted.extend(['\\', c]),
        '\x07' => quoted.push_str("\\a"),
        '\x08' => quoted.push_str("\\b"),
        '\x0c' => quoted.push_str("\\f"),
        '\n' => quoted.push_str("\\n"),
        '\r' => quoted.push_str("\\r"),
        '\t' => quoted.push_str("\\t"),
        '\x0b' => quoted.push_str("\\v"),
        ' '..='~' => quoted.push(c),
        '\0'..='\x7f' => push_hex(quoted, &[c as u8]),
        _ if is_print(c) => quoted.push(c),
        '\u{80}'..='\u{ffff}' => _ = write!(quoted, "\\u{:04x}", u32::from(c)),
        _ => _ = write!(quoted, "\\U{:08x}", u32::from(c)),
    }
}

/// `strconv.IsPrint`: letters, marks, numbers, punctuation and symbols, but no space and nothing unassigned.
///
/// [`str::escape_debug`] keeps the same characters, except for a mark that begins a text; hence the letter before it.
fn is_print(c: char) -> bool {
    let mut text = [b'a'; 5];
    let length = 1 + c.encode_utf8(&mut text[1..]).len();
    std::str::from_utf8(&text[..length]).is_ok_and(|text| text.escape_debug().nth(1) == Some(c))
}

/// A text in double quotes as the errors of package `time` hold it: what is not ASCII as the bytes of its UTF-8.
pub(super) fn quote_in_time_error(text: &[u8]) -> String {
    let mut quoted = String::from("\"");
    for byte in text {
        match byte {
            b'"' | b'\\' => quoted.extend(['\\', char::from(*byte)]),
            b' '..=b'\x7f' => quoted.push(char::from(*byte)),
            _ => push_hex(&mut quoted, &[*byte]),
        }
    }
    quoted.push('"');
    quoted
}

fn push_hex(quoted: &mut String, bytes: &[u8]) {
    bytes.iter().for_each(|byte| _ = write!(quoted, "\\x{byte:02x}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All of it as Go 1.26 prints it.
    #[test]
    fn quotes_as_go_does() {
        for (text, want) in [
            ("a\"b\\", r#""a\"b\\""#),
            ("a\nb\u{1}", r#""a\nb\x01""#),
            ("żółć 🔑", "\"żółć 🔑\""),
            ("a\u{a0}b\u{200b}", r#""a\u00a0b\u200b""#),
            ("\x07\x08\x0c\n\r\t\x0b\0\x1f\x7f\u{80}\u{9f}", r#""\a\b\f\n\r\t\v\x00\x1f\x7f\u0080\u009f""#),
            (
                "\u{ad}\u{378}\u{e000}\u{feff}\u{fffd}\u{e0001}\u{10ffff}\u{2028}",
                "\"\\u00ad\\u0378\\ue000\\ufeff\u{fffd}\\U000e0001\\U0010ffff\\u2028\"",
            ),
            ("\u{301}🧿\u{fffe}", "\"\u{301}🧿\\ufffe\""),
        ] {
            assert_eq!(quote(text), want);
        }
        assert_eq!(quote(b"\xff\xc0a\xf0\x9f"), r#""\xff\xc0a\xf0\x9f""#);
    }

    #[test]
    fn errors_of_package_time_hold_ascii_only() {
        assert_eq!(quote_in_time_error("1é\"\u{1}\u{7f}".as_bytes()), "\"1\\xc3\\xa9\\\"\\x01\u{7f}\"");
    }
}
