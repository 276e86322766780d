//! Keys that clients contend for: locks, and updates that are lost, refused and tried again.

use super::{app, terminal, type_in, with_jetstream};
use playground::app::model::{AccessKind, Contender, KeyAccess, Operation};
use playground::app::{App, ClockMsg, Msg};

/// What the picture tells of locks, a line each.
fn locks(app: &App) -> Vec<String> {
    let locks = app.inspector().locks.into_iter().map(|lock| {
        let left = lock.left.map_or_else(String::new, |left| format!(", {left} left"));
        let end = lock.end.as_ref().map_or_else(String::new, |end| format!(", {}", told(end)));
        let refused: String = lock.refused.iter().map(|refused| format!("; {}", told(refused))).collect();
        let (name, holder) = (format!("{} > {}", lock.bucket, lock.key), lock.holder.name);
        format!("{name}: {holder} since {}, revision {}{left}{end}{refused}", lock.since, lock.revision)
    });
    locks.collect()
}

/// What it tells of the one other key that is contended for.
fn accesses(app: &App) -> Vec<String> {
    let mut contended = app.inspector().contended;
    assert!(contended.len() <= 1, "{contended:#?}");
    contended.pop().map(|key| key.accesses.iter().map(told).collect()).unwrap_or_default()
}

fn told(access: &KeyAccess) -> String {
    let what = match access.kind {
        AccessKind::Read { revision } => format!("read {revision}"),
        AccessKind::Wrote { revision, expected: None, overwrote: None } => format!("put {revision}"),
        AccessKind::Wrote { revision, overwrote: Some(lost), .. } => format!("put {revision} over {lost}"),
        AccessKind::Wrote { revision, expected: Some(0), .. } => format!("created {revision}"),
        AccessKind::Wrote { revision, expected: Some(last), .. } => format!("updated {last} to {revision}"),
        AccessKind::Removed { operation: Operation::Delete, .. } => "deleted".to_owned(),
        AccessKind::Removed { .. } => "purged".to_owned(),
        AccessKind::Refused { expected: 0, actual } => format!("may not create: {actual}"),
        AccessKind::Refused { expected, actual } => format!("may not update {expected}: {actual}"),
        AccessKind::Expired => "expired".to_owned(),
    };
    let who = access.who.as_ref().map_or("server", |who| who.name.as_str());
    format!("{who} {what} at {}", access.at)
}

fn with_other(lines: &[&str]) -> App {
    let mut app = with_jetstream(lines);
    app.update(Msg::Open { name: Some("other".to_owned()) });
    app
}

fn both(app: &mut App, lines: &[(&str, &str)]) {
    lines.iter().for_each(|(terminal, line)| type_in(app, terminal, line));
}

#[test]
fn a_lock_tells_its_holder_its_time_and_who_was_refused() {
    let mut app = with_other(&["nats kv add locks --ttl 30s", "nats kv create locks report you"]);
    assert_eq!(locks(&app), ["locks > report: you since 01:02:03, revision 1, 30 s left"]);
    type_in(&mut app, "other", "nats kv create locks report other");
    app.update(Msg::Clock(ClockMsg::Skip(20_000)));
    type_in(&mut app, "you", "nats kv update locks report you 1");
    app.update(Msg::Clock(ClockMsg::Skip(10_000)));
    let held =
        "locks > report: you since 01:02:03, revision 2, 20 s left; other may not create: 1 at 01:02:03";
    assert_eq!(locks(&app), [held]);
    let badges = |app: &App| app.inspector().locks.remove(0).holder;
    assert_eq!(badges(&app), Contender { name: "you".to_owned(), badge: Some(1) });

    app.update(Msg::Clock(ClockMsg::Skip(20_000)));
    type_in(&mut app, "you", "nats kv update locks report you 2");
    let expired = "locks > report: you since 01:02:03, revision 2, server expired at 01:02:53; \
        other may not create: 1 at 01:02:03; you may not update 2: 0 at 01:02:53";
    assert_eq!(locks(&app), [expired]);
    type_in(&mut app, "other", "nats kv create locks report other");
    assert_eq!(locks(&app), ["locks > report: other since 01:02:53, revision 3, 30 s left"]);
    type_in(&mut app, "other", "nats kv del locks report -f");
    let given_back = "locks > report: other since 01:02:53, revision 3, other deleted at 01:02:53";
    assert_eq!(locks(&app), [given_back]);
    type_in(&mut app, "you", "nats kv create locks report you");
    assert_eq!(locks(&app), ["locks > report: you since 01:02:53, revision 5, 30 s left"], "past a marker");
    assert_eq!(accesses(&app), [""; 0]);
    type_in(&mut app, "you", "nats kv rm locks -f");
    assert_eq!(locks(&app), [""; 0]);
}

