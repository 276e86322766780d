//! The inspector's model of the account.

use super::{BEGAN, app, terminal, type_in, with_jetstream};
use playground::app::model::{KeptStream, ListWindow, Operation};
use playground::app::{App, ClockMsg, Fact, InspectorMsg, Msg};

#[test]
fn the_picture_tells_who_wrote_what_and_what_a_watcher_saw() {
    let mut app = app();
    let server = terminal(&app, "server");
    app.update(Msg::Interrupt { terminal: server });
    type_in(&mut app, "server", "nats-server -js");
    type_in(&mut app, "you", "nats kv add b --history 3");
    app.update(Msg::Open { name: Some("eye".to_owned()) });
    type_in(&mut app, "eye", "nats kv watch b");
    type_in(&mut app, "you", "nats kv put b k 1");
    type_in(&mut app, "you", "nats kv del b k -f");
    let picture = app.inspector();
    let key = &picture.buckets[0].keys.rows[0];
    assert_eq!((key.name.as_str(), key.value.as_deref()), ("k", None));
    let told: Vec<_> = key.revisions.iter().map(|told| (told.number, told.operation, told.fresh)).collect();
    assert_eq!(told, [(1, Operation::Put, false), (2, Operation::Delete, true)]);
    assert!(key.revisions.iter().all(|told| told.author.as_deref() == Some("you")));
    let watcher = &picture.watchers[0];
    assert_eq!((watcher.who.as_deref(), watcher.deliveries.len()), (Some("eye"), 2));
    let eye = terminal(&app, "eye");
    app.update(Msg::Interrupt { terminal: eye });
    app.update(Msg::Time(BEGAN + 10_000));
    assert!(app.inspector().watchers.is_empty(), "{:#?}", app.inspector().watchers);
    let you = terminal(&app, "you");
    app.update(Msg::Rename { terminal: you, name: "me".to_owned() });
    app.update(Msg::Close { terminal: you });
    let revisions = app.inspector().buckets.remove(0).keys.rows.remove(0).revisions;
    assert!(revisions.iter().all(|told| told.author.as_deref() == Some("me")), "{revisions:#?}");
}

#[test]
fn of_many_keys_those_in_sight_are_told_and_others_are_found() {
    let fill = "for a in 1 2 3 4 5 6 7 8 9 0; do for b in 1 2 3 4 5 6 7 8 9 0; do nats kv put b key.$a$b v; done; done";
    let mut app = with_jetstream(&["nats kv add b", fill, "nats kv put b other v"]);
    let shown = |app: &App| {
        let ListWindow { first, rows, total } = app.inspector().buckets.remove(0).keys;
        (first, rows.len(), total, rows.first().map(|key| key.name.clone()))
    };
    assert_eq!(shown(&app), (0, 50, 101, Some("other".to_owned())), "what changed last is the first");
    let stream = "KV_b".to_owned();
    let look = |app: &mut App, rows| {
        app.update(Msg::Inspector(InspectorMsg::LookAtKeys { stream: stream.clone(), rows }));
    };
    look(&mut app, 80..101);
    assert_eq!(shown(&app), (80, 21, 101, Some("key.31".to_owned())));
    look(&mut app, 1000..2000);
    assert_eq!(shown(&app), (101, 0, 101, None));
    app.update(Msg::Inspector(InspectorMsg::FindKeys { stream: stream.clone(), text: "y.3".to_owned() }));
    assert_eq!(shown(&app), (0, 10, 10, Some("key.30".to_owned())));
    assert_eq!(app.inspector().buckets[0].total, 101);
    app.update(Msg::Inspector(InspectorMsg::FindKeys { stream, text: "KV".to_owned() }));
    assert_eq!(shown(&app), (0, 0, 0, None));
}

#[test]
fn of_many_messages_those_in_sight_are_told() {
    let mut app =
        with_jetstream(&["nats kv add b", "for a in 1 2 3 4 5 6 7 8 9; do nats kv put b k$a v; done"]);
    let stream = || "KV_b".to_owned();
    app.update(Msg::Inspector(InspectorMsg::ShowMessages { stream: stream(), open: true }));
    app.update(Msg::Inspector(InspectorMsg::LookAtMessages { stream: stream(), rows: 2..4 }));
    let messages = app.inspector().buckets.remove(0).beneath.messages;
    let sequences: Vec<u64> = messages.rows.iter().map(|message| message.sequence).collect();
    assert_eq!((messages.first, sequences, messages.total), (2, vec![7, 6], 9));
}

#[test]
fn what_is_left_behind_and_what_is_kept_is_told_from_the_servers_side() {
    let mut app = with_jetstream(&["nats kv add b", "nats kv add m --storage memory", "nats kv put b k v"]);
    app.update(Msg::Open { name: Some("eye".to_owned()) });
    type_in(&mut app, "eye", "nats kv watch b &");
    type_in(&mut app, "you", "nats kv watch b k");
    let who = |app: &App| -> Vec<_> {
        app.inspector().watchers.into_iter().map(|it| (it.who, it.filter, it.removed_in)).collect()
    };
    let (you, eye) = (Some("you".to_owned()), Some("eye".to_owned()));
    let watching = [(you, "k".to_owned(), None), (eye.clone(), ">".to_owned(), None)];
    assert_eq!(who(&app), watching, "in the order of their tabs");
    let id = terminal(&app, "you");
    app.update(Msg::Interrupt { terminal: id });
    app.update(Msg::Time(BEGAN + 1000));
    let left = who(&app).pop().expect("one is left behind");
    assert_eq!((left.0, left.1.as_str()), (None, "k"));
    let seconds = left.2.expect("it will be removed");
    let before = app.versions().inspector;
    app.update(Msg::Time(BEGAN + 3000));
    assert_ne!(app.versions().inspector, before, "it is drawn again as the time passes");
    assert_ne!(who(&app).pop().and_then(|left| left.2), Some(seconds));
    app.update(Msg::Time(BEGAN + 20_000));
    assert_eq!(who(&app).len(), 1);

    let server = terminal(&app, "server");
    app.update(Msg::Interrupt { terminal: server });
    let down = app.inspector();
    assert!(down.buckets.is_empty() && down.watchers.is_empty());
    let kept = KeptStream { name: "b".to_owned(), is_bucket: true, messages: 1 };
    assert_eq!(down.kept, [kept], "what was in memory is gone");
    type_in(&mut app, "server", "nats-server -js");
    assert!(app.inspector().kept.is_empty());
    assert_eq!(app.inspector().buckets[0].keys.total, 1);
}

