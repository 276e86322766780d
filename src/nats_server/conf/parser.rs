//! A recursive descent parser of the configuration file.

use std::cell::Cell;

use super::cursor::Cursor;
use super::scalar::{self, Scalar};
use super::value::{ConfigSource, Field, Position, Value};

/// Parses a configuration; `path` is what positions and relative includes refer to.
///
/// # Errors
/// What nats-server says of the first mistake.
pub fn parse(text: &str, path: &str, source: &dyn ConfigSource) -> Result<Value, String> {
    Ok(Value::Map(parse_file(text, path, source, 0, &Cell::new(ROOM))?))
}

fn parse_file(
    text: &str,
    path: &str,
    source: &dyn ConfigSource,
    include_depth: usize,
    room: &Cell<usize>,
) -> Result<Vec<Field>, String> {
    let maps = vec![Vec::new()];
    let mut parser = Parser { cursor: Cursor::new(text), path, source, maps, include_depth, room };
    parser.top_level()?;
    Ok(parser.maps.pop().unwrap_or_default())
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    path: &'a str,
    source: &'a dyn ConfigSource,
    /// The maps that are open, the outermost first. Variables are looked up in them.
    maps: Vec<Vec<Field>>,
    /// How many files include this one.
    include_depth: usize,
    /// What variables and includes may still add, for all files together.
    room: &'a Cell<usize>,
}

/// How much a configuration may be, in values and in parts of texts: variables may double it again and again.
const ROOM: usize = 400_000;
const BYTES_PER_VALUE: usize = 32;

/// Fields that are looked through for one of the same name, for as much room as a value takes.
const FIELDS_PER_VALUE: usize = 256;

/// The limit of nested maps and lists, and of nested includes.
const MAX_DEPTH: usize = 100;

/// A "variable" that begins so is a bcrypt hash that lacks its quotes.
const BCRYPT: &str = "2a$";

