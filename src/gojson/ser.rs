//! Writing JSON as Go's `encoding/json` does.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::parse::Value;

/// The value as `json.Marshal` writes it.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    let mut out = Vec::with_capacity(512);
    write(&mut out, CompactFormatter, value);
    out
}

/// As [`to_vec`], as a text.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> String {
    String::from_utf8(to_vec(value)).unwrap_or_default()
}

/// The value as `json.MarshalIndent` writes it with two spaces a level.
pub fn to_string_indent<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = Vec::with_capacity(512);
    write(&mut out, PrettyFormatter::new(), value);
    String::from_utf8(out).unwrap_or_default()
}

/// Appends a text in quotes.
pub fn quote(text: &str, out: &mut String) {
    out.push_str(&to_string(text));
}

/// Nothing that derives `Serialize` fails: no map has names that are not texts.
fn write<T: Serialize + ?Sized>(out: &mut Vec<u8>, layout: impl Formatter, value: &T) {
    let written = value.serialize(&mut Serializer::with_formatter(out, GoFormatter(layout)));
    debug_assert!(written.is_ok(), "{written:?}");
}

/// Go's strings and fractions, in a layout.
struct GoFormatter<F>(F);

/// Methods that the layout has.
macro_rules! of_layout {
    ($($method:ident ($($argument:ident: $type:ty),*))*) => { $(
        #[inline]
        fn $method<W: Write + ?Sized>(&mut self, out: &mut W, $($argument: $type),*) -> io::Result<()> {
            self.0.$method(out, $($argument),*)
        }
    )* };
}

impl<F: Formatter> Formatter for GoFormatter<F> {
    of_layout! {
        begin_array()
        end_array()
        begin_array_value(is_first: bool)
        end_array_value()
        begin_object()
        end_object()
        begin_object_key(is_first: bool)
        end_object_key()
        begin_object_value()
        end_object_value()
    }

    /// Also escapes what could be markup or end a line of JavaScript.
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            let (plain, special) = rest.split_at(at);
            let Some(c) = special.chars().next() else { break };
            write!(out, "{plain}\\u{:04x}", u32::from(c))?;
            rest = &special[c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }

    fn write_f32<W: Write + ?Sized>(&mut self, out: &mut W, value: f32) -> io::Result<()> {
        self.write_f64(out, f64::from(value))
    }

    /// Without an exponent unless it is far from zero on either side.
    fn write_f64<W: Write + ?Sized>(&mut self, out: &mut W, value: f64) -> io::Result<()> {
        if value == 0.0 || (1e-6..1e21).contains(&value.abs()) {
            return write!(out, "{value}");
        }
        let text = format!("{value:e}");
        match text.split_once('e') {
            Some((digits, exponent)) if !exponent.starts_with('-') => write!(out, "{digits}e+{exponent}"),
            _ => out.write_all(text.as_bytes()),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(truth) => serializer.serialize_bool(*truth),
            Value::Number(text) => match (text.parse(), text.parse()) {
                (Ok(number), _) => serializer.serialize_i64(number),
                (_, Ok(number)) => serializer.serialize_u64(number),
                _ => serializer.serialize_f64(text.parse().unwrap_or_default()),
            },
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Object(fields) => serializer.collect_map(fields.iter().map(|(name, value)| (name, value))),
        }
    }
}