#[test]
fn a_key_that_has_expired_is_told_with_its_time() {
    let mut app = with_jetstream(&["nats kv add b --ttl 2s", "nats kv add m --ttl 2s --marker-ttl 1h"]);
    for line in ["nats kv put b k v", "nats kv put b gone v", "nats kv del b gone -f", "nats kv put m k v"] {
        type_in(&mut app, "you", line);
    }
    app.update(Msg::Clock(ClockMsg::Skip(3000)));
    let buckets = app.inspector().buckets;
    let expired: Vec<&str> = buckets[0].expired.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!((buckets[0].keys.total, expired), (0, vec!["k"]), "a marker that is gone was no value");
    let marked = &buckets[1].keys.rows[0];
    assert_eq!((marked.value.as_deref(), marked.expired.is_some()), (None, true));
    assert!(buckets[1].expired.is_empty());
    type_in(&mut app, "you", "nats kv put b k v");
    assert!(app.inspector().buckets[0].expired.is_empty(), "it is there again");
}

#[test]
fn beneath_a_bucket_lies_a_stream_with_messages_and_headers() {
    let mut app = with_jetstream(&["nats kv add b --history 3", "nats kv put b k 1", "nats kv del b k -f"]);
    assert!(app.inspector().buckets[0].beneath.messages.rows.is_empty(), "it is closed");
    app.update(Msg::Inspector(InspectorMsg::ShowMessages { stream: "KV_b".to_owned(), open: true }));
    let stream = app.inspector().buckets.remove(0).beneath;
    let fact =
        |name: Fact| stream.facts.iter().find(|(fact, _)| *fact == name).map(|(_, value)| value.as_str());
    assert_eq!(
        (fact(Fact::Subjects), fact(Fact::Sequences), fact(Fact::Discard)),
        (Some("$KV.b.>"), Some("1–2"), Some("new"))
    );
    assert!(
        fact(Fact::Flags).is_some_and(|flags| flags.contains("allow_rollup_hdrs, deny_delete")),
        "{stream:#?}"
    );
    let newest = &stream.messages.rows[0];
    assert_eq!((newest.sequence, newest.subject.as_str(), newest.fresh), (2, "$KV.b.k", true));
    assert_eq!(newest.headers, [("KV-Operation".to_owned(), "DEL".to_owned())]);
    assert_eq!(stream.messages.total, 2);
    type_in(
        &mut app,
        "you",
        r#"nats req '$JS.API.STREAM.CREATE.plain' '{"name":"plain","subjects":["a.b"]}'"#,
    );
    assert_eq!(app.inspector().streams[0].name, "plain");
}

#[test]
fn names_and_values_that_would_deceive_are_told_and_still_found() {
    let mut app = with_jetstream(&[
        "nats kv add b --description 'for \u{202e}you'",
        "nats pub '$KV.b.k\u{202e}yek' 'a\u{2066}b' -H 'X:1\u{202e}2'",
    ]);
    app.update(Msg::Inspector(InspectorMsg::ShowMessages { stream: "KV_b".to_owned(), open: true }));
    let bucket = app.inspector().buckets.remove(0);
    let key = &bucket.keys.rows[0];
    assert_eq!((key.name.as_str(), key.value.as_deref()), ("k‹U+202E›yek", Some("a‹U+2066›b")));
    let message = &bucket.beneath.messages.rows[0];
    assert_eq!(message.subject, "$KV.b.k‹U+202E›yek");
    assert_eq!(message.headers, [("X".to_owned(), "1‹U+202E›2".to_owned())]);
    let said = format!("{bucket:?}");
    assert!(said.contains("for ‹U+202E›you") && !said.contains('\u{202e}'), "{said}");
    // The terminal shows and keeps the bytes as they are.
    let you = terminal(&app, "you");
    type_in(&mut app, "you", "nats stream subjects KV_b");
    let shown = app.screen(you).expect("a screen").to_text();
    assert!(shown.contains("$KV.b.k\u{202e}yek"), "{shown}");
}

#[test]
fn messages_of_a_stream_whose_name_would_deceive_are_shown() {
    let mut app = with_jetstream(&[]);
    type_in(
        &mut app,
        "you",
        "nats req '$JS.API.STREAM.CREATE.s\u{202e}t' '{\"name\":\"s\u{202e}t\",\"subjects\":[\"x\"]}'",
    );
    type_in(&mut app, "you", "nats pub x hello");
    let name = app.inspector().streams[0].name.clone();
    assert_eq!(name, "s‹U+202E›t");
    app.update(Msg::Inspector(InspectorMsg::ShowMessages { stream: name, open: true }));
    assert_eq!(app.inspector().streams[0].messages.total, 1);
}