impl Parser<'_> {
    fn top_level(&mut self) -> Result<(), String> {
        loop {
            self.cursor.skip_space();
            match self.cursor.peek() {
                None => return Ok(()),
                // A file may be one map in braces, as in JSON.
                Some(b'{') => {
                    self.cursor.next();
                }
                Some(b'}') if self.cursor.rest().trim_ascii() == b"}" => return Ok(()),
                Some(_) => {
                    if self.field(false, 0)? {
                        self.end_of_field()?;
                    }
                }
            }
        }
    }

    /// Passes what ends a field outside of braces.
    fn end_of_field(&mut self) -> Result<(), String> {
        self.cursor.skip(|c| matches!(c, b' ' | b'\t'));
        match self.cursor.peek() {
            None | Some(b'\n' | b'\r' | b';' | b',' | b'}') => {
                self.cursor.next();
                Ok(())
            }
            Some(_) => {
                let got = self.cursor.unexpected();
                self.cursor.error(format!(
                    "Expected a top-level value to end with a new line, comment or EOF, but got '{got}' instead."
                ))
            }
        }
    }

    /// Parses a name and its value. `false` for an include, which ends its line itself.
    fn field(&mut self, in_map: bool, depth: usize) -> Result<bool, String> {
        if let Some(separator @ (b':' | b'=')) = self.cursor.peek() {
            let end = if in_map { "." } else { "" };
            return self.cursor.error(format!("Unexpected key separator '{}'{end}", char::from(separator)));
        }
        let quote = self.cursor.next_if(|c| matches!(c, b'"' | b'\''));
        let (start, line, column) = (self.cursor.offset(), self.cursor.line(), self.cursor.column());
        self.cursor.next_while(|c| match quote {
            Some(quote) => c != quote,
            None => !c.is_ascii_whitespace() && !matches!(c, b':' | b'='),
        });
        let name = self.cursor.since(start);
        if self.cursor.peek().is_none() && (in_map || quote.is_some()) {
            let reason = if in_map { "Unexpected EOF processing map key." } else { "Unexpected EOF." };
            return self.cursor.error(reason);
        }
        if quote.is_some() {
            self.cursor.next();
        } else if name.eq_ignore_ascii_case("include")
            && self.cursor.peek().is_some_and(|c| c.is_ascii_whitespace())
        {
            self.include()?;
            return Ok(false);
        }
        self.cursor.skip_space();
        let has_separator = self.cursor.next_if(|c| matches!(c, b':' | b'=')).is_some();
        if self.cursor.peek().is_none() && !has_separator && !in_map {
            let (line, column) = (self.cursor.line(), self.cursor.column());
            return Err(format!("config is invalid ({}:{line}:{column})", self.path));
        }
        if in_map {
            self.cursor.skip_space();
        }
        let value = self.value(depth)?;
        let position = Position { file: self.path.to_owned(), line, column };
        self.insert(Field { name, value, position, is_used: false })?;
        Ok(true)
    }

    /// Adds a field to the innermost open map, where it replaces one of the same name.
    fn insert(&mut self, field: Field) -> Result<(), String> {
        let fields = self.maps.last().map_or(0, Vec::len);
        self.take_room(1 + fields / FIELDS_PER_VALUE)?;
        let Some(map) = self.maps.last_mut() else { return Ok(()) };
        match map.iter_mut().find(|other| other.name == field.name) {
            Some(other) => *other = field,
            None => map.push(field),
        }
        Ok(())
    }

    fn take_room(&mut self, values: usize) -> Result<(), String> {
        match self.room.get().checked_sub(values) {
            Some(rest) => {
                self.room.set(rest);
                Ok(())
            }
            None => Err("so large a configuration is not simulated".to_owned()),
        }
    }

    fn include(&mut self) -> Result<(), String> {
        self.cursor.skip_blanks();
        let quote = self.cursor.next_if(|c| matches!(c, b'"' | b'\''));
        let start = self.cursor.offset();
        self.cursor.next_while(|c| match quote {
            Some(quote) => c != quote,
            None => !c.is_ascii_whitespace() && !matches!(c, b';' | b'}'),
        });
        let name = self.cursor.since(start);
        if quote.is_some() && self.cursor.next().is_none() {
            return self.cursor.error("Unexpected EOF in quoted include");
        }
        let path = match self.path.rsplit_once('/') {
            Some((folder, _)) if !folder.is_empty() && !name.starts_with('/') => format!("{folder}/{name}"),
            _ => name.clone(),
        };
        let failed = |reason: String| format!("error parsing include file '{name}', {reason}");
        if self.include_depth >= MAX_DEPTH {
            return Err(failed("too many includes".to_owned()));
        }
        let text = self.source.read_file(&path).map_err(failed)?;
        self.take_room(1 + text.len() / BYTES_PER_VALUE)?;
        let fields =
            parse_file(&text, &path, self.source, self.include_depth + 1, self.room).map_err(failed)?;
        fields.into_iter().try_for_each(|field| self.insert(field))
    }

    fn value(&mut self, depth: usize) -> Result<Value, String> {
        self.cursor.skip_blanks();
        if depth >= MAX_DEPTH {
            return self.cursor.error("too many brackets");
        }
        let scalar = match self.cursor.peek() {
            Some(b'{') => {
                self.cursor.next();
                return self.map(depth + 1);
            }
            Some(b'[') => {
                self.cursor.next();
                return self.list(depth + 1);
            }
            Some(quote @ (b'"' | b'\'')) => {
                self.cursor.next();
                return scalar::quoted(&mut self.cursor, quote).map(Value::String);
            }
            Some(b'.') => return self.cursor.error("Floats must start with a digit"),
            Some(b'\n' | b'\r') => {
                self.cursor.next();
                return self.cursor.error("Expected value but found new line");
            }
            Some(b'-') => scalar::negative(&mut self.cursor)?,
            Some(b'0'..=b'9') => scalar::number(&mut self.cursor)?,
            _ => scalar::word(&mut self.cursor)?,
        };
        match scalar {
            Scalar::Value(value) => Ok(value),
            Scalar::Variable(name) => self.variable(&name),
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value, String> {
        self.maps.push(Vec::new());
        loop {
            self.cursor.skip_space();
            match self.cursor.peek() {
                None => return self.cursor.error("Unexpected EOF processing map."),
                Some(b'}') => {
                    self.cursor.next();
                    return Ok(Value::Map(self.maps.pop().unwrap_or_default()));
                }
                Some(b']') => return self.cursor.error("Unexpected array end ']' processing map."),
                Some(_) => {
                    self.field(true, depth)?;
                    self.terminator(b'}', "a map")?;
                }
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, String> {
        let mut items = Vec::new();
        loop {
            self.cursor.skip_space();
            match self.cursor.peek() {
                Some(b',') => return self.cursor.error("Unexpected array value terminator ','."),
                Some(b']') => {
                    self.cursor.next();
                    return Ok(Value::List(items));
                }
                _ => {
                    items.push(self.value(depth)?);
                    self.terminator(b']', "an array")?;
                }
            }
        }
    }

    /// Passes what ends a value in a map or a list, but not the closing bracket.
    fn terminator(&mut self, closing: u8, container: &str) -> Result<(), String> {
        self.cursor.skip(|c| matches!(c, b' ' | b'\t'));
        match self.cursor.peek() {
            Some(c) if c == closing => Ok(()),
            Some(c) if matches!(c, b',' | b'\n' | b'\r') || c == b';' && closing == b'}' => {
                self.cursor.next();
                Ok(())
            }
            _ => {
                let got = self.cursor.unexpected();
                self.cursor.error(format!(
                    "Expected {container} value terminator ',' or {container} terminator '{}', \
                     but got '{got}' instead.",
                    char::from(closing)
                ))
            }
        }
    }

    /// The value of a field of an open map, or else of an environment variable.
    fn variable(&mut self, name: &str) -> Result<Value, String> {
        if name.starts_with(BCRYPT) {
            return Ok(Value::String(format!("${name}")));
        }
        if let Some(field) = self.maps.iter_mut().rev().flatten().find(|field| field.name == name) {
            field.is_used = true;
            let size = field.value.size(self.room.get());
            let value = (size <= self.room.get()).then(|| field.value.clone());
            self.take_room(size)?;
            return value.ok_or_else(String::new);
        }
        let line = self.cursor.line();
        match self.source.variable(name).map(|text| parse(&format!("pk={text}"), "", &())) {
            Some(Ok(fields)) => fields.get("pk").cloned().ok_or_else(String::new),
            Some(Err(reason)) => {
                Err(format!("variable reference for '{name}' on line {line} could not be parsed: {reason}"))
            }
            None => Err(format!("variable reference for '{name}' on line {line} can not be found")),
        }
    }
}
