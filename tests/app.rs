//! The application as a page would drive it: messages in, what is shown out.

use playground::app::journal::Journal;
use playground::app::model::Operation;
use playground::app::{App, Msg, Options, link};
use playground::base::Zone;
use playground::lesson::Language;

const BEGAN: u64 = 1_795_395_723_000;

fn app() -> App {
    App::new(Options { now: BEGAN, seed: 7, zone: Zone::UTC, language: Language::English, lesson: true })
}

/// What all terminals show.
fn screens(app: &App) -> String {
    let tabs = app.tabs().into_iter();
    tabs.map(|tab| {
        format!("== {}\n{}\n", tab.name, app.screen(tab.id).expect("a tab has a screen").to_text())
    })
    .collect()
}

fn terminal(app: &App, name: &str) -> u32 {
    app.tabs().into_iter().find(|tab| tab.name == name).unwrap_or_else(|| panic!("no terminal {name}")).id
}

fn type_in(app: &mut App, name: &str, line: &str) {
    let terminal = terminal(app, name);
    app.update(Msg::Submit { terminal, line: line.to_owned() });
}

/// Lets the lesson play itself to its end; the page's time then.
fn play(app: &mut App) -> u64 {
    let mut now = BEGAN;
    app.update(Msg::Play);
    while app.lesson().expect("there is a lesson").playing {
        now = app.deadline().unwrap_or(now).max(now + 1);
        app.update(Msg::Time(now));
        assert!(now < BEGAN + 3_600_000, "the lesson does not end:\n{}", screens(app));
    }
    now
}

#[test]
fn the_lesson_begins_with_a_server_without_jetstream() {
    let app = app();
    let names: Vec<String> = app.tabs().into_iter().map(|tab| tab.name).collect();
    assert_eq!(names, ["server", "you"]);
    let server = app.picture().server;
    assert!(server.running && !server.jetstream);
    assert_eq!(app.steps_done(), 0);
}

#[test]
fn the_lesson_plays_itself_to_the_end() {
    let mut app = app();
    play(&mut app);
    let lesson = app.lesson().expect("there is a lesson");
    assert!(lesson.finished, "step {:#?} is not done:\n{}", lesson.opened, screens(&app));
    assert!(!screens(&app).contains("not simulated"), "{}", screens(&app));
}

#[test]
fn a_visit_is_the_same_when_it_is_made_again_from_its_journal() {
    let mut first = app();
    play(&mut first);
    type_in(&mut first, "you", "nats kv add again --history 2; nats kv put again k 'a b'");
    type_in(&mut first, "you", "nats kv del again k");
    let you = terminal(&first, "you");
    first.update(Msg::Submit { terminal: you, line: "y".to_owned() });
    let journal = link::read(&link::write(first.journal())).expect("a link that was just written");
    let mut second = app();
    second.update(Msg::Restore(journal));
    let (shown, again) = (screens(&first), screens(&second));
    let other = shown.lines().zip(again.lines()).find(|(line, again)| line != again);
    assert!(shown == again, "{other:?}, {} and {} lines", shown.lines().count(), again.lines().count());
    assert_eq!(second.picture(), first.picture());
    assert_eq!(second.steps_done(), first.steps_done());
    assert_eq!(Journal::read(&second.journal().write()), Ok(first.journal().clone()));
}

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
    let picture = app.picture();
    let key = &picture.buckets[0].keys[0];
    assert_eq!((key.name.as_str(), key.value.as_deref()), ("k", None));
    let told: Vec<_> = key.revisions.iter().map(|told| (told.number, told.operation, told.fresh)).collect();
    assert_eq!(told, [(1, Operation::Put, false), (2, Operation::Delete, true)]);
    assert!(key.revisions.iter().all(|told| told.author.as_deref() == Some("you")));
    let watcher = &picture.watchers[0];
    assert_eq!((watcher.terminal.as_str(), watcher.seen.len()), ("eye", 2));
    let eye = terminal(&app, "eye");
    app.update(Msg::Interrupt { terminal: eye });
    app.update(Msg::Time(BEGAN + 10_000));
    assert!(app.picture().watchers.is_empty(), "{:#?}", app.picture().watchers);
}

#[test]
fn the_clock_is_moved_on_to_when_a_key_expires() {
    let mut app = app();
    let server = terminal(&app, "server");
    app.update(Msg::Interrupt { terminal: server });
    type_in(&mut app, "server", "nats-server -js");
    type_in(&mut app, "you", "nats kv add locks --ttl 30s; nats kv create locks door me");
    assert_eq!(app.clock().next.as_deref(), Some("30 s"));
    app.update(Msg::Skip(10_000));
    assert_eq!(app.clock().next.as_deref(), Some("20 s"));
    app.update(Msg::SkipToExpiry);
    assert_eq!(app.clock().next, None);
    assert!(app.picture().buckets[0].keys.is_empty());
}

#[test]
fn a_clock_that_is_held_moves_only_when_it_is_moved() {
    let mut app = app();
    app.update(Msg::Time(BEGAN + 2_000));
    assert_eq!(app.clock().time, "01:02:05");
    app.update(Msg::Hold(true));
    app.update(Msg::Time(BEGAN + 60_000));
    assert_eq!((app.clock().time.as_str(), app.clock().held), ("01:02:05", true));
    app.update(Msg::Skip(1_000));
    assert_eq!(app.clock().time, "01:02:06");
    app.update(Msg::Hold(false));
    app.update(Msg::Time(BEGAN + 61_000));
    assert_eq!(app.clock().time, "01:02:07");
}
