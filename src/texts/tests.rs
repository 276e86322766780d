//! Each language has every text, with the same arguments.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::{FOLDERS, Folder, Language, read};

/// Each text, and each attribute as `text.attribute`, with its arguments.
type Texts = BTreeMap<String, BTreeSet<String>>;

fn texts(folder: &Folder) -> Texts {
    let mut texts = Texts::new();
    for source in folder.messages {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let name = message.id.name;
            texts.extend(message.value.as_ref().map(|value| (name.to_owned(), arguments(value))));
            let attributes = message.attributes.iter();
            texts.extend(attributes.map(|its| (format!("{name}.{}", its.id.name), arguments(&its.value))));
        }
    }
    texts
}

fn arguments(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression: Expression::Inline(expression) } => {
                found.extend(argument(expression));
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                found.extend(argument(selector));
                found.extend(variants.iter().flat_map(|variant| arguments(&variant.value)));
            }
        }
    }
    found
}

fn argument(expression: &InlineExpression<&str>) -> Option<String> {
    match expression {
        InlineExpression::VariableReference { id } => Some(id.name.to_owned()),
        _ => None,
    }
}

#[test]
fn every_file_can_be_read() {
    for folder in &FOLDERS {
        assert_eq!(read(folder).1, [""; 0], "{}", folder.code);
    }
}

#[test]
fn every_language_has_every_text_with_the_same_arguments() {
    let english = texts(&FOLDERS[0]);
    assert!(english.len() > 250, "{english:#?}");
    for folder in &FOLDERS[1..] {
        let theirs = texts(folder);
        let missing: Vec<_> = english.iter().filter(|(name, _)| !theirs.contains_key(*name)).collect();
        let more: Vec<_> = theirs.iter().filter(|(name, _)| !english.contains_key(*name)).collect();
        assert!(missing.is_empty() && more.is_empty(), "{}: without {missing:?}, with {more:?}", folder.code);
        for (name, arguments) in theirs {
            assert_eq!(arguments, english[&name], "{}: {name}", folder.code);
        }
    }
}

/// A text of several lines would have to be put together each time.
#[test]
fn a_text_without_arguments_is_one_line() {
    for (language, folder) in Language::all().zip(&FOLDERS) {
        for (name, arguments) in texts(folder) {
            let text = language.text(&name);
            assert!(!arguments.is_empty() || text.is_some(), "{}: {name}", folder.code);
        }
    }
}

#[test]
fn languages_are_found_by_their_code() {
    assert_eq!(Language::find("en"), Some(Language::ENGLISH));
    assert_eq!(Language::find("de").map(Language::name), Some("Deutsch"));
    assert_eq!(Language::find("tlh"), None);
}

#[test]
fn a_text_has_the_form_for_its_count() {
    let say = |code, count: usize| {
        let language = Language::find(code).expect("a language");
        language.format("link_length", [("length", count.into())]).expect("the text")
    };
    assert_eq!(["en", "de"].map(|code| say(code, 1)), ["1 character.", "1 Zeichen."]);
    assert_eq!(["en", "de"].map(|code| say(code, 1234)), ["1234 characters.", "1234 Zeichen."]);
}

/// What stands in the page before the program is the English of `early.ftl`, which a script replaces.
#[test]
fn the_page_begins_in_english() {
    let page = include_str!("../../index.html");
    let texts: Vec<(&str, &str)> = page
        .split("data-text=\"")
        .skip(1)
        .filter_map(|rest| {
            let (name, rest) = rest.split_once('"')?;
            Some((name, rest.split_once('>')?.1.split_once('<')?.0))
        })
        .collect();
    assert!(texts.len() > 5, "{texts:?}");
    for (name, text) in texts {
        assert_eq!(Language::ENGLISH.text(name), Some(text), "{name}");
    }
}

/// Nor is there another title when the program comes.
#[test]
fn the_first_lesson_is_called_as_in_the_page_before() {
    for language in Language::all() {
        let (_, markdown) = language.lessons()[0];
        let title = markdown.lines().next().and_then(|line| line.strip_prefix("# "));
        assert_eq!(language.text("early_lesson"), title, "{}", language.code());
    }
}
