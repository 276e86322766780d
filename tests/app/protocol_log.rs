//! The protocol log reads messages as the commands that mean the same.

use super::{type_in, with_jetstream};
use playground::app::model::ListWindow;
use playground::app::{App, MessageOutcome, Msg, ProtocolFilter, ProtocolLogMsg};

/// What passed, as a line each.
fn passed(app: &App) -> Vec<String> {
    let lines = app.protocol_log().messages.rows.into_iter().map(|line| {
        let way = if line.outgoing { "<" } else { ">" };
        let text = format!("{} {way} {} {}", line.client, line.verb, line.meaning);
        match &line.outcome {
            MessageOutcome::None => text.trim_end().to_owned(),
            outcome => format!("{text}: {outcome:?}"),
        }
    });
    lines.collect()
}

#[test]
fn what_passes_is_read_as_the_commands_that_mean_the_same() {
    let mut app = with_jetstream(&["nats kv add b"]);
    assert!(passed(&app).is_empty(), "nobody listens");
    app.update(Msg::ProtocolLog(ProtocolLogMsg::Listen(true)));
    type_in(&mut app, "you", "nats kv create b k v; nats kv create b k v");
    let told = passed(&app);
    assert!(told.contains(&"you > HPUB create b k v".to_owned()), "{told:#?}");
    assert!(told.contains(&"you < MSG create b k v: Revision(1)".to_owned()), "{told:#?}");
    let refused = "you < MSG create b k v: Refused(\"wrong last sequence: 1\")".to_owned();
    assert!(told.contains(&refused), "{told:#?}");
    assert!(told.contains(&"you > PUB stream info KV_b".to_owned()), "{told:#?}");
    assert!(told.contains(&"you < MSG stream info KV_b: Done".to_owned()), "{told:#?}");
    assert!(!told.iter().any(|line| line.contains("PING")), "{told:#?}");

    type_in(&mut app, "you", "nats kv get b k; nats kv get b none");
    let told = passed(&app);
    assert!(told.contains(&"you < HMSG get b k: Delivered(1, 0)".to_owned()), "{told:#?}");
    let missing = "you < HMSG get b none: Refused(\"404 Message Not Found\")".to_owned();
    assert!(told.contains(&missing), "{told:#?}");

    let all = ProtocolFilter { client: None, api: true, upkeep: true };
    app.update(Msg::ProtocolLog(ProtocolLogMsg::Filter(all.clone())));
    assert!(passed(&app).iter().any(|line| line.contains("PING")));
    app.update(Msg::ProtocolLog(ProtocolLogMsg::Filter(ProtocolFilter {
        api: false,
        upkeep: false,
        ..all.clone()
    })));
    assert!(passed(&app).iter().all(|line| !line.contains("stream info")));
    app.update(Msg::ProtocolLog(ProtocolLogMsg::Filter(ProtocolFilter {
        client: Some("server".to_owned()),
        ..all
    })));
    assert!(passed(&app).is_empty());
}

#[test]
fn a_watcher_is_told_and_what_passes_is_paused_and_forgotten() {
    let mut app = with_jetstream(&["nats kv add b", "nats kv put b k 1"]);
    app.update(Msg::ProtocolLog(ProtocolLogMsg::Listen(true)));
    app.update(Msg::Open { name: Some("eye".to_owned()) });
    type_in(&mut app, "eye", "nats kv watch b");
    type_in(&mut app, "you", "nats kv del b k -f");
    let told = passed(&app);
    assert!(told.contains(&"eye < MSG put b k 1: Delivered(1, 0)".to_owned()), "{told:#?}");
    assert!(told.contains(&"you > HPUB del b k".to_owned()), "{told:#?}");
    assert!(told.contains(&"eye < HMSG del b k: Delivered(2, 0)".to_owned()), "{told:#?}");
    let put = app
        .protocol_log()
        .messages
        .rows
        .into_iter()
        .find(|line| line.verb == "HPUB")
        .expect("it was deleted");
    assert!(
        put.raw.starts_with("HPUB $KV.b.k _INBOX.") && put.raw.contains("KV-Operation: DEL"),
        "{}",
        put.raw
    );
    app.update(Msg::ProtocolLog(ProtocolLogMsg::Listen(false)));
    let before = app.protocol_log().messages.total;
    type_in(&mut app, "you", "for i in 1 2 3; do nats kv put b k $i; done");
    assert_eq!(app.protocol_log().messages.total, before);
    app.update(Msg::ProtocolLog(ProtocolLogMsg::Listen(true)));
    type_in(&mut app, "you", "nats pub x v --count 12000 --quiet");
    let shown = |app: &App| {
        let ListWindow { first, rows, total } = app.protocol_log().messages;
        let numbers: Vec<u64> = rows.iter().map(|message| message.number).collect();
        (first, numbers.len(), total, numbers.last().copied())
    };
    let (first, rows, total, newest) = shown(&app);
    assert!(
        (3_000..=10_000).contains(&total),
        "of those that are kept two in three are PING and PONG: {total}"
    );
    assert_eq!((first, rows), (total - 100, 100));
    // Each that passes is followed by a PING and a PONG.
    app.update(Msg::ProtocolLog(ProtocolLogMsg::LookAt(1000..1010)));
    assert_eq!(shown(&app), (total - 1010, 10, total, newest.map(|newest| newest - 3000)));
    app.update(Msg::ProtocolLog(ProtocolLogMsg::Clear));
    assert_eq!(app.protocol_log().messages.total, 0);
}
