//! Terminals are named, moved and typed in.

use super::{BEGAN, app, screens, terminal, type_in, with_jetstream};
use playground::app::journal::Journal;
use playground::app::{Announcement, App, Msg};
use playground::term::Key;

#[test]
fn terminals_are_named_and_moved_and_that_is_kept() {
    let mut app = app();
    let (server, you) = (terminal(&app, "server"), terminal(&app, "you"));
    for name in ["", "  ", "server", "a\tb", "far-too-long-a-name-for-it"] {
        app.update(Msg::Rename { terminal: you, name: name.to_owned() });
        assert_eq!(app.announcements().1, [Announcement::InvalidName], "{name:?}");
    }
    app.update(Msg::Rename { terminal: you, name: " alice-2 ".to_owned() });
    app.update(Msg::Move { terminal: server, place: 9 });
    let names = |app: &App| app.tabs().into_iter().map(|tab| tab.name).collect::<Vec<_>>();
    assert_eq!(names(&app), ["alice-2", "server"]);
    let mut again = self::app();
    again.update(Msg::Restore(app.journal().clone()));
    assert_eq!(names(&again), names(&app));
}

#[test]
fn a_closed_terminal_comes_back_as_it_was() {
    let mut app = with_jetstream(&["nats kv add b", "nats kv put b k v"]);
    let you = terminal(&app, "you");
    app.update(Msg::Move { terminal: you, place: 0 });
    app.update(Msg::Open { name: None });
    let (shown, badge) = (screens(&app), app.tabs()[0].badge);
    app.update(Msg::Close { terminal: you });
    assert_eq!(app.last_closed(), Some((you, "you")));
    app.update(Msg::Reopen { terminal: you });
    assert_eq!((screens(&app), app.active(), app.last_closed()), (shown.clone(), you, None));
    assert_eq!((app.tabs()[0].id, app.tabs()[0].badge), (you, badge));
    let mut again = self::app();
    let kept = Journal::read(&app.saved().write()).expect("a journal");
    again.update(Msg::Restore(kept));
    assert_eq!(screens(&again), shown);
    app.update(Msg::Key {
        terminal: you,
        key: Key::from_browser("ArrowUp", "", false, false, false).unwrap(),
    });
    assert_eq!(app.field(you).expect("it has a field").text, "nats kv put b k v", "its history");
    type_in(&mut app, "you", "nats kv get b k --raw");
    assert!(screens(&app).contains("nats kv get b k --raw\nv\n"), "{}", screens(&app));
}

#[test]
fn a_closed_terminal_whose_name_was_taken_comes_back_with_another() {
    let mut app = with_jetstream(&["nats kv add b"]);
    let you = terminal(&app, "you");
    let badge = app.tab(you).map(|tab| tab.badge);
    app.update(Msg::Close { terminal: you });
    app.update(Msg::Open { name: Some("you".to_owned()) });
    assert_ne!(app.tab(app.active()).map(|tab| tab.badge), badge, "it is another one's");
    app.update(Msg::Reopen { terminal: you });
    let tab = app.tab(you).expect("it is back");
    assert_eq!((tab.name.as_str(), Some(tab.badge)), ("you-2", badge));
}

#[test]
fn what_ran_in_a_closed_terminal_is_over_when_it_comes_back() {
    let mut app = with_jetstream(&["nats kv add b", "nats kv watch b", "echo typed ahead"]);
    let you = terminal(&app, "you");
    app.update(Msg::Close { terminal: you });
    assert!(app.inspector().watchers.iter().all(|watcher| watcher.removed_in.is_some()));
    type_in(&mut app, "server", "true");
    app.update(Msg::Reopen { terminal: you });
    assert!(!app.is_at_work(you));
    let shown = screens(&app);
    assert!(shown.contains("nats kv watch b") && !shown.contains("typed ahead\n"), "{shown}");
}

#[test]
fn only_the_last_few_closed_terminals_can_be_had_back() {
    let mut app = app();
    let opened: Vec<u32> = (0..6)
        .map(|_| {
            app.update(Msg::Open { name: None });
            app.active()
        })
        .collect();
    opened.iter().for_each(|terminal| _ = app.update(Msg::Close { terminal: *terminal }));
    opened.iter().for_each(|terminal| _ = app.update(Msg::Reopen { terminal: *terminal }));
    let open: Vec<bool> = opened.iter().map(|terminal| app.tab(*terminal).is_some()).collect();
    assert_eq!(open, [false, false, true, true, true, true]);
}

#[test]
fn a_proposed_command_goes_where_nothing_runs() {
    let mut app = with_jetstream(&["nats kv add b", "nats kv watch b"]);
    let (you, server) = (terminal(&app, "you"), terminal(&app, "server"));
    app.update(Msg::Propose("nats kv info b".to_owned()));
    let opened = app.active();
    assert!(opened != you && opened != server, "both are busy");
    assert_eq!(app.field(opened).expect("it has a field").text, "nats kv info b");
    app.update(Msg::Propose("nats kv ls".to_owned()));
    assert_eq!((app.active(), app.field(opened).expect("it has a field").text), (opened, "nats kv ls"));
}

#[test]
fn what_is_typed_changes_neither_the_lesson_nor_the_picture() {
    let mut app = with_jetstream(&["nats kv add b"]);
    let you = terminal(&app, "you");
    let before = app.versions();
    for char in "nats kv put b k v".chars() {
        app.update(Msg::Key {
            terminal: you,
            key: Key::from_browser(&char.to_string(), "", false, false, false).unwrap(),
        });
        app.update(Msg::Time(BEGAN + 1));
    }
    app.update(Msg::Typed { terminal: you, text: "nats kv put b k v".to_owned(), selection: 0..0 });
    assert_eq!(app.versions(), before);
    app.update(Msg::Key { terminal: you, key: Key::from_browser("Enter", "", false, false, false).unwrap() });
    assert_ne!(app.versions(), before);
    assert_eq!(app.inspector().buckets[0].keys.total, 1);
    let before = app.versions();
    app.update(Msg::StartOver);
    assert_ne!(app.versions(), before);
}

/// As recorded; the recordings cannot show a list that is answered among other questions.
#[test]
fn a_backoff_policy_is_asked_for() {
    let mut app = with_jetstream(&["nats stream add S --subjects s --defaults > log"]);
    let asked = "nats consumer add S c --pull --deliver all --ack explicit --replay instant --filter s \
                 --max-deliver=-1 --max-pending 4 --headers-only";
    for line in [asked, "y", "linear", "?", "10s", "1m", "5"] {
        type_in(&mut app, "you", line);
    }
    let screen = app.screen(terminal(&app, "you")).expect("a screen").to_text();
    for wanted in ["Backoff: 10s, 20s, 30s, 40s, 50s", "Maximum Deliveries: 6", "Ack Wait: 10.00s"] {
        assert!(screen.contains(wanted), "{wanted}\n{screen}");
    }
}
