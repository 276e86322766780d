//! The syntax of nats-server's configuration file: maps, lists and values, with `=`, `:` or nothing between a name and
//! its value; includes; and variables. Error texts are those of nats-server.

mod cursor;
mod parser;
mod scalar;
mod value;

pub use parser::parse;
pub use value::{ConfigSource, Field, Position, Value};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_all_types_are_parsed() {
        let text = "# comment\nport: 4333\nhost = \"127.0.0.1\" // more\njetstream {\n max_mem 64MB, max_file: 1G\n store_dir = '/x y'\n}\nusers: [ {user: a, password: b}\n {user: c} ]\nmax_payload: 1048576\nwhere: 127.0.0.1:4222\nname: $NAME, NAME: x";
        let text = text.replace("name: $NAME, NAME: x", "NAME: x, name: $NAME, last: 1.5");
        let conf = parse(&text, "f", &()).expect("a file");
        assert_eq!(conf.get("PORT"), Some(&Value::Integer(4333)));
        assert_eq!(conf.get("host").and_then(Value::string), Some("127.0.0.1"));
        let jetstream = conf.get("jetstream").expect("a block");
        assert_eq!(jetstream.get("max_mem"), Some(&Value::Integer(64 << 20)));
        assert_eq!(jetstream.get("max_file"), Some(&Value::Integer(1_000_000_000)));
        assert_eq!(jetstream.get("store_dir").and_then(Value::string), Some("/x y"));
        assert_eq!(conf.get("users").map(|users| users.items().len()), Some(2));
        assert_eq!(conf.get("where").and_then(Value::string), Some("127.0.0.1:4222"));
        assert_eq!(conf.get("name").and_then(Value::string), Some("x"));
        assert_eq!(conf.get("last"), Some(&Value::Float(1.5)));
        for wrong in ["a {", "a [", "a: \"x", "a:\n", "include x", "a: $b", "a", "a: [}", "a: {]"] {
            assert!(parse(wrong, "f", &()).is_err(), "{wrong}");
        }
        let deep = ["a: ", &"[".repeat(100_000)].concat();
        assert!(parse(&deep, "f", &()).is_err());
    }
}
