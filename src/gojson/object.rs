//! The fields of objects, as they are handed to a struct or a map.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::vec::IntoIter;

use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess};

use super::error::{Error, Step};
use super::parse::Value;
use super::reader::Reader;

/// A field: its name in the text, the one that the type knows it by, and what it holds.
struct Field<'de, 'a> {
    name: &'de str,
    known_as: Cow<'de, str>,
    reader: Reader<'de, 'a>,
}

/// The fields of one or several objects, which are read over each other.
pub(super) struct Fields<'de, 'a> {
    rest: IntoIter<Field<'de, 'a>>,
    current: Option<Field<'de, 'a>>,
}

impl<'de, 'a> Fields<'de, 'a> {
    /// For a struct: names in lower case, and the values of equal ones together. Values are read as those of `like` are.
    pub(super) fn of_struct(objects: &[&'de Value<'a>], like: &Reader<'de, 'a>) -> Fields<'de, 'a> {
        let mut fields: Vec<Field<'de, 'a>> = Vec::new();
        let mut by_name = BTreeMap::new();
        for (name, value) in entries(objects) {
            let known_as = fold_case(name);
            match by_name.get(&known_as) {
                Some(&index) => {
                    let field: &mut Field<'de, 'a> = &mut fields[index];
                    if field.reader.earlier.len() + 1 < like.most {
                        field.reader.overlay(value);
                    }
                }
                None => {
                    by_name.insert(known_as.clone(), fields.len());
                    fields.push(Field { name, known_as, reader: like.inner(value) });
                }
            }
        }
        Fields { rest: fields.into_iter(), current: None }
    }

    /// For a map: names as they are, where the last of equal ones wins by being inserted last.
    pub(super) fn of_map(objects: &[&'de Value<'a>], like: &Reader<'de, 'a>) -> Fields<'de, 'a> {
        let fields = entries(objects).map(|(name, value)| Field {
            name,
            known_as: Cow::Borrowed(name),
            reader: like.inner(value),
        });
        Fields { rest: fields.collect::<Vec<_>>().into_iter(), current: None }
    }
}

fn entries<'de, 'a>(objects: &[&'de Value<'a>]) -> impl Iterator<Item = (&'de str, &'de Value<'a>)> {
    objects
        .iter()
        .filter_map(|object| if let Value::Object(fields) = object { Some(fields) } else { None })
        .flatten()
        .map(|(name, value)| (name.as_ref(), value))
}

/// The name that Go takes for equal: in lower case, which two letters outside of ASCII have there as well.
fn fold_case(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    let folded = name.chars().map(|c| match c {
        'ſ' => 's',
        '\u{212a}' => 'k',
        c => c.to_ascii_lowercase(),
    });
    Cow::Owned(folded.collect())
}

impl<'de> MapAccess<'de> for Fields<'de, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.current = self.rest.next();
        let Some(field) = &self.current else { return Ok(None) };
        let name: CowStrDeserializer<'_, Error> = field.known_as.clone().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(field) = self.current.take() else { return Err(Error::UnexpectedEof) };
        seed.deserialize(field.reader).map_err(|error| match error {
            Error::UnknownField(None) => Error::UnknownField(Some(field.name.to_owned())),
            error => error.within(Step::Field(field.known_as.into_owned())),
        })
    }
}

/// How often a name stands in one object, at most: in this value or deeper.
pub(super) fn most_equal_names(value: &Value<'_>) -> usize {
    match value {
        Value::List(items) => items.iter().map(most_equal_names).max().unwrap_or(1),
        Value::Object(fields) => {
            let mut count = BTreeMap::<Cow<'_, str>, usize>::new();
            fields.iter().for_each(|(name, _)| *count.entry(fold_case(name)).or_default() += 1);
            let here = count.into_values().max().unwrap_or(1);
            fields.iter().map(|(_, value)| most_equal_names(value)).fold(here, usize::max)
        }
        _ => 1,
    }
}
