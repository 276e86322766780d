//! The application as a page would drive it: messages in, what is shown out.

use playground::app::export::Format;
use playground::app::journal::Journal;
use playground::app::model::Operation;
use playground::app::{App, Case, Msg, Options, Outcome, Said, Show, Voice, Wanted, Why, player};
use playground::base::Zone;
use playground::lesson::Language;
use playground::term::Key;

const BEGAN: u64 = 1_795_395_723_000;

fn app() -> App {
    app_that(|| false)
}

fn app_that(pause: fn() -> bool) -> App {
    App::new(Options {
        now: BEGAN,
        seed: 7,
        zone: Zone::UTC,
        language: Language::English,
        lesson: true,
        patience: 20_000,
        pause,
    })
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

/// The same visit, made again by somebody who has just opened the page, a day later.
fn again(first: &App) -> App {
    let journal = Journal::read(&first.saved().write()).expect("what was just written");
    let mut second = App::new(Options {
        now: BEGAN + 86_400_000,
        seed: 8,
        zone: Zone { minutes_east: 330 },
        language: Language::German,
        lesson: true,
        patience: 20_000,
        pause: || false,
    });
    assert!(second.update(Msg::Restore(journal)));
    second
}

fn assert_same(first: &App, second: &App) {
    let (shown, again) = (screens(first), screens(second));
    let other = shown.lines().zip(again.lines()).find(|(line, again)| line != again);
    assert!(shown == again, "{other:?}, {} and {} lines", shown.lines().count(), again.lines().count());
    assert_eq!(second.picture(), first.picture());
    assert_eq!(second.clock(), first.clock());
    assert_eq!(second.steps_done(), first.steps_done());
    let open = |app: &App| app.lesson().and_then(|lesson| lesson.opened).map(|step| step.number);
    assert_eq!(open(second), open(first));
    let tabs = |app: &App| {
        app.tabs().into_iter().map(|tab| (tab.id, tab.name, tab.look, tab.active)).collect::<Vec<_>>()
    };
    assert_eq!(tabs(second), tabs(first));
    assert_eq!(second.journal(), first.journal());
}

#[test]
fn a_visit_is_the_same_when_it_is_made_again_from_its_journal() {
    let mut first = app();
    assert_same(&first, &again(&first));
    let mut now = play(&mut first);
    type_in(&mut first, "you", "nats kv add again --history 2; nats kv put again k 'a b'");
    type_in(&mut first, "you", "nats kv del again k");
    let you = terminal(&first, "you");
    first.update(Msg::Submit { terminal: you, line: "y".to_owned() });
    first.update(Msg::Open { name: None });
    type_in(&mut first, "client1", "nats kv watch again");
    assert_same(&first, &again(&first));
    // The clock is moved, stands and goes, and others are turned to and closed.
    first.update(Msg::Skip(30_000));
    first.update(Msg::Hold(true));
    now += 5_000;
    first.update(Msg::Time(now));
    type_in(
        &mut first,
        "you",
        "nats kv add short --ttl 20s --marker-ttl 10s; nats kv put short k 1; nats kv watch short &",
    );
    assert_same(&first, &again(&first));
    first.update(Msg::Hold(false));
    now += 3_000;
    first.update(Msg::Time(now));
    first.update(Msg::SkipToExpiry);
    let eye = terminal(&first, "client1");
    first.update(Msg::Close { terminal: eye });
    first.update(Msg::Select { terminal: you });
    first.update(Msg::OpenStep(3));
    // What happens by itself after the last act is there as well.
    type_in(&mut first, "you", "for i in 1 2 3 4 5 6 7 8 9; do sleep 1; nats kv put again tick $i; done");
    for _ in 0..5 {
        now += 1_000;
        first.update(Msg::Time(now));
    }
    let mut second = again(&first);
    assert_same(&first, &second);
    assert!(screens(&second).contains("put again tick"));
    // And both go on alike.
    second.update(Msg::Time(BEGAN + 86_400_000 + 4_500));
    first.update(Msg::Time(now + 4_500));
    assert_same(&first, &second);
}

#[test]
fn acts_that_would_take_for_ever_change_nothing() {
    for line in [
        "while true; do sleep 0.001; nats kv ls; done",
        "d='0 1 2 3 4 5 6 7 8 9'; for a in $d $d; do for b in $d $d; do for c in $d; do for e in $d; do for f in $d; do for g in $d; do :; done; done; done; done; done; done",
    ] {
        let mut app = app();
        type_in(&mut app, "you", "echo mine");
        let before = screens(&app);
        let text = format!("nats-kv 1 {BEGAN}\n0 $2 {line}\n3000000000000 $2 echo\n");
        let journal = Journal::read(&text).expect("a journal");
        assert!(!app.update(Msg::Restore(journal)), "{line}");
        assert_eq!(screens(&app), before);
    }
}

#[test]
fn a_journal_cannot_open_terminals_without_end() {
    let mut app = app();
    let text = format!("nats-kv 1 {BEGAN}\n{}", "0 +x\n0 $9 echo hello\n0 =1 server\n0 -77\n".repeat(500));
    app.update(Msg::Restore(Journal::read(&text).expect("a journal")));
    assert_eq!(app.tabs().len(), 16);
}

/// The transcript of a session, which has to come out the same where it is played again.
fn checked_transcript(app: &App) -> String {
    let transcript = app.export(Format::Markdown, None);
    let played = player::play(&transcript);
    let told = player::masked(&transcript);
    let other = told.lines().zip(played.lines()).find(|(told, played)| told != played);
    assert!(told == played, "{other:?}\n\n{transcript}\n\n{played}");
    transcript
}

#[test]
fn a_session_is_exported_as_a_transcript_that_comes_out_the_same_when_played() {
    let mut app = app();
    let mut now = play(&mut app);
    let walkthrough = checked_transcript(&app);
    assert!(
        walkthrough.contains("server$ nats-server\n") && walkthrough.contains("watcher| "),
        "{walkthrough}"
    );
    // Somebody goes on by hand: slowly, with questions, refusals, Ctrl-C, and waiting.
    let mut later = |app: &mut App, seconds: u64| {
        for _ in 0..seconds {
            now += 1_000;
            app.update(Msg::Time(now));
        }
    };
    later(&mut app, 7);
    type_in(&mut app, "you", "nats kv add mine --ttl 20s --history 3");
    later(&mut app, 5);
    type_in(&mut app, "you", "nats kv put mine a 1; nats kv update mine a 2 7");
    later(&mut app, 3);
    app.update(Msg::Open { name: None });
    type_in(&mut app, "client1", "nats kv watch mine");
    later(&mut app, 4);
    type_in(&mut app, "you", "nats kv del mine a");
    later(&mut app, 2);
    type_in(&mut app, "you", "n");
    later(&mut app, 2);
    type_in(&mut app, "you", "nats kv put mine b 2");
    later(&mut app, 25);
    type_in(&mut app, "you", "nats kv get mine b");
    let eye = terminal(&app, "client1");
    later(&mut app, 1);
    app.update(Msg::Interrupt { terminal: eye });
    later(&mut app, 1);
    app.update(Msg::Rename { terminal: eye, name: "Bob's own".to_owned() });
    type_in(&mut app, "you", "nats kv put mine c 3");
    app.update(Msg::Skip(30_000));
    type_in(&mut app, "you", "nats kv ls mine; for i in 1 2 3\ndo\nsleep 2\necho $i; done");
    later(&mut app, 10);
    let all = checked_transcript(&app);
    assert!(all.contains("bob-s-own$ nats kv watch mine\n") && all.contains("@wait "), "{all}");
    assert!(all.contains("for i in 1 2 3\nyou> do\nyou> sleep 2\nyou> echo $i; done\n"), "{all}");
    let one = app.export(Format::Markdown, Some(eye));
    assert!(one.starts_with("```console\nbob-s-own$ nats kv watch mine\n") && !one.contains("you$"), "{one}");
    assert!(app.export(Format::Text, None).contains("Bob's own\n=========\n\n"));
    let film = app.export(Format::Film, None);
    assert!(
        film.lines().count() > 100
            && film.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
    );
}

#[test]
fn programs_see_how_many_columns_are_in_sight_and_a_world_keeps_what_they_saw() {
    let mut app = app();
    let server = terminal(&app, "server");
    app.update(Msg::Interrupt { terminal: server });
    type_in(&mut app, "server", "nats-server -js");
    let narrow = app.journal().write();
    assert!(narrow.starts_with("nats-kv 1 "), "{narrow}");
    app.update(Msg::Time(BEGAN + 1000));
    app.update(Msg::Width(132));
    assert_eq!(app.journal().write(), narrow, "it is written down once something is told of it");
    let about = "a description that is longer than eighty columns and shorter than a hundred and thirty-two";
    type_in(&mut app, "you", &format!("nats kv add wide --description '{about}'"));
    type_in(&mut app, "you", "nats kv ls");
    app.update(Msg::Time(BEGAN + 2000));
    app.update(Msg::Width(40));
    type_in(&mut app, "you", "nats kv ls; nats kv get --help");
    let text = app.screen(terminal(&app, "you")).expect("it is open").to_text();
    let [_, wide, narrow] = text.split("nats kv ls").collect::<Vec<_>>()[..] else { panic!("{text}") };
    assert!(wide.contains(about), "{text}");
    assert!(!narrow.contains(about) && narrow.contains(" ≈\n"), "{text}");
    let tables = narrow.lines().filter(|line| line.starts_with('╭'));
    assert!(tables.count() > 0 && text.contains("\n                       revision\n"), "{text}");
    checked_transcript(&app);
    let film = app.export(Format::Film, None);
    assert!(film.lines().next().is_some_and(|head| head.contains("\"cols\":80")), "{film}");

    let text = app.saved().write();
    let mut again = self::app();
    again.update(Msg::Width(100));
    assert!(again.update(Msg::Restore(Journal::read(&text).expect("a journal"))));
    assert_eq!(screens(&again), screens(&app));
    // From here on programs see what is in sight there.
    type_in(&mut again, "you", "nats kv ls");
    assert!(again.journal().write().contains(" |100\n"), "{}", again.journal().write());
    again.update(Msg::StartOver);
    type_in(&mut again, "you", "true");
    assert!(again.journal().write().contains(" |100\n"), "{}", again.journal().write());
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
fn terminals_are_named_and_moved_and_that_is_kept() {
    let mut app = app();
    let (server, you) = (terminal(&app, "server"), terminal(&app, "you"));
    for name in ["", "  ", "server", "a\tb", "far-too-long-a-name-for-it"] {
        app.update(Msg::Rename { terminal: you, name: name.to_owned() });
        assert_eq!(app.said().1, [Said::NoName], "{name:?}");
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
fn each_command_is_said_once_and_others_now_and_then() {
    let mut app = app();
    let ended = |lines, failed, text: &str| {
        let (terminal, text) = ("you".to_owned(), text.to_owned());
        vec![Said::Ended { terminal, failed, lines, text, more: lines > 5 }]
    };
    for (line, said) in [
        ("echo one; echo; echo two", ended(2, false, "one two")),
        ("true", ended(0, false, "")),
        ("nats kv ls", ended(1, true, "nats: error: nats: no responders available for request")),
        ("for i in 1 2 3 4 5 6; do echo $i; done", ended(6, false, "1 2")),
    ] {
        let before = app.said().0;
        type_in(&mut app, "you", line);
        assert_eq!(app.said().1, said, "{line}");
        app.update(Msg::Time(BEGAN + 1));
        assert_eq!(app.said().0, before + 1, "{line}");
    }
    type_in(&mut app, "you", "while true; do sleep 1; echo tick; done");
    let before = app.said().0;
    (1..=30).for_each(|second| _ = app.update(Msg::Time(BEGAN + second * 1000)));
    let sayings = app.said().0 - before;
    assert!((5..=11).contains(&sayings), "{sayings}");
    assert!(matches!(app.said().1, [Said::News { lines: 3, .. }]), "{:?}", app.said());
}

#[test]
fn how_much_is_said_is_chosen() {
    let mut app = app();
    app.update(Msg::Voice(Voice::All));
    type_in(&mut app, "you", "seq 7");
    let said = |app: &App| match app.said().1 {
        [Said::Ended { text, more, .. }] => (text.clone(), *more),
        other => panic!("{other:?}"),
    };
    assert_eq!(said(&app), ("1 2 3 4 5 6 7".to_owned(), false));
    app.update(Msg::StartOver);
    app.update(Msg::Voice(Voice::Nothing));
    let before = app.said().0;
    type_in(&mut app, "you", "seq 7");
    assert_eq!(app.said().0, before);
    // What is no output is said nevertheless.
    let terminal = app.active();
    app.update(Msg::Rename { terminal, name: String::new() });
    assert_eq!(app.said().1, [Said::NoName]);
    app.update(Msg::Voice(Voice::Some));
    type_in(&mut app, "you", "true");
    assert!(matches!(app.said().1, [Said::Ended { lines: 0, .. }]), "nothing of before: {:?}", app.said());
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

/// Lets everything happen that can happen by now; how often it paused before.
fn wait(app: &mut App) -> usize {
    let mut pauses = 0;
    loop {
        let was_amid = app.is_amid();
        app.update(Msg::Time(BEGAN));
        if !was_amid && !app.is_amid() {
            return pauses;
        }
        pauses += 1;
    }
}

#[test]
fn what_comes_of_anything_does_not_depend_on_pauses() {
    let (mut whole, mut paused) = (app(), app_that(|| true));
    let lines = [
        ("server", "nats-server -js"),
        (
            "you",
            "nats kv add b --ttl 1m; nats kv watch b & nats kv put b k 1; nats kv get b k --raw; sleep 1; echo on",
        ),
        ("you", "for i in 1 2 3 4 5 6 7 8 9; do nats kv put b key.$i $i; done; nats kv ls b"),
        ("you", "nats kv ls b | cat; jobs; nats kv history b key.3; sleep 2; nats kv ls b & nats kv ls b"),
    ];
    let mut pauses = 0;
    for app in [&mut whole, &mut paused] {
        let server = terminal(app, "server");
        app.update(Msg::Interrupt { terminal: server });
        pauses += wait(app);
        let mut now = BEGAN;
        for (name, line) in lines {
            type_in(app, name, line);
            for _ in 0..4 {
                pauses += wait(app);
                now += 700;
                app.update(Msg::Time(now));
            }
            pauses += wait(app);
        }
    }
    assert!(pauses > 50, "{pauses}");
    assert_same(&whole, &paused);
    assert_same(&paused, &again(&paused));
}

#[test]
fn ctrl_c_and_commands_in_the_midst_of_others_come_again_at_the_same_place() {
    let mut cut = std::collections::BTreeSet::new();
    for turns in [0, 1, 5, 12, 13, 20] {
        let mut app = app_that(|| true);
        let (server, you) = (terminal(&app, "server"), terminal(&app, "you"));
        app.update(Msg::Interrupt { terminal: server });
        wait(&mut app);
        type_in(&mut app, "server", "nats-server -js");
        wait(&mut app);
        type_in(
            &mut app,
            "you",
            "nats kv add b; sleep 1; for i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5; do nats kv put b k $i$j; done; done",
        );
        wait(&mut app);
        app.update(Msg::Open { name: None });
        app.update(Msg::Time(BEGAN + 1001));
        (0..turns).for_each(|_| _ = app.update(Msg::Time(BEGAN + 5000)));
        type_in(&mut app, "client1", "nats kv put b k by-another");
        type_in(&mut app, "you", "nats kv get b k");
        (0..turns).for_each(|_| _ = app.update(Msg::Time(BEGAN + 5000)));
        assert!(app.is_amid());
        app.update(Msg::Interrupt { terminal: you });
        type_in(&mut app, "you", "nats kv history b k");
        wait(&mut app);
        app.update(Msg::Time(BEGAN + 9000));
        wait(&mut app);
        let shown = screens(&app);
        assert!(shown.contains("^C"), "{shown}");
        assert_same(&app, &again(&app));
        cut.insert(shown);
    }
    assert!(cut.len() > 3, "each is cut elsewhere");
}

/// A server with JetStream, and `lines` typed by you.
fn with_jetstream(lines: &[&str]) -> App {
    let mut app = app();
    let server = terminal(&app, "server");
    app.update(Msg::Interrupt { terminal: server });
    type_in(&mut app, "server", "nats-server -js");
    lines.iter().for_each(|line| type_in(&mut app, "you", line));
    app
}

#[test]
fn what_is_typed_changes_neither_the_lesson_nor_the_picture() {
    let mut app = with_jetstream(&["nats kv add b"]);
    let you = terminal(&app, "you");
    let before = app.changes();
    for char in "nats kv put b k v".chars() {
        app.update(Msg::Key {
            terminal: you,
            key: Key::from_browser(&char.to_string(), "", false, false, false).unwrap(),
        });
        app.update(Msg::Time(BEGAN + 1));
    }
    app.update(Msg::Typed { terminal: you, text: "nats kv put b k v".to_owned(), selection: 0..0 });
    assert_eq!(app.changes(), before);
    app.update(Msg::Key { terminal: you, key: Key::from_browser("Enter", "", false, false, false).unwrap() });
    assert_ne!(app.changes(), before);
    assert_eq!(app.picture().buckets[0].keys.len(), 1);
    let before = app.changes();
    app.update(Msg::StartOver);
    assert_ne!(app.changes(), before);
}

#[test]
fn of_many_keys_those_that_changed_last_are_shown_and_others_are_found() {
    let fill = "for a in 1 2 3 4 5 6 7 8 9 0; do for b in 1 2 3 4 5 6 7 8 9 0; do nats kv put b key.$a$b v; done; done";
    let mut app = with_jetstream(&["nats kv add b", fill, "nats kv put b other v"]);
    let shown = |app: &App| {
        let bucket = app.picture().buckets.remove(0);
        (bucket.keys.len(), bucket.total, bucket.more, bucket.keys.last().map(|key| key.name.clone()))
    };
    assert_eq!(shown(&app), (50, 101, true, Some("other".to_owned())));
    let stream = "KV_b".to_owned();
    app.update(Msg::Show(Show::More { stream: stream.clone() }));
    app.update(Msg::Show(Show::More { stream: stream.clone() }));
    assert_eq!(shown(&app), (101, 101, false, Some("other".to_owned())));
    app.update(Msg::Show(Show::Find { stream: stream.clone(), text: "y.3".to_owned() }));
    assert_eq!(shown(&app), (10, 101, false, Some("key.30".to_owned())));
    app.update(Msg::Show(Show::Find { stream, text: "KV".to_owned() }));
    assert_eq!(shown(&app), (0, 101, false, None));
}

/// Why the last command of a terminal failed.
fn why(app: &App, name: &str) -> Why {
    let id = terminal(app, name);
    let screen = app.screen(id).expect("a tab has a screen");
    let block = screen.blocks().next_back().expect("there is a block").id;
    app.why(id, block).unwrap_or_else(|| panic!("nothing to say:\n{}", screen.to_text()))
}

/// Revisions, and who wrote them.
fn lane(why: &Why) -> Vec<(u64, &str)> {
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
    assert_eq!(told.case, Case::Later { key: "b > k".to_owned(), expected: 1, actual: 4 });
    assert_eq!(lane(&told), [(1, "you"), (3, "other"), (4, "other")]);
    assert_eq!(told.command.as_deref(), Some("nats kv get b k"));
    assert_eq!(told.step.expect("it is taught").1, "The page's command, on a fresh bucket");
    assert!(told.link.ends_with("#update-with-cas-aka-optimistic-locking"), "{}", told.link);

    type_in(&mut app, "you", "nats kv update b k 4 99");
    assert_eq!(why(&app, "you").case, Case::Sooner { key: "b > k".to_owned(), expected: 99, actual: 5 });
    type_in(&mut app, "you", "nats kv update b none 4 2");
    assert_eq!(why(&app, "you").case, Case::Missing { key: "b > none".to_owned(), expected: 2 });
    type_in(&mut app, "other", "nats kv create b k x");
    let told = why(&app, "other");
    assert_eq!(told.case, Case::Exists { key: "b > k".to_owned(), actual: 5 });
    assert_eq!(lane(&told), [(5, "other")]);
    assert_eq!(told.step.expect("it is taught").1, "Create it twice");
}

#[test]
fn what_is_not_there_is_said_to_be_gone_or_never_to_have_been() {
    let mut app = with_jetstream(&["nats kv get none k"]);
    assert_eq!(why(&app, "you").case, Case::NoBucket { others: Vec::new() });
    let lines = ["nats kv add b", "nats kv put b k 1", "nats kv del b k -f", "nats kv get b k"];
    lines.iter().for_each(|line| type_in(&mut app, "you", line));
    let told = why(&app, "you");
    assert_eq!(told.case, Case::Gone { key: "b > k".to_owned(), operation: Operation::Delete });
    assert_eq!(lane(&told), [(2, "you")]);
    type_in(&mut app, "you", "nats kv get b never");
    assert_eq!(why(&app, "you").case, Case::Never { key: "b > never".to_owned() });
    type_in(&mut app, "you", "nats kv put b k 1; nats kv get b k --revision 2");
    assert!(matches!(why(&app, "you").case, Case::NoRevision { .. }), "{:?}", why(&app, "you"));
    type_in(&mut app, "you", "nats kv get none k");
    assert_eq!(why(&app, "you").case, Case::NoBucket { others: vec!["b".to_owned()] });
    type_in(&mut app, "you", "nats kv put b .k v");
    assert_eq!(why(&app, "you").case, Case::Key);
    type_in(&mut app, "you", "nats kv add b.b");
    assert_eq!(why(&app, "you").case, Case::BucketName);
    type_in(&mut app, "you", "nats kv put b k v");
    let you = terminal(&app, "you");
    let last = app.screen(you).unwrap().blocks().next_back().unwrap().id;
    assert_eq!(app.why(you, last), None, "nothing failed");
}

#[test]
fn a_server_that_is_not_there_or_has_no_jetstream_is_the_reason() {
    let mut app = app();
    type_in(&mut app, "you", "nats kv ls");
    let told = why(&app, "you");
    assert_eq!(
        (told.case, told.step.map(|step| step.1)),
        (Case::NoJetStream, Some("Restart it with JetStream".to_owned()))
    );
    type_in(&mut app, "you", "nats kv add b");
    assert_eq!(why(&app, "you").case, Case::NoJetStream);
    let server = terminal(&app, "server");
    app.update(Msg::Interrupt { terminal: server });
    type_in(&mut app, "you", "nats kv ls");
    assert_eq!(why(&app, "you").case, Case::NoServer);
    type_in(&mut app, "server", "nats-server -js");
    type_in(&mut app, "you", "nats kv add b --ttl=1ms");
    assert!(matches!(why(&app, "you").case, Case::Api(_)), "{:?}", why(&app, "you"));
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

/// What passed, as a line each.
fn passed(app: &App) -> Vec<String> {
    let lines = app.passing().lines.into_iter().map(|line| {
        let way = if line.outgoing { "<" } else { ">" };
        let text = format!("{} {way} {} {}", line.client, line.verb, line.meaning);
        match &line.outcome {
            Outcome::None => text.trim_end().to_owned(),
            outcome => format!("{text}: {outcome:?}"),
        }
    });
    lines.collect()
}

#[test]
fn what_passes_is_read_as_the_commands_that_mean_the_same() {
    let mut app = with_jetstream(&["nats kv add b"]);
    assert!(passed(&app).is_empty(), "nobody listens");
    app.update(Msg::Show(Show::Listen(true)));
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
    assert!(told.contains(&"you < HMSG get b k: Told(1, 0)".to_owned()), "{told:#?}");
    let missing = "you < HMSG get b none: Refused(\"404 Message Not Found\")".to_owned();
    assert!(told.contains(&missing), "{told:#?}");

    let all = Wanted { client: None, api: true, upkeep: true };
    app.update(Msg::Show(Show::Wanted(all.clone())));
    assert!(passed(&app).iter().any(|line| line.contains("PING")));
    app.update(Msg::Show(Show::Wanted(Wanted { api: false, upkeep: false, ..all.clone() })));
    assert!(passed(&app).iter().all(|line| !line.contains("stream info")));
    app.update(Msg::Show(Show::Wanted(Wanted { client: Some("server".to_owned()), ..all })));
    assert!(passed(&app).is_empty());
}

#[test]
fn a_watcher_is_told_and_what_passes_is_paused_and_forgotten() {
    let mut app = with_jetstream(&["nats kv add b", "nats kv put b k 1"]);
    app.update(Msg::Show(Show::Listen(true)));
    app.update(Msg::Open { name: Some("eye".to_owned()) });
    type_in(&mut app, "eye", "nats kv watch b");
    type_in(&mut app, "you", "nats kv del b k -f");
    let told = passed(&app);
    assert!(told.contains(&"eye < MSG put b k 1: Told(1, 0)".to_owned()), "{told:#?}");
    assert!(told.contains(&"you > HPUB del b k".to_owned()), "{told:#?}");
    assert!(told.contains(&"eye < HMSG del b k: Told(2, 0)".to_owned()), "{told:#?}");
    let put = app.passing().lines.into_iter().find(|line| line.verb == "HPUB").expect("it was deleted");
    assert!(
        put.raw.starts_with("HPUB $KV.b.k _INBOX.") && put.raw.contains("KV-Operation: DEL"),
        "{}",
        put.raw
    );
    app.update(Msg::Show(Show::Listen(false)));
    let before = app.passing().total;
    type_in(&mut app, "you", "for i in 1 2 3; do nats kv put b k $i; done");
    assert_eq!(app.passing().total, before);
    app.update(Msg::Show(Show::Listen(true)));
    type_in(
        &mut app,
        "you",
        "for i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5 6 7 8 9 0; do nats kv put b k $i; done; done",
    );
    let passing = app.passing();
    assert!(
        passing.total <= 1000 && passing.lines.len() == 100,
        "{} of {}",
        passing.lines.len(),
        passing.total
    );
    app.update(Msg::Show(Show::NonePassed));
    assert_eq!(app.passing().total, 0);
}

#[test]
fn beneath_a_bucket_lies_a_stream_with_messages_and_headers() {
    let mut app = with_jetstream(&["nats kv add b --history 3", "nats kv put b k 1", "nats kv del b k -f"]);
    assert!(app.picture().buckets[0].beneath.messages.is_empty(), "it is closed");
    app.update(Msg::Show(Show::Messages { stream: "KV_b".to_owned(), open: true }));
    let stream = app.picture().buckets.remove(0).beneath;
    let fact =
        |name: &str| stream.facts.iter().find(|(fact, _)| *fact == name).map(|(_, value)| value.as_str());
    assert_eq!(
        (fact("Subjects"), fact("Sequences"), fact("Discard")),
        (Some("$KV.b.>"), Some("1–2"), Some("new"))
    );
    assert!(
        fact("Flags").is_some_and(|flags| flags.contains("allow_rollup_hdrs, deny_delete")),
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
    assert_eq!(app.picture().streams[0].name, "plain");
}
