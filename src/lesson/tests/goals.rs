//! Each goal against pictures and events: when it holds, and what is missing when it does not.

use std::time::Duration;

use super::sample::{
    bucket, called, delivered, entry, failed, read, refused, removed, server, stored, watched,
};
use crate::jsapi::{DeliverPolicy, StreamSource, kv};
use crate::lesson::{Goal, Inline, TerminalStatus, WorldState, code_spans};
use crate::server::ConnId;
use crate::server::event::{EventKind, RemovalReason};
use crate::server::view::{Operation, View};
use crate::texts::Language;

#[track_caller]
fn goal(line: &str) -> Goal {
    Goal::parse(line).expect("a goal")
}

/// Whether a goal holds, and if not what is missing.
#[track_caller]
fn check(line: &str, view: Option<&View>, missing: &str) {
    let goal = goal(line);
    let state = WorldState { server: view, ..WorldState::default() };
    let shown = match goal.holds(view) {
        Some(true) => String::new(),
        Some(false) | None => goal.missing(&state, &[], Language::ENGLISH),
    };
    assert_eq!(shown, missing, "{line}");
}

#[test]
fn servers_and_buckets() {
    let (without, with) = (server(false), server(true));
    let mut one = server(true);
    one.streams.push(bucket("b"));
    let no_server = "No server is running: type `nats-server -js` in the terminal `server`.";
    let no_jetstream = "The server runs without JetStream: stop it with Ctrl-C in the terminal `server`, then type \
        `nats-server -js` there.";
    check("jetstream on", None, no_server);
    check("jetstream on", Some(&without), no_jetstream);
    check("jetstream on", Some(&with), "");
    check("bucket b exists", Some(&without), no_jetstream);
    check("bucket b exists", Some(&with), "There is no bucket `b` yet: `nats kv add b` makes one.");
    check("bucket b exists", Some(&one), "");
    check("bucket b gone", None, no_server);
    check("bucket b gone", Some(&with), "");
    check("bucket b gone", Some(&one), "The bucket `b` is still there: run `nats kv rm b` and answer `y`.");
}

#[test]
fn times_of_buckets() {
    let mut view = server(true);
    let missing = "There is no bucket `b` yet: run `nats kv add b --ttl 1m30s`.";
    check("bucket b ttl = 90s", Some(&view), missing);
    view.streams.push(bucket("b"));
    check(
        "bucket b ttl = 90s",
        Some(&view),
        "The values in `b` do not live for 1m30s: remove the bucket with `nats kv rm b`, then run `nats kv add b \
         --ttl 1m30s`.",
    );
    view.streams[0].config.max_age = Duration::from_secs(90).into();
    check("bucket b ttl = 90s", Some(&view), "");
    check(
        "bucket b marker-ttl = 10s",
        Some(&server(true)),
        "There is no bucket `b` yet: run `nats kv add b --marker-ttl 10s`.",
    );
    check(
        "bucket b marker-ttl = 10s",
        Some(&view),
        "`b` does not leave markers for 10s: remove the bucket with `nats kv rm b`, then make it again with `--marker-ttl 10s`.",
    );
    view.streams[0].config.subject_delete_marker_ttl = Duration::from_secs(10).into();
    check("bucket b marker-ttl = 10s", Some(&view), "");
    view.now = view.now + Duration::from_millis(19_500);
    check("bucket b age >= 40s", Some(&view), "The bucket `b` is only 20s old, not 40s: let time pass.");
    view.now = view.now + Duration::from_secs(21);
    check("bucket b age >= 40s", Some(&view), "");
}

