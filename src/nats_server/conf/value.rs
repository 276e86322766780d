//! The values of a configuration file, and what it may refer to.

use serde::{Serialize, Serializer};

use crate::gojson;

/// A value in a configuration file.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Map(Vec<Field>),
    List(Vec<Value>),
    String(String),
    Integer(i64),
    Float(f64),
    Bool(bool),
}

/// An entry of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    pub value: Value,
    pub position: Position,
    /// Whether a variable refers to it: then an unknown name is no mistake.
    pub is_used: bool,
}

/// Where a field begins. Lines count from 1; columns from 0 in the first line and from 1 in later ones, as in
/// nats-server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    pub file: String,
    pub line: usize,
    pub column: usize,
}

/// What a configuration file may refer to.
pub trait ConfigSource {
    /// The text of an included file, or the error as Go's `os` package prints it.
    fn read_file(&self, path: &str) -> Result<String, String>;

    /// An environment variable.
    fn variable(&self, name: &str) -> Option<String>;
}

/// No other files and no environment.
impl ConfigSource for () {
    fn read_file(&self, path: &str) -> Result<String, String> {
        Err(format!("open {path}: no such file or directory"))
    }

    fn variable(&self, _: &str) -> Option<String> {
        None
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Value {
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields().iter().find(|field| field.name.eq_ignore_ascii_case(name)).map(|field| &field.value)
    }

    pub fn fields(&self) -> &[Field] {
        match self {
            Value::Map(fields) => fields,
            _ => &[],
        }
    }

    /// The items of a list. Any other value counts as a list of one.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    pub fn string(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// How many values are in it, with itself; more than `most` are not counted.
    pub(super) fn size(&self, most: usize) -> usize {
        let parts: &mut dyn Iterator<Item = &Value> = match self {
            Value::Map(fields) => &mut fields.iter().map(|field| &field.value),
            Value::List(items) => &mut items.iter(),
            _ => return 1,
        };
        let mut size = 1;
        while let Some(part) = parts.next().filter(|_| size <= most) {
            size += part.size(most - size);
        }
        size
    }

    /// The type's name in Go, for error texts.
    pub fn go_type(&self) -> &'static str {
        match self {
            Value::Map(_) => "map[string]interface {}",
            Value::List(_) => "[]interface {}",
            Value::String(_) => "string",
            Value::Integer(_) => "int64",
            Value::Float(_) => "float64",
            Value::Bool(_) => "bool",
        }
    }

    /// JSON with sorted names, which nats-server hashes for the digest of a configuration.
    pub fn to_json(&self) -> String {
        gojson::to_string(self)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Map(fields) => {
                let mut fields: Vec<&Field> = fields.iter().collect();
                fields.sort_by(|a, b| a.name.cmp(&b.name));
                serializer.collect_map(fields.iter().map(|field| (&field.name, &field.value)))
            }
            Value::List(items) => items.serialize(serializer),
            Value::String(text) => text.serialize(serializer),
            Value::Integer(number) => number.serialize(serializer),
            Value::Float(number) => number.serialize(serializer),
            Value::Bool(value) => value.serialize(serializer),
        }
    }
}
