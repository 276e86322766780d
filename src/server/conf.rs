//! The syntax of nats-server's configuration file: maps, lists and words, with `=`, `:` or nothing between a name and
//! its value.

use std::fmt;

/// A value in a configuration file.
#[derive(Clone, Debug, PartialEq)]
pub enum Conf {
    Map(Vec<(String, Conf)>),
    List(Vec<Conf>),
    /// A word or a text in quotes; numbers, sizes and truth values are words.
    Word(String),
}

/// A file that cannot be read, with the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub line: usize,
    pub what: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on line {}", self.what, self.line)
    }
}

/// Reads a whole file.
pub fn parse(text: &str) -> Result<Conf, SyntaxError> {
    let mut reader = Reader { chars: text.chars().collect(), at: 0, depth: 0 };
    let map = reader.fields(false)?;
    Ok(Conf::Map(map))
}

impl Conf {
    pub fn get(&self, name: &str) -> Option<&Conf> {
        let Conf::Map(fields) = self else { return None };
        fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub fn fields(&self) -> &[(String, Conf)] {
        match self {
            Conf::Map(fields) => fields,
            _ => &[],
        }
    }

    /// The items of a list; anything else is a list of itself.
    pub fn items(&self) -> &[Conf] {
        match self {
            Conf::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    pub fn word(&self) -> Option<&str> {
        match self {
            Conf::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn truth(&self) -> Option<bool> {
        match self.word()?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "enabled" | "enable" => Some(true),
            "false" | "no" | "off" | "disabled" | "disable" => Some(false),
            _ => None,
        }
    }

    /// A number, perhaps with `k`, `MB`, `GiB` and the like behind it. `K` is a thousand, `KB` and `KiB` are 1024.
    pub fn number(&self) -> Option<i64> {
        let word = self.word()?;
        let digits = word.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(word.len());
        let (number, unit) = word.split_at(digits);
        let (letter, by_1024) = match unit.to_ascii_lowercase().as_str() {
            "" => return number.parse().ok(),
            "b" => ('b', true),
            unit => (unit.chars().next()?, unit.len() > 1),
        };
        let power = "bkmgtpe".find(letter)? as u32;
        let base: i64 = if by_1024 { 1024 } else { 1000 };
        number.parse::<i64>().ok()?.checked_mul(base.checked_pow(power)?)
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

const DEPTH_MAX: usize = 100;

impl Reader {
    fn fields(&mut self, braced: bool) -> Result<Vec<(String, Conf)>, SyntaxError> {
        let mut fields = Vec::new();
        loop {
            self.skip(|c| c.is_whitespace() || matches!(c, ',' | ';'));
            match self.peek() {
                None if braced => return self.wrong("a block without its end"),
                None => return Ok(fields),
                Some('}') if braced => {
                    self.at += 1;
                    return Ok(fields);
                }
                Some('{' | '[' | ']' | '}') => return self.wrong("an unexpected bracket"),
                Some(_) => {}
            }
            let name = self.text(&[':', '=', '{', '['])?;
            if name == "include" {
                return self.wrong("include is not simulated,");
            }
            self.skip(|c| matches!(c, ' ' | '\t' | ':' | '='));
            fields.push((name, self.value()?));
        }
    }

    fn value(&mut self) -> Result<Conf, SyntaxError> {
        self.skip(char::is_whitespace);
        let Some(first) = self.peek() else { return self.wrong("a name without a value") };
        if !matches!(first, '{' | '[') {
            return Ok(Conf::Word(self.text(&[',', ']', '}', ';'])?));
        }
        self.at += 1;
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return self.wrong("too many brackets");
        }
        let value = if first == '{' { Conf::Map(self.fields(true)?) } else { Conf::List(self.list()?) };
        self.depth -= 1;
        Ok(value)
    }

    fn list(&mut self) -> Result<Vec<Conf>, SyntaxError> {
        let mut items = Vec::new();
        loop {
            self.skip(|c| c.is_whitespace() || c == ',');
            match self.peek() {
                None => return self.wrong("a list without its end"),
                Some(']') => {
                    self.at += 1;
                    return Ok(items);
                }
                Some(_) => items.push(self.value()?),
            }
        }
    }

    /// A word up to white space or one of `ends`, or a text in quotes.
    fn text(&mut self, ends: &[char]) -> Result<String, SyntaxError> {
        let quote = self.peek().filter(|c| matches!(c, '"' | '\''));
        let mut text = String::new();
        let Some(quote) = quote else {
            while let Some(c) = self.peek().filter(|c| !c.is_whitespace() && !ends.contains(c)) {
                text.push(c);
                self.at += 1;
            }
            return if text.is_empty() { self.wrong("a value is missing") } else { Ok(text) };
        };
        self.at += 1;
        loop {
            let Some(c) = self.peek() else { return self.wrong("a text without its end") };
            self.at += 1;
            match c {
                _ if c == quote => return Ok(text),
                '\\' if quote == '"' => {
                    let escaped = self.peek().unwrap_or('\\');
                    self.at += 1;
                    text.push(match escaped {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        other => other,
                    });
                }
                c => text.push(c),
            }
        }
    }

    /// Passes over what `is_space` takes, and comments.
    fn skip(&mut self, is_space: impl Fn(char) -> bool) {
        while let Some(c) = self.peek() {
            let comment = c == '#' || c == '/' && self.chars.get(self.at + 1) == Some(&'/');
            if comment {
                while self.peek().is_some_and(|c| c != '\n') {
                    self.at += 1;
                }
            } else if is_space(c) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn wrong<T>(&self, what: &str) -> Result<T, SyntaxError> {
        let passed = &self.chars[..self.at.min(self.chars.len())];
        let line = 1 + passed.iter().filter(|c| **c == '\n').count();
        Err(SyntaxError { line, what: what.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read() {
        let text = "# comment\nport: 4333\nhost = \"127.0.0.1\" // more\njetstream {\n max_mem 64MB, max_file: 1G\n store_dir = '/x y'\n}\nusers: [ {user: a, password: b}\n {user: c} ]\nmax_payload: 1048576\n{";
        let text = text.strip_suffix("\n{").expect("the end");
        let conf = parse(text).expect("a file");
        assert_eq!(conf.get("PORT").and_then(Conf::number), Some(4333));
        assert_eq!(conf.get("host").and_then(Conf::word), Some("127.0.0.1"));
        let jetstream = conf.get("jetstream").expect("a block");
        assert_eq!(jetstream.get("max_mem").and_then(Conf::number), Some(64 << 20));
        assert_eq!(jetstream.get("max_file").and_then(Conf::number), Some(1_000_000_000));
        assert_eq!(jetstream.get("store_dir").and_then(Conf::word), Some("/x y"));
        assert_eq!(conf.get("users").map(|users| users.items().len()), Some(2));
        for wrong in ["a {", "a [", "a: \"x", "}", "a:", "include x"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
