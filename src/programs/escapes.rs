//! Escapes behind a backslash, as `echo -e`, `printf` and `$'…'` read them.

use std::iter::Peekable;
use std::str::Chars;

/// Whose escapes are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `echo -e` and `%b`: an octal number begins with a 0, and `\c` ends all output.
    Echo,
    /// The format of `printf`.
    Format,
    /// `$'…'`
    Quoted,
}

/// Writes `text` with its escapes replaced. Returns false after `\c`, which ends all output.
pub fn unescape(text: &str, dialect: Dialect, bytes: &mut Vec<u8>) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        if char != '\\' {
            bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        } else if !escape(&mut chars, dialect, bytes) {
            return false;
        }
    }
    true
}

/// Replaces the escape behind a backslash.
pub(super) fn escape(chars: &mut Peekable<Chars<'_>>, dialect: Dialect, bytes: &mut Vec<u8>) -> bool {
    let byte = match chars.peek() {
        Some('a') => 7,
        Some('b') => 8,
        Some('e' | 'E') => 27,
        Some('"') if dialect != Dialect::Echo => b'"',
        Some('\'') if dialect == Dialect::Quoted => b'\'',
        Some('?') if dialect == Dialect::Quoted => b'?',
        Some(letter @ ('x' | 'u' | 'U')) => {
            let (letter, digits) =
                (*letter, if *letter == 'x' { 2 } else { 4 + 4 * usize::from(*letter == 'U') });
            hexadecimal(chars, letter, digits, bytes);
            return true;
        }
        Some('f') => 12,
        Some('n') => b'\n',
        Some('r') => b'\r',
        Some('t') => b'\t',
        Some('v') => 11,
        Some('\\') => b'\\',
        Some('c') if dialect == Dialect::Echo => return false,
        Some('0') if dialect == Dialect::Echo => {
            chars.next();
            bytes.push(octal(chars));
            return true;
        }
        Some('0'..='7') => {
            bytes.push(octal(chars));
            return true;
        }
        _ => {
            bytes.push(b'\\');
            return true;
        }
    };
    chars.next();
    bytes.push(byte);
    true
}

/// Up to three octal digits.
fn octal(chars: &mut Peekable<Chars<'_>>) -> u8 {
    let mut value = 0_u32;
    for _ in 0..3 {
        let Some(digit) = chars.peek().and_then(|char| char.to_digit(8)) else { break };
        value = value * 8 + digit;
        chars.next();
    }
    value as u8
}

/// A character by its hexadecimal number, a byte behind `x`.
fn hexadecimal(chars: &mut Peekable<Chars<'_>>, letter: char, digits: usize, bytes: &mut Vec<u8>) {
    chars.next();
    let (mut value, mut count) = (0, 0);
    while count < digits
        && let Some(digit) = chars.peek().and_then(|char| char.to_digit(16))
    {
        value = value * 16 + digit;
        count += 1;
        chars.next();
    }
    match (count, letter) {
        (0, _) => bytes.extend([b'\\', letter as u8]),
        (_, 'x') => bytes.push(value as u8),
        _ => bytes.extend(char::from_u32(value).unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]).bytes()),
    }
}
