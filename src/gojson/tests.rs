//! What the real server says of JSON, and JSON that it writes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::*;
use crate::base::Time;

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename = "time.Duration")]
struct Nanos(i64);

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Retention {
    #[default]
    #[serde(alias = "")]
    Limits,
    WorkQueue,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "unknown action: {}")]
enum Action {
    #[default]
    Create,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.StreamSource")]
struct Source {
    name: String,
    #[serde(skip_serializing_if = "is_default")]
    start: Option<Time>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "server.StreamConfig")]
struct Config {
    name: String,
    #[serde(skip_serializing_if = "is_default")]
    subjects: Vec<String>,
    #[serde(skip_serializing_if = "is_default")]
    retention: Retention,
    #[serde(skip_serializing_if = "is_default")]
    action: Action,
    #[serde(skip_serializing_if = "is_default")]
    max_msgs: i64,
    #[serde(skip_serializing_if = "is_default")]
    max_msg_size: i32,
    #[serde(skip_serializing_if = "is_default")]
    first_seq: u64,
    #[serde(skip_serializing_if = "is_default", deserialize_with = "int")]
    num_replicas: i64,
    #[serde(skip_serializing_if = "is_default")]
    max_age: Nanos,
    #[serde(skip_serializing_if = "is_default")]
    backoff: Vec<Nanos>,
    #[serde(skip_serializing_if = "is_default")]
    sealed: bool,
    #[serde(skip_serializing_if = "is_default")]
    mirror: Option<Source>,
    #[serde(skip_serializing_if = "is_default", deserialize_with = "pointers")]
    sources: Vec<Source>,
    #[serde(skip_serializing_if = "is_default")]
    metadata: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "is_default", deserialize_with = "empty_as_none")]
    durable: Option<String>,
    #[serde(skip_serializing_if = "is_default", with = "super::base64")]
    data: Vec<u8>,
    #[serde(skip_serializing_if = "is_default")]
    ratio: f64,
}

fn pointers<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Source>, D::Error> {
    named(deserializer, "[]*server.StreamSource")
}

#[derive(Clone, Debug, Default, Serialize)]
struct Request {
    #[serde(flatten)]
    config: Config,
    pedantic: bool,
}

impl<'de> Deserialize<'de> for Request {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Request, D::Error> {
        let (pedantic, config) = embedded(deserializer, "server.StreamConfigRequest", "pedantic")?;
        Ok(Request { config, pedantic })
    }
}

/// The body of a request, written again; or the error.
#[track_caller]
fn check_request(text: &str, want: &str) {
    let got = match from_request::<Request>(text.as_bytes()) {
        Ok(request) => to_string(&request),
        Err(error) => error.to_string(),
    };
    assert_eq!(got, want, "{text}");
}

#[track_caller]
fn check(text: &str, want: &str) {
    let got = match from_slice::<Config>(text.as_bytes()) {
        Ok(config) => to_string(&config),
        Err(error) => error.to_string(),
    };
    assert_eq!(got, want, "{text}");
}

