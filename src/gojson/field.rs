//! Attributes for fields whose Go type is not what Rust's tells.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};

/// Go's `omitempty`: whether a field is left out.
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// `deserialize_with` of a field that is an `int` in Go.
pub fn int<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    named(deserializer, "int")
}

/// Reads a value of a type that has another name in Go.
pub fn named<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
    name: &'static str,
) -> Result<T, D::Error> {
    struct Named<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Named<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value")
        }

        fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
            T::deserialize(deserializer)
        }
    }

    deserializer.deserialize_newtype_struct(name, Named(PhantomData))
}

/// `deserialize_with` of a text of which the empty one is none.
pub fn empty_as_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok((!text.is_empty()).then_some(text))
}

/// Go's `[]byte`: standard base64. For `#[serde(with = "gojson::base64")]`.
pub mod base64 {
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64_STANDARD.decode(text).map_err(D::Error::custom)
    }
}

/// Reads an object as a Go struct that embeds another one: a field of its own, and `Inner` of all others.
pub fn embedded<'de, D, T, Inner>(
    deserializer: D,
    name: &'static str,
    field: &'static str,
) -> Result<(T, Inner), D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
    Inner: Deserialize<'de>,
{
    deserializer.deserialize_struct(name, &[], Embedding { field, types: PhantomData })
}

struct Embedding<T, Inner> {
    field: &'static str,
    types: PhantomData<(T, Inner)>,
}

impl<'de, T: Deserialize<'de> + Default, Inner: Deserialize<'de>> Visitor<'de> for Embedding<T, Inner> {
    type Value = (T, Inner);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<(T, Inner), M::Error> {
        let mut own = T::default();
        let others = OtherFields { map, field: self.field, own: &mut own };
        let inner = Inner::deserialize(MapAccessDeserializer::new(others))?;
        Ok((own, inner))
    }
}

/// The fields of an object without one of them, whose value goes elsewhere.
struct OtherFields<'o, M, T> {
    map: M,
    field: &'static str,
    own: &'o mut T,
}

impl<'de, M: MapAccess<'de>, T: Deserialize<'de>> MapAccess<'de> for OtherFields<'_, M, T> {
    type Error = M::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, M::Error> {
        while let Some(name) = self.map.next_key::<String>()? {
            if name != self.field {
                return seed.deserialize(name.into_deserializer()).map(Some);
            }
            *self.own = self.map.next_value()?;
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, M::Error> {
        self.map.next_value_seed(seed)
    }
}
