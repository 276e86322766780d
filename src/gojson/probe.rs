//! Go's names of the types inside lists and maps. Serde does not tell them; but a type that is asked to read itself
//! calls the method of its kind, and a [`Probe`] answers with the name instead of a value.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::error::Error;

/// The name of the type of a list's items.
pub(super) fn item<'de, V: Visitor<'de>>(visitor: V) -> String {
    name_in(visitor.visit_seq(Probe))
}

/// The name of the type of a map's values.
pub(super) fn value<'de, V: Visitor<'de>>(visitor: V) -> String {
    name_in(visitor.visit_map(Probe))
}

fn name_in<T>(probed: Result<T, Error>) -> String {
    match probed {
        Err(Error::TypeName(name)) => name,
        _ => "interface {}".to_owned(),
    }
}

struct Probe;

fn found<T>(name: impl Into<String>) -> Result<T, Error> {
    Err(Error::TypeName(name.into()))
}

impl<'de> SeqAccess<'de> for Probe {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        seed.deserialize(Probe).map(Some)
    }
}

impl<'de> MapAccess<'de> for Probe {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let name: serde::de::value::StrDeserializer<'_, Error> =
            serde::de::IntoDeserializer::into_deserializer("");
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(Probe)
    }
}

macro_rules! names {
    ($($method:ident $name:literal)*) => { $(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            found($name)
        }
    )* };
}

impl<'de> Deserializer<'de> for Probe {
    type Error = Error;

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

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self).map_err(|error| match error {
            Error::TypeName(name) => Error::TypeName(format!("*{name}")),
            other => other,
        })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: V,
    ) -> Result<V::Value, Error> {
        found(name)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        found(format!("[]{}", item(visitor)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        found(format!("map[string]{}", value(visitor)))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        found(name)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        found(name)
    }

    serde::forward_to_deserialize_any! {
        char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}
