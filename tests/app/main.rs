//! The application as a page would drive it: messages in, what is shown out.

mod announcements;
mod clock;
mod contention;
mod diagnosis;
mod export;
mod inspector;
mod lesson;
mod output_refs;
mod past;
mod protocol_log;
mod race;
mod replay;
mod terminals;

use playground::app::{App, LessonMsg, Msg, Options};
use playground::base::TimeZone;
use playground::texts::Language;

const BEGAN: u64 = 1_795_395_723_000;

fn app() -> App {
    app_that(|| false)
}

fn app_that(pause: fn() -> bool) -> App {
    App::new(Options {
        now: BEGAN,
        seed: 7,
        zone: TimeZone::UTC,
        language: Language::ENGLISH,
        lesson: Some("walkthrough".into()),
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
    app.update(Msg::Lesson(LessonMsg::TogglePlay));
    while app.lesson().expect("there is a lesson").playing {
        now = app.deadline().unwrap_or(now).max(now + 1);
        app.update(Msg::Time(now));
        assert!(now < BEGAN + 3_600_000, "the lesson does not end:\n{}", screens(app));
    }
    now
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
