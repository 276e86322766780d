//! Programs outside the terminals write to the world as well, and nothing of it is lost.

use playground::app::journal::Journal;
use playground::app::{App, ChannelEvent, Msg, Options};
use playground::base::TimeZone;
use playground::texts::Language;

const BEGAN: u64 = 1_795_395_723_000;

fn app() -> App {
    let mut app = App::new(Options {
        now: BEGAN,
        seed: 7,
        zone: TimeZone::UTC,
        language: Language::ENGLISH,
        lesson: None,
        pause: || false,
    });
    type_in(&mut app, "nats kv add b --history 5");
    app
}

fn type_in(app: &mut App, line: &str) {
    let terminal = app.active();
    app.update(Msg::Submit { terminal, line: line.to_owned() });
}

/// What the terminal shows.
fn screen(app: &App) -> String {
    app.screen(app.active()).expect("it is open").to_text()
}

fn again(first: &App) -> App {
    let mut second = app();
    let journal = Journal::read(&first.saved().write()).expect("a journal");
    assert!(second.update(Msg::Restore(journal)));
    second
}

/// A client that has connected.
fn connect(app: &mut App) -> u32 {
    let channel = app.open_channel().expect("the server runs");
    assert!(app.send_on_channel(
        channel,
        b"CONNECT {\"verbose\":false,\"name\":\"shop\",\"headers\":true}\r\nPING\r\n"
    ));
    channel
}

fn put(app: &mut App, channel: u32, value: &[u8]) {
    let head = format!("PUB $KV.b.k {}\r\n", value.len());
    assert!(app.send_on_channel(channel, &[head.as_bytes(), value, b"\r\n"].concat()));
}

#[test]
fn what_they_write_comes_again_with_the_world() {
    let mut first = app();
    let channel = connect(&mut first);
    first.update(Msg::Time(BEGAN + 1500));
    // In pieces, as it may come.
    first.send_on_channel(channel, b"PUB $KV.b.k 5\r");
    first.send_on_channel(channel, b"\nh\0\xff\\\n\r\n");
    first.update(Msg::Time(BEGAN + 2500));
    type_in(&mut first, "nats kv put b k second; nats kv history b k; nats kv get b k --revision 1 --raw");
    assert!(screen(&first).contains("2026-11-23 01:02:04"), "{}", screen(&first));
    let mut second = again(&first);
    assert_eq!(screen(&second), screen(&first));
    // Whoever was connected then is gone now, and that stays so.
    let names = |app: &App| app.inspector().clients.into_iter().map(|client| client.name).collect::<Vec<_>>();
    assert_eq!((names(&first), names(&second)), (vec!["shop".to_owned()], vec![]));
    assert_eq!(names(&again(&second)), names(&second));
    assert_eq!(again(&second).journal(), second.journal());
    type_in(&mut second, "nats kv get b k --raw");
    assert!(screen(&second).ends_with("\nsecond\n"), "{}", screen(&second));
}

#[test]
fn they_are_told_when_another_world_takes_the_place_of_theirs() {
    let mut app = app();
    let saved = app.saved();
    let before = connect(&mut app);
    app.take_from_channels();
    assert!(app.update(Msg::Restore(saved)));
    assert_eq!(app.take_from_channels(), [(before, ChannelEvent::Closed)]);
    assert!(!app.send_on_channel(before, b"PING\r\n"));
    let after = connect(&mut app);
    assert_ne!(after, before, "what comes for one is not taken for the other's");
    let came = app.take_from_channels();
    assert!(came.iter().all(|(channel, _)| *channel == after) && !came.is_empty(), "{came:?}");
    app.update(Msg::StartOver);
    assert_eq!(app.take_from_channels(), [(after, ChannelEvent::Closed)]);
}

#[test]
fn more_than_can_be_kept_is_told_and_still_happens() {
    let mut app = app();
    let channel = connect(&mut app);
    let value = vec![b'v'; 10_000];
    for count in 1..=30_u64 {
        put(&mut app, channel, &value);
        assert_eq!(app.is_more_than_kept(), count > 26, "{count}");
    }
    app.update(Msg::Time(BEGAN + 1000));
    assert_eq!(app.inspector().buckets[0].last_revision, 30);
    let acts = app.journal().entries.len();
    app.close_channel(channel);
    assert_eq!(app.journal().entries.len(), acts + 1, "that it left is noted nevertheless");
    let again = again(&app);
    assert_eq!(again.inspector().buckets[0].last_revision, 26);
    assert!(app.saved().write().len() < 300_000);
}

#[test]
fn what_comes_from_outside_is_bounded_before_it_takes_memory() {
    let mut app = app();
    let first = app.open_channel().expect("the server runs");
    assert!(!app.send_on_channel(first, &vec![b'x'; (8 << 20) + 1]), "a frame of more than 8 MiB");
    assert!(app.send_on_channel(first, b"CONNECT {}\r\nPING\r\n"), "the channel is still open");
    let opened = std::iter::from_fn(|| app.open_channel()).take(3_000).count();
    assert_eq!(opened, 1_999);
    app.close_channel(first);
    assert!(app.open_channel().is_some(), "there is room again");
}
