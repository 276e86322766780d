//! The lessons, done in the simulated world: each step by its commands, and no step without all of them.

use playground::app::{App, ClockMsg, LessonMsg, Msg, Options};
use playground::base::TimeZone;
use playground::lesson::Step;
use playground::lesson::catalog::{self, LessonFile};
use playground::lesson_check;
use playground::player;
use playground::texts::Language;

/// A person at the page, who lets a second pass between two things.
struct Person {
    app: App,
    now: u64,
}

const BEGAN: u64 = 1_795_395_600_000;

impl Person {
    fn new() -> Person {
        Person::in_lesson(catalog::FIRST)
    }

    fn in_lesson(lesson: &'static str) -> Person {
        let options = Options {
            now: BEGAN,
            seed: 1,
            zone: TimeZone::UTC,
            language: Language::ENGLISH,
            lesson: Some(lesson.into()),
            pause: || false,
        };
        let mut person = Person { app: App::new(options), now: BEGAN };
        person.pass();
        person
    }

    fn pass(&mut self) {
        self.now += 1000;
        self.app.update(Msg::Time(self.now));
    }

    /// Does the actions of a step.
    fn act(&mut self, step: usize, actions: usize) {
        self.app.update(Msg::Lesson(LessonMsg::OpenStep(step)));
        for action in 0..actions {
            self.app.update(Msg::Lesson(LessonMsg::RunAction(action)));
            self.pass();
        }
    }

    fn type_in(&mut self, name: &str, line: &str) {
        let terminal = self.app.tabs().into_iter().find(|tab| tab.name == name).expect("a terminal").id;
        self.app.update(Msg::Submit { terminal, line: line.to_owned() });
        self.pass();
    }

    /// Comes to the step with this id by all that the steps before it say.
    fn come_to(&mut self, id: &str) -> usize {
        for (index, step) in steps(catalog::FIRST).iter().enumerate() {
            if step.id == id {
                self.app.update(Msg::Lesson(LessonMsg::OpenStep(index)));
                return index;
            }
            self.act(index, step.actions().len());
        }
        panic!("there is no step {id}");
    }

    /// What the opened step still misses.
    fn missing(&self) -> Vec<String> {
        let opened = self.app.lesson().and_then(|lesson| lesson.opened).expect("a step is open");
        let open = opened.checks.into_iter().filter(|check| !check.done);
        open.map(|check| playground::lesson::plain(&check.missing)).collect()
    }
}

fn steps(lesson: &str) -> Vec<Step> {
    let file = catalog::find(lesson, Language::ENGLISH).expect("a lesson");
    file.lesson().steps().cloned().collect()
}

/// The lessons of all languages, each once.
fn files() -> impl Iterator<Item = LessonFile> {
    Language::all()
        .flat_map(|language| catalog::lessons(language).filter(move |file| file.language == language))
}

/// Each step is done by its commands, not before and not without any of them, and prints what the lesson says.
#[test]
fn lessons_are_right() {
    for file in files() {
        let findings = lesson_check::check(file.markdown);
        let findings: Vec<String> =
            findings.iter().map(|finding| format!("{}: {}", finding.line, finding.problem)).collect();
        assert_eq!(findings, [""; 0], "{} in {}", file.id, file.language.code());
    }
}

/// What the exercise shows at its end to be tried.
#[test]
fn counters_that_go_round_by_themselves_lose_nothing() {
    let mut person = Person::in_lesson("counter");
    for (index, step) in steps("counter").iter().enumerate() {
        person.act(index, step.actions().len());
    }
    let file = catalog::find("counter", Language::ENGLISH).expect("the exercise");
    let code =
        file.markdown.split("```sh\n").nth(1).and_then(|rest| rest.split("\n```").next()).expect("code");
    let (define, count) = code.split_once('\n').expect("two lines");
    for name in ["you", "other"] {
        person.type_in(name, define);
        person.type_in(name, count);
    }
    person.type_in("you", "clear; nats kv get counter visits --raw");
    let you = person.app.tabs().into_iter().find(|tab| tab.name == "you").expect("a terminal").id;
    assert!(person.app.screen(you).expect("a screen").to_text().ends_with("--raw\n13\n"));
}

/// That which the guide for authors shows.
#[test]
fn the_lesson_of_the_guide_is_right() {
    let guide = include_str!("../LESSONS.md");
    let (_, lesson) = guide.split_once("`````markdown\n").expect("a lesson");
    let (lesson, _) = lesson.split_once("`````").expect("its end");
    assert_eq!(lesson_check::check(lesson), []);
}

/// It counts what is so, not what was typed.
#[test]
fn any_way_there_will_do() {
    for (id, ways) in [
        ("account", &["nats --server 127.0.0.1 account info"][..]),
        ("add", &["nats kv new my-kv --history 3"]),
        ("put", &["nats pub '$KV.my-kv.Key1' Value1"]),
        ("put", &["echo Value2 | nats kv put my-kv Key1", "nats kv put my-kv Key1 -- Value1"]),
        ("get", &["test $(nats kv get my-kv Key1 --raw) = Value1"]),
        ("del", &["nats kv del -f my-kv Key1"]),
        ("del-missing", &["nats kv rm my-kv NoSuchKey -f; nats kv history my-kv NoSuchKey"]),
        ("prepare", &["for i in 3 4 5 6 7 8 9 10 11 12 13; do nats kv put my-sem Semaphore1 $i; done"]),
        ("rm", &["nats stream rm KV_my-kv -f"]),
    ] {
        let mut person = Person::new();
        let step = person.come_to(id);
        ways.iter().for_each(|line| person.type_in("you", line));
        assert_eq!((person.app.steps_done(), person.missing()), (step + 1, vec![]), "{id}");
    }
}

/// The clock goes on while one reads. Whoever does what the missing sentences say still gets there.
#[test]
fn a_slow_reader_of_the_locks_is_helped_on() {
    let mut person = Person::new();
    let step = person.come_to("lock-keep");
    person.app.update(Msg::Clock(ClockMsg::Skip(60_000)));
    person.pass();
    person.type_in("you", "nats kv update locks report you 1");
    let says = |person: &Person, text: &str| {
        let missing = person.missing();
        assert!(missing.iter().any(|line| line.contains(text)), "{text}: {missing:?}");
    };
    says(&person, "nobody renewed it in time. Run nats kv create locks report you, or");
    person.type_in("you", "nats kv create locks report you");
    says(&person, "run nats kv update locks report you 2.");
    person.type_in("you", "nats kv update locks report you 2");
    person.type_in("other", "nats kv create locks report other");
    assert_eq!((person.app.steps_done(), person.missing()), (step + 1, vec![]));
}

/// What a lesson says that its commands print, they print. That the real tools do too is the recorder's business.
#[test]
fn lessons_show_what_comes_out() {
    for lesson in files() {
        let played = player::play(lesson.markdown);
        assert!(played == lesson.markdown, "play check shows where {} differs", lesson.id);
    }
}
