//! A command with the values of its arguments and flags.

use std::collections::BTreeMap;

use super::table::{Command, Kind, Value as Spec};
use super::values::{parse_bytes, parse_duration, parse_whole};
use crate::gofmt::{parse_int, parse_uint};

/// A command that is ready to run.
#[derive(Debug)]
pub struct Call {
    pub command: &'static Command,
    pub(super) args: Values,
    pub(super) flags: Values,
    /// The names of the flags on the command line.
    pub(super) given: Vec<&'static str>,
}

pub(super) type Values = BTreeMap<&'static str, Vec<Value>>;

/// The value of an argument or flag.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Bool(bool),
    Text(String),
    /// Integers, and durations in nanoseconds.
    Int(i64),
    Uint(u64),
}

impl Call {
    fn first(&self, name: &str) -> Option<&Value> {
        self.args.get(name).or_else(|| self.flags.get(name)).and_then(|values| values.first())
    }

    /// A string; empty if it was not given.
    pub fn text(&self, name: &str) -> &str {
        match self.first(name) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// All strings of an argument or flag that may be given more than once.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let values = self.args.get(name).or_else(|| self.flags.get(name)).into_iter().flatten();
        values
            .filter_map(|value| if let Value::Text(text) = value { Some(text.clone()) } else { None })
            .collect()
    }

    /// Pairs `key=value` or `key:value`; the last of equal keys counts.
    pub fn map(&self, name: &str) -> BTreeMap<String, String> {
        let split =
            |text: String| text.split_once([':', '=']).map(|(key, value)| (key.to_owned(), value.to_owned()));
        self.texts(name).into_iter().filter_map(split).collect()
    }

    /// Whether a switch is on.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.first(name), Some(Value::Bool(true)))
    }

    /// An integer, or a duration in nanoseconds; 0 if it was not given.
    pub fn int(&self, name: &str) -> i64 {
        match self.first(name) {
            Some(Value::Int(number)) => *number,
            _ => 0,
        }
    }

    pub fn uint(&self, name: &str) -> u64 {
        match self.first(name) {
            Some(Value::Uint(number)) => *number,
            _ => 0,
        }
    }

    /// Whether a flag is on the command line.
    pub fn given(&self, name: &str) -> bool {
        self.given.contains(&name)
    }

    /// Whether an argument is on the command line.
    pub fn has_arg(&self, name: &str) -> bool {
        self.args.contains_key(name)
    }

    /// A byte size, which the parser has checked; 0 if it was not given.
    pub fn bytes(&self, name: &str, bits: u32) -> i64 {
        match self.text(name) {
            "" => 0,
            text => parse_bytes(text, bits).unwrap_or(0),
        }
    }

    /// The names of the flags on the command line.
    pub fn given_flags(&self) -> &[&'static str] {
        &self.given
    }
}

/// Parses a value by the kind of its argument or flag.
pub(super) fn read_value(spec: &Spec, text: &str) -> Result<Value, String> {
    Ok(match spec.kind {
        Kind::Switch | Kind::Bool => Value::Bool(text == "true"),
        Kind::Text | Kind::Pattern => Value::Text(text.to_owned()),
        Kind::File => return Err(format!("path '{text}' does not exist")),
        Kind::Int => Value::Int(parse_whole(text)?),
        Kind::I64 => Value::Int(parse_int(text)?),
        Kind::Uint => Value::Uint(parse_uint(text, 64)?),
        Kind::U16 => Value::Uint(parse_uint(text, 16)?),
        Kind::Duration => Value::Int(parse_duration(text)?),
        Kind::Map if text.contains([':', '=']) => Value::Text(text.to_owned()),
        Kind::Map => return Err(format!("expected KEY=VALUE got '{text}'")),
        Kind::Enum(words) if words.split(',').any(|word| word == text) => Value::Text(text.to_owned()),
        Kind::Enum(words) => return Err(format!("enum value must be one of {words}, got '{text}'")),
    })
}
