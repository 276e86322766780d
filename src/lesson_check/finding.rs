//! What can be wrong with a lesson.

use std::fmt;

use crate::lesson::{self, Action};

/// Something that is wrong with a lesson, and on which line of its text, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub line: usize,
    pub problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text is no lesson.
    Text(lesson::Problem),
    /// The step is done before anything was done in it.
    DoneBefore,
    /// The step is not done by its commands. What is missing, a sentence each.
    NotDone(Vec<String>),
    /// The step is done without this action.
    NotNeeded(Action),
    /// An action prints something else, line by line.
    Output { tools: Tools, written: Vec<String>, printed: Vec<String> },
    /// An answer to a question that nobody asks.
    NothingAsked(Action),
    /// The right choice of a question has code that its step does not print.
    Prediction(String),
    /// A line that says that something is not there in the simulation.
    NotSimulated(String),
}

/// Which commands and which server have played a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tools {
    Simulated,
    Real,
}

impl From<lesson::Error> for Finding {
    fn from(error: lesson::Error) -> Finding {
        Finding { line: error.line, problem: Problem::Text(error.problem) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Text(problem) => problem.fmt(f),
            Problem::DoneBefore => {
                write!(f, "the step is done before its commands are run: its goals ask for nothing new")
            }
            Problem::NotDone(missing) => {
                write!(f, "the step is not done by its commands: {}", missing.join(" "))
            }
            Problem::NotNeeded(action) => {
                write!(f, "the step is done without `{action}`: a goal has to ask for what it does")
            }
            Problem::Output { tools, written, printed } => {
                f.write_str(match tools {
                    Tools::Simulated => "it prints something else",
                    Tools::Real => "the real tools print something else",
                })?;
                written.iter().try_for_each(|line| write!(f, "\n    - {line}"))?;
                printed.iter().try_for_each(|line| write!(f, "\n    + {line}"))
            }
            Problem::NothingAsked(action) => write!(f, "nothing asks where it says `{action}`"),
            Problem::Prediction(code) => {
                write!(f, "the right choice says `{code}`, which the commands of the step do not print")
            }
            Problem::NotSimulated(line) => write!(f, "it uses what is not simulated: {line}"),
        }
    }
}