#[test]
fn without_a_time_it_is_a_lock_once_somebody_else_is_refused() {
    let mut app = with_other(&["nats kv add b", "nats kv create b k v"]);
    assert_eq!(locks(&app), [""; 0]);
    type_in(&mut app, "you", "nats kv create b k v");
    type_in(&mut app, "you", "nats kv update b k v 13");
    assert_eq!(locks(&app), [""; 0], "nobody but the holder");
    type_in(&mut app, "other", "nats kv create b k v");
    assert_eq!(locks(&app), ["b > k: you since 01:02:03, revision 1; other may not create: 1 at 01:02:03"]);
    type_in(&mut app, "other", "nats kv put b k v");
    assert_eq!(locks(&app), [""; 0], "whoever puts does not care for locks");
}

#[test]
fn a_key_with_a_time_of_its_own_is_a_lock() {
    let mut app = with_other(&["nats kv add b --marker-ttl 5s", "nats kv create b k v --ttl 10s"]);
    assert_eq!(locks(&app), ["b > k: you since 01:02:03, revision 1, 10 s left"]);
    app.update(Msg::Clock(ClockMsg::Skip(10_001)));
    assert_eq!(locks(&app), ["b > k: you since 01:02:03, revision 1, server expired at 01:02:13"]);
}

#[test]
fn who_was_too_late_reads_again_and_tries_again() {
    let mut app = with_other(&["nats kv add b", "nats kv put b k v"]);
    both(
        &mut app,
        &[
            ("you", "nats kv get b k"),
            ("other", "nats kv get b k"),
            ("you", "nats kv update b k w 1"),
            ("other", "nats kv update b k x 1"),
        ],
    );
    let told = ["you read 1", "other read 1", "you updated 1 to 2", "other may not update 1: 2"];
    let told = told.map(|told| format!("{told} at 01:02:03"));
    assert_eq!(accesses(&app), told);
    both(&mut app, &[("other", "nats kv get b k"), ("other", "nats kv update b k x 2")]);
    assert_eq!(accesses(&app)[4..], ["other read 2 at 01:02:03", "other updated 2 to 3 at 01:02:03"]);
    assert_eq!(locks(&app), [""; 0]);
}

#[test]
fn a_put_over_what_was_not_read_is_a_lost_update() {
    let mut app = with_other(&["nats kv add b", "nats kv put b k 0"]);
    both(&mut app, &[("you", "nats kv get b k"), ("other", "nats kv get b k"), ("you", "nats kv put b k 1")]);
    assert_eq!(accesses(&app), [""; 0], "nothing is lost yet");
    type_in(&mut app, "other", "nats kv put b k 1");
    assert_eq!(accesses(&app)[3..], ["other put 3 over 2 at 01:02:03"]);
}

#[test]
fn only_what_contends_is_told() {
    let mut app = app();
    let server = terminal(&app, "server");
    app.update(Msg::Interrupt { terminal: server });
    type_in(&mut app, "server", "nats-server -js");
    type_in(
        &mut app,
        "you",
        "nats kv add b; for k in 1 2 3; do nats kv put b k$k v; nats kv get b k$k; done",
    );
    type_in(&mut app, "you", "nats kv update b k1 v 7; nats kv update b k1 v 1; nats kv del b k1 -f");
    assert_eq!((locks(&app), accesses(&app)), (vec![], vec![]));
    let picture = app.inspector();
    assert!(picture.contended.is_empty() && picture.locks.is_empty());
}