#[test]
fn values() {
    let empty = watched(None);
    let put = entry(Operation::Put, "v", 4, None);
    let created = entry(Operation::Put, "v", 4, Some(0));
    let updated = entry(Operation::Put, "v", 4, Some(3));
    let deleted = entry(Operation::Delete, "", 5, None);
    check("value b k = v", Some(&put), "");
    check("value b k = v", Some(&empty), "`k` has no value yet: run `nats kv put b k v`.");
    check("value b k = w", Some(&put), "`k` has the value `v`, not `w`: run `nats kv put b k w`.");
    check("value b k = v", Some(&deleted), "`k` has no value yet: run `nats kv put b k v`.");
    check("created b k = v", Some(&created), "");
    check(
        "created b k = v",
        Some(&put),
        "`k` has the value `v`, and must be deleted or expire before it can be created as `v`.",
    );
    check("created b k = v", Some(&deleted), "`k` has no value yet: run `nats kv create b k v`.");
    check("updated b k = v", Some(&updated), "");
    for view in [&put, &created] {
        let missing = "`k` is at revision 4, and not updated yet: run `nats kv update b k v 4`.";
        check("updated b k = v", Some(view), missing);
    }
    check(
        "updated b k = v",
        Some(&deleted),
        "`k` has no value to update, it may have expired: run `nats kv create b k v` first.",
    );
    check("revision b k >= 4", Some(&put), "");
    check("revision b k >= 5", Some(&put), "`k` is at revision 4, and should come to 5.");
    check("marker b k delete", Some(&deleted), "");
    check(
        "marker b k purge",
        Some(&deleted),
        "`k` is not purged yet: run `nats kv purge b k` and answer `y`.",
    );
    check("marker b k delete", Some(&put), "`k` is not deleted yet: run `nats kv del b k` and answer `y`.");
}

#[test]
fn what_is_kept_of_a_key() {
    let mut view = entry(Operation::Put, "v", 4, None);
    check(
        "bucket b history = 3",
        Some(&server(true)),
        "There is no bucket `b` yet: run `nats kv add b --history 3`.",
    );
    check(
        "bucket b history = 3",
        Some(&view),
        "`b` does not keep 3 entries of each key: remove the bucket with `nats kv rm b`, then run `nats kv add b --history 3`.",
    );
    view.streams[0].config.max_msgs_per_subject = 3;
    check("bucket b history = 3", Some(&view), "");
    check("entries b k = 1", Some(&view), "");
    check("entries b k = 2", Some(&view), "The bucket keeps of `k`, markers too: 1, and not 2.");
    check("entries b other = 1", Some(&view), "The bucket keeps of `other`, markers too: 0, and not 1.");
}

#[test]
fn a_watcher_begins_with_what_it_was_asked_for() {
    let mut view = watched(Some(ConnId(3)));
    let goals = ["watcher b history", "watcher b updates", "watcher b revision 7", "watcher b revision 8"];
    let begun = [
        (DeliverPolicy::LastPerSubject, 0, [false; 4]),
        (DeliverPolicy::All, 0, [true, false, false, false]),
        (DeliverPolicy::New, 0, [false, true, false, false]),
        (DeliverPolicy::ByStartSequence, 7, [false, false, true, false]),
    ];
    for (deliver_policy, opt_start_seq, met) in begun {
        let config = &mut view.streams[0].consumers[0].config;
        (config.deliver_policy, config.opt_start_seq) = (deliver_policy, opt_start_seq);
        assert_eq!(goals.map(|line| goal(line).holds(Some(&view))), met.map(Some), "{deliver_policy:?}");
        assert_eq!(goal("watcher b active").holds(Some(&view)), Some(true));
    }
    check(
        "watcher b revision 8",
        Some(&view),
        "Nobody is watching `b` from revision 8 on yet: run `nats kv watch b --revision 8`.",
    );
}

#[test]
fn limits_and_origins_of_buckets() {
    let mut view = server(true);
    view.streams.push(bucket("b"));
    let goals = [
        "bucket b max-size = 10",
        "bucket b max-value-size = 10",
        "bucket b mirrors c",
        "bucket b sources c",
    ];
    let met = |view: &View| goals.map(|line| goal(line).holds(Some(view)) == Some(true));
    assert_eq!(met(&view), [false; 4]);
    let origin = |bucket: &str| StreamSource { name: kv::stream_of(bucket), ..StreamSource::default() };
    let config = &mut view.streams[0].config;
    (config.max_bytes, config.max_msg_size) = (10, 10);
    (config.mirror, config.sources) = (Some(origin("d")), vec![origin("d"), origin("c")]);
    assert_eq!(met(&view), [true, true, false, true]);
    view.streams[0].config.mirror = Some(origin("c"));
    assert_eq!(met(&view), [true; 4]);
}

