//! Values into types: a serde `Deserializer` with the rules of Go's `encoding/json`.

use std::borrow::Cow;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, SeqAccess, Visitor,
};
use serde::{Serialize, forward_to_deserialize_any};

use super::error::{Error, Step};
use super::object::{Fields, most_equal_names};
use super::parse::{Parser, Value, parse};
use super::reader::{Reader, mismatch};
use super::{probe, ser};

/// Reads the one value in `text`, as `json.Unmarshal` does; fields that the type does not have are ignored.
///
/// # Errors
///
/// Those of Go, of which the first is told: of the syntax, which is read to its end before, then of types.
pub fn from_slice<T: DeserializeOwned>(text: &[u8]) -> Result<T, Error> {
    let value = parse(text)?;
    T::deserialize(Reader::new(&value, false))
}

/// Reads the body of an API request as nats-server's `unmarshalRequest` does: nothing, one value, or several that are
/// read over each other; fields that the type does not have are refused.
///
/// # Errors
///
/// As of [`from_slice`], where those of the syntax end in ` at offset N`.
pub fn from_request<T: DeserializeOwned + Default>(text: &[u8]) -> Result<T, Error> {
    let mut values = Vec::new();
    let mut last = T::default();
    for value in Parser::new(text) {
        let value = value?;
        // Go reads values as they come, so that a wrong one counts though a later one of the same name would be right.
        for most in 1..most_equal_names(&value) {
            T::deserialize(Reader { most, ..Reader::new(&value, true) })?;
        }
        last = T::deserialize(Reader::new(&value, true))?;
        values.push(value);
    }
    match &values[..] {
        [first, rest @ ..] if !rest.is_empty() => {
            let mut reader = Reader::new(first, true);
            rest.iter().for_each(|value| reader.overlay(value));
            T::deserialize(reader)
        }
        _ => Ok(last),
    }
}

/// Reads the one value in `text` over another one, whose fields stay where the text does not name them.
///
/// # Errors
///
/// As of [`from_slice`].
pub fn update<T: Serialize + DeserializeOwned>(old: &T, text: &[u8]) -> Result<T, Error> {
    let old = ser::to_vec(old);
    let (old, new) = (parse(&old)?, parse(text)?);
    let mut reader = Reader::new(&old, false);
    reader.overlay(&new);
    T::deserialize(reader)
}

macro_rules! numbers {
    ($($method:ident $visit:ident $name:literal)*) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.number($name)?)
        }
    )* };
}

impl<'de> Deserializer<'de> for Reader<'de, '_> {
    type Error = Error;

    numbers! {
        deserialize_i8 visit_i8 "int8"
        deserialize_i16 visit_i16 "int16"
        deserialize_i32 visit_i32 "int32"
        deserialize_i64 visit_i64 "int64"
        deserialize_u8 visit_u8 "uint8"
        deserialize_u16 visit_u16 "uint16"
        deserialize_u32 visit_u32 "uint32"
        deserialize_u64 visit_u64 "uint64"
        deserialize_f32 visit_f32 "float32"
        deserialize_f64 visit_f64 "float64"
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.last("bool", |value| match value {
            Value::Bool(truth) => Some(*truth),
            _ => None,
        })?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        if *self.value == Value::Null {
            return visitor.visit_none();
        }
        if let Some(cleared) = self.earlier.iter().rposition(|value| **value == Value::Null) {
            self.earlier.drain(..=cleared);
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.type_name = self.type_name.or(Some(name));
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(value) = self.values().find(|value| !matches!(value, Value::List(_))) {
            let name = self.type_name.map_or_else(|| format!("[]{}", probe::item(visitor)), str::to_owned);
            return Err(mismatch(value, name));
        }
        let items = match self.values().last() {
            Some(Value::List(items)) => &items[..],
            _ => &[],
        };
        visitor.visit_seq(Items { all: items, next: 0, is_strict: self.is_strict, most: self.most })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.values().any(|value| !matches!(value, Value::Object(_))) {
            let name = format!("map[string]{}", probe::value(visitor));
            return Err(self.objects(|| name).err().unwrap_or(Error::UnexpectedEof));
        }
        visitor.visit_map(Fields::of_map(&self.objects(String::new)?, &self))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let name = self.type_name.unwrap_or(name);
        let objects = self.objects(|| name.to_owned())?;
        visitor.visit_map(Fields::of_struct(&objects, &self)).map_err(|error| error.within_type(name))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.value {
            Value::Text(text) if variants.contains(&text.as_ref()) => {
                let variant: StrDeserializer<'_, Error> = text.as_ref().into_deserializer();
                visitor.visit_enum(variant)
            }
            value => Err(refuse_variant(value, &visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_strict {
            return Err(Error::UnknownField(None));
        }
        visitor.visit_unit()
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(_) => self.deserialize_bool(visitor),
            Value::Number(text) => match (text.parse(), text.parse()) {
                (Ok(number), _) => visitor.visit_i64(number),
                (_, Ok(number)) => visitor.visit_u64(number),
                _ => self.deserialize_f64(visitor),
            },
            Value::Text(_) => self.deserialize_str(visitor),
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    forward_to_deserialize_any! {
    char bytes byte_buf unit unit_struct tuple tuple_struct identifier }
}

/// What Go's `UnmarshalJSON` of an enum says of a value that is none of its words: of any JSON, or where its text does not
/// show it, of any string.
fn refuse_variant(value: &Value<'_>, expected: &dyn Expected) -> Error {
    let json = ser::to_string(value);
    let template = expected.to_string();
    Error::Custom(match value {
        _ if template.starts_with("enum ") => format!("can not unmarshal {}", crate::gofmt::quote(&json)),
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) if !template.contains("{}") => {
            mismatch(value, "string").to_string()
        }
        _ => template.replace("{}", &json),
    })
}

/// The items of a list.
struct Items<'de, 'a> {
    all: &'de [Value<'a>],
    next: usize,
    is_strict: bool,
    most: usize,
}

impl<'de> SeqAccess<'de> for Items<'de, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(item) = self.all.get(self.next) else { return Ok(None) };
        let reader = Reader { most: self.most, ..Reader::new(item, self.is_strict) };
        let read = seed.deserialize(reader);
        self.next += 1;
        read.map(Some).map_err(|error| error.within(Step::Item(self.next - 1)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.all.len() - self.next)
    }
}
