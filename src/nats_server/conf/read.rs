//! Reads a configuration file, letter by letter.

use super::{Around, At, Conf, Field};

/// Reads the text of the file at a path.
pub fn parse(text: &str, path: &str, around: &dyn Around) -> Result<Conf, String> {
    let maps = vec![Vec::new()];
    let mut reader =
        Reader { text: text.as_bytes(), at: 0, line: 1, line_start: 0, path, around, maps, includes: 0 };
    reader.top()?;
    Ok(Conf::Map(reader.maps.pop().unwrap_or_default()))
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
    /// Where the last line break stands.
    line_start: usize,
    path: &'a str,
    around: &'a dyn Around,
    /// The maps that are being read, the outermost first; variables are looked for in them.
    maps: Vec<Vec<Field>>,
    /// How many files have led to this one.
    includes: usize,
}

/// Maps and lists within each other, and files that include each other.
const DEPTH_MAX: usize = 100;

/// A variable that begins so is a password that somebody did not put in quotes.
const BCRYPT: &str = "2a$";

impl Reader<'_> {
    fn top(&mut self) -> Result<(), String> {
        loop {
            self.skip(|c| c.is_ascii_whitespace());
            match self.peek() {
                None => return Ok(()),
                // A file may be one map in brackets, as in JSON.
                Some(b'{') => {
                    self.next();
                }
                Some(b'}') if self.text[self.at..].trim_ascii() == b"}" => return Ok(()),
                Some(_) => {
                    if self.field(false, 0)? {
                        self.end_of_top()?;
                    }
                }
            }
        }
    }

    fn end_of_top(&mut self) -> Result<(), String> {
        self.skip(|c| matches!(c, b' ' | b'\t'));
        match self.peek() {
            None | Some(b'\n' | b'\r' | b';' | b',' | b'}') => {
                self.next();
                Ok(())
            }
            Some(_) => {
                let got = self.next_char();
                self.wrong(&format!(
                    "Expected a top-level value to end with a new line, comment or EOF, but got '{got}' instead."
                ))
            }
        }
    }

    /// A name and its value, or an include, which ends its line itself: `false`.
    fn field(&mut self, in_map: bool, depth: usize) -> Result<bool, String> {
        if let Some(separator @ (b':' | b'=')) = self.peek() {
            let end = if in_map { "." } else { "" };
            return self.wrong(&format!("Unexpected key separator '{}'{end}", char::from(separator)));
        }
        let quote = self.peek().filter(|c| matches!(c, b'"' | b'\''));
        if quote.is_some() {
            self.next();
        }
        let (start, line, column) = (self.at, self.line, self.at - self.line_start);
        let is_end = |c: u8| match quote {
            Some(quote) => c == quote,
            None => c.is_ascii_whitespace() || matches!(c, b':' | b'='),
        };
        while self.peek().is_some_and(|c| !is_end(c)) {
            self.next();
        }
        let name = self.since(start);
        if self.peek().is_none() && (in_map || quote.is_some()) {
            return self.wrong(if in_map { "Unexpected EOF processing map key." } else { "Unexpected EOF." });
        }
        if quote.is_some() {
            self.next();
        } else if name.eq_ignore_ascii_case("include") && self.peek().is_some_and(|c| c.is_ascii_whitespace())
        {
            self.include()?;
            return Ok(false);
        }
        self.skip_space();
        let separated = matches!(self.peek(), Some(b':' | b'='));
        if separated {
            self.next();
        }
        if self.peek().is_none() && !separated && !in_map {
            let column = self.at - self.line_start;
            return Err(format!("config is invalid ({}:{}:{column})", self.path, self.line));
        }
        if in_map {
            self.skip_space();
        }
        let value = self.value(depth)?;
        let at = At { file: self.path.to_owned(), line, column };
        self.put(Field { name, value, at, is_used: false });
        Ok(true)
    }

    /// Puts a field into the map that is being read. A later one takes the place of one of the same name.
    fn put(&mut self, field: Field) {
        let Some(map) = self.maps.last_mut() else { return };
        match map.iter_mut().find(|other| other.name == field.name) {
            Some(other) => *other = field,
            None => map.push(field),
        }
    }

    fn include(&mut self) -> Result<(), String> {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.next();
        }
        let quote = self.peek().filter(|c| matches!(c, b'"' | b'\''));
        if quote.is_some() {
            self.next();
        }
        let start = self.at;
        let is_end = |c: u8| match quote {
            Some(quote) => c == quote,
            None => c.is_ascii_whitespace() || matches!(c, b';' | b'}'),
        };
        while self.peek().is_some_and(|c| !is_end(c)) {
            self.next();
        }
        let name = self.since(start);
        if quote.is_some() && self.next().is_none() {
            return self.wrong("Unexpected EOF in quoted include");
        }
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = match folder {
            _ if name.starts_with('/') => name.clone(),
            "" => name.clone(),
            folder => format!("{folder}/{name}"),
        };
        let failed = |why: String| format!("error parsing include file '{name}', {why}");
        if self.includes >= DEPTH_MAX {
            return Err(failed("too many includes".to_owned()));
        }
        let text = self.around.file(&path).map_err(failed)?;
        let maps = vec![Vec::new()];
        let mut other = Reader {
            text: text.as_bytes(),
            at: 0,
            line: 1,
            line_start: 0,
            path: &path,
            around: self.around,
            maps,
            includes: self.includes + 1,
        };
        other.top().map_err(failed)?;
        other.maps.pop().unwrap_or_default().into_iter().for_each(|field| self.put(field));
        Ok(())
    }

    fn value(&mut self, depth: usize) -> Result<Conf, String> {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.next();
        }
        if depth >= DEPTH_MAX {
            return self.wrong("too many brackets");
        }
        match self.peek() {
            Some(b'{') => {
                self.next();
                self.map(depth + 1)
            }
            Some(b'[') => {
                self.next();
                self.list(depth + 1)
            }
            Some(quote @ (b'"' | b'\'')) => {
                self.next();
                self.quoted(quote).map(Conf::Text)
            }
            Some(b'-') => self.negative(),
            Some(b'0'..=b'9') => self.number(),
            Some(b'.') => self.wrong("Floats must start with a digit"),
            Some(b'\n' | b'\r') => {
                self.next();
                self.wrong("Expected value but found new line")
            }
            _ => self.bare(self.at, String::new()),
        }
    }

    fn map(&mut self, depth: usize) -> Result<Conf, String> {
        self.maps.push(Vec::new());
        loop {
            self.skip_space();
            match self.peek() {
                None => return self.wrong("Unexpected EOF processing map."),
                Some(b'}') => {
                    self.next();
                    return Ok(Conf::Map(self.maps.pop().unwrap_or_default()));
                }
                Some(b']') => return self.wrong("Unexpected array end ']' processing map."),
                Some(_) => {
                    self.field(true, depth)?;
                    self.end_in(b'}', "map")?;
                }
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Conf, String> {
        let mut items = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                Some(b',') => return self.wrong("Unexpected array value terminator ','."),
                Some(b']') => {
                    self.next();
                    return Ok(Conf::List(items));
                }
                _ => {
                    items.push(self.value(depth)?);
                    self.end_in(b']', "array")?;
                }
            }
        }
    }

    /// Passes over what ends a value in a map or a list, but not over the end of that.
    fn end_in(&mut self, end: u8, kind: &str) -> Result<(), String> {
        self.skip(|c| matches!(c, b' ' | b'\t'));
        match self.peek() {
            Some(c) if c == end => Ok(()),
            Some(b',' | b'\n' | b'\r') => {
                self.next();
                Ok(())
            }
            Some(b';') if end == b'}' => {
                self.next();
                Ok(())
            }
            _ => {
                let (got, article) = (self.next_char(), if kind == "map" { "a" } else { "an" });
                self.wrong(&format!(
                    "Expected {article} {kind} value terminator ',' or {article} {kind} terminator '{}', \
                     but got '{got}' instead.",
                    char::from(end)
                ))
            }
        }
    }

    fn quoted(&mut self, quote: u8) -> Result<String, String> {
        let (mut text, mut start) = (String::new(), self.at);
        loop {
            match self.peek() {
                None => return self.wrong("Unexpected EOF."),
                Some(c) if c == quote => {
                    text.push_str(&self.since(start));
                    self.next();
                    return Ok(text);
                }
                Some(b'\\') if quote == b'"' => {
                    text.push_str(&self.since(start));
                    text.push(self.escaped()?);
                    start = self.at;
                }
                Some(_) => {
                    self.next();
                }
            }
        }
    }

    fn escaped(&mut self) -> Result<char, String> {
        self.next();
        match self.next() {
            Some(b't') => Ok('\t'),
            Some(b'n') => Ok('\n'),
            Some(b'r') => Ok('\r'),
            Some(c @ (b'"' | b'\\')) => Ok(c.into()),
            Some(b'x') => {
                let start = self.at;
                self.next();
                self.next();
                let digits = self.since(start);
                let byte = u8::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 2);
                byte.map(char::from).map_or_else(
                    || {
                        self.wrong(&format!(
                            "Expected two hexadecimal digits after '\\x', but got '{digits}'"
                        ))
                    },
                    Ok,
                )
            }
            other => {
                let got = other.map_or(char::REPLACEMENT_CHARACTER, char::from);
                self.wrong(&format!(
                    "Invalid escape character '{got}'. Only the following escape characters are allowed: \
                     \\xXX, \\t, \\n, \\r, \\\", \\\\."
                ))
            }
        }
    }

    /// A word without quotes: a text, a truth value or a variable.
    fn bare(&mut self, mut start: usize, mut text: String) -> Result<Conf, String> {
        let mut has_escapes = false;
        while let Some(c) = self.peek() {
            match c {
                b'\n' | b'\r' | b' ' | b'\t' | b';' | b',' | b']' | b'}' | b'\'' => break,
                b'\\' => {
                    text.push_str(&self.since(start));
                    text.push(self.escaped()?);
                    (start, has_escapes) = (self.at, true);
                }
                _ => {
                    self.next();
                }
            }
        }
        text.push_str(&self.since(start));
        if self.peek() == Some(b'\'') {
            self.next();
            return Ok(Conf::Text(text));
        }
        if has_escapes {
            return Ok(Conf::Text(text));
        }
        match text.to_ascii_lowercase().as_str() {
            "true" | "on" | "yes" => Ok(Conf::Truth(true)),
            "false" | "off" | "no" => Ok(Conf::Truth(false)),
            _ => match text.strip_prefix('$') {
                Some(name) => self.variable(name),
                None => Ok(Conf::Text(text)),
            },
        }
    }

    fn variable(&mut self, name: &str) -> Result<Conf, String> {
        if name.starts_with(BCRYPT) {
            return Ok(Conf::Text(format!("${name}")));
        }
        let known = self.maps.iter_mut().rev().flatten().find(|field| field.name == name);
        if let Some(field) = known {
            field.is_used = true;
            return Ok(field.value.clone());
        }
        let line = self.line;
        let value = self.around.variable(name).map(|text| parse(&format!("pk={text}"), "", &()));
        match value {
            Some(Ok(conf)) => conf.get("pk").cloned().ok_or_else(String::new),
            Some(Err(why)) => {
                Err(format!("variable reference for '{name}' on line {line} could not be parsed: {why}"))
            }
            None => Err(format!("variable reference for '{name}' on line {line} can not be found")),
        }
    }

    fn negative(&mut self) -> Result<Conf, String> {
        let start = self.at;
        self.next();
        if !self.peek().is_some_and(|c| c.is_ascii_digit()) {
            let got = self.next_char();
            return self.wrong(&format!("Expected a digit but got '{got}'."));
        }
        self.digits();
        match self.peek() {
            Some(b'.') => self.fraction(start),
            Some(c) if is_suffix(c) => self.suffixed(start),
            _ => self.integer(start),
        }
    }

    /// A number, perhaps with `k`, `MB`, `GiB` and the like behind it; or else an address or another text.
    fn number(&mut self) -> Result<Conf, String> {
        let start = self.at;
        self.digits();
        match self.peek() {
            Some(b'-') if self.at - start != 4 => self.wrong("All ISO8601 dates must be in full Zulu form."),
            Some(b'.') => self.fraction(start),
            Some(c) if is_suffix(c) => self.suffixed(start),
            c if is_end_of_number(c) => self.integer(start),
            _ => self.bare(start, String::new()),
        }
    }

    fn suffixed(&mut self, start: usize) -> Result<Conf, String> {
        self.next();
        while matches!(self.peek(), Some(b'b' | b'B' | b'i' | b'I')) {
            self.next();
        }
        if is_end_of_number(self.peek()) { self.integer(start) } else { self.bare(start, String::new()) }
    }

    fn fraction(&mut self, start: usize) -> Result<Conf, String> {
        self.next();
        if !self.peek().is_some_and(|c| c.is_ascii_digit()) {
            let got = self.next_char();
            return self.wrong(&format!("Floats must have a digit after the '.', but got '{got}' instead."));
        }
        self.digits();
        if self.peek() == Some(b'.') {
            while self.peek().is_some_and(|c| c.is_ascii_digit() || matches!(c, b'.' | b':' | b'-')) {
                self.next();
            }
            return Ok(Conf::Text(self.since(start)));
        }
        let text = self.since(start);
        text.parse().map(Conf::Fraction).map_err(|_| format!("expected float, but got '{text}'"))
    }

    /// `K` is a thousand, `KB` and `KiB` are 1024.
    fn integer(&self, start: usize) -> Result<Conf, String> {
        let text = self.since(start);
        let digits = text.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(text.len());
        let (number, unit) = text.split_at(digits);
        let unit = unit.to_ascii_lowercase();
        let base: i64 = if unit.len() > 1 { 1024 } else { 1000 };
        let power =
            unit.bytes().next().and_then(|letter| b"_kmgtpe".iter().position(|other| *other == letter));
        let number = number.parse::<i64>().ok();
        let number = number.map(|number| number.wrapping_mul(base.wrapping_pow(power.unwrap_or(0) as u32)));
        number.map(Conf::Number).ok_or(format!("integer '{text}' is out of the range"))
    }

    fn digits(&mut self) {
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.next();
        }
    }

    fn skip_space(&mut self) {
        self.skip(|c| c.is_ascii_whitespace());
    }

    /// Passes over what `is_space` takes, and comments.
    fn skip(&mut self, is_space: impl Fn(u8) -> bool) {
        while let Some(c) = self.peek() {
            let comment = c == b'#' || c == b'/' && self.text.get(self.at + 1) == Some(&b'/');
            if comment {
                while self.peek().is_some_and(|c| !matches!(c, b'\n' | b'\r')) {
                    self.next();
                }
            } else if is_space(c) {
                self.next();
            } else {
                return;
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let c = self.peek()?;
        if c == b'\n' {
            self.line += 1;
            self.line_start = self.at;
        }
        self.at += 1;
        Some(c)
    }

    /// The next letter, as errors show it.
    fn next_char(&mut self) -> String {
        let rest = String::from_utf8_lossy(&self.text[self.at.min(self.text.len())..]);
        match rest.chars().next() {
            Some('\n') => {
                self.next();
                "\\n".to_owned()
            }
            Some(c) => c.to_string(),
            None => "\0".to_owned(),
        }
    }

    fn since(&self, start: usize) -> String {
        String::from_utf8_lossy(&self.text[start..self.at]).into_owned()
    }

    fn wrong<T>(&self, what: &str) -> Result<T, String> {
        Err(format!("Parse error on line {}: '{what}'", self.line))
    }
}

fn is_suffix(c: u8) -> bool {
    b"kKmMgGtTpPeE".contains(&c)
}

fn is_end_of_number(c: Option<u8>) -> bool {
    matches!(c, None | Some(b'\n' | b'\r' | b'}' | b';' | b',' | b' ' | b'\t'))
}
