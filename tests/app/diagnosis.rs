//! Why commands failed.

use super::{app, terminal, type_in, with_jetstream};
use playground::app::model::Operation;
use playground::app::{App, Cause, ClockMsg, Diagnosis, LessonMsg, Msg};

/// Why the last command of a terminal failed.
fn why(app: &App, name: &str) -> Diagnosis {
    let id = terminal(app, name);
    let screen = app.screen(id).expect("a tab has a screen");
    let block = screen.blocks().next_back().expect("there is a block").id;
    app.diagnose(id, block).unwrap_or_else(|| panic!("nothing to say:\n{}", screen.to_text()))
}

/// Revisions, and who wrote them.
fn lane(why: &Diagnosis) -> Vec<(u64, &str)> {
    why.writes
        .iter()
        .map(|write| (write.revision, write.author.as_ref().map_or("", |(name, _)| name)))
        .collect()
}

#[test]
fn a_refused_write_says_who_was_faster() {
    let mut app =
        with_jetstream(&["nats kv add b --history 5", "nats kv put b k 1", "nats kv put b other 1"]);
    app.update(Msg::Open { name: Some("other".to_owned()) });
    type_in(&mut app, "other", "nats kv put b k 2; nats kv put b k 3");
    type_in(&mut app, "you", "nats kv update b k 4 1");
    // What comes later changes nothing of that.
    type_in(&mut app, "other", "nats kv put b k 5");
    let told = why(&app, "you");
    assert_eq!(told.cause, Cause::Later { key: "b > k".to_owned(), expected: 1, actual: 4 });
    assert_eq!(lane(&told), [(1, "you"), (3, "other"), (4, "other")]);
    assert_eq!(told.command.as_deref(), Some("nats kv get b k"));
    assert_eq!(told.step.expect("it is taught").1, "The page's command, on a fresh bucket");
    assert!(told.link.ends_with("#update-with-cas-aka-optimistic-locking"), "{}", told.link);

    type_in(&mut app, "you", "nats kv update b k 4 99");
    type_in(&mut app, "other", "nats kv create b k x");
    let told = why(&app, "other");
    assert_eq!(told.cause, Cause::Exists { key: "b > k".to_owned(), actual: 5 });
    assert_eq!(lane(&told), [(5, "other")]);
    assert_eq!(told.step.expect("it is taught").1, "Create it twice");
}

#[test]
fn a_revision_that_never_was_one_of_the_key_is_said_to_be_what_it_is() {
    let lines = ["nats kv add b", "nats kv put b k 1", "nats kv put b other red", "nats kv put b k 2"];
    let mut app = with_jetstream(&lines);
    let mut after = |line| {
        type_in(&mut app, "you", line);
        why(&app, "you")
    };
    let (key, other) = (|key: &str| format!("b > {key}"), || "b > other".to_owned());
    let told = after("nats kv update b k 3 2");
    let of_other = |name, actual| Cause::OfOtherKey { key: key(name), expected: 2, other: other(), actual };
    assert_eq!(told.cause, of_other("k", Some(3)));
    assert_eq!(told.command.as_deref(), Some("nats kv get b k"));
    let written = |told: &Diagnosis| -> Vec<(u64, String, Option<String>)> {
        let writes = told.writes.iter();
        writes.map(|write| (write.revision, write.key.clone(), write.value.clone())).collect()
    };
    let red = (2, "other".to_owned(), Some("red".to_owned()));
    assert_eq!(written(&told), [red.clone(), (3, "k".to_owned(), Some("2".to_owned()))]);
    let told = after("nats kv update b none 4 2");
    assert_eq!((&told.cause, written(&told)), (&of_other("none", None), vec![red]));
    let unwritten = |name, last, actual| Cause::Unwritten { key: key(name), expected: 99, last, actual };
    assert_eq!(after("nats kv update b k 4 99").cause, unwritten("k", 3, Some(3)));
    assert_eq!(after("nats kv update b none 4 99").cause, unwritten("none", 3, None));
    assert_eq!(after("nats kv del b k -f; nats kv update b k 4 99").cause, unwritten("k", 4, None));
    let missing = Cause::Missing { key: key("k"), expected: 4 };
    assert_eq!(
        after("nats req '$JS.API.STREAM.PURGE.KV_b' '' >/dev/null; nats kv update b k 4 4").cause,
        missing
    );
}

