//! Reading JSON into values, with the errors that Go's decoder gives.

use std::borrow::Cow;

/// A value. Numbers keep their text, since what they may be depends on who reads them.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    Null,
    Bool(bool),
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// How deep values may be nested, as in Go.
const DEPTH_MAX: usize = 1000;

/// The one value in `text`, as `json.Unmarshal` takes it.
pub fn parse(text: &[u8]) -> Result<Json<'_>, String> {
    let mut reader = Reader { text: valid(text), at: 0, depth: 0 };
    let read = reader.value().and_then(|value| {
        reader.space();
        if reader.at < reader.text.len() {
            return reader.wrong("after top-level value");
        }
        Ok(value)
    });
    read.map_err(|error| match error.rsplit_once(" at offset ") {
        _ if error == UNFINISHED => "unexpected end of JSON input".to_owned(),
        Some((error, _)) => error.to_owned(),
        None => error,
    })
}

/// Gives all values in `text`, one after the other, as a `json.Decoder` reads them until the end.
pub fn parse_all<'a>(
    text: &'a [u8],
    each: &mut dyn FnMut(Json<'a>) -> Result<(), String>,
) -> Result<(), String> {
    let mut reader = Reader { text: valid(text), at: 0, depth: 0 };
    loop {
        reader.space();
        if reader.at == reader.text.len() {
            return Ok(());
        }
        each(reader.value()?)?;
    }
}

