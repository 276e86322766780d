//! A lesson as plain data.

use super::goal::Goal;
use super::markdown::Inline;
use crate::transcript;

/// Something that a person does in a lesson: type, answer, interrupt, or let time pass.
pub use crate::transcript::Step as Action;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lesson {
    pub title: String,
    pub intro: Vec<Block>,
    /// Done before the learner begins.
    pub setup: Console,
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub heading: String,
    pub intro: Vec<Block>,
    /// None in a part that only says something, such as farewell.
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Unlike in the lesson's other steps, and the same in each language: lower case letters, digits, `-`.
    pub id: String,
    pub heading: String,
    pub body: Vec<Block>,
    pub goals: Vec<Goal>,
    pub hint: Vec<Block>,
    /// Addresses in the documentation.
    pub links: Vec<String>,
    /// The clock stands still until it is moved, so that nothing expires while somebody reads.
    pub holds_clock: bool,
    /// On which line of the file the step begins, counted from 1.
    pub line: usize,
}

/// A block of text, or something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Paragraph(Vec<Inline>),
    List {
        ordered: bool,
        items: Vec<Vec<Inline>>,
    },
    Code {
        language: String,
        text: String,
    },
    Console(Console),
    Question(Question),
    /// What solves an exercise; not shown before its hint was.
    Solution(Console),
    /// Holds no further notes and no consoles.
    Note(Vec<Block>),
}

/// What does the learner expect to happen?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub text: Vec<Block>,
    /// At least two, of which one is right.
    pub choices: Vec<Choice>,
    /// What is said once it has happened.
    pub answer: Vec<Block>,
    /// On which line of the file it begins, counted from 1.
    pub line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub text: Vec<Inline>,
    /// It is what happens.
    pub is_right: bool,
}

/// A piece of transcript, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Console {
    pub lines: Vec<String>,
}

impl Lesson {
    /// Bytes of the longest lesson that is read.
    pub const MAX_LENGTH: usize = 256 * 1024;

    /// All steps, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.parts.iter().flat_map(|part| &part.steps)
    }

    pub fn step(&self, index: usize) -> Option<&Step> {
        self.steps().nth(index)
    }

    /// The terminals that are used, in the order of their first use.
    pub fn terminals(&self) -> Vec<String> {
        let mut names = Vec::new();
        let actions = self.setup.actions().into_iter().chain(self.steps().flat_map(Step::actions));
        for action in actions {
            if let Some(terminal) = action.terminal()
                && !names.iter().any(|name| name == terminal)
            {
                names.push(terminal.to_owned());
            }
        }
        names
    }
}

impl Step {
    /// All that the step has a person do, in order.
    pub fn actions(&self) -> Vec<Action> {
        self.consoles().flat_map(Console::actions).collect()
    }

    pub fn consoles(&self) -> impl Iterator<Item = &Console> {
        self.body.iter().filter_map(|block| match block {
            Block::Console(console) | Block::Solution(console) => Some(console),
            Block::Paragraph(_)
            | Block::List { .. }
            | Block::Code { .. }
            | Block::Question(_)
            | Block::Note(_) => None,
        })
    }

    /// What is asked before the learner runs anything.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.body.iter().filter_map(|block| match block {
            Block::Question(question) => Some(question),
            _ => None,
        })
    }

    /// How many of its first actions are shown before the solution is.
    pub fn shown_actions(&self) -> usize {
        let before = self.body.iter().take_while(|block| !matches!(block, Block::Solution(_)));
        let shown = before.filter_map(|block| match block {
            Block::Console(console) => Some(console.actions().len()),
            _ => None,
        });
        shown.sum()
    }
}

impl Console {
    /// What a person does in it.
    pub fn actions(&self) -> Vec<Action> {
        transcript::steps(&self.lines)
    }
}
