//! The lessons of the catalog: whole, well-formed, and the same in each language.

use crate::lesson::catalog::{self, LessonFile};
use crate::lesson::{Action, Block, Lesson, Question, Step, plain};
use crate::texts::Language;
use crate::transcript;

fn read(file: &LessonFile) -> Lesson {
    Lesson::parse(file.markdown).unwrap_or_else(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{} in {}:\n{}", file.id, file.language.code(), lines.join("\n"))
    })
}

/// Those that every language has. Where another one is missing, it is shown in English.
const TRANSLATED: [&str; 2] = ["01-walkthrough", "02-counter"];

#[test]
fn lessons_are_listed_in_every_language() {
    let all: Vec<_> = catalog::lessons(Language::ENGLISH).map(|file| file.id).collect();
    assert_eq!(
        all,
        [
            "01-walkthrough",
            "02-counter",
            "03-history",
            "04-markers",
            "05-watch",
            "06-leases",
            "07-fencing",
            "08-leader",
            "09-config",
            "10-semaphore",
            "11-beneath",
            "12-mirrors",
            "13-limits",
        ]
    );
    for language in Language::all() {
        let listed: Vec<_> = catalog::lessons(language).collect();
        assert!(listed.iter().map(|file| file.id).eq(all.iter().copied()), "{}", language.code());
        for file in &listed {
            let may_be_english = !TRANSLATED.contains(&file.id) && language.code() != "de";
            assert!(file.language == language || may_be_english, "{} in {}", file.id, language.code());
        }
        let own = language.lessons().iter().map(|(id, _)| *id);
        own.for_each(|id| assert!(all.contains(&id), "{id} is written only in {}", language.code()));
        assert!(catalog::find("none", language).is_none());
    }
}

/// The files of all languages, each once.
fn files() -> impl Iterator<Item = LessonFile> {
    Language::all()
        .flat_map(|language| catalog::lessons(language).filter(move |file| file.language == language))
}

#[test]
fn each_step_has_something_to_do_and_is_short() {
    for file in files() {
        for step in read(&file).steps() {
            assert!(!step.actions().is_empty(), "{}", step.id);
            let words: usize = step.body.iter().map(words).sum();
            assert!((5..=120).contains(&words), "{} has {words} words", step.id);
            assert!(!step.hint.is_empty(), "{}", step.id);
        }
    }
}

fn words(block: &Block) -> usize {
    let count = |inlines: &[_]| plain(inlines).split_whitespace().count();
    match block {
        Block::Paragraph(inlines) => count(inlines),
        Block::List { items, .. } => items.iter().map(|item| count(item)).sum(),
        Block::Note(blocks) => blocks.iter().map(words).sum(),
        Block::Question(question) => question.text.iter().chain(&question.answer).map(words).sum(),
        Block::Code { .. } | Block::Console(_) | Block::Solution(_) => 0,
    }
}

/// Other words, but the same commands with the same outputs, the same goals, in the same order.
#[test]
fn languages_differ_in_words_only() {
    for english in catalog::lessons(Language::ENGLISH) {
        let original = read(&english);
        for other in files().filter(|file| file.id == english.id && file.language != Language::ENGLISH) {
            let other = read(&other);
            assert_eq!(original.setup, other.setup);
            assert_eq!(shape(&original), shape(&other));
            for (step, translated) in original.steps().zip(other.steps()) {
                let consoles = |step: &Step| step.consoles().cloned().collect::<Vec<_>>();
                assert_eq!(consoles(step), consoles(translated), "{}", step.id);
                assert_eq!(
                    (&step.id, &step.goals, &step.links),
                    (&translated.id, &translated.goals, &translated.links)
                );
                let right = |step: &Step| step.questions().map(right_choice).collect::<Vec<_>>();
                assert_eq!(right(step), right(translated), "{}", step.id);
                assert_ne!(step.heading, translated.heading, "{} is not translated", step.id);
                assert_ne!(step.hint, translated.hint, "{} is not translated", step.id);
                let prose =
                    |step: &Step| step.body.iter().filter(|b| words(b) > 0).cloned().collect::<Vec<_>>();
                for (text, same) in prose(step).iter().zip(&prose(translated)) {
                    assert_ne!(text, same, "{} is not translated", step.id);
                }
            }
        }
    }
}

