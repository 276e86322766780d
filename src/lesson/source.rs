//! Which lesson a world is about.

use std::sync::Arc;

use super::catalog;
use super::error::Error;
use super::model::Lesson;

/// A lesson that comes with the program, or one of an author's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonSource {
    /// By its name.
    Catalog(&'static str),
    Own(OwnLesson),
}

/// A lesson of an author's own, with its text: it goes with the world, since nobody else has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLesson {
    markdown: Arc<str>,
    lesson: Arc<Lesson>,
}

impl OwnLesson {
    /// What such a lesson is called where one of the catalog has its name.
    pub const NAME: &str = "own";

    /// Reads its text, or says all that is wrong with it.
    pub fn read(markdown: &str) -> Result<OwnLesson, Vec<Error>> {
        let lesson = Arc::new(Lesson::parse(markdown)?);
        Ok(OwnLesson { markdown: markdown.into(), lesson })
    }

    pub fn markdown(&self) -> &str {
        &self.markdown
    }

    pub fn lesson(&self) -> &Arc<Lesson> {
        &self.lesson
    }
}

impl Default for LessonSource {
    fn default() -> LessonSource {
        LessonSource::Catalog(catalog::FIRST)
    }
}

impl From<&'static str> for LessonSource {
    fn from(name: &'static str) -> LessonSource {
        LessonSource::Catalog(name)
    }
}