/// Who finds a marker, or nothing, has looked in vain.
#[test]
fn what_was_not_found() {
    let goal = goal("not-found b k");
    let (put, marker) = (entry(Operation::Put, "v", 4, None), entry(Operation::Expired, "", 4, None));
    let mut without_subject = read("", None);
    if let EventKind::Read { subject, .. } = &mut without_subject.kind {
        *subject = None;
    }
    for (event, server, met) in [
        (read("$KV.b.k", None), &put, true),
        (read("$KV.b.other", None), &put, false),
        (read("$KV.b.k", Some(4)), &marker, true),
        (read("$KV.b.k", Some(4)), &put, false),
        (read("$KV.b.k", Some(3)), &marker, false),
        (without_subject, &put, true),
    ] {
        assert_eq!(goal.is_met_by(&event, Some(server)), met, "{event:?}");
    }
}

#[test]
fn markers_that_were_delivered() {
    let lines = ["delivered b k delete", "delivered b k purge", "delivered b k"];
    for (marker, met) in [
        (Operation::Put, [false, false, true]),
        (Operation::Delete, [true, false, true]),
        (Operation::Purge, [false, true, true]),
        (Operation::Expired, [false, true, true]),
    ] {
        let mut event = delivered("$KV.b.k");
        if let EventKind::Delivered { operation, .. } = &mut event.kind {
            *operation = marker;
        }
        assert_eq!(lines.map(|line| goal(line).is_met_by(&event, None)), met, "{marker:?}");
    }
}

#[test]
fn a_watcher_is_one_that_somebody_listens_to() {
    let nobody = "Nobody is watching `b` yet: run `nats kv watch b`.";
    check("watcher b active", Some(&watched(Some(ConnId(3)))), "");
    check("watcher b active", Some(&watched(None)), nobody);
    check("watcher b gone", Some(&watched(None)), "");
    check("watcher b gone", Some(&server(true)), "");
    check(
        "watcher b gone",
        Some(&watched(Some(ConnId(3)))),
        "Somebody is still watching `b`: press Ctrl-C in that terminal.",
    );
}

#[test]
fn events_tell() {
    let lines = [
        ("account seen", called("$SYS.REQ.USER.INFO"), called("$JS.API.INFO")),
        ("read b k", read("$KV.b.k", Some(1)), read("$KV.b.k", None)),
        ("read b k revision 4", read("$KV.b.k", Some(4)), read("$KV.b.k", Some(5))),
        ("read b k.l", read("$KV.b.k.l", Some(1)), read("$KV.b.k", Some(1))),
        ("delivered b k", delivered("$KV.b.k"), delivered("$KV.b.kk")),
        ("refused b k create", refused("$KV.b.k", 0), refused("$KV.b.k", 3)),
        ("refused b k update", refused("$KV.b.k", 3), refused("$KV.b.k", 0)),
        ("refused b k error 10071", refused("$KV.b.k", 3), refused("$KV.b.l", 3)),
        ("requested $JS.API.INFO", called("$JS.API.INFO"), called("$JS.API.STREAM.LIST")),
        ("requested $JS.API.INFO error 10059", failed("$JS.API.INFO", 10059), failed("$JS.API.INFO", 10058)),
        ("message-read KV_b $KV.c.k", read("$KV.c.k", Some(1)), read("$KV.c.k", None)),
        ("expired b k", stored(Operation::Expired), stored(Operation::Purge)),
        ("expired b k", removed(RemovalReason::Age), removed(RemovalReason::Purged)),
        ("expired b k", removed(RemovalReason::TimeToLive), removed(RemovalReason::History)),
    ];
    for (line, yes, no) in lines {
        let goal = goal(line);
        assert_eq!(goal.holds(Some(&entry(Operation::Put, "v", 1, None))), None, "{line}");
        assert!(goal.is_met_by(&yes, None), "{line}");
        assert!(!goal.is_met_by(&no, None), "{line}");
    }
}

#[test]
fn what_lives_tells_how_long() {
    let view = entry(Operation::Put, "v", 1, None);
    check("expired b k", Some(&view), "`k` has 30s to live: let time pass.");
    check("expired b k", Some(&watched(None)), "`k` has not expired: nothing in `b` that could.");
}

