//! Structs that are JSON objects: each names its fields once, for reading and for writing. No code is made for
//! a type and a format, as a derive would do; a page has to load what is made.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Json, Writer};

/// A struct that is a JSON object. See [`fields`] for how to say it.
pub trait Body {
    /// Gives each field with its name, in the order of writing.
    fn fields(&mut self, fields: &mut Fields<'_>);
}

/// What is done with the fields of a [`Body`].
pub enum Fields<'a> {
    /// Fields that are absent or `null` stay as they are; the second part says whether the others fit.
    Read(&'a [(Cow<'a, str>, Json<'a>)], bool),
    Write(&'a mut Writer),
}

/// What a field of a [`Body`] may be.
pub trait Field {
    /// Takes a value that is not `null`; `false` if it does not fit.
    fn read(&mut self, json: &Json<'_>) -> bool;

    fn write(&mut self, json: &mut Writer);

    /// Whether Go's `omitempty` leaves it out.
    fn is_empty(&self) -> bool;
}

/// `fields!(Struct: name, description if any)` makes a struct of public or private fields a [`Body`] whose names
/// are those of the fields; those with `if any` are not written when they are empty.
macro_rules! fields {
    ($body:ty: $($field:ident $(if $any:ident)?),* $(,)?) => {
        impl $crate::base::json::Body for $body {
            fn fields(&mut self, fields: &mut $crate::base::json::Fields<'_>) {
                $(fields.field(
                    stringify!($field),
                    <[&str]>::is_empty(&[$(stringify!($any))?]),
                    &mut self.$field,
                );)*
            }
        }
    };
}
pub(crate) use fields;

/// Reads an object over what `to` holds; `None` if it is not one, or if a value does not fit its field.
pub fn read(text: &[u8], to: &mut dyn Body) -> Option<()> {
    read_object(&super::parse(text).ok()?, to).then_some(())
}

/// The object as a text.
pub fn body(of: &mut dyn Body) -> Vec<u8> {
    let mut json = Writer::new();
    write_object(of, &mut json);
    json.finish().into_bytes()
}

impl Fields<'_> {
    /// `always`: written even when it is empty.
    pub fn field(&mut self, name: &str, always: bool, field: &mut dyn Field) {
        match self {
            Fields::Read(object, fits) => {
                let found = object.iter().rfind(|(other, _)| other == name);
                if let Some((_, value)) = found
                    && *value != Json::Null
                {
                    *fits &= field.read(value);
                }
            }
            Fields::Write(json) => {
                if always || !field.is_empty() {
                    json.name(name);
                    field.write(json);
                }
            }
        }
    }
}

fn read_object(json: &Json<'_>, to: &mut dyn Body) -> bool {
    let Json::Object(object) = json else { return false };
    let mut fields = Fields::Read(object, true);
    to.fields(&mut fields);
    matches!(fields, Fields::Read(_, true))
}

fn write_object(of: &mut dyn Body, json: &mut Writer) {
    json.open();
    of.fields(&mut Fields::Write(json));
    json.close();
}

impl<T: Body> Field for T {
    fn read(&mut self, json: &Json<'_>) -> bool {
        read_object(json, self)
    }

    fn write(&mut self, json: &mut Writer) {
        write_object(self, json);
    }

    fn is_empty(&self) -> bool {
        false
    }
}

impl Field for String {
    fn read(&mut self, json: &Json<'_>) -> bool {
        let Json::Text(text) = json else { return false };
        *self = text.clone().into_owned();
        true
    }

    fn write(&mut self, json: &mut Writer) {
        json.item(self);
    }

    fn is_empty(&self) -> bool {
        str::is_empty(self)
    }
}

impl Field for bool {
    fn read(&mut self, json: &Json<'_>) -> bool {
        let Json::Bool(truth) = json else { return false };
        *self = *truth;
        true
    }

    fn write(&mut self, json: &mut Writer) {
        json.plain_item(self);
    }

    fn is_empty(&self) -> bool {
        !*self
    }
}

macro_rules! numbers {
    ($($number:ty),*) => { $(
        impl Field for $number {
            fn read(&mut self, json: &Json<'_>) -> bool {
                let Json::Number(text) = json else { return false };
                text.parse().map(|number| *self = number).is_ok()
            }

            fn write(&mut self, json: &mut Writer) {
                json.number_item(*self);
            }

            fn is_empty(&self) -> bool {
                *self == 0
            }
        }
    )* };
}
numbers!(i64, u64, u16);

impl<T: Field + Default> Field for Option<T> {
    fn read(&mut self, json: &Json<'_>) -> bool {
        self.insert(T::default()).read(json)
    }

    fn write(&mut self, json: &mut Writer) {
        match self {
            Some(value) => value.write(json),
            None => json.plain_item(&"null"),
        }
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<T: Field + Default> Field for Vec<T> {
    fn read(&mut self, json: &Json<'_>) -> bool {
        let Json::List(items) = json else { return false };
        self.clear();
        items.iter().all(|item| {
            self.push(T::default());
            self.last_mut().is_some_and(|to| to.read(item))
        })
    }

    fn write(&mut self, json: &mut Writer) {
        json.open_items();
        self.iter_mut().for_each(|item| item.write(json));
        json.close_list();
    }

    fn is_empty(&self) -> bool {
        <[T]>::is_empty(self)
    }
}

impl<T: Field + Default> Field for BTreeMap<String, T> {
    fn read(&mut self, json: &Json<'_>) -> bool {
        let Json::Object(object) = json else { return false };
        object.iter().all(|(name, value)| self.entry(name.clone().into_owned()).or_default().read(value))
    }

    fn write(&mut self, json: &mut Writer) {
        json.open();
        for (name, value) in self.iter_mut() {
            json.name(name);
            value.write(json);
        }
        json.close();
    }

    fn is_empty(&self) -> bool {
        BTreeMap::is_empty(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default)]
    struct Inner {
        dest: String,
    }
    fields!(Inner: dest);

    #[derive(Debug, Default)]
    struct Outer {
        name: String,
        note: String,
        count: u64,
        least: i64,
        on: bool,
        inner: Option<Inner>,
        list: Vec<Inner>,
        map: BTreeMap<String, u16>,
    }
    fields!(Outer: name, note if any, count, least if any, on if any, inner if any, list if any, map);

    /// What is read from a text, written; or `-`.
    #[track_caller]
    fn check(text: &str, want: &str) {
        let mut outer = Outer { least: -1, ..Outer::default() };
        let got = match read(text.as_bytes(), &mut outer) {
            Some(()) => String::from_utf8(body(&mut outer)).expect("JSON is UTF-8"),
            None => "-".to_owned(),
        };
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn what_is_read_is_written() {
        check(r#"{}"#, r#"{"name":"","count":0,"least":-1,"map":{}}"#);
        check(r#"{"least":0,"note":null}"#, r#"{"name":"","count":0,"map":{}}"#);
        let all = r#"{"name":"a\u003e","note":"n","count":18446744073709551615,"least":-5,"on":true,"inner":{"dest":"d"},"list":[{"dest":"1"},{"dest":"2"}],"map":{"a":1,"b":2}}"#;
        check(all, all);
        check(r#"{"other":[1],"name":"x","name":"y"}"#, r#"{"name":"y","count":0,"least":-1,"map":{}}"#);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for text in [
            "",
            "[]",
            "null",
            "{} {}",
            r#"{"name":1}"#,
            r#"{"count":-1}"#,
            r#"{"count":1.5}"#,
            r#"{"on":"true"}"#,
            r#"{"inner":[]}"#,
            r#"{"list":[{"dest":1}]}"#,
            r#"{"map":{"a":70000}}"#,
        ] {
            check(text, "-");
        }
    }
}
