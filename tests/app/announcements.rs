//! What is announced to those who do not see the screen.

use super::{BEGAN, app, type_in};
use playground::app::{Announcement, App, Msg, Verbosity};

#[test]
fn each_command_is_said_once_and_others_now_and_then() {
    let mut app = app();
    let ended = |lines, failed, text: &str| {
        let (terminal, text) = ("you".to_owned(), text.to_owned());
        vec![Announcement::CommandEnded { terminal, failed, lines, text, more: lines > 5 }]
    };
    for (line, said) in [
        ("echo one; echo; echo two", ended(2, false, "one two")),
        ("true", ended(0, false, "")),
        ("nats kv ls", ended(1, true, "nats: error: nats: no responders available for request")),
        ("for i in 1 2 3 4 5 6; do echo $i; done", ended(6, false, "1 2")),
    ] {
        let before = app.announcements().0;
        type_in(&mut app, "you", line);
        assert_eq!(app.announcements().1, said, "{line}");
        app.update(Msg::Time(BEGAN + 1));
        assert_eq!(app.announcements().0, before + 1, "{line}");
    }
    type_in(&mut app, "you", "while true; do sleep 1; echo tick; done");
    let before = app.announcements().0;
    (1..=30).for_each(|second| _ = app.update(Msg::Time(BEGAN + second * 1000)));
    let sayings = app.announcements().0 - before;
    assert!((5..=11).contains(&sayings), "{sayings}");
    assert!(
        matches!(app.announcements().1, [Announcement::NewOutput { lines: 3, .. }]),
        "{:?}",
        app.announcements()
    );
}

#[test]
fn how_much_is_said_is_chosen() {
    let mut app = app();
    app.update(Msg::SetVerbosity(Verbosity::All));
    type_in(&mut app, "you", "seq 7");
    let said = |app: &App| match app.announcements().1 {
        [Announcement::CommandEnded { text, more, .. }] => (text.clone(), *more),
        other => panic!("{other:?}"),
    };
    assert_eq!(said(&app), ("1 2 3 4 5 6 7".to_owned(), false));
    app.update(Msg::StartOver);
    app.update(Msg::SetVerbosity(Verbosity::Nothing));
    let before = app.announcements().0;
    type_in(&mut app, "you", "seq 7");
    assert_eq!(app.announcements().0, before);
    // What is no output is said nevertheless.
    let terminal = app.active();
    app.update(Msg::Rename { terminal, name: String::new() });
    assert_eq!(app.announcements().1, [Announcement::InvalidName]);
    app.update(Msg::SetVerbosity(Verbosity::Some));
    type_in(&mut app, "you", "true");
    assert!(
        matches!(app.announcements().1, [Announcement::CommandEnded { lines: 0, .. }]),
        "nothing of before: {:?}",
        app.announcements()
    );
}
