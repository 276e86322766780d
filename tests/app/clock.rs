//! The simulated clock is moved on and held.

use super::{BEGAN, app, terminal, type_in};
use playground::app::{ClockMsg, Msg};

#[test]
fn the_clock_is_moved_on_to_when_a_key_expires() {
    let mut app = app();
    let server = terminal(&app, "server");
    app.update(Msg::Interrupt { terminal: server });
    type_in(&mut app, "server", "nats-server -js");
    type_in(&mut app, "you", "nats kv add locks --ttl 30s; nats kv create locks door me");
    assert_eq!(app.clock().next.as_deref(), Some("30 s"));
    app.update(Msg::Clock(ClockMsg::Skip(10_000)));
    assert_eq!(app.clock().next.as_deref(), Some("20 s"));
    app.update(Msg::Clock(ClockMsg::SkipToExpiry));
    assert_eq!(app.clock().next, None);
    assert!(app.inspector().buckets[0].keys.rows.is_empty());
}

#[test]
fn a_clock_that_is_held_moves_only_when_it_is_moved() {
    let mut app = app();
    app.update(Msg::Time(BEGAN + 2_000));
    assert_eq!(app.clock().time, "01:02:05");
    app.update(Msg::Clock(ClockMsg::Hold(true)));
    app.update(Msg::Time(BEGAN + 60_000));
    assert_eq!((app.clock().time.as_str(), app.clock().held), ("01:02:05", true));
    app.update(Msg::Clock(ClockMsg::Skip(1_000)));
    assert_eq!(app.clock().time, "01:02:06");
    app.update(Msg::Clock(ClockMsg::Hold(false)));
    app.update(Msg::Time(BEGAN + 61_000));
    assert_eq!(app.clock().time, "01:02:07");
}

#[test]
fn a_terminal_that_sleeps_before_a_held_clock_is_told_of() {
    let mut app = app();
    let you = terminal(&app, "you");
    app.update(Msg::Clock(ClockMsg::Hold(true)));
    assert!(!app.waits_for_clock(you));
    type_in(&mut app, "you", "echo a; sleep 5; echo b");
    assert!(app.waits_for_clock(you));
    assert!(!app.waits_for_clock(terminal(&app, "server")), "a server runs, and sleeps not");
    app.update(Msg::Clock(ClockMsg::Hold(false)));
    assert!(!app.waits_for_clock(you));
    app.update(Msg::Clock(ClockMsg::Hold(true)));
    app.update(Msg::Clock(ClockMsg::Skip(5_000)));
    assert!(!app.waits_for_clock(you), "it has ended");
}

/// What lets time pass because it was asked to, wherever that stands; and what only looks so.
#[test]
fn what_waits_for_a_held_clock_is_asked_of_the_shell() {
    for (line, waits) in [
        ("pause() { sleep 5; }; while true; do pause; done", true),
        ("echo 'sleep 5' > s.sh; bash s.sh", true),
        ("(sleep 5)", true),
        ("sleep 5 | cat", true),
        ("echo $(sleep 5)", true),
        ("sleep 5 & wait", true),
        ("sleep 5 > log 2>&1", true),
        ("timeout 5 nats sub a", true),
        ("watch -n 5 date", true),
        ("read -t 5 answer", true),
        ("echo a > f; tail -f f", true),
        ("nats pub a b --count 2 --sleep 5s", true),
        ("nats kv watch sleep", false),
        ("nats sub sleep", false),
        ("sleep 5 & nats sub a", false),
        ("read answer # no sleep", false),
        ("echo sleep 5", false),
        ("sleep 0", false),
    ] {
        let mut app = app();
        let you = terminal(&app, "you");
        type_in(&mut app, "you", "nats kv add sleep > log");
        app.update(Msg::Clock(ClockMsg::Hold(true)));
        type_in(&mut app, "you", line);
        assert_eq!(app.waits_for_clock(you), waits, "{line}");
    }
}
