//! What the real server was recorded to say is read, and written again as it was.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::*;
use crate::gojson;

const RECORDINGS: [&str; 5] = [
    include_str!("../../tests/wire/cases/6-jetstream.txt"),
    include_str!("../../tests/wire/cases/7-consumers.txt"),
    include_str!("../../tests/wire/cases/7-groups.txt"),
    include_str!("../../tests/wire/cases/10-odd-requests.txt"),
    include_str!("../../tests/wire/cases/11-domain.txt"),
];

/// Times and names in recordings stand as `~`.
const TIME: &str = "2026-11-23T01:02:03.5Z";

fn read<T: DeserializeOwned>(json: &str) -> T {
    gojson::from_slice(json.as_bytes()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn again<T: DeserializeOwned + Serialize>(kind: &str, json: &str) -> String {
    write(kind, read::<T>(json))
}

fn write<T: Serialize>(kind: &str, body: T) -> String {
    let response = Response { kind: format!("io.nats.jetstream.api.v1.{kind}"), error: None, body };
    gojson::to_string(&response)
}

/// What answers have around the information on a stream.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Around {
    did_create: bool,
    total: u64,
    offset: u64,
    limit: u64,
}

/// An answer that was read and written; `None` for one of no type that is tested here.
fn rewritten(kind: &str, json: &str) -> Option<String> {
    Some(match kind {
        "account_info_response" => again::<AccountInfo>(kind, json),
        "stream_create_response" => {
            let Around { did_create, .. } = read(json);
            write(kind, StreamCreateResponse { info: Some(read(json)), did_create })
        }
        "stream_update_response" => again::<StreamInfo>(kind, json),
        "stream_info_response" => {
            let Around { total, offset, limit, .. } = read(json);
            write(kind, StreamInfoResponse { total, offset, limit, info: Some(read(json)) })
        }
        "stream_names_response" => again::<StreamNamesResponse>(kind, json),
        "stream_list_response" => again::<StreamListResponse>(kind, json),
        "stream_purge_response" => again::<StreamPurgeResponse>(kind, json),
        "stream_delete_response" | "stream_msg_delete_response" | "consumer_delete_response" => {
            again::<SuccessResponse>(kind, json)
        }
        "stream_msg_get_response" => again::<MsgGetResponse>(kind, json),
        "consumer_create_response" | "consumer_info_response" => again::<ConsumerInfo>(kind, json),
        "consumer_names_response" => again::<ConsumerNamesResponse>(kind, json),
        "consumer_list_response" => again::<ConsumerListResponse>(kind, json),
        "consumer_pause_response" => again::<ConsumerPauseResponse>(kind, json),
        _ => return None,
    })
}

#[test]
fn answers_are_written_as_they_were_read() {
    let mut tested = 0;
    for line in RECORDINGS.iter().flat_map(|recording| recording.lines()) {
        let Some((_, rest)) = line.split_once("< {\"type\":\"io.nats.jetstream.api.v1.") else { continue };
        let Some((kind, _)) = rest.split_once('"') else { continue };
        let Some(start) = line.find('{').filter(|_| !line.contains("\"error\":{")) else { continue };
        let time = format!("\"{TIME}\"");
        let json = line[start..].replace("\"~\"", &time).replace(":~", &format!(":{time}"));
        if let Some(written) = rewritten(kind, &json) {
            assert_eq!(written, json);
            tested += 1;
        }
    }
    assert!(tested > 50, "{tested} answers are in the recordings");
}

#[test]
fn errors_are_written_before_the_empty_body() {
    let error = ApiError { code: 404, err_code: 10059, description: "stream not found".to_owned() };
    let response: Response<StreamNamesResponse> =
        Response { kind: "k".to_owned(), error: Some(error.clone()), body: StreamNamesResponse::default() };
    let json = gojson::to_string(&response);
    assert_eq!(
        json,
        r#"{"type":"k","error":{"code":404,"err_code":10059,"description":"stream not found"},"total":0,"offset":0,"limit":0,"streams":null}"#
    );
    assert_eq!(read::<ErrorResponse>(&json).error, Some(error));
}

#[test]
fn acknowledgements_leave_out_what_is_empty() {
    for json in [
        r#"{"stream":"KV_b","seq":8}"#,
        r#"{"stream":"S","seq":10,"domain":"hub","duplicate":true}"#,
        r#"{"error":{"code":400,"err_code":10071,"description":"wrong last sequence: 7"},"stream":"KV_b","seq":0}"#,
    ] {
        assert_eq!(gojson::to_string(&read::<PubAck>(json)), json);
    }
}

#[test]
fn of_equal_names_in_a_request_each_is_judged() {
    let first_wrong = r#"{"name":"a","storage":"disk","storage":"memory"}"#;
    let read = gojson::from_request::<StreamConfig>(first_wrong.as_bytes());
    assert_eq!(read.expect_err("the first is no storage").to_string(), r#"can not unmarshal "\"disk\"""#);
    let both_right = r#"{"name":"a","storage":"file","storage":"memory"}"#;
    gojson::from_request::<StreamConfig>(both_right.as_bytes()).expect("the last wins");
}
