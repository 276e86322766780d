//! The lessons that come with the program.

use std::sync::Arc;

use super::language::Language;
use super::model::Lesson;

/// The file of a lesson in one language.
#[derive(Clone, Debug)]
pub struct LessonFile {
    /// The file's name without its ending; the same in each language.
    pub id: &'static str,
    pub language: Language,
    /// The text, which is a transcript too.
    pub markdown: &'static str,
}

/// The files of one lesson, an element per language.
macro_rules! lesson {
    ($id:literal) => {
        [
            LessonFile {
                id: $id,
                language: Language::English,
                markdown: include_str!(concat!("content/", $id, ".md")),
            },
            LessonFile {
                id: $id,
                language: Language::German,
                markdown: include_str!(concat!("content/de/", $id, ".md")),
            },
        ]
    };
}

/// All lessons in their order, each in all languages.
pub const LESSONS: &[[LessonFile; Language::ALL.len()]] = &[lesson!("01-walkthrough")];

impl LessonFile {
    pub fn lesson(&self) -> Arc<Lesson> {
        Arc::new(Lesson::parse(self.markdown).expect("a test reads all lessons"))
    }
}

/// The lesson with this id in this language.
pub fn find(id: &str, language: Language) -> Option<&'static LessonFile> {
    LESSONS.iter().flatten().find(|file| file.id == id && file.language == language)
}
