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
