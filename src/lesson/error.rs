//! What can be wrong with the text of a lesson.

use std::fmt;

use super::goal_form::GoalError;
use super::model::Lesson;

/// What is wrong with a lesson, and on which line, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub line: usize,
    pub problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    TooLong,
    NoTitle,
    SecondTitle,
    NoSteps,
    DeepHeading,
    StepOutsidePart,
    NoId,
    BadId(String),
    SameId(String),
    OpenFence,
    /// The fence stands where there is no step, or one of its kind is there already.
    Misplaced(String),
    Goal(GoalError),
    NotALink(String),
    Clock,
    /// Something is missing in a fence `predict`, or more than one of its choices is right.
    Question,
    NoGoal,
    NoHint,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::TooLong => write!(f, "the lesson is longer than {} bytes", Lesson::MAX_LENGTH),
            Problem::NoTitle => write!(f, "a lesson begins with a title: # TITLE"),
            Problem::SecondTitle => write!(f, "the lesson has a title already"),
            Problem::NoSteps => write!(f, "the lesson has no steps: ### HEADING {{#id}}"),
            Problem::DeepHeading => write!(f, "headings have one (title), two (part) or three (step) `#`"),
            Problem::StepOutsidePart => write!(f, "a step belongs to a part: ## HEADING"),
            Problem::NoId => write!(f, "a step's heading ends with its id: ### HEADING {{#id}}"),
            Problem::BadId(id) => write!(f, "`{id}` is no id: lower case letters, digits and - only"),
            Problem::SameId(id) => write!(f, "another step is called `{id}` already"),
            Problem::OpenFence => write!(f, "this fence is never closed"),
            Problem::Misplaced(info) => write!(f, "a fence `{info}` does not belong here"),
            Problem::Goal(error) => error.fmt(f),
            Problem::NotALink(text) => write!(f, "`{text}` is no address that begins with https://"),
            Problem::Clock => write!(f, "a fence `clock` has one line, `held`"),
            Problem::Question => f.write_str(
                "a fence `predict` has a question, and a list of choices: `- [ ] CHOICE`, the right one `- [x] CHOICE`",
            ),
            Problem::NoGoal => write!(f, "the step has no goal"),
            Problem::NoHint => write!(f, "the step has no hint"),
        }
    }
}
