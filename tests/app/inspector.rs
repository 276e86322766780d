//! The inspector's model of the account.

use super::{BEGAN, app, terminal, type_in, with_jetstream};
use playground::app::model::Operation;
use playground::app::{App, Fact, InspectorMsg, Msg};

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
    let key = &picture.buckets[0].keys[0];
    assert_eq!((key.name.as_str(), key.value.as_deref()), ("k", None));
    let told: Vec<_> = key.revisions.iter().map(|told| (told.number, told.operation, told.fresh)).collect();
    assert_eq!(told, [(1, Operation::Put, false), (2, Operation::Delete, true)]);
    assert!(key.revisions.iter().all(|told| told.author.as_deref() == Some("you")));
    let watcher = &picture.watchers[0];
    assert_eq!((watcher.terminal.as_str(), watcher.deliveries.len()), ("eye", 2));
    let eye = terminal(&app, "eye");
    app.update(Msg::Interrupt { terminal: eye });
    app.update(Msg::Time(BEGAN + 10_000));
    assert!(app.inspector().watchers.is_empty(), "{:#?}", app.inspector().watchers);
}

#[test]
fn of_many_keys_those_that_changed_last_are_shown_and_others_are_found() {
    let fill = "for a in 1 2 3 4 5 6 7 8 9 0; do for b in 1 2 3 4 5 6 7 8 9 0; do nats kv put b key.$a$b v; done; done";
    let mut app = with_jetstream(&["nats kv add b", fill, "nats kv put b other v"]);
    let shown = |app: &App| {
        let bucket = app.inspector().buckets.remove(0);
        (bucket.keys.len(), bucket.total, bucket.more, bucket.keys.last().map(|key| key.name.clone()))
    };
    assert_eq!(shown(&app), (50, 101, true, Some("other".to_owned())));
    let stream = "KV_b".to_owned();
    app.update(Msg::Inspector(InspectorMsg::ShowMore { stream: stream.clone() }));
    app.update(Msg::Inspector(InspectorMsg::ShowMore { stream: stream.clone() }));
    assert_eq!(shown(&app), (101, 101, false, Some("other".to_owned())));
    app.update(Msg::Inspector(InspectorMsg::FindKeys { stream: stream.clone(), text: "y.3".to_owned() }));
    assert_eq!(shown(&app), (10, 101, false, Some("key.30".to_owned())));
    app.update(Msg::Inspector(InspectorMsg::FindKeys { stream, text: "KV".to_owned() }));
    assert_eq!(shown(&app), (0, 101, false, None));
}

#[test]
fn beneath_a_bucket_lies_a_stream_with_messages_and_headers() {
    let mut app = with_jetstream(&["nats kv add b --history 3", "nats kv put b k 1", "nats kv del b k -f"]);
    assert!(app.inspector().buckets[0].beneath.messages.is_empty(), "it is closed");
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
    let newest = &stream.messages[0];
    assert_eq!((newest.sequence, newest.subject.as_str(), newest.fresh), (2, "$KV.b.k", true));
    assert_eq!(newest.headers, [("KV-Operation".to_owned(), "DEL".to_owned())]);
    assert_eq!(stream.messages.len(), 2);
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
    let key = &bucket.keys[0];
    assert_eq!((key.name.as_str(), key.value.as_deref()), ("k‹U+202E›yek", Some("a‹U+2066›b")));
    let message = &bucket.beneath.messages[0];
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
    assert_eq!(app.inspector().streams[0].messages.len(), 1);
}
