//! Values that are neither maps nor lists: texts with and without quotes, numbers with units, booleans.

use super::cursor::Cursor;
use super::value::Value;

pub(super) enum Scalar {
    Value(Value),
    /// A reference to a variable, `$NAME`.
    Variable(String),
}

/// A text up to `quote`, whose first one has been passed. Only double quotes allow escapes.
pub(super) fn quoted(cursor: &mut Cursor<'_>, quote: u8) -> Result<String, String> {
    let (mut text, mut start) = (String::new(), cursor.offset());
    loop {
        match cursor.peek() {
            None => return cursor.error("Unexpected EOF."),
            Some(c) if c == quote => {
                text.push_str(&cursor.since(start));
                cursor.next();
                return Ok(text);
            }
            Some(b'\\') if quote == b'"' => {
                text.push_str(&cursor.since(start));
                text.push(escape(cursor)?);
                start = cursor.offset();
            }
            Some(_) => {
                cursor.next();
            }
        }
    }
}

fn escape(cursor: &mut Cursor<'_>) -> Result<char, String> {
    cursor.next();
    match cursor.next() {
        Some(b't') => Ok('\t'),
        Some(b'n') => Ok('\n'),
        Some(b'r') => Ok('\r'),
        Some(c @ (b'"' | b'\\')) => Ok(c.into()),
        Some(b'x') => hex_escape(cursor),
        other => {
            let got = other.map_or(char::REPLACEMENT_CHARACTER, char::from);
            cursor.error(format!(
                "Invalid escape character '{got}'. Only the following escape characters are allowed: \
                 \\xXX, \\t, \\n, \\r, \\\", \\\\."
            ))
        }
    }
}

fn hex_escape(cursor: &mut Cursor<'_>) -> Result<char, String> {
    let start = cursor.offset();
    cursor.next();
    cursor.next();
    let digits = cursor.since(start);
    match u8::from_str_radix(&digits, 16) {
        Ok(byte) if digits.len() == 2 => Ok(byte.into()),
        _ => cursor.error(format!("Expected two hexadecimal digits after '\\x', but got '{digits}'")),
    }
}

/// A word without quotes that begins here: a text, a boolean or a variable.
pub(super) fn word(cursor: &mut Cursor<'_>) -> Result<Scalar, String> {
    word_from(cursor, cursor.offset())
}

/// A word that began at `start`.
fn word_from(cursor: &mut Cursor<'_>, mut start: usize) -> Result<Scalar, String> {
    let (mut text, mut has_escapes) = (String::new(), false);
    while let Some(c) = cursor.peek() {
        match c {
            b'\n' | b'\r' | b' ' | b'\t' | b';' | b',' | b']' | b'}' | b'\'' => break,
            b'\\' => {
                text.push_str(&cursor.since(start));
                text.push(escape(cursor)?);
                (start, has_escapes) = (cursor.offset(), true);
            }
            _ => {
                cursor.next();
            }
        }
    }
    text.push_str(&cursor.since(start));
    let ends_in_quote = cursor.next_if(|c| c == b'\'').is_some();
    if ends_in_quote || has_escapes {
        return Ok(Scalar::Value(Value::String(text)));
    }
    Ok(match text.to_ascii_lowercase().as_str() {
        "true" | "on" | "yes" => Scalar::Value(Value::Bool(true)),
        "false" | "off" | "no" => Scalar::Value(Value::Bool(false)),
        _ => match text.strip_prefix('$') {
            Some(name) => Scalar::Variable(name.to_owned()),
            None => Scalar::Value(Value::String(text)),
        },
    })
}

pub(super) fn negative(cursor: &mut Cursor<'_>) -> Result<Scalar, String> {
    let start = cursor.offset();
    cursor.next();
    if !cursor.peek().is_some_and(|c| c.is_ascii_digit()) {
        let got = cursor.unexpected();
        return cursor.error(format!("Expected a digit but got '{got}'."));
    }
    skip_digits(cursor);
    match cursor.peek() {
        Some(b'.') => float(cursor, start),
        Some(c) if is_unit(c) => with_unit(cursor, start),
        _ => integer(cursor, start),
    }
}

/// A number, perhaps with a unit as `k`, `MB` or `GiB`; or else an address or another text that begins with a digit.
pub(super) fn number(cursor: &mut Cursor<'_>) -> Result<Scalar, String> {
    let start = cursor.offset();
    skip_digits(cursor);
    match cursor.peek() {
        Some(b'-') if cursor.offset() - start != 4 => {
            cursor.error("All ISO8601 dates must be in full Zulu form.")
        }
        Some(b'.') => float(cursor, start),
        Some(c) if is_unit(c) => with_unit(cursor, start),
        c if ends_number(c) => integer(cursor, start),
        _ => word_from(cursor, start),
    }
}

fn with_unit(cursor: &mut Cursor<'_>, start: usize) -> Result<Scalar, String> {
    cursor.next();
    cursor.next_while(|c| matches!(c, b'b' | b'B' | b'i' | b'I'));
    if ends_number(cursor.peek()) { integer(cursor, start) } else { word_from(cursor, start) }
}

/// A fraction, or an IPv4 address, which has more than one dot.
fn float(cursor: &mut Cursor<'_>, start: usize) -> Result<Scalar, String> {
    cursor.next();
    if !cursor.peek().is_some_and(|c| c.is_ascii_digit()) {
        let got = cursor.unexpected();
        return cursor.error(format!("Floats must have a digit after the '.', but got '{got}' instead."));
    }
    skip_digits(cursor);
    if cursor.peek() == Some(b'.') {
        cursor.next_while(|c| c.is_ascii_digit() || matches!(c, b'.' | b':' | b'-'));
        return Ok(Scalar::Value(Value::String(cursor.since(start))));
    }
    let text = cursor.since(start);
    match text.parse() {
        Ok(number) => Ok(Scalar::Value(Value::Float(number))),
        Err(_) => Err(format!("expected float, but got '{text}'")),
    }
}

/// Digits and perhaps a unit: `K` is a thousand, `KB` and `KiB` are 1024.
fn integer(cursor: &Cursor<'_>, start: usize) -> Result<Scalar, String> {
    let text = cursor.since(start);
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = unit.to_ascii_lowercase();
    let base: i64 = if unit.len() > 1 { 1024 } else { 1000 };
    let power = unit.bytes().next().and_then(|letter| b"_kmgtpe".iter().position(|other| *other == letter));
    match number.parse::<i64>() {
        Ok(number) => {
            // Go's multiplication wraps as well.
            let factor = base.wrapping_pow(power.unwrap_or(0) as u32);
            Ok(Scalar::Value(Value::Integer(number.wrapping_mul(factor))))
        }
        Err(_) => Err(format!("integer '{text}' is out of the range")),
    }
}

fn skip_digits(cursor: &mut Cursor<'_>) {
    cursor.next_while(|c| c.is_ascii_digit());
}

fn is_unit(c: u8) -> bool {
    b"kKmMgGtTpPeE".contains(&c)
}

fn ends_number(c: Option<u8>) -> bool {
    matches!(c, None | Some(b'\n' | b'\r' | b'}' | b';' | b',' | b' ' | b'\t'))
}
