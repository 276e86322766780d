//! Streams.

use super::*;

#[test]
fn bodies_are_read_strictly() {
    check(
        "
        a? $JS.API.STREAM.CREATE.c {\"name\":\"c\",\"bogus\":1}
        a< MSG _R.1 0 156|{\"type\":\"io.nats.jetstream.api.v1.stream_create_response\",\"error\":{\"code\":400,\"err_code\":10025,\"description\":\"invalid JSON: json: unknown field \\\"bogus\\\"\"}}
        a? $JS.API.STREAM.CREATE.c {\"name\":\"c\",\"max_msgs\":\"x\"}
        a< MSG _R.1 0 220|{\"type\":\"io.nats.jetstream.api.v1.stream_create_response\",\"error\":{\"code\":400,\"err_code\":10025,\"description\":\"invalid JSON: json: cannot unmarshal string into Go struct field StreamConfigRequest.max_msgs of type int64\"}}
        a? $JS.API.STREAM.INFO.nope
        a< MSG _R.1 0 158|{\"type\":\"io.nats.jetstream.api.v1.stream_info_response\",\"error\":{\"code\":404,\"err_code\":10059,\"description\":\"stream not found\"},\"total\":0,\"offset\":0,\"limit\":0}
        ",
    );
}

/// What was stored before an update may lie under subjects that the stream has no longer; a transform stores
/// under subjects that it never had.
#[test]
fn a_filter_of_all_subjects_leaves_strangers_alone() {
    let renaming = ",\"subject_transform\":{\"src\":\"a.*\",\"dest\":\"c.{{wildcard(1)}}\"}";
    for (first, second, pattern) in [
        ("[\"a.*\"]", "[\"b.*\"]", "b.*"),
        (&*format!("[\"a.*\"]{renaming}"), &*format!("[\"a.*\",\"b.*\"]{renaming}"), "b.*"),
        (&*format!("[\"a.*\",\"b.*\"]{renaming}"), "[\"b.*\"]", "b.*"),
    ] {
        for restart in ["", "@restart"] {
            let script = format!(
                "a? $JS.API.STREAM.CREATE.s {{\"name\":\"s\",\"subjects\":{first}}}
                 a? a.x one
                 a? $JS.API.STREAM.UPDATE.s {{\"name\":\"s\",\"subjects\":{second}}}
                 a? b.x two
                 {restart}
                 a? $JS.API.STREAM.PURGE.s {{\"filter\":\"{pattern}\"}}"
            );
            let said = play(with_jetstream(), &script);
            assert!(said.contains("\"purged\":1}"), "the server said\n{said}\n");
        }
    }
}
