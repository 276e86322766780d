//! Walkthroughs as Markdown: their text, their commands, and goals that look at what is so, not at what was typed.
//!
//! Reading order: [`markdown`] takes text apart, [`parse`] makes a lesson of it, [`goal`] says when a step is done,
//! [`sentence`] and [`strings`] say what is missing, [`progress`] keeps how far a learner has come. The lessons
//! themselves are in `content/`, a file each, and in `content/LANGUAGE/` once more in other words; [`shelf`] has them.

pub mod goal;
pub mod markdown;
pub mod parse;
pub mod progress;
mod sentence;
pub mod shelf;
pub mod strings;

pub use goal::Goal;
pub use markdown::{Inline, inlines, plain};
pub use parse::{Action, Block, Console, Error, Lesson, Part, Step};
pub use progress::{Changes, Check, Facts, Progress, Terminal};
pub use shelf::Shelved;
pub use strings::{Language, Strings};

#[cfg(test)]
mod tests;