fn right_choice(question: &Question) -> Option<usize> {
    question.choices.iter().position(|choice| choice.is_right)
}

/// What stands where, without the words.
fn shape(lesson: &Lesson) -> Vec<(&'static str, usize)> {
    let name = |block: &Block| match block {
        Block::Paragraph(_) => ("paragraph", 0),
        Block::List { items, .. } => ("list", items.len()),
        Block::Code { .. } => ("code", 0),
        Block::Console(console) => ("console", console.lines.len()),
        Block::Question(question) => ("question", question.text.len() + question.choices.len()),
        Block::Solution(console) => ("solution", console.lines.len()),
        Block::Note(blocks) => ("note", blocks.len()),
    };
    let mut shape: Vec<_> = lesson.intro.iter().map(name).collect();
    for part in &lesson.parts {
        shape.push(("part", part.steps.len()));
        shape.extend(part.intro.iter().map(name));
        for step in &part.steps {
            shape.push(("step", step.hint.len()));
            shape.extend(step.body.iter().map(name));
        }
    }
    shape
}

/// What a lesson has a person do is what `play check` plays.
#[test]
fn a_lesson_is_a_transcript() {
    for file in files() {
        let lesson = read(&file);
        let actions: Vec<Action> =
            lesson.setup.actions().into_iter().chain(lesson.steps().flat_map(Step::actions)).collect();
        let played: Vec<Action> = transcript::split(file.markdown)
            .iter()
            .flat_map(|piece| match piece {
                transcript::Piece::Console(lines) => transcript::steps(lines),
                transcript::Piece::Text(_) => Vec::new(),
            })
            .collect();
        assert_eq!(actions, played);
        assert!(transcript::starts_server(file.markdown));
        // Those that a page opens at first, in their order.
        assert_eq!(lesson.terminals()[..2], ["server", "you"]);
    }
}

/// What issue and page want, in their order, is there.
#[test]
fn the_walkthrough_is_whole() {
    let lesson = read(&catalog::find("walkthrough", Language::ENGLISH).expect("the walkthrough"));
    let typed: Vec<String> = lesson
        .steps()
        .flat_map(Step::actions)
        .filter_map(|action| match action {
            Action::Type { command, .. } => Some(command),
            Action::Interrupt { terminal } => Some(format!("{terminal}^C")),
            Action::Answer { .. } | Action::Wait { .. } => None,
        })
        .collect();
    let mut rest = typed.iter();
    for wanted in [
        "nats account info",
        "server^C",
        "nats-server -js",
        "nats account info",
        "nats kv add my-kv",
        "nats kv put my-kv Key1 Value1",
        "nats kv get my-kv Key1",
        "nats kv del my-kv Key1",
        "nats kv del my-kv NoSuchKey",
        "nats kv history my-kv NoSuchKey",
        "nats kv add my-sem",
        "nats kv create my-sem Semaphore1 Value1",
        "nats kv create my-sem Semaphore1 Value1",
        "nats kv update my-sem Semaphore1 Value2 13",
        "nats kv update my-sem Semaphore1 Value2 13",
        "nats kv update my-sem Semaphore1 Value2 13",
        "nats kv add locks --ttl 30s",
        "nats kv create locks report you",
        "nats kv update locks report you 1",
        "nats kv create locks report other",
        "nats kv watch my-kv",
        "nats kv put my-kv Key1 Value2",
        "watcher^C",
        "nats kv rm my-kv",
    ] {
        assert!(rest.any(|command| command == wanted), "`{wanted}` is not in its place");
    }
}
