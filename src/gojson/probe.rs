//! Go's names of the types inside lists and maps. Serde does not tell them; but a type that is asked to read itself
//! calls the method of its kind, and a [`Probe`] answers with the name instead of a value.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// What a [`Probe`] finds in place of a value: a type's name, if serde tells enough for one.
#[derive(Debug)]
struct Found(Option<String>);

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or_default())
    }
}

impl std::error::Error for Found {}

impl serde::de::Error for Found {
    fn custom<T: fmt::Display>(_: T) -> Found {
        Found(None)
    }
}

/// The name of the type of a list's items.
pub(super) fn item<'de, V: Visitor<'de>>(visitor: V) -> String {
    name_in(visitor.visit_seq(Probe))
}

/// The name of the type of a map's values.
pub(super) fn value<'de, V: Visitor<'de>>(visitor: V) -> String {
    name_in(visitor.visit_map(Probe))
}

fn name_in<T>(probed: Result<T, Found>) -> String {
    let name = probed.err().and_then(|found| found.0);
    name.unwrap_or_else(|| "interface {}".to_owned())
}

struct Probe;

fn found<T>(name: impl Into<String>) -> Result<T, Found> {
    Err(Found(Some(name.into())))
}

impl<'de> SeqAccess<'de> for Probe {
    type Error = Found;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Found> {
        seed.deserialize(Probe).map(Some)
    }
}

impl<'de> MapAccess<'de> for Probe {
    type Error = Found;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Found> {
        let name: serde::de::value::StrDeserializer<'_, Found> =
            serde::de::IntoDeserializer::into_deserializer("");
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Found> {
        seed.deserialize(Probe)
    }
}

macro_rules! names {
    ($($method:ident $name:literal)*) => { $(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Found> {
            found($name)
        }
    )* };
}

impl<'de> Deserializer<'de> for Probe {
    type Error = Found;

    names! {
        deserialize_any "interface {}"
        deserialize_bool "bool"
        deserialize_i8 "int8"
        deserialize_i16 "int16"
        deserialize_i32 "int32"
        deserialize_i64 "int64"
        deserialize_u8 "uint8"
        deserialize_u16 "uint16"
        deserialize_u32 "uint32"
        deserialize_u64 "uint64"
        deserialize_f32 "float32"
        deserialize_f64 "float64"
        deserialize_str "string"
        deserialize_string "string"
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Found> {
        visitor.visit_some(self).map_err(|found: Found| Found(found.0.map(|name| format!("*{name}"))))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: V,
    ) -> Result<V::Value, Found> {
        found(name)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Found> {
        found(format!("[]{}", item(visitor)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Found> {
        found(format!("map[string]{}", value(visitor)))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Found> {
        found(name)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Found> {
        found(name)
    }

    serde::forward_to_deserialize_any! {
        char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}
