//! The client protocol without JetStream.

use super::*;

#[track_caller]
fn check(script: &str) {
    check_with(Config { seed: 1, ..Config::default() }, script);
}

#[test]
fn messages_go_to_those_who_listen() {
    check(
        "
        a> SUB x.* 1
        b> SUB x.> q 2
        b> SUB x.y q 3
        c> PUB x.y r 2|hi
        a< MSG x.y 1 r 2|hi
        b< MSG x.y 3 r 2|hi
        c> PUB x.y.z 0|
        b< MSG x.y.z 2 0|
        c> HPUB x.1 12 13|NATS/1.0||!
        a< HMSG x.1 1 12 13|NATS/1.0||!
        b< HMSG x.1 2 12 13|NATS/1.0||!
        a> UNSUB 1 3
        c> PUB x.2 1|a
        a< MSG x.2 1 1|a
        b< MSG x.2 2 1|a
        c> PUB x.3 1|b
        b< MSG x.3 2 1|b
        a^
        b> PUB x.4 1|c
        b< MSG x.4 2 1|c
        ",
    );
}

#[test]
fn requests_that_nobody_hears_are_answered() {
    check(
        "
        a? nobody.here x
        a< HMSG _R.1 0 43 43|NATS/1.0 503|Nats-Subject: nobody.here||
        a? $JS.API.INFO
        a< HMSG _R.1 0 44 44|NATS/1.0 503|Nats-Subject: $JS.API.INFO||
        ",
    );
}

#[test]
fn verbose_and_pedantic_as_the_real_server() {
    check(
        "
        raw> CONNECT {\"verbose\":true,\"pedantic\":true,\"headers\":true,\"no_responders\":true}
        raw< +OK
        raw> SUB a..b 2
        raw< -ERR 'Invalid Subject'
        raw> SUB a.> 3
        raw< +OK
        raw> PUB a.* 1|x
        raw< -ERR 'Invalid Publish Subject'
        raw< +OK
        raw< MSG a.* 3 1|x
        raw> PUB a.b 1|x
        raw< +OK
        raw< MSG a.b 3 1|x
        raw> UNSUB 77
        raw< +OK
        raw> UNSUB 3 1
        raw< +OK
        raw> PUB a.b 1|x
        raw< +OK
        raw> PUB _GR_.x 1|x
        raw< -ERR 'Permissions Violation for Publish to \"_GR_.x\"'
        raw> PUB x _R_.y.z 1|x
        raw< -ERR 'Permissions Violation for Publish with Reply of \"_R_.y.z\"'
        raw> PUB x 2000000
        raw< -ERR 'Maximum Payload Violation'
        raw< <MaxPayloadExceeded>
        ",
    );
}

#[test]
fn those_who_may_not_come_in_are_told() {
    let user = User {
        name: "a".to_owned(),
        password: "b".to_owned(),
        subscribe: Permission { allow: vec!["x.>".to_owned()], deny: vec![] },
        publish: Permission { allow: vec![], deny: vec!["x.y".to_owned()] },
        ..User::default()
    };
    let config = Config { auth: Auth { users: vec![user], ..Auth::default() }, ..Config::default() };
    check_with(
        config,
        "
        raw1> PING
        raw1< -ERR 'Authorization Violation'
        raw1< <AuthenticationViolation>
        raw2> CONNECT {\"user\":\"a\",\"pass\":\"c\"}
        raw2< -ERR 'Authorization Violation'
        raw2< <AuthenticationViolation>
        raw3> CONNECT {\"user\":\"a\",\"pass\":\"b\",\"verbose\":false}
        raw3> SUB y 1
        raw3< -ERR 'Permissions Violation for Subscription to \"y\"'
        raw3> SUB y q 1
        raw3< -ERR 'Permissions Violation for Subscription to \"y\" using queue \"q\"'
        raw3> PUB x.y 1|v
        raw3< -ERR 'Permissions Violation for Publish to \"x.y\"'
        ",
    );
}

#[test]
fn the_silent_are_let_go() {
    let config = Config { seed: 1, ..Config::default() };
    let said = play(config.clone(), "a> PING\n@wait 10m\n");
    assert!(said.ends_with("a< -ERR 'Stale Connection'\na< <Stale>\n"), "{said}");
    let auth = Auth { token: Some("t".to_owned()), ..Auth::default() };
    let said = play(Config { auth, ..config }, "raw+\n@wait 5s\n");
    assert!(said.ends_with("raw< -ERR 'Authentication Timeout'\nraw< <AuthenticationTimeout>\n"), "{said}");
}

#[test]
fn nonsense_ends_a_connection() {
    check(
        "
        a> HELLO
        a< -ERR 'Unknown Protocol Operation'
        a< <ProtocolViolation>
        ",
    );
}
