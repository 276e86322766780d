//! The lessons that come with the program.

use std::sync::Arc;

use super::parse::Lesson;
use super::strings::Language;

/// A lesson of ours in one language.
#[derive(Clone, Debug)]
pub struct Shelved {
    /// The same in each language: the file's name without its ending.
    pub id: &'static str,
    pub language: Language,
    /// The file, which is a transcript too.
    pub markdown: &'static str,
}

macro_rules! shelved {
    ($id:literal) => {
        [
            Shelved {
                id: $id,
                language: Language::English,
                markdown: include_str!(concat!("content/", $id, ".md")),
            },
            Shelved {
                id: $id,
                language: Language::German,
                markdown: include_str!(concat!("content/de/", $id, ".md")),
            },
        ]
    };
}

/// All lessons that come with the program, in their order, each in all languages.
pub const SHELF: &[[Shelved; Language::ALL.len()]] = &[shelved!("01-walkthrough")];

impl Shelved {
    pub fn lesson(&self) -> Arc<Lesson> {
        Arc::new(Lesson::parse(self.markdown).expect("a test reads all lessons on the shelf"))
    }
}

/// The lesson with this id in this language.
pub fn find(id: &str, language: Language) -> Option<&'static Shelved> {
    SHELF.iter().flatten().find(|lesson| lesson.id == id && lesson.language == language)
}
