//! The syntax of JSON: text into values, with the errors of Go's scanner.

use std::borrow::Cow;

use super::Error;
use crate::gofmt::quote;

/// A value. Numbers keep their text, since what they may be depends on the type that reads them.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Value<'a>>),
    /// In the order of the text, equal names included.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

/// How deep values may be nested; Go allows 10,000, for which there is no room on a browser's stack.
const DEPTH_MAX: usize = 1000;

/// Reads the one value in `text`.
///
/// # Errors
///
/// Those of `json.Unmarshal`, which do not name the offset.
pub fn parse(text: &[u8]) -> Result<Value<'_>, Error> {
    let mut parser = Parser::new(text);
    let parsed = match parser.next() {
        Some(value) => value.and_then(|value| {
            parser.skip_space();
            if parser.at < text.len() { parser.fail("after top-level value") } else { Ok(value) }
        }),
        None => Err(Error::UnexpectedEof),
    };
    parsed.map_err(|error| match error {
        Error::UnexpectedEof => Error::Custom("unexpected end of JSON input".to_owned()),
        Error::Syntax { text, .. } => Error::Custom(text),
        other => other,
    })
}

/// Iterates over the values in a text that stand one after the other, as Go's `json.Decoder` does.
pub(super) struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    depth: usize,
}

impl<'a> Iterator for Parser<'a> {
    type Item = Result<Value<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_space();
        (self.at < self.text.len()).then(|| self.value())
    }
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a [u8]) -> Parser<'a> {
        Parser { text, at: 0, depth: 0 }
    }

    fn value(&mut self) -> Result<Value<'a>, Error> {
        self.skip_space();
        match self.peek()? {
            b'{' => self.nested(Parser::object),
            b'[' => self.nested(Parser::list),
            b'"' => Ok(Value::Text(self.string()?)),
            b't' => self.literal("true", Value::Bool(true)),
            b'f' => self.literal("false", Value::Bool(false)),
            b'n' => self.literal("null", Value::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.fail("looking for beginning of value"),
        }
    }

    fn nested(&mut self, read: fn(&mut Parser<'a>) -> Result<Value<'a>, Error>) -> Result<Value<'a>, Error> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(Error::Custom("exceeded max depth".to_owned()));
        }
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Value<'a>, Error> {
        let mut fields = Vec::new();
        self.skip_space();
        if self.peek()? == b'}' {
            self.at += 1;
            return Ok(Value::Object(fields));
        }
        loop {
            self.skip_space();
            if self.peek()? != b'"' {
                return self.fail("looking for beginning of object key string");
            }
            let name = self.string()?;
            self.skip_space();
            if self.peek()? != b':' {
                return self.fail("after object key");
            }
            self.at += 1;
            fields.push((name, self.value()?));
            self.skip_space();
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => break,
                _ => return self.fail("after object key:value pair"),
            }
        }
        self.at += 1;
        Ok(Value::Object(fields))
    }

    fn list(&mut self) -> Result<Value<'a>, Error> {
        let mut items = Vec::new();
        self.skip_space();
        if self.peek()? == b']' {
            self.at += 1;
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value()?);
            self.skip_space();
            match self.peek()? {
                b',' => self.at += 1,
                b']' => break,
                _ => return self.fail("after array element"),
            }
        }
        self.at += 1;
        Ok(Value::List(items))
    }

    fn literal(&mut self, word: &'static str, value: Value<'a>) -> Result<Value<'a>, Error> {
        for letter in word.bytes() {
            if self.peek()? != letter {
                return self.fail(&format!("in literal {word} (expecting '{}')", char::from(letter)));
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<Value<'a>, Error> {
        let start = self.at;
        if self.peek()? == b'-' {
            self.at += 1;
        }
        match self.peek()? {
            b'0' => self.at += 1,
            _ => self.digits()?,
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.text.get(self.at) {
            self.at += 1;
            if let b'+' | b'-' = self.peek()? {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Value::Number(std::str::from_utf8(&self.text[start..self.at]).unwrap_or_default()))
    }

    /// One or more.
    fn digits(&mut self) -> Result<(), Error> {
        if !self.peek()?.is_ascii_digit() {
            return self.fail("in numeric literal");
        }
        self.at += self.text[self.at..].iter().take_while(|b| b.is_ascii_digit()).count();
        Ok(())
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = &self.text[self.at..];
            let length = rest.iter().take_while(|b| !matches!(b, b'"' | b'\\' | 0..0x20)).count();
            self.at += length;
            text += replace_invalid(&rest[..length]);
            match self.peek()? {
                b'"' => break,
                b'\\' => text.to_mut().push(self.escape()?),
                _ => return self.fail("in string"),
            }
        }
        self.at += 1;
        Ok(text)
    }

    fn escape(&mut self) -> Result<char, Error> {
        let c = match self.text.get(self.at + 1).ok_or(Error::UnexpectedEof)? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return self.fail_in_escape(2),
        };
        self.at += 2;
        Ok(c)
    }

    /// `\uXXXX`, and a second one where they are a surrogate pair.
    fn unicode(&mut self) -> Result<char, Error> {
        let first = self.code_unit()?;
        let after = self.at;
        if (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with(b"\\u") {
            let second = self.code_unit()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = after;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn code_unit(&mut self) -> Result<u32, Error> {
        let digits = self.text[self.at + 2..].iter().take(4);
        if !digits.clone().all(u8::is_ascii_hexdigit) {
            return self.fail_in_escape(6);
        }
        if digits.len() < 4 {
            return Err(Error::UnexpectedEof);
        }
        self.at += 6;
        Ok(digits.fold(0, |code, digit| code * 16 + char::from(*digit).to_digit(16).unwrap_or(0)))
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    fn peek(&self) -> Result<u8, Error> {
        self.text.get(self.at).copied().ok_or(Error::UnexpectedEof)
    }

    /// The error about an escape that has so many bytes.
    fn fail_in_escape<T>(&self, length: usize) -> Result<T, Error> {
        let escape = &self.text[self.at..][..length.min(self.text.len() - self.at)];
        let text = format!("invalid escape sequence {} in string", backquote(escape));
        Err(Error::Syntax { text, offset: self.at + escape.len() })
    }

    /// The error about the character that comes next.
    fn fail<T>(&self, context: &str) -> Result<T, Error> {
        let rest = &self.text[self.at..];
        let (shown, length) = match rest.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next()) {
            Some(c) => (quote_char(c), c.len_utf8()),
            None => (format!("'\\x{:x}'", rest.first().unwrap_or(&0)), 1),
        };
        let text = format!("invalid character {shown} {context}");
        Err(Error::Syntax { text, offset: self.at + length })
    }
}

/// A part of the text in backquotes, or quoted where it could not be read then.
fn backquote(part: &[u8]) -> String {
    let quoted = quote(part);
    match std::str::from_utf8(part) {
        Ok(text) if !text.contains(['`', ' ']) && quoted == format!("\"{}\"", escape_quotes(text)) => {
            format!("`{text}`")
        }
        _ => quoted,
    }
}

fn escape_quotes(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Bytes of a string, with U+FFFD for each one that is not UTF-8.
fn replace_invalid(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    Cow::Owned(text)
}

/// A character in single quotes, as `strconv.QuoteRune` writes it.
fn quote_char(c: char) -> String {
    match c {
        '\'' => "'\\''".to_owned(),
        '"' => "'\"'".to_owned(),
        c => {
            let quoted = quote(c.encode_utf8(&mut [0; 4]));
            format!("'{}'", &quoted[1..quoted.len() - 1])
        }
    }
}
