//! Writing JSON field by field, with Go's escapes.

use std::fmt::{Display, Write};

use crate::base::Time;

/// Go's zero time.
const NO_TIME: &str = "0001-01-01T00:00:00Z";

/// Appends to a text; knows whether a comma is due.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    pub fn new() -> Writer {
        Writer { out: String::with_capacity(512) }
    }

    pub fn finish(self) -> String {
        self.out
    }

    /// Begins an object where a value may stand.
    pub fn open(&mut self) {
        self.comma();
        self.out.push('{');
    }

    pub fn close(&mut self) {
        self.out.push('}');
    }

    /// Begins an object as a field.
    pub fn open_field(&mut self, name: &str) {
        self.name(name);
        self.out.push('{');
    }

    pub fn open_list(&mut self, name: &str) {
        self.name(name);
        self.out.push('[');
    }

    /// Begins a list where a value may stand.
    pub fn open_items(&mut self) {
        self.comma();
        self.out.push('[');
    }

    pub fn close_list(&mut self) {
        self.out.push(']');
    }

    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.string(value);
    }

    /// A field that Go leaves out when it is empty.
    pub fn text_if_any(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.text(name, value);
        }
    }

    pub fn number(&mut self, name: &str, value: impl Into<i128>) {
        self.plain(name, &value.into());
    }

    pub fn number_if_any(&mut self, name: &str, value: impl Into<i128>) {
        let value = value.into();
        if value != 0 {
            self.plain(name, &value);
        }
    }

    pub fn truth(&mut self, name: &str, value: bool) {
        self.plain(name, &value);
    }

    pub fn truth_if(&mut self, name: &str, value: bool) {
        if value {
            self.truth(name, true);
        }
    }

    /// A time; Go's zero time where there is none, or where one before 1970 was given.
    pub fn time(&mut self, name: &str, value: Option<Time>) {
        match value {
            Some(time) if time > Time(0) => self.text(name, &time.rfc3339()),
            _ => self.text(name, NO_TIME),
        }
    }

    pub fn null(&mut self, name: &str) {
        self.plain(name, &"null");
    }

    pub fn texts<T: AsRef<str>>(&mut self, name: &str, values: &[T]) {
        self.open_list(name);
        for value in values {
            self.item(value.as_ref());
        }
        self.close_list();
    }

    pub fn texts_if_any<T: AsRef<str>>(&mut self, name: &str, values: &[T]) {
        if !values.is_empty() {
            self.texts(name, values);
        }
    }

    /// A text in a list.
    pub fn item(&mut self, value: &str) {
        self.comma();
        self.string(value);
    }

    /// A number in a list.
    pub fn number_item(&mut self, value: impl Into<i128>) {
        self.plain_item(&value.into());
    }

    /// Something that is JSON already, in a list.
    pub fn plain_item(&mut self, value: &dyn Display) {
        self.comma();
        let _ = write!(self.out, "{value}");
    }

    /// The value of a field that was begun, if it is JSON already.
    pub fn plain_value(&mut self, value: &dyn Display) {
        let _ = write!(self.out, "{value}");
    }

    fn plain(&mut self, name: &str, value: &dyn Display) {
        self.name(name);
        let _ = write!(self.out, "{value}");
    }

    /// Begins a field, whose value comes next as if it stood in a list.
    pub fn name(&mut self, name: &str) {
        self.comma();
        self.string(name);
        self.out.push(':');
    }

    fn comma(&mut self) {
        if !matches!(self.out.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(',');
        }
    }

    fn string(&mut self, value: &str) {
        quote(value, &mut self.out);
    }
}

/// Appends a text in quotes, with the escapes of Go's encoder, which also hides what could be markup.
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\0'..' ' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_go_s_json() {
        let mut json = Writer::new();
        json.open();
        json.text("a", "<>&\"\\\n\u{1}é\u{2028}");
        json.number("n", -1);
        json.number_if_any("zero", 0);
        json.open_field("o");
        json.close();
        json.texts("l", &["x", "y"]);
        json.open_list("e");
        json.open();
        json.truth("t", true);
        json.close();
        json.open();
        json.close();
        json.close_list();
        json.time("at", None);
        json.close();
        let want = r#"{"a":"\u003c\u003e\u0026\"\\\n\u0001é\u2028","n":-1,"o":{},"l":["x","y"],"e":[{"t":true},{}],"at":"0001-01-01T00:00:00Z"}"#;
        assert_eq!(json.finish(), want);
    }
}