#[test]
fn a_question_goes_before_all() {
    let terminals = [
        TerminalStatus { name: "a".to_owned(), asks: false, busy: false },
        TerminalStatus { name: "b".to_owned(), asks: true, busy: true },
    ];
    let state = WorldState { terminals: &terminals, ..WorldState::default() };
    let missing = goal("jetstream on").missing(&state, &[], Language::find("de").expect("German is spoken"));
    assert_eq!(missing, "Das Terminal `b` wartet auf eine Antwort: `y` tippen und Enter drücken.");
}

#[test]
fn what_is_no_goal_is_refused() {
    for line in [
        "",
        "fly",
        "bucket",
        "bucket b",
        "bucket b ttl = soon",
        "bucket b ttl = 99999999999s",
        "value b k",
        "value b k=v",
        "revision b k = 3",
        "refused b k put",
        "marker b k expire",
        "account seen = x",
        "bucket b history = many",
        "bucket b mirrors",
        "bucket b max-size = 1k",
        "refused b k error 70000",
        "requested",
        "message-read KV_b",
        "entries b k",
        "watcher b revision first",
        "read b k revision",
        "delivered b k marker",
    ] {
        assert!(Goal::parse(line).is_err(), "{line}");
    }
    assert_eq!(
        goal("value b k = a = b {key} "),
        goal("value  b k = a = b {key}"),
        "blanks around a value do not count"
    );
}

/// A value is put into a sentence as it is: it ends no code, and names no places.
#[test]
fn a_value_stays_a_value() {
    check(
        "value b k = {bucket}`",
        Some(&entry(Operation::Put, "{key}", 1, None)),
        "`k` has the value `{key}`, not `{bucket}'`: run `nats kv put b k {bucket}'`.",
    );
}

/// All sentences of all languages: other words, the same code and places filled in.
#[test]
fn each_sentence_is_there_in_each_language() {
    let lines = [
        "account seen",
        "jetstream on",
        "bucket b exists",
        "bucket b gone",
        "bucket b ttl = 30s",
        "bucket b age >= 40s",
        "value b k = x",
        "created b k = x",
        "updated b k = x",
        "revision b k >= 9",
        "marker b k delete",
        "marker b k purge",
        "watcher b active",
        "watcher b gone",
        "bucket b history = 4",
        "bucket b marker-ttl = 10s",
        "bucket b max-size = 10",
        "bucket b max-value-size = 10",
        "bucket b mirrors c",
        "bucket b sources c",
        "refused b k error 10071",
        "requested $JS.API.INFO",
        "requested $JS.API.INFO error 10059",
        "message-read KV_b $KV.c.k",
        "entries b k = 3",
        "watcher b history",
        "watcher b updates",
        "watcher b revision 7",
        "read b k",
        "read b k revision 4",
        "not-found b k",
        "delivered b k delete",
        "delivered b k purge",
        "delivered b k",
        "refused b k create",
        "refused b k update",
        "delivered b k = x",
        "expired b k",
    ];
    let views = [
        None,
        Some(server(false)),
        Some(server(true)),
        Some(watched(None)),
        Some(watched(Some(ConnId(1)))),
        Some(entry(Operation::Put, "v", 1, None)),
        Some(entry(Operation::Delete, "", 2, None)),
    ];
    for goal in lines.map(goal) {
        let said = |language: Language| {
            let state = |view| WorldState { server: view, ..WorldState::default() };
            let open = views.iter().map(Option::as_ref).filter(|view| goal.holds(*view) != Some(true));
            let mut said: Vec<String> = open.map(|view| goal.missing(&state(view), &[], language)).collect();
            said.push(goal.wanted(language));
            said
        };
        for language in Language::all().skip(1) {
            for (english, other) in said(Language::ENGLISH).iter().zip(said(language)) {
                assert!(!english.is_empty() && *english != other, "{goal:?}: {english}");
                assert!(!english.contains(['{', '}']) && !other.contains(['{', '}']), "{english} {other}");
                assert_eq!(code(english), code(&other));
            }
        }
    }
}

/// The code and the numbers in a sentence.
fn code(sentence: &str) -> Vec<String> {
    let mut code: Vec<String> = code_spans(sentence)
        .into_iter()
        .filter_map(|inline| match inline {
            Inline::Code(text) => Some(text),
            _ => None,
        })
        .collect();
    let numbers = sentence.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    code.extend(numbers.map(str::to_owned));
    code.sort();
    code
}
