//! The lesson: how it begins, and that it can play itself.

use super::{app, play, screens};

#[test]
fn the_lesson_begins_with_a_server_without_jetstream() {
    let app = app();
    let names: Vec<String> = app.tabs().into_iter().map(|tab| tab.name).collect();
    assert_eq!(names, ["server", "you"]);
    let server = app.inspector().server;
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
