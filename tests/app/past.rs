//! What each deed has changed, and how two moments differ: commands in, a line for each change out.

use super::{app, terminal, type_in, with_jetstream};
use playground::app::past::{Change, Comparison, Item, State, Stills};
use playground::app::{App, ClockMsg, Msg};

fn item(item: &Item) -> String {
    match item {
        Item::Server => "server".to_owned(),
        Item::Terminal(name) => format!("terminal {name}"),
        Item::Bucket(name) => format!("bucket {name}"),
        Item::Stream(name) => format!("stream {name}"),
        Item::Key { bucket, key } => format!("{bucket} > {key}"),
        Item::Watcher { of, filter, who } => {
            format!("watcher of {of} [{filter}] in {}", who.as_deref().unwrap_or("?"))
        }
    }
}

fn state(state: Option<&State>) -> String {
    match state {
        None => "-".to_owned(),
        Some(State::There) => "there".to_owned(),
        Some(State::Older) => "older".to_owned(),
        Some(State::Revision { number, operation, value }) => format!("{number} {operation:?} {value}"),
        Some(State::Messages { count, last }) => format!("{count} messages up to {last}"),
        Some(State::Settings(facts)) => format!("{facts:?}"),
    }
}

fn lines(changes: &[Change]) -> Vec<String> {
    let line = |change: &Change| {
        format!(
            "{}: {} -> {}",
            item(&change.item),
            state(change.before.as_ref()),
            state(change.after.as_ref())
        )
    };
    changes.iter().map(line).collect()
}

fn stills_of(app: &App) -> Stills {
    let mut stills = Stills::new();
    assert!(stills.advance(app));
    stills
}

/// What the deed so many before the last one has changed.
fn changed(app: &App, back: usize) -> Vec<String> {
    let stills = stills_of(app);
    let changes = stills.changes(stills.deeds() - 1 - back, app).expect("it is made");
    assert_eq!(changes.more, 0);
    lines(&changes.list)
}

#[test]
fn a_deed_tells_what_it_has_changed() {
    let mut app = with_jetstream(&["nats kv add b --history 3"]);
    assert_eq!(changed(&app, 0), ["bucket b: - -> there"]);
    let done = [
        ("nats kv put b k one", "b > k: - -> 1 Put one"),
        ("nats kv put b k two", "b > k: 1 Put one -> 2 Put two"),
        ("nats kv del b k -f", "b > k: 2 Put two -> 3 Delete "),
        ("nats kv purge b k -f", "b > k: 3 Delete  -> 4 Purge "),
        ("nats kv watch b 'k.>' &", "watcher of b [k.>] in you: - -> there"),
        ("kill %1", "watcher of b [k.>] in you: there -> -"),
        ("nats kv edit b --history 5", "bucket b: [(History, \"3\")] -> [(History, \"5\")]"),
        ("nats kv get b none", ""),
        ("nats stream purge KV_b -f", ""),
        ("y", "b > k: 4 Purge  -> -"),
        ("nats kv rm b -f", "bucket b: there -> -"),
    ];
    for (line, change) in done {
        type_in(&mut app, "you", line);
        assert_eq!(changed(&app, 0).join("\n"), change, "{line}");
    }
    // As they were told when they were the last ones, so they are told later.
    for (back, (line, change)) in done.iter().rev().enumerate() {
        assert_eq!(changed(&app, back).join("\n"), *change, "{line}");
    }
}

#[test]
fn what_is_no_bucket_and_who_comes_and_goes_is_told_as_well() {
    let mut app = with_jetstream(&["nats stream add S --subjects s --defaults"]);
    assert_eq!(changed(&app, 0), ["stream S: - -> there"]);
    type_in(&mut app, "you", "nats pub s hello --count 3");
    assert_eq!(changed(&app, 0), ["stream S: 0 messages up to 0 -> 3 messages up to 3"]);
    app.update(Msg::Open { name: Some("eve".to_owned()) });
    assert_eq!(changed(&app, 0), ["terminal eve: - -> there"]);
    let eve = terminal(&app, "eve");
    app.update(Msg::Close { terminal: eve });
    assert_eq!(changed(&app, 0), ["terminal eve: there -> -"]);
    let server = terminal(&app, "server");
    app.update(Msg::Interrupt { terminal: server });
    assert_eq!(changed(&app, 0), ["server: there -> -", "stream S: there -> -"]);
}