#[test]
fn what_is_not_there_is_said_to_be_gone_or_never_to_have_been() {
    let mut app = with_jetstream(&["nats kv get none k"]);
    assert_eq!(why(&app, "you").cause, Cause::NoBucket { others: Vec::new() });
    let lines = ["nats kv add b", "nats kv put b k 1", "nats kv del b k -f", "nats kv get b k"];
    lines.iter().for_each(|line| type_in(&mut app, "you", line));
    let told = why(&app, "you");
    assert_eq!(told.cause, Cause::Gone { key: "b > k".to_owned(), operation: Operation::Delete });
    assert_eq!(lane(&told), [(2, "you")]);
    type_in(&mut app, "you", "nats kv get b never");
    assert_eq!(why(&app, "you").cause, Cause::Never { key: "b > never".to_owned() });
    type_in(&mut app, "you", "nats kv put b k 1; nats kv get b k --revision 2");
    assert!(matches!(why(&app, "you").cause, Cause::NoRevision { .. }), "{:?}", why(&app, "you"));
    type_in(&mut app, "you", "nats kv get none k");
    assert_eq!(why(&app, "you").cause, Cause::NoBucket { others: vec!["b".to_owned()] });
    type_in(&mut app, "you", "nats kv put b .k v");
    assert_eq!(why(&app, "you").cause, Cause::InvalidKey);
    type_in(&mut app, "you", "nats kv add b.b");
    assert_eq!(why(&app, "you").cause, Cause::InvalidBucketName);
    type_in(&mut app, "you", "nats kv put b k v");
    let you = terminal(&app, "you");
    let last = app.screen(you).unwrap().blocks().next_back().unwrap().id;
    assert_eq!(app.diagnose(you, last), None, "nothing failed");
}

#[test]
fn a_server_that_is_not_there_or_has_no_jetstream_is_the_reason() {
    let mut app = app();
    type_in(&mut app, "you", "nats kv ls");
    let told = why(&app, "you");
    assert_eq!(
        (told.cause, told.step.map(|step| step.1)),
        (Cause::NoJetStream, Some("Restart it with JetStream".to_owned()))
    );
    type_in(&mut app, "you", "nats kv add b");
    assert_eq!(why(&app, "you").cause, Cause::NoJetStream);
    let server = terminal(&app, "server");
    app.update(Msg::Interrupt { terminal: server });
    type_in(&mut app, "you", "nats kv ls");
    assert_eq!(why(&app, "you").cause, Cause::NoServer);
    type_in(&mut app, "server", "nats-server -js");
    type_in(&mut app, "you", "nats kv add b --ttl=1ms");
    assert!(matches!(why(&app, "you").cause, Cause::Api(_)), "{:?}", why(&app, "you"));
}

#[test]
fn what_has_expired_is_said_to_have() {
    let lines = ["nats kv add locks --ttl 30s", "nats kv create locks report you"];
    let mut app = with_jetstream(&lines);
    app.update(Msg::Clock(ClockMsg::Skip(31_000)));
    let expired = Cause::Expired { key: "locks > report".to_owned(), at: "01:02:33".to_owned() };
    for line in ["nats kv get locks report", "nats kv update locks report you 1"] {
        type_in(&mut app, "you", line);
        let told = why(&app, "you");
        assert_eq!((&told.cause, told.command.as_deref()), (&expired, Some("nats kv ls locks")), "{line}");
    }
}

#[test]
fn what_was_deleted_since_is_not_to_be_read_again() {
    let lines = ["nats kv add b", "nats kv put b k 1", "nats kv del b k -f", "nats kv update b k 2 1"];
    let told = why(&with_jetstream(&lines), "you");
    let key = "b > k".to_owned();
    assert_eq!(told.cause, Cause::GoneSince { key, expected: 1, operation: Operation::Delete });
    assert_eq!(told.command.as_deref(), Some("nats kv history b k"));
}

#[test]
fn the_open_step_is_named_before_others() {
    let mut app = with_jetstream(&["nats kv add b", "nats kv put b k 1"]);
    let steps = app.lesson().expect("there is a lesson").steps;
    let twice = steps.iter().position(|step| step.title == "Update from 13, twice").expect("it is there");
    app.update(Msg::Lesson(LessonMsg::OpenStep(twice)));
    type_in(&mut app, "you", "nats kv update b k 2 99");
    assert_eq!(why(&app, "you").step.expect("it is taught").0, twice);
}