#[test]
fn what_is_read_is_written() {
    check("{}", r#"{"name":""}"#);
    check(" null ", r#"{"name":""}"#);
    let all = r#"{"name":"a\u003e","subjects":["s"],"retention":"work_queue","max_msgs":-5,"max_msg_size":7,"first_seq":18446744073709551615,"num_replicas":1,"max_age":60,"backoff":[1,2],"sealed":true,"mirror":{"name":"m","start":"2026-11-23T01:02:03.5Z"},"sources":[{"name":"1"},{"name":"2"}],"metadata":{"a":"1","B":"2"},"durable":"d","data":"Zm9v","ratio":0.5}"#;
    let sorted = all.replace(r#""a":"1","B":"2""#, r#""B":"2","a":"1""#);
    check(all, &sorted);
    check(r#"{"other":[1],"NAME":"x"}"#, r#"{"name":"x"}"#);
    check(r#"{"ſealed":true,"bac\u212aoff":[3]}"#, r#"{"name":"","backoff":[3],"sealed":true}"#);
    check(r#"{"retention":"","durable":""}"#, r#"{"name":""}"#);
    check(
        r#"{"mirror":{"start":"0001-01-01T00:00:00Z"}}"#,
        r#"{"name":"","mirror":{"name":"","start":"0001-01-01T00:00:00Z"}}"#,
    );
    let nulls = "name subjects max_msgs max_msg_size first_seq num_replicas max_age backoff sealed mirror sources \
                 metadata durable data ratio";
    let nulls: Vec<String> = nulls.split_whitespace().map(|name| format!("\"{name}\":null")).collect();
    check(&format!("{{{}}}", nulls.join(",")), r#"{"name":""}"#);
}

#[test]
fn of_equal_names_the_last_wins_and_objects_are_merged() {
    check(r#"{"name":"x","Name":"y","max_msgs":1,"max_msgs":null}"#, r#"{"name":"y","max_msgs":1}"#);
    check(
        r#"{"name":1,"name":"y"}"#,
        "json: cannot unmarshal number into Go struct field StreamConfig.name of type string",
    );
    check(
        r#"{"mirror":{"name":"a"},"mirror":{"start":"2026-01-01T00:00:00Z"}}"#,
        r#"{"name":"","mirror":{"name":"a","start":"2026-01-01T00:00:00Z"}}"#,
    );
    check(r#"{"mirror":{"name":"a"},"mirror":null,"mirror":{}}"#, r#"{"name":"","mirror":{"name":""}}"#);
    check(r#"{"mirror":{"name":"a"},"mirror":null}"#, r#"{"name":""}"#);
    check(
        r#"{"metadata":{"a":"1","a":"2"},"metadata":{"b":"3"}}"#,
        r#"{"name":"","metadata":{"a":"2","b":"3"}}"#,
    );
    check(r#"{"subjects":["a","b"],"subjects":["c"]}"#, r#"{"name":"","subjects":["c"]}"#);
    check_request(
        r#"{"name":"a","max_msgs":1} {"name":"b","pedantic":true}"#,
        r#"{"name":"b","max_msgs":1,"pedantic":true}"#,
    );
}

#[test]
fn a_value_is_updated() {
    let old = Config { name: "a".to_owned(), max_msgs: 5, ..Config::default() };
    let new = update(&old, br#"{"max_msgs":null,"name":"b"}"#).expect("JSON");
    assert_eq!(new, Config { name: "b".to_owned(), ..old });
}

#[test]
fn wrong_types_are_told_with_their_place() {
    for (text, want) in [
        (r#"{"name":1}"#, "number into Go struct field StreamConfigRequest.name of type string"),
        (r#"{"subjects":"x"}"#, "string into Go struct field StreamConfigRequest.subjects of type []string"),
        (r#"{"subjects":["a",1]}"#, "number into StreamConfigRequest.subjects.1 of type string"),
        (
            r#"{"max_age":"1s"}"#,
            "string into Go struct field StreamConfigRequest.max_age of type time.Duration",
        ),
        (
            r#"{"backoff":{}}"#,
            "object into Go struct field StreamConfigRequest.backoff of type []time.Duration",
        ),
        (r#"{"backoff":["x"]}"#, "string into StreamConfigRequest.backoff.0 of type time.Duration"),
        (r#"{"max_msgs":1.5}"#, "number 1.5 into Go struct field StreamConfigRequest.max_msgs of type int64"),
        (r#"{"max_msgs":1e3}"#, "number 1e3 into Go struct field StreamConfigRequest.max_msgs of type int64"),
        (
            r#"{"max_msg_size":9999999999}"#,
            "number 9999999999 into Go struct field StreamConfigRequest.max_msg_size of type int32",
        ),
        (
            r#"{"first_seq":-1}"#,
            "number -1 into Go struct field StreamConfigRequest.first_seq of type uint64",
        ),
        (
            r#"{"num_replicas":"1"}"#,
            "string into Go struct field StreamConfigRequest.num_replicas of type int",
        ),
        (r#"{"sealed":"true"}"#, "string into Go struct field StreamConfigRequest.sealed of type bool"),
        (
            r#"{"metadata":{"a":1}}"#,
            "number into Go struct field StreamConfigRequest.metadata.a of type string",
        ),
        (
            r#"{"metadata":[]}"#,
            "array into Go struct field StreamConfigRequest.metadata of type map[string]string",
        ),
        (
            r#"{"mirror":"x"}"#,
            "string into Go struct field StreamConfigRequest.mirror of type server.StreamSource",
        ),
        (
            r#"{"mirror":{"name":{}}}"#,
            "object into Go struct field StreamConfigRequest.mirror.name of type string",
        ),
        (
            r#"{"mirror":{"start":5}}"#,
            "number into Go struct field StreamConfigRequest.mirror.start of type time.Time",
        ),
        (
            r#"{"sources":{}}"#,
            "object into Go struct field StreamConfigRequest.sources of type []*server.StreamSource",
        ),
        (r#"{"sources":["x"]}"#, "string into StreamConfigRequest.sources.0 of type server.StreamSource"),
        (
            r#"{"sources":[{},{"name":1}]}"#,
            "number into Go struct field StreamConfigRequest.sources.1.name of type string",
        ),
        (r#"{"pedantic":1}"#, "number into Go struct field StreamConfigRequest.pedantic of type bool"),
        (r#""x""#, "string into Go value of type server.StreamConfigRequest"),
        ("[]", "array into Go value of type server.StreamConfigRequest"),
        ("1", "number into Go value of type server.StreamConfigRequest"),
        ("true", "bool into Go value of type server.StreamConfigRequest"),
    ] {
        check_request(text, &format!("json: cannot unmarshal {want}"));
    }
}

#[test]
fn other_errors() {
    for (text, want) in [
        (r#"{"bogus":1}}"#, r#"json: unknown field "bogus""#),
        (r#"{"Bogus":1,"name":2}"#, r#"json: unknown field "Bogus""#),
        (r#"{"mirror":{"bogus":null}}"#, r#"json: unknown field "bogus""#),
        (r#"{"mirror":{"":1}}"#, r#"json: unknown field """#),
        (r#"{"retention":"x"}"#, r#"can not unmarshal "\"x\"""#),
        (r#"{"retention":1}"#, r#"can not unmarshal "1""#),
        (r#"{"retention":null}"#, r#"can not unmarshal "null""#),
        (r#"{"action":"x"}"#, r#"unknown action: "x""#),
        (
            r#"{"mirror":{"start":"2020-1-1"}}"#,
            r#"parsing time "2020-1-1" as "2006-01-02T15:04:05Z07:00": cannot parse "1-1" as "01""#,
        ),
        (r#"{"name":"S"}}"#, "invalid character '}' looking for beginning of value at offset 13"),
        ("hello", "invalid character 'h' looking for beginning of value at offset 1"),
        (r#"{"name":"c"#, "unexpected EOF"),
        (r#"{"name":"c",}"#, "invalid character '}' looking for beginning of object key string at offset 13"),
        (r#"{"name" "c"}"#, "invalid character '\"' after object key at offset 9"),
        (r#"{"name":"c" "x":1}"#, "invalid character '\"' after object key:value pair at offset 13"),
        (r#"{'name':"c"}"#, r"invalid character '\'' looking for beginning of object key string at offset 2"),
        (r#"{"name":tru}"#, "invalid character '}' in literal true (expecting 'e') at offset 12"),
        (r#"{"max_msgs":01}"#, "invalid character '1' after object key:value pair at offset 14"),
        (r#"{"max_msgs":-x}"#, "invalid character 'x' in numeric literal at offset 14"),
        (r#"{"max_msgs":1.}"#, "invalid character '}' in numeric literal at offset 15"),
        (r#"{"max_msgs":1ex}"#, "invalid character 'x' in numeric literal at offset 15"),
        (r#"{"subjects":["a" "b"]}"#, "invalid character '\"' after array element at offset 18"),
        ("{\"name\":\"a\tb\"}", r"invalid character '\t' in string at offset 11"),
        ("{\"name\":\"S\"\u{7f}", r"invalid character '\x7f' after object key:value pair at offset 12"),
        ("{é}", "invalid character 'é' looking for beginning of object key string at offset 3"),
    ] {
        check_request(text, want);
    }
    check("", "unexpected end of JSON input");
    check("{", "unexpected end of JSON input");
    check("x", "invalid character 'x' looking for beginning of value");
    check("{} {}", "invalid character '{' after top-level value");
    check(&"[".repeat(5000), "exceeded max depth");
    let deep = "[".repeat(990) + &"]".repeat(990);
    check_request(&format!("{{\"retention\":{deep}}}"), &format!("can not unmarshal \"{deep}\""));
    check(&format!("{{\"other\":{deep}}}"), r#"{"name":""}"#);
    check_request("", r#"{"name":"","pedantic":false}"#);
}

#[test]
fn texts_and_numbers_are_written_as_go_does() {
    let text = "<>&\"\\\n\r\t\u{8}\u{c}\u{1}\u{7f}é\u{2028}\u{2029}";
    assert_eq!(
        to_string(text),
        r#""\u003c\u003e\u0026\"\\\n\r\t\b\f\u0001é\u2028\u2029""#.replace("\\u0001é", "\\u0001\u{7f}é")
    );
    for (number, want) in [
        (0.0, "0"),
        (1.0, "1"),
        (-2.5, "-2.5"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (0.000001, "0.000001"),
        (1.25e-7, "1.25e-7"),
    ] {
        assert_eq!(to_string(&number), want);
    }
    assert_eq!(to_string(&Time::default()), r#""0001-01-01T00:00:00Z""#);
    assert_eq!(
        parse(b"\"\\ud83d\\ude00\\ud83d\xff\"").map(|text| to_string(&text)),
        Ok("\"😀\u{fffd}\u{fffd}\"".to_owned())
    );
    let value = parse(br#"{"a":[1,{}],"b":[],"c":{"d":null}}"#).expect("JSON");
    assert_eq!(
        to_string_indent(&value),
        "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": [],\n  \"c\": {\n    \"d\": null\n  }\n}"
    );
}
