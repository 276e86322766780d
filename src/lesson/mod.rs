//! Walkthroughs as Markdown: their text, their commands, and goals that are judged by state, not by what was typed.
//!
//! Reading order: [`markdown`] reads the text, [`parse`] makes a lesson ([`model`]) of it, [`goal`] says when a step is
//! done, [`sentence`] says what is missing (in the words of [`goal_texts`]), [`progress`] keeps how far a learner has
//! come. The lessons themselves are in `content/`, their translations in `content/LANGUAGE/`; [`catalog`] lists them.

pub mod catalog;
pub mod goal;
pub mod goal_texts;
pub mod language;
pub mod markdown;
pub mod model;
pub mod progress;

mod english;
mod error;
mod german;
mod parse;
mod sentence;
mod world_state;

pub use catalog::LessonFile;
pub use error::{Error, Problem};
pub use goal::Goal;
pub use goal_texts::GoalTexts;
pub use language::Language;
pub use markdown::{Inline, plain};
pub use model::{Action, Block, Console, Lesson, Part, Step};
pub use progress::{Check, Progress};
pub use sentence::code_spans;
pub use world_state::{TerminalStatus, WorldState};

#[cfg(test)]
mod tests;
