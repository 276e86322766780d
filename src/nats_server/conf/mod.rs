//! The syntax of nats-server's configuration file: maps, lists and values, with `=`, `:` or nothing between a name and
//! its value, other files that are included, and variables. What is wrong is said in the real server's words.

mod read;

use crate::base::json::quote;

pub use read::parse;

/// A value in a configuration file.
#[derive(Clone, Debug, PartialEq)]
pub enum Conf {
    Map(Vec<Field>),
    List(Vec<Conf>),
    Text(String),
    Number(i64),
    Fraction(f64),
    Truth(bool),
}

/// A name in a map, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    pub value: Conf,
    pub at: At,
    /// A variable refers to it.
    pub is_used: bool,
}

/// A place in a file. The first line is 1; columns begin with 0 there, and with 1 in later lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At {
    pub file: String,
    pub line: usize,
    pub column: usize,
}

/// What a file may refer to.
pub trait Around {
    /// The text of another file, or why it cannot be read.
    fn file(&self, path: &str) -> Result<String, String>;

    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;
}

/// Nothing around.
impl Around for () {
    fn file(&self, path: &str) -> Result<String, String> {
        Err(format!("open {path}: no such file or directory"))
    }

    fn variable(&self, _: &str) -> Option<String> {
        None
    }
}

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Conf {
    pub fn get(&self, name: &str) -> Option<&Conf> {
        self.fields().iter().find(|field| field.name.eq_ignore_ascii_case(name)).map(|field| &field.value)
    }

    pub fn fields(&self) -> &[Field] {
        match self {
            Conf::Map(fields) => fields,
            _ => &[],
        }
    }

    /// The items of a list; anything else is a list of itself.
    pub fn items(&self) -> &[Conf] {
        match self {
            Conf::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Conf::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What Go calls its type.
    pub fn go_type(&self) -> &'static str {
        match self {
            Conf::Map(_) => "map[string]interface {}",
            Conf::List(_) => "[]interface {}",
            Conf::Text(_) => "string",
            Conf::Number(_) => "int64",
            Conf::Fraction(_) => "float64",
            Conf::Truth(_) => "bool",
        }
    }

    /// As JSON with sorted names, of which the real server takes a hash to tell files apart.
    pub fn json(&self) -> String {
        let mut json = String::new();
        self.write_json(&mut json);
        json
    }

    fn write_json(&self, json: &mut String) {
        match self {
            Conf::Map(fields) => {
                let mut fields: Vec<&Field> = fields.iter().collect();
                fields.sort_by(|a, b| a.name.cmp(&b.name));
                json.push('{');
                for (at, field) in fields.into_iter().enumerate() {
                    json.push_str(if at > 0 { "," } else { "" });
                    quote(&field.name, json);
                    json.push(':');
                    field.value.write_json(json);
                }
                json.push('}');
            }
            Conf::List(items) => {
                json.push('[');
                for (at, item) in items.iter().enumerate() {
                    json.push_str(if at > 0 { "," } else { "" });
                    item.write_json(json);
                }
                json.push(']');
            }
            Conf::Text(text) => quote(text, json),
            Conf::Number(number) => json.push_str(&number.to_string()),
            Conf::Fraction(number) => json.push_str(&number.to_string()),
            Conf::Truth(truth) => json.push_str(&truth.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read() {
        let text = "# comment\nport: 4333\nhost = \"127.0.0.1\" // more\njetstream {\n max_mem 64MB, max_file: 1G\n store_dir = '/x y'\n}\nusers: [ {user: a, password: b}\n {user: c} ]\nmax_payload: 1048576\nwhere: 127.0.0.1:4222\nname: $NAME, NAME: x";
        let text = text.replace("name: $NAME, NAME: x", "NAME: x, name: $NAME, last: 1.5");
        let conf = parse(&text, "f", &()).expect("a file");
        assert_eq!(conf.get("PORT"), Some(&Conf::Number(4333)));
        assert_eq!(conf.get("host").and_then(Conf::text), Some("127.0.0.1"));
        let jetstream = conf.get("jetstream").expect("a block");
        assert_eq!(jetstream.get("max_mem"), Some(&Conf::Number(64 << 20)));
        assert_eq!(jetstream.get("max_file"), Some(&Conf::Number(1_000_000_000)));
        assert_eq!(jetstream.get("store_dir").and_then(Conf::text), Some("/x y"));
        assert_eq!(conf.get("users").map(|users| users.items().len()), Some(2));
        assert_eq!(conf.get("where").and_then(Conf::text), Some("127.0.0.1:4222"));
        assert_eq!(conf.get("name").and_then(Conf::text), Some("x"));
        assert_eq!(conf.get("last"), Some(&Conf::Fraction(1.5)));
        for wrong in ["a {", "a [", "a: \"x", "a:\n", "include x", "a: $b", "a", "a: [}", "a: {]"] {
            assert!(parse(wrong, "f", &()).is_err(), "{wrong}");
        }
        let deep = ["a: ", &"[".repeat(100_000)].concat();
        assert!(parse(&deep, "f", &()).is_err());
    }
}
