//! What a type is read from: a value, or several that are read over each other.

use std::borrow::Cow;
use std::str::FromStr;

use super::error::Error;
use super::parse::Value;

/// Reads a value, or several of the same name, each over the one before.
pub(super) struct Reader<'de, 'a> {
    pub(super) earlier: Vec<&'de Value<'a>>,
    pub(super) value: &'de Value<'a>,
    /// Refuses fields that a struct does not have.
    pub(super) is_strict: bool,
    /// How many values of the same name in an object are read; the further ones are left out.
    pub(super) most: usize,
    /// Go's name of the type, if it is not the usual one.
    pub(super) type_name: Option<&'static str>,
}

impl<'de, 'a> Reader<'de, 'a> {
    pub(super) fn new(value: &'de Value<'a>, is_strict: bool) -> Reader<'de, 'a> {
        Reader { earlier: Vec::new(), value, is_strict, most: usize::MAX, type_name: None }
    }

    /// A value that is read as this one is.
    pub(super) fn inner(&self, value: &'de Value<'a>) -> Reader<'de, 'a> {
        Reader { most: self.most, ..Reader::new(value, self.is_strict) }
    }

    /// Adds a value that is read over those that are there.
    pub(super) fn overlay(&mut self, value: &'de Value<'a>) {
        self.earlier.push(std::mem::replace(&mut self.value, value));
    }

    /// All values that are not `null`.
    pub(super) fn values(&self) -> impl Iterator<Item = &'de Value<'a>> {
        self.earlier.iter().copied().chain([self.value]).filter(|value| **value != Value::Null)
    }

    /// Checks each value, and gives what `read` makes of the last, or the default if all are `null`.
    pub(super) fn last<T: Default>(
        &self,
        usual_name: &'static str,
        read: impl Fn(&'de Value<'a>) -> Option<T>,
    ) -> Result<T, Error> {
        let mut last = T::default();
        for value in self.values() {
            last = read(value).ok_or_else(|| mismatch(value, self.type_name.unwrap_or(usual_name)))?;
        }
        Ok(last)
    }

    pub(super) fn number<T: Default + FromStr>(&self, usual_name: &'static str) -> Result<T, Error> {
        let mut last = T::default();
        for value in self.values() {
            let wanted = self.type_name.unwrap_or(usual_name);
            let Value::Number(text) = value else { return Err(mismatch(value, wanted)) };
            last = text.parse().map_err(|_| Error::mismatch(format!("number {text}"), wanted))?;
        }
        Ok(last)
    }

    pub(super) fn text(&self) -> Result<Cow<'de, str>, Error> {
        self.last("string", |value| match value {
            Value::Text(text) => Some(Cow::Borrowed(text.as_ref())),
            _ => None,
        })
    }

    /// The objects, or the error about the first value that is none.
    pub(super) fn objects(&self, type_name: impl FnOnce() -> String) -> Result<Vec<&'de Value<'a>>, Error> {
        let wrong = self.values().find(|value| !matches!(value, Value::Object(_)));
        match wrong {
            Some(value) => Err(mismatch(value, self.type_name.map_or_else(type_name, str::to_owned))),
            None => Ok(self.values().collect()),
        }
    }
}

pub(super) fn mismatch(value: &Value<'_>, wanted: impl Into<String>) -> Error {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::Text(_) => "string",
        Value::List(_) => "array",
        Value::Object(_) => "object",
    };
    Error::mismatch(found, wanted)
}