/// What is not UTF-8 can only stand in strings, where Go replaces it; here it ends the text.
fn valid(text: &[u8]) -> &str {
    match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&text[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// What a decoder says where more should come.
const UNFINISHED: &str = "unexpected EOF";

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Result<Json<'a>, String> {
        self.space();
        match self.peek()? {
            b'{' => self.nested(Reader::object),
            b'[' => self.nested(Reader::list),
            b'"' => Ok(Json::Text(self.string()?)),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.wrong("looking for beginning of value"),
        }
    }

    fn nested(&mut self, read: fn(&mut Reader<'a>) -> Result<Json<'a>, String>) -> Result<Json<'a>, String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err("exceeded max depth".to_owned());
        }
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Json<'a>, String> {
        let mut fields = Vec::new();
        self.space();
        if self.peek()? == b'}' {
            self.at += 1;
            return Ok(Json::Object(fields));
        }
        loop {
            self.space();
            if self.peek()? != b'"' {
                return self.wrong("looking for beginning of object key string");
            }
            let name = self.string()?;
            self.space();
            if self.peek()? != b':' {
                return self.wrong("after object key");
            }
            self.at += 1;
            fields.push((name, self.value()?));
            self.space();
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => break,
                _ => return self.wrong("after object key:value pair"),
            }
        }
        self.at += 1;
        Ok(Json::Object(fields))
    }

    fn list(&mut self) -> Result<Json<'a>, String> {
        let mut items = Vec::new();
        self.space();
        if self.peek()? == b']' {
            self.at += 1;
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value()?);
            self.space();
            match self.peek()? {
                b',' => self.at += 1,
                b']' => break,
                _ => return self.wrong("after array element"),
            }
        }
        self.at += 1;
        Ok(Json::List(items))
    }

    fn word(&mut self, word: &'static str, value: Json<'a>) -> Result<Json<'a>, String> {
        for letter in word.bytes() {
            if self.peek()? != letter {
                return self.wrong(&format!("in literal {word} (expecting '{}')", char::from(letter)));
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<Json<'a>, String> {
        let start = self.at;
        if self.peek()? == b'-' {
            self.at += 1;
        }
        match self.peek()? {
            b'0' => self.at += 1,
            _ => self.digits()?,
        }
        if self.text.as_bytes().get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.text.as_bytes().get(self.at) {
            self.at += 1;
            if let b'+' | b'-' = self.peek()? {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Json::Number(&self.text[start..self.at]))
    }

    /// One or more.
    fn digits(&mut self) -> Result<(), String> {
        if !self.peek()?.is_ascii_digit() {
            return self.wrong("in numeric literal");
        }
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|b| b.is_ascii_digit()).count();
        Ok(())
    }

    fn string(&mut self) -> Result<Cow<'a, str>, String> {
        self.at += 1;
        let start = self.at;
        let mut owned: Option<String> = None;
        loop {
            let from = self.at;
            let rest = &self.text.as_bytes()[from..];
            self.at += rest.iter().take_while(|b| !matches!(b, b'"' | b'\\' | 0..0x20)).count();
            let plain = &self.text[from..self.at];
            if let Some(text) = &mut owned {
                text.push_str(plain);
            }
            match self.peek()? {
                b'"' => break,
                b'\\' => {
                    let text = owned.get_or_insert_with(|| plain.to_owned());
                    let c = self.escape()?;
                    text.push(c);
                }
                _ => return self.wrong("in string"),
            }
        }
        self.at += 1;
        Ok(owned.map_or(Cow::Borrowed(&self.text[start..self.at - 1]), Cow::Owned))
    }

    fn escape(&mut self) -> Result<char, String> {
        self.at += 1;
        let c = match self.peek()? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return self.wrong("in string"),
        };
        self.at += 1;
        Ok(c)
    }

    /// `uXXXX`, and a second one where they are a surrogate pair.
    fn unicode(&mut self) -> Result<char, String> {
        let first = self.hex()?;
        let after = self.at;
        if (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with("\\u") {
            self.at += 1;
            let second = self.hex()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = after;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Result<u32, String> {
        self.at += 1;
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = char::from(self.peek()?).to_digit(16) else {
                return self.wrong("in string");
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    fn space(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    fn peek(&self) -> Result<u8, String> {
        self.text.as_bytes().get(self.at).copied().ok_or_else(|| UNFINISHED.to_owned())
    }

    fn wrong<T>(&self, context: &str) -> Result<T, String> {
        let c = self.text[self.at..].chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
        let shown = match c {
            '\'' => "'\\''".to_owned(),
            '"' => "'\"'".to_owned(),
            '\n' => "'\\n'".to_owned(),
            '\r' => "'\\r'".to_owned(),
            '\t' => "'\\t'".to_owned(),
            ..' ' | '\u{7f}' => format!("'\\x{:02x}'", c as u32),
            c => format!("'{c}'"),
        };
        Err(format!("invalid character {shown} {context} at offset {}", self.at + c.len_utf8()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &str) {
        let mut values = Vec::new();
        let read = parse_all(text.as_bytes(), &mut |value| {
            values.push(value);
            Ok(())
        });
        let got = match read {
            Ok(()) => format!("{values:?}"),
            Err(error) => error,
        };
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn values() {
        check(
            " {\"a\" : [1, -2.5e3, true,null,\"x\\u003e\\n\"]} ",
            "[Object([(\"a\", List([Number(\"1\"), Number(\"-2.5e3\"), Bool(true), Null, Text(\"x>\\n\")]))])]",
        );
        check("\"\\ud83d\\ude00\\ud83d\"", "[Text(\"😀\u{fffd}\")]");
        check("{}\n[]", "[Object([]), List([])]");
        check("", "[]");
    }

    #[test]
    fn errors_are_go_s() {
        for (text, want) in [
            ("hello", "invalid character 'h' looking for beginning of value at offset 1"),
            ("{\"name\":\"c", "unexpected EOF"),
            (
                "{\"name\":\"c\",}",
                "invalid character '}' looking for beginning of object key string at offset 13",
            ),
            ("{\"name\" \"c\"}", "invalid character '\"' after object key at offset 9"),
            ("{\"name\":\"c\" \"x\":1}", "invalid character '\"' after object key:value pair at offset 13"),
            ("{name:\"c\"}", "invalid character 'n' looking for beginning of object key string at offset 2"),
            ("{\"name\":tru}", "invalid character '}' in literal true (expecting 'e') at offset 12"),
            (
                "{\"name\":\"c\",\"max_msgs\":01}",
                "invalid character '1' after object key:value pair at offset 25",
            ),
            ("{\"name\":\"c\",\"max_msgs\":-}", "invalid character '}' in numeric literal at offset 25"),
            ("{\"subjects\":[\"a\" \"b\"]}", "invalid character '\"' after array element at offset 18"),
            ("{\"max_msgs\":1.}", "invalid character '}' in numeric literal at offset 15"),
            ("{\"name\":\"a\tb\"}", "invalid character '\\t' in string at offset 11"),
            ("é", "invalid character 'é' looking for beginning of value at offset 2"),
            ("{\"name\":\"c\"} junk", "invalid character 'j' looking for beginning of value at offset 14"),
        ] {
            check(text, want);
        }
        assert!(parse("[".repeat(5000).as_bytes()).is_err());
    }
}
