//! The programs that lessons end with. That they run and print what they should is held by `tests/clients/run lessons`.

use crate::lesson::catalog;
use crate::lesson::code::{CodeLanguage, LessonCode};
use crate::texts::Language;

#[test]
fn each_lesson_is_there_in_code() {
    for file in catalog::lessons(Language::ENGLISH) {
        let code = LessonCode::find(file.name()).unwrap_or_else(|| panic!("{} has no programs", file.name()));
        assert!((3..=10).contains(&code.prints.lines().count()), "{}", file.name());
        for language in CodeLanguage::ALL {
            let (text, name) = (code.program(language), format!("{} in {}", file.name(), language.name()));
            assert_eq!(CodeLanguage::find(language.name()), Some(language));
            let comment = if language == CodeLanguage::Python { "\"\"\"" } else { "//" };
            assert!(text.starts_with(comment), "{name} does not say what it does");
            let lines = text.lines().count();
            assert!((30..=105).contains(&lines), "{name} has {lines} lines");
            let widest = text.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(100), "{name} has a line of {widest:?}");
            // It makes what it needs by itself, beside what the lesson made on the same server.
            assert!(text.contains("NATS_URL") && text.contains("\"lesson-"), "{name}");
        }
    }
    assert_eq!(LessonCode::find("none"), None);
}

/// The suite has the versions that a reader is told of.
#[test]
fn the_packages_are_those_of_the_tests() {
    let manifest = |language| match language {
        CodeLanguage::Go => include_str!("../../../tests/clients/go/go.mod"),
        CodeLanguage::JavaScript => include_str!("../../../tests/clients/node/package-lock.json"),
        CodeLanguage::Rust => include_str!("../../../tests/clients/rust/Cargo.toml"),
        CodeLanguage::Python => include_str!("../../../tests/clients/python/requirements.txt"),
    };
    let mut compared = 0;
    for language in CodeLanguage::ALL {
        let manifest = manifest(language);
        for word in language.commands().split_whitespace() {
            let Some((name, version)) = word.split_once("==").or_else(|| word.rsplit_once('@')) else {
                continue;
            };
            let forms = [
                format!("{name} {version}\n"),
                format!("{name}=={version}\n"),
                format!("{name} = {{ version = \"={version}."),
                format!("\"node_modules/{name}\": {{\n      \"version\": \"{version}\""),
            ];
            assert!(forms.iter().any(|form| manifest.contains(form)), "{word}");
            compared += 1;
        }
    }
    assert_eq!(compared, 6);
}
