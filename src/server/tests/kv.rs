//! What Key/Value is made of.

use super::*;

const BUCKET: &str = "a? $JS.API.STREAM.CREATE.KV_B {\"name\":\"KV_B\",\"subjects\":[\"$KV.B.>\"],\"max_msgs_per_subject\":2,\"discard\":\"new\",\"allow_rollup_hdrs\":true,\"allow_direct\":true,\"deny_delete\":true,\"duplicate_window\":0";

/// Plays a script after a bucket has been made, with more fields of its configuration.
#[track_caller]
fn check_bucket(fields: &str, script: &str) {
    let want = unindent(script);
    let said = play(with_jetstream(), &format!("{BUCKET}{fields}}}\n{want}"));
    let said: Vec<&str> = said.lines().skip(2).collect();
    assert!(said.join("\n") == want, "the server said\n{}\n", said.join("\n"));
}

#[test]
fn revisions_are_those_of_the_bucket() {
    check_bucket(
        "",
        "
        a? $KV.B.a 1
        a< MSG _R.1 0 25|{\"stream\":\"KV_B\",\"seq\":1}
        a? $KV.B.b 2
        a< MSG _R.1 0 25|{\"stream\":\"KV_B\",\"seq\":2}
        a? $KV.B.a 3
        a< MSG _R.1 0 25|{\"stream\":\"KV_B\",\"seq\":3}
        a? $KV.B.a 4
        a< MSG _R.1 0 25|{\"stream\":\"KV_B\",\"seq\":4}
        a? $JS.API.DIRECT.GET.KV_B.$KV.B.a
        a< HMSG _R.1 0 111 112|NATS/1.0|Nats-Stream: KV_B|Nats-Subject: $KV.B.a|Nats-Sequence: 4|Nats-Time-Stamp: 2023-11-14T22:13:20Z||4
        a? $JS.API.DIRECT.GET.KV_B {\"seq\":1}
        a< HMSG _R.1 0 34 34|NATS/1.0 404 Message Not Found||
        a? $JS.API.DIRECT.GET.KV_B
        a< HMSG _R.1 0 30 30|NATS/1.0 408 Empty Request||
        ",
    );
}
