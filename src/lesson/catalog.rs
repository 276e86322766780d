//! The lessons that come with the program.

use std::sync::Arc;

use super::model::Lesson;
use crate::texts::Language;

/// The file of a lesson in one language.
#[derive(Clone, Copy, Debug)]
pub struct LessonFile {
    /// The file's name without its ending; the same in each language.
    pub id: &'static str,
    pub language: Language,
    /// The text, which is a transcript too.
    pub markdown: &'static str,
}

/// The name of the lesson that a visit begins with.
pub const FIRST: &str = "walkthrough";

impl LessonFile {
    /// The lesson's name in addresses and journals: its id without the number by which it is listed.
    pub fn name(&self) -> &'static str {
        self.id.split_once('-').map_or(self.id, |(_, name)| name)
    }

    pub fn lesson(&self) -> Arc<Lesson> {
        Arc::new(Lesson::parse(self.markdown).expect("a test reads all lessons"))
    }
}

/// All lessons, in their order, each in this language if it is written in it, else in English.
pub fn lessons(language: Language) -> impl Iterator<Item = LessonFile> {
    let original = Language::ENGLISH;
    original.lessons().iter().map(move |&(id, english)| {
        let translation = language.lessons().iter().find(|(name, _)| *name == id);
        match translation {
            Some(&(_, markdown)) => LessonFile { id, language, markdown },
            None => LessonFile { id, language: original, markdown: english },
        }
    })
}

/// The lesson of this name in this language.
pub fn find(name: &str, language: Language) -> Option<LessonFile> {
    lessons(language).find(|file| file.name() == name)
}
