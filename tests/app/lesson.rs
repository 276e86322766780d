//! The lesson: how it begins, and that it can play itself.

use super::{BEGAN, app, play, screens, terminal, type_in};
use playground::app::model::{Lesson, Next, Passage, Wait};
use playground::app::{App, ClockMsg, LessonMsg, Msg, Pace};
use playground::lesson::plain;

#[test]
fn the_lesson_begins_with_a_server_without_jetstream() {
    let app = app();
    let names: Vec<String> = app.tabs().into_iter().map(|tab| tab.name).collect();
    assert_eq!(names, ["server", "you"]);
    assert_eq!(app.unread(), 0, "what stands there from the beginning is no news");
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

fn lesson(app: &App) -> Lesson {
    app.lesson().expect("there is a lesson")
}

/// The steps of the walkthrough, and the number of the one with this heading.
fn step_called(app: &App, heading: &str) -> usize {
    lesson(app).steps.iter().position(|step| step.title == heading).expect("a step is called so")
}

fn set_up(heading: &str) -> App {
    let mut app = app();
    let step = step_called(&app, heading);
    app.update(Msg::Lesson(LessonMsg::SetUpStep(step)));
    app
}

/// The commands of the open step: text, and whether it has run.
fn commands(app: &App) -> Vec<(String, bool)> {
    let passages = lesson(app).opened.expect("a step is open").passages;
    let commands = passages.into_iter().filter_map(|passage| match passage {
        Passage::Command(command) => Some((command.text, command.done)),
        _ => None,
    });
    commands.collect()
}

#[test]
fn each_step_can_be_set_up_and_then_done_by_its_commands() {
    for step in 0..lesson(&app()).steps.len() {
        let mut app = app();
        app.update(Msg::Lesson(LessonMsg::SetUpStep(step)));
        let opened = lesson(&app).opened.expect("a step is open");
        assert_eq!((opened.number, opened.done, app.steps_done()), (step, false, step));
        for index in 0..commands(&app).len() {
            assert_eq!(lesson(&app).next, Next::Command(index), "step {step}");
            app.update(Msg::Lesson(LessonMsg::RunNext));
        }
        let last = step + 1 == lesson(&app).steps.len();
        assert_eq!(
            lesson(&app).next,
            if last { Next::End } else { Next::Step(step + 1) },
            "{}",
            screens(&app)
        );
    }
}

#[test]
fn a_step_that_is_set_up_begins_with_empty_terminals() {
    let app = set_up("Update from 13, twice");
    let blocks = |name: &str| app.screen(terminal(&app, name)).expect("it is there").blocks().count();
    assert_eq!(["you", "other"].map(blocks), [0, 0]);
    assert!(blocks("server") > 0, "what runs stays in sight");
}

#[test]
fn what_is_set_up_is_there_again_after_a_reload() {
    let mut before = set_up("Give it back");
    let mut after = app();
    assert!(after.update(Msg::Restore(before.saved())));
    before.update(Msg::Time(BEGAN));
    assert_eq!(screens(&after), screens(&before));
    assert_eq!((lesson(&after), after.open_step()), (lesson(&before), before.open_step()));
}

#[test]
fn a_lock_holds_while_somebody_talks() {
    let mut app = set_up("Take the lock");
    assert!(app.clock().held);
    app.update(Msg::Lesson(LessonMsg::RunNext));
    app.update(Msg::Time(BEGAN + 120_000));
    app.update(Msg::Lesson(LessonMsg::RunNext));
    assert!(screens(&app).contains("wrong last sequence: 1: key exists"), "{}", screens(&app));
    let step = step_called(&app, "Keep it alive");
    assert_eq!(lesson(&app).next, Next::Step(step));
    app.update(Msg::Lesson(LessonMsg::OpenStep(step)));
    app.update(Msg::Time(BEGAN + 240_000));
    assert!(app.clock().held);
    app.update(Msg::Lesson(LessonMsg::OpenStep(step + 2)));
    assert!(!app.clock().held);
}

#[test]
fn a_lock_that_was_lost_is_not_taken_for_one_that_was_kept() {
    let mut app = set_up("Keep it alive");
    type_in(&mut app, "other", "sleep 1");
    app.update(Msg::Clock(ClockMsg::Skip(31_000)));
    type_in(&mut app, "you", "nats kv update locks report you 1");
    type_in(&mut app, "other", "nats kv create locks report other");
    let lesson = lesson(&app);
    let checks = lesson.opened.expect("a step is open").checks;
    let wanted = checks.iter().map(|check| (plain(&check.wanted), check.done)).collect::<Vec<_>>();
    assert_eq!(
        wanted,
        [
            ("report in locks was updated to you".to_owned(), false),
            ("The bucket locks is at least 40s old".to_owned(), false),
            ("A create of report in locks was refused".to_owned(), false),
        ]
    );
    let Next::Waits(Wait::Goal(missing)) = lesson.next else { panic!("{:?}", lesson.next) };
    assert!(checks[0].is_said_beside, "it is said once: {checks:#?}");
    assert_eq!(
        plain(&missing),
        "report had expired, and belongs to other now; an update would take it away again. Set this step up again."
    );
}

#[test]
fn a_command_is_marked_where_it_was_run() {
    let mut app = set_up("Create it twice");
    type_in(&mut app, "you", "nats kv create  my-sem Semaphore1 Value1");
    type_in(&mut app, "you", "nats kv create my-sem Semaphore1 Value1");
    let command = "nats kv create my-sem Semaphore1 Value1".to_owned();
    assert_eq!(commands(&app), [(command.clone(), true), (command, false)]);
    assert!(lesson(&app).opened.expect("a step is open").done);
}

#[test]
fn the_lesson_says_what_it_waits_for() {
    let mut app = set_up("Delete it");
    type_in(&mut app, "you", "nats kv watch my-kv");
    assert_eq!(lesson(&app).next, Next::Waits(Wait::Busy("you".to_owned())));
    let you = terminal(&app, "you");
    app.update(Msg::Interrupt { terminal: you });
    type_in(&mut app, "you", "nats kv del my-kv Key1");
    assert_eq!(lesson(&app).next, Next::Command(1));
    type_in(&mut app, "you", "n");
    let Next::Waits(Wait::Goal(missing)) = lesson(&app).next else { panic!("{:?}", lesson(&app).next) };
    assert_eq!(plain(&missing), "Key1 is not deleted yet: run nats kv del my-kv Key1 and answer y.");
}

#[test]
fn making_a_bucket_is_not_asking_about_the_account() {
    let mut app = set_up("Ask again");
    type_in(&mut app, "you", "nats kv add my-kv");
    assert!(!lesson(&app).opened.expect("a step is open").done);
}

#[test]
fn a_new_terminal_is_the_one_that_the_step_wants() {
    let mut app = set_up("Start a watcher");
    assert!(app.tabs().iter().all(|tab| tab.name != "watcher"));
    app.update(Msg::Open { name: None });
    assert_eq!(app.tabs().last().expect("a tab").name, "watcher");
    app.update(Msg::Open { name: None });
    assert_ne!(app.tabs().last().expect("a tab").name, "watcher");
}

#[test]
fn the_end_of_the_lesson_says_how_to_go_on() {
    let mut app = app();
    assert_eq!(lesson(&app).end, []);
    play(&mut app);
    let end = lesson(&app).end;
    let headings: Vec<_> = end.iter().map(|section| (section.heading.as_str(), section.text.len())).collect();
    assert_eq!(headings, [("From here", 5), ("On a real server", 1)]);
    app.update(Msg::Lesson(LessonMsg::OpenStep(0)));
    assert_eq!(lesson(&app).end, []);
}

#[test]
fn it_plays_step_by_step() {
    let mut app = app();
    app.update(Msg::Lesson(LessonMsg::SetPace(Pace::StepByStep)));
    play(&mut app);
    assert_eq!((app.open_step(), app.steps_done()), (Some(1), 1));
    app.update(Msg::StartOver);
    assert_eq!(lesson(&app).pace, Pace::StepByStep);
}
