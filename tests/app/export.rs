//! What terminals showed, as transcripts, text and recordings.

use super::{BEGAN, app, play, screens, terminal, type_in};
use playground::app::export::Format;
use playground::app::journal::Journal;
use playground::app::{App, ClockMsg, Msg};
use playground::player;

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
    app.update(Msg::Clock(ClockMsg::Skip(30_000)));
    type_in(&mut app, "you", "nats kv ls mine; for i in 1 2 3\ndo\nsleep 2\necho $i; done");
    later(&mut app, 10);
    let all = checked_transcript(&app);
    assert!(all.contains("bob-s-own$ nats kv watch mine\n") && all.contains("@wait "), "{all}");
    assert!(all.contains("for i in 1 2 3\nyou> do\nyou> sleep 2\nyou> echo $i; done\n"), "{all}");
    let one = app.export(Format::Markdown, Some(eye));
    assert!(one.starts_with("```console\nbob-s-own$ nats kv watch mine\n") && !one.contains("you$"), "{one}");
    assert!(app.export(Format::Text, None).contains("Bob's own\n=========\n\n"));
    let film = app.export(Format::Asciicast, None);
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
    let film = app.export(Format::Asciicast, None);
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
