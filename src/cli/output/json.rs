//! JSON with indentation, as Go's encoder writes it, and with the fields of streams in the real command's order.

use std::fmt::Write;

use serde_json::{Map, Value};

use crate::cli::text::base64;
use crate::client::Message;
use crate::client::jetstream::StoredMessage;

/// Fields of streams in their order; `?` before one: left out when it is empty.
const STREAM_INFO: &str = "config created state ?domain ?cluster ?mirror ?sources ?alternates ts";
const CONFIG: &str = "name ?description ?subjects retention max_consumers max_msgs_per_subject max_msgs max_bytes \
     max_age ?max_msg_size storage discard num_replicas ?no_ack ?duplicate_window ?placement ?mirror ?sources \
     ?compression ?subject_transform ?republish sealed deny_delete deny_purge allow_rollup_hdrs allow_direct \
     mirror_direct ?discard_new_per_subject ?first_seq ?metadata ?allow_msg_ttl ?subject_delete_marker_ttl \
     consumer_limits ?allow_atomic ?allow_msg_counter ?allow_msg_schedules ?persist_mode ?allow_batched";
const STATE: &str = "messages bytes first_seq first_ts last_seq last_ts ?num_deleted ?deleted ?num_subjects \
     ?subjects ?lost consumer_count";
const ORIGIN: &str = "name ?external lag active ?error ?filter_subject ?subject_transforms";
const SOURCE: &str =
    "name ?opt_start_seq ?opt_start_time ?filter_subject ?subject_transforms ?external ?consumer";

/// A value with two spaces a level.
pub fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write_value(value, None, 0, &mut out);
    out
}

/// What the server says of a stream.
pub fn stream_info(info: &Value) -> String {
    let mut out = String::new();
    write_value(info, Some(STREAM_INFO), 0, &mut out);
    out
}

/// A message of a stream.
pub fn stored_message(message: &StoredMessage) -> String {
    let mut fields = Map::new();
    fields.insert("subject".to_owned(), message.subject.as_str().into());
    fields.insert("seq".to_owned(), message.sequence.into());
    if !message.headers.is_empty() {
        fields.insert("hdrs".to_owned(), base64(&message.headers.encode()).into());
    }
    fields.insert("data".to_owned(), base64(&message.body).into());
    fields.insert("time".to_owned(), message.time.rfc3339().into());
    let mut out = String::new();
    write_value(&Value::Object(fields), Some("subject seq ?hdrs ?data time"), 0, &mut out);
    out
}

/// What `rtt` has measured.
pub fn round_trips(targets: &Value) -> String {
    let mut out = String::new();
    write_value(targets, Some("url results"), 0, &mut out);
    out
}

/// A message on one line, with its fields in the real command's order.
pub fn message(message: &Message) -> String {
    let mut headers = Map::new();
    for (name, value) in message.headers().list {
        let values = headers.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(values) = values {
            values.push(value.into());
        }
    }
    let headers = if headers.is_empty() { Value::Null } else { Value::Object(headers) };
    let mut out = String::from("{\"Subject\":");
    quote(&message.subject, &mut out);
    out.push_str(",\"Reply\":");
    quote(message.reply.as_deref().unwrap_or_default(), &mut out);
    let body =
        if message.body.is_empty() { "null".to_owned() } else { format!("\"{}\"", base64(&message.body)) };
    _ = write!(out, ",\"Header\":{headers},\"Data\":{body},\"Sub\":null}}");
    out
}

/// The order of the fields of what `name` holds, in a part of a stream whose own order is `around`.
fn order_of(name: &str, around: Option<&'static str>) -> Option<&'static str> {
    match (name, around) {
        ("config", Some(STREAM_INFO)) => Some(CONFIG),
        ("state", Some(STREAM_INFO)) => Some(STATE),
        ("mirror" | "sources", Some(STREAM_INFO)) => Some(ORIGIN),
        ("mirror" | "sources", Some(CONFIG)) => Some(SOURCE),
        ("results", _) => Some("time address rtt url"),
        ("placement", _) => Some("?cluster ?tags ?preferred"),
        ("republish", _) => Some("?src dest ?headers_only"),
        ("subject_transforms" | "subject_transform", _) => Some("src dest"),
        ("external", _) => Some("api deliver"),
        ("cluster", _) => Some("?name ?leader ?replicas"),
        _ => None,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty() || text == "none",
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(true) => false,
    }
}

fn write_value(value: &Value, order: Option<&'static str>, depth: usize, out: &mut String) {
    match value {
        Value::String(text) => quote(text, out),
        Value::Array(items) if items.is_empty() => out.push_str("[]"),
        Value::Array(items) => {
            list(items.len(), ['[', ']'], depth, out, |index, out| {
                write_value(&items[index], order, depth + 1, out);
            });
        }
        Value::Object(fields) => {
            let fields = ordered(fields, order);
            if fields.is_empty() {
                return out.push_str("{}");
            }
            list(fields.len(), ['{', '}'], depth, out, |index, out| {
                let (name, value) = fields[index];
                quote(name, out);
                out.push_str(": ");
                write_value(value, order_of(name, order), depth + 1, out);
            });
        }
        other => _ = write!(out, "{other}"),
    }
}

fn ordered<'a>(fields: &'a Map<String, Value>, order: Option<&str>) -> Vec<(&'a String, &'a Value)> {
    let Some(order) = order else { return fields.iter().collect() };
    let named = order.split_whitespace().filter_map(|name| {
        let (name, optional) = name.strip_prefix('?').map_or((name, false), |name| (name, true));
        fields.get_key_value(name).filter(|(_, value)| !optional || !is_empty(value))
    });
    named.collect()
}

fn list(
    length: usize,
    brackets: [char; 2],
    depth: usize,
    out: &mut String,
    mut item: impl FnMut(usize, &mut String),
) {
    out.push(brackets[0]);
    for index in 0..length {
        out.push_str(if index > 0 { ",\n" } else { "\n" });
        out.push_str(&"  ".repeat(depth + 1));
        item(index, out);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(brackets[1]);
}

/// A string with the escapes of Go's encoder, which also hides what could be markup.
fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            '\0'..'\x20' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                _ = write!(out, "\\u{:04x}", c as u32)
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_streams_have_an_order_and_others_their_own() {
        let info = serde_json::json!({
            "ts": "t", "state": {"bytes": 1, "messages": 2, "num_deleted": 0},
            "config": {"subjects": ["$KV.b.>"], "name": "KV_b", "compression": "none", "metadata": {"b": "1", "a": "2"}},
        });
        assert_eq!(
            stream_info(&info),
            "{\n  \"config\": {\n    \"name\": \"KV_b\",\n    \"subjects\": [\n      \"$KV.b.\\u003e\"\n    ],\n    \
             \"metadata\": {\n      \"a\": \"2\",\n      \"b\": \"1\"\n    }\n  },\n  \"state\": {\n    \
             \"messages\": 2,\n    \"bytes\": 1\n  },\n  \"ts\": \"t\"\n}"
        );
    }
}