#[test]
fn what_expires_is_gone_by_a_deed_that_moves_the_clock() {
    let mut app = with_jetstream(&["nats kv add b --ttl 10s", "nats kv put b k 1"]);
    app.update(Msg::Clock(ClockMsg::Skip(11_000)));
    assert_eq!(changed(&app, 0), ["b > k: 1 Put 1 -> -"]);
}

#[test]
fn of_many_changes_some_are_listed_and_the_others_counted() {
    let mut app = with_jetstream(&["nats kv add b"]);
    type_in(&mut app, "you", "for i in $(seq 60); do nats kv put b k$i $i; done");
    let stills = stills_of(&app);
    let changes = stills.changes(stills.deeds() - 1, &app).expect("it is made");
    assert_eq!((changes.list.len(), changes.more), (40, 20));
    // More keys than are looked at each time: one that is seen no more has not gone.
    type_in(&mut app, "you", "for i in $(seq 150); do nats kv put b more$i $i; done");
    type_in(&mut app, "you", "nats kv put b k1 again");
    type_in(&mut app, "you", "nats kv del b more150 -f");
    assert_eq!(changed(&app, 1), ["b > k1: older -> 211 Put again"]);
    assert_eq!(changed(&app, 0), ["b > more150: 210 Put 150 -> 212 Delete "]);
}

#[test]
fn two_moments_are_compared() {
    let app = with_jetstream(&[
        "nats kv add b",
        "nats kv put b same 1",
        "nats kv put b changed 1",
        "nats kv put b gone 1",
        "nats kv watch b &",
        "nats kv put b changed 2",
        "nats kv put b new 2",
        "nats kv add c",
        "nats stream purge KV_b --subject '$KV.b.gone' -f",
        "y",
        "echo the last one",
    ]);
    let stills = stills_of(&app);
    let present = stills.deeds();
    let compare = |earlier, later| {
        let mut comparison = Comparison::begin((earlier, later), &stills, &app);
        lines(&comparison.advance(&app).expect("nothing pauses").list)
    };
    let wanted = [
        "b > gone: 3 Put 1 -> -",
        "b > changed: 2 Put 1 -> 4 Put 2",
        "b > new: - -> 5 Put 2",
        "bucket c: - -> there",
        "watcher of b [] in you: - -> there",
    ];
    let after_gone = present - 7;
    assert_eq!(compare(after_gone, present), wanted);
    assert_eq!(compare(after_gone, present - 1), wanted);
    assert_eq!(compare(present - 1, present), [""; 0]);
    assert_eq!(compare(present, present), [""; 0]);
}

#[test]
fn a_world_in_which_nothing_was_done_has_no_past() {
    let app = app();
    let stills = stills_of(&app);
    assert_eq!((stills.deeds(), stills.made()), (0, 0));
    assert!(stills.seen(0).is_none() && stills.world_at(0, &app).is_none());
}

#[test]
fn acts_that_never_end_are_no_hindrance() {
    // A loop without an end runs until Ctrl-C, which the journal has amid the moment.
    let mut app = super::app_that(|| true);
    let you = terminal(&app, "you");
    app.update(Msg::Submit { terminal: you, line: "while true; do :; done".to_owned() });
    (0..5).for_each(|_| _ = app.update(Msg::Time(super::BEGAN)));
    app.update(Msg::Interrupt { terminal: you });
    while app.is_mid_turn() {
        app.update(Msg::Time(super::BEGAN));
    }
    type_in(&mut app, "you", "echo after");
    let mut stills = Stills::new();
    while !stills.advance(&app) {}
    assert_eq!(stills.deeds(), 3);
    let seen = stills.seen(1).expect("it is made");
    assert!(seen.still.tabs().iter().any(|tab| tab.id == you && tab.running));
    assert!(seen.screens[&you].to_text().ends_with("do :; done\n"));
}
