//! Walkthroughs as Markdown: their text, their commands, and goals that are judged by state, not by what was typed.
//!
//! Reading order: [`markdown`] reads the text, [`parse`] makes a lesson ([`model`]) of it, [`goal`] says what a step wants,
//! [`goal_form`] how that is written, [`judge`] whether it is so, [`sentence`] says what is missing, [`progress`] keeps how far a
//! learner has come. The lessons themselves are in `src/texts/LANGUAGE/lessons/`; [`catalog`] lists them; [`LessonSource`] is one of these
//! or an author's own, [`code`] the programs that lessons end with.

pub mod catalog;
pub mod code;
pub mod goal;
pub mod goal_form;
pub mod markdown;
pub mod model;
pub mod progress;

mod error;
mod judge;
mod parse;
mod sentence;
mod source;
mod world_state;

pub use catalog::LessonFile;
pub use error::{Error, Problem};
pub use goal::Goal;
pub use markdown::{Inline, plain};
pub use model::{Action, Block, Choice, Console, Lesson, Part, Question, Step};
pub use progress::{Check, Progress};
pub use sentence::code_spans;
pub use source::{LessonSource, OwnLesson};
pub use world_state::{Contention, ContentionKind, TerminalStatus, WorldState};

#[cfg(test)]
mod tests;
