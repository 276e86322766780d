//! JSON with indentation, as Go's encoder writes it, and with the fields of streams in the real command's order.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::base::json::{Json, Writer, parse, quote};
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

/// What `write` writes.
pub fn text(write: impl FnOnce(&mut Writer)) -> String {
    let mut json = Writer::new();
    write(&mut json);
    json.finish()
}

/// A JSON text again, with two spaces a level.
pub fn pretty(text: &str) -> String {
    in_order(text.as_bytes(), None)
}

/// What the server says of a stream, as it said it.
pub fn stream_info(info: &[u8]) -> String {
    in_order(info, Some(STREAM_INFO))
}

/// A message of a stream.
pub fn stored_message(message: &StoredMessage) -> String {
    pretty(&text(|json| {
        json.open();
        json.text("subject", message.subject());
        json.number("seq", message.sequence);
        if !message.headers.is_empty() {
            json.text("hdrs", &base64(&message.headers.encode()));
        }
        json.text_if_any("data", &base64(message.body()));
        json.text("time", &message.time.rfc3339());
        json.close();
    }))
}

/// A message on one line, with its fields in the real command's order.
pub fn message(message: &Message) -> String {
    let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in message.headers().list {
        headers.entry(name).or_default().push(value);
    }
    text(|json| {
        json.open();
        json.text("Subject", message.subject());
        json.text("Reply", message.reply().unwrap_or_default());
        if headers.is_empty() {
            json.null("Header");
        } else {
            json.open_field("Header");
            headers.iter().for_each(|(name, values)| json.texts(name, values));
            json.close();
        }
        match message.body() {
            [] => json.null("Data"),
            body => json.text("Data", &base64(body)),
        }
        json.null("Sub");
        json.close();
    })
}

fn in_order(text: &[u8], order: Option<&'static str>) -> String {
    let mut out = String::new();
    write_value(&parse(text).unwrap_or(Json::Null), order, 0, &mut out);
    out
}

/// The order of the fields of what `name` holds, in a part of a stream whose own order is `around`.
fn order_of(name: &str, around: Option<&'static str>) -> Option<&'static str> {
    match (name, around) {
        ("config", Some(STREAM_INFO)) => Some(CONFIG),
        ("state", Some(STREAM_INFO)) => Some(STATE),
        ("mirror" | "sources", Some(STREAM_INFO)) => Some(ORIGIN),
        ("mirror" | "sources", Some(CONFIG)) => Some(SOURCE),
        ("placement", _) => Some("?cluster ?tags ?preferred"),
        ("republish", _) => Some("?src dest ?headers_only"),
        ("subject_transforms" | "subject_transform", _) => Some("src dest"),
        ("external", _) => Some("api deliver"),
        ("cluster", _) => Some("?name ?leader ?replicas"),
        _ => None,
    }
}

fn is_empty(value: &Json<'_>) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::Number(number) => *number == "0",
        Json::Text(text) => text.is_empty() || text == "none",
        Json::List(items) => items.is_empty(),
        Json::Object(fields) => fields.is_empty(),
        Json::Bool(true) => false,
    }
}

fn write_value(value: &Json<'_>, order: Option<&'static str>, depth: usize, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Json::Number(number) => out.push_str(number),
        Json::Text(text) => quote(text, out),
        Json::List(items) if items.is_empty() => out.push_str("[]"),
        Json::List(items) => {
            list(items.len(), ['[', ']'], depth, out, &mut |index, out| {
                write_value(&items[index], order, depth + 1, out);
            });
        }
        Json::Object(fields) => {
            let fields = ordered(fields, order);
            if fields.is_empty() {
                return out.push_str("{}");
            }
            list(fields.len(), ['{', '}'], depth, out, &mut |index, out| {
                let (name, value) = fields[index];
                quote(name, out);
                out.push_str(": ");
                write_value(value, order_of(name, order), depth + 1, out);
            });
        }
    }
}

type Member<'a> = (Cow<'a, str>, Json<'a>);

/// Without an order, what was said in its own.
fn ordered<'a, 'b>(fields: &'a [Member<'b>], order: Option<&str>) -> Vec<&'a Member<'b>> {
    let Some(order) = order else { return fields.iter().collect() };
    let named = order.split_whitespace().filter_map(|name| {
        let (name, optional) = name.strip_prefix('?').map_or((name, false), |name| (name, true));
        fields.iter().find(|(found, value)| found == name && !(optional && is_empty(value)))
    });
    named.collect()
}

fn list(
    length: usize,
    brackets: [char; 2],
    depth: usize,
    out: &mut String,
    item: &mut dyn FnMut(usize, &mut String),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_streams_have_an_order_and_others_their_own() {
        let info = r#"{
            "ts": "t", "state": {"bytes": 1, "messages": 2, "num_deleted": 0},
            "config": {"subjects": ["$KV.b.>"], "name": "KV_b", "compression": "none", "metadata": {"a": "2", "b": "1"}}
        }"#;
        assert_eq!(
            stream_info(info.as_bytes()),
            "{\n  \"config\": {\n    \"name\": \"KV_b\",\n    \"subjects\": [\n      \"$KV.b.\\u003e\"\n    ],\n    \
             \"metadata\": {\n      \"a\": \"2\",\n      \"b\": \"1\"\n    }\n  },\n  \"state\": {\n    \
             \"messages\": 2,\n    \"bytes\": 1\n  },\n  \"ts\": \"t\"\n}"
        );
    }
}
