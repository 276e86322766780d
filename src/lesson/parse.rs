//! A lesson as plain data, read from one Markdown file.
//!
//! ````text
//! # Title
//! What the lesson is about. A fence `console setup` is done before the learner begins.
//! ## A part
//! ### A step {#its-id}
//! Prose, lists, and in the order in which they are shown these fences:
//! ```console     commands as in a transcript; what they print may follow, and `play check` holds it to that
//! ```note        a note in the margin
//! ```goal        what must be so for the step to be done, a line each: see `goal`
//! ```hint        help for who is stuck
//! ```link        an address of the documentation, a line each
//! ````
//!
//! Each step has a goal and a hint. The same file is a transcript. Lessons may come from anybody: whatever the
//! text is, the answer is a lesson or a list of errors with their lines.

use std::fmt;

use super::goal::{Goal, GoalError};
use super::markdown::{self, Element, Inline, Kind};
use crate::base::sort;
use crate::shell::transcript;

/// Something that a person does in a lesson: type, answer, interrupt, or let time pass.
pub use crate::shell::transcript::Step as Action;

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
    /// Holds no further notes and no consoles.
    Note(Vec<Block>),
}

/// A piece of transcript, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Console {
    pub lines: Vec<String>,
}

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
    NoGoal,
    NoHint,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.problem {
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
            Problem::NoGoal => write!(f, "the step has no goal"),
            Problem::NoHint => write!(f, "the step has no hint"),
        }
    }
}

impl Lesson {
    /// Bytes of the longest lesson that is read.
    pub const MAX_LENGTH: usize = 512 * 1024;

    /// Reads a lesson, or says all that is wrong with it.
    pub fn parse(text: &str) -> Result<Lesson, Vec<Error>> {
        if text.len() > Lesson::MAX_LENGTH {
            return Err(vec![Error { line: 1, problem: Problem::TooLong }]);
        }
        let mut reader = Reader::default();
        for element in markdown::elements(text) {
            reader.element(element);
        }
        reader.finish()
    }

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
            let (Action::Type { terminal, .. }
            | Action::Answer { terminal, .. }
            | Action::Interrupt { terminal }) = action
            else {
                continue;
            };
            if !names.contains(&terminal) {
                names.push(terminal);
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
            Block::Console(console) => Some(console),
            _ => None,
        })
    }
}

impl Console {
    /// What a person does in it.
    pub fn actions(&self) -> Vec<Action> {
        transcript::steps(&self.lines)
    }
}

/// Puts a lesson together, element by element.
#[derive(Default)]
struct Reader {
    lesson: Lesson,
    titled: bool,
    ids: Vec<String>,
    errors: Vec<Error>,
}

impl Reader {
    fn element(&mut self, element: Element) {
        let line = element.line;
        match element.kind {
            Kind::Heading { level, text } => self.heading(line, level, text),
            Kind::Paragraph(inlines) => self.block(line, Block::Paragraph(inlines)),
            Kind::List { ordered, items } => self.block(line, Block::List { ordered, items }),
            Kind::Fence { info, lines, closed } => {
                if !closed {
                    self.error(line, Problem::OpenFence);
                }
                self.fence(line, info, lines);
            }
        }
    }

    fn heading(&mut self, line: usize, level: usize, text: String) {
        match level {
            1 if self.titled => self.error(line, Problem::SecondTitle),
            1 => {
                self.titled = true;
                self.lesson.title = text;
            }
            2 => {
                self.end_step();
                self.lesson.parts.push(Part { heading: text, ..Part::default() });
            }
            3 => {
                self.end_step();
                self.step(line, &text);
            }
            _ => self.error(line, Problem::DeepHeading),
        }
    }

    fn step(&mut self, line: usize, text: &str) {
        let (heading, id) = match text.strip_suffix('}').and_then(|text| text.rsplit_once("{#")) {
            Some((heading, id)) => (heading.trim().to_owned(), id.to_owned()),
            None => {
                self.error(line, Problem::NoId);
                (text.to_owned(), format!("line-{line}"))
            }
        };
        let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if id.is_empty() || !id.bytes().all(good) {
            self.error(line, Problem::BadId(id.clone()));
        }
        if self.ids.contains(&id) {
            self.error(line, Problem::SameId(id.clone()));
        }
        self.ids.push(id.clone());
        match self.lesson.parts.last_mut() {
            Some(part) => part.steps.push(Step { id, heading, line, ..Step::default() }),
            None => self.error(line, Problem::StepOutsidePart),
        }
    }

    fn fence(&mut self, line: usize, info: String, lines: Vec<String>) {
        match info.as_str() {
            "console setup" if self.lesson.parts.is_empty() && self.lesson.setup.lines.is_empty() => {
                self.lesson.setup = Console { lines };
            }
            "console" if self.open_step().is_some() => {
                self.block(line, Block::Console(Console { lines }));
            }
            "note" => {
                let blocks = self.prose(line, &lines);
                self.block(line, Block::Note(blocks));
            }
            "goal" | "hint" | "link" => self.about_step(line, info, &lines),
            "console setup" | "console" => self.error(line, Problem::Misplaced(info)),
            _ => self.block(line, Block::Code { language: info, text: lines.join("\n") }),
        }
    }

    /// A fence that is not shown where it stands.
    fn about_step(&mut self, line: usize, info: String, lines: &[String]) {
        let hint = if info == "hint" { self.prose(line, lines) } else { Vec::new() };
        let mut errors = Vec::new();
        let Some(step) = self.open_step() else {
            return self.error(line, Problem::Misplaced(info));
        };
        let written = lines.iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
        match info.as_str() {
            "hint" if step.hint.is_empty() => step.hint = hint,
            "hint" => errors.push(Error { line, problem: Problem::Misplaced(info) }),
            "goal" => {
                for (index, text) in written {
                    match Goal::parse(text.trim()) {
                        Ok(goal) => step.goals.push(goal),
                        Err(error) => {
                            errors.push(Error { line: line + 1 + index, problem: Problem::Goal(error) });
                        }
                    }
                }
            }
            _ => {
                for (index, text) in written {
                    let link = text.trim().to_owned();
                    match markdown::is_link(&link) {
                        true => step.links.push(link),
                        false => {
                            errors.push(Error { line: line + 1 + index, problem: Problem::NotALink(link) })
                        }
                    }
                }
            }
        }
        self.errors.extend(errors);
    }

    /// The prose inside a fence that begins on this line. Headings have no place in it.
    fn prose(&mut self, line: usize, lines: &[String]) -> Vec<Block> {
        let mut blocks = Vec::new();
        for element in markdown::elements(&lines.join("\n")) {
            match element.kind {
                Kind::Paragraph(inlines) => blocks.push(Block::Paragraph(inlines)),
                Kind::List { ordered, items } => blocks.push(Block::List { ordered, items }),
                Kind::Heading { .. } | Kind::Fence { .. } => {
                    self.error(line + element.line, Problem::DeepHeading);
                }
            }
        }
        blocks
    }

    /// Something that is shown where it stands.
    fn block(&mut self, line: usize, block: Block) {
        if !self.titled {
            return self.error(line, Problem::NoTitle);
        }
        let blocks = match self.lesson.parts.last_mut() {
            None => &mut self.lesson.intro,
            Some(part) => match part.steps.last_mut() {
                Some(step) => &mut step.body,
                None => &mut part.intro,
            },
        };
        blocks.push(block);
    }

    fn open_step(&mut self) -> Option<&mut Step> {
        self.lesson.parts.last_mut()?.steps.last_mut()
    }

    fn end_step(&mut self) {
        let Some(step) = self.open_step() else { return };
        let (line, no_goal, no_hint) = (step.line, step.goals.is_empty(), step.hint.is_empty());
        if no_goal {
            self.error(line, Problem::NoGoal);
        }
        if no_hint {
            self.error(line, Problem::NoHint);
        }
    }

    fn finish(mut self) -> Result<Lesson, Vec<Error>> {
        self.end_step();
        if !self.titled {
            self.error(1, Problem::NoTitle);
        }
        if self.lesson.steps().next().is_none() {
            self.error(1, Problem::NoSteps);
        }
        if self.errors.is_empty() {
            return Ok(self.lesson);
        }
        sort::by(&mut self.errors, |a, b| a.line.cmp(&b.line));
        self.errors.dedup();
        Err(self.errors)
    }

    fn error(&mut self, line: usize, problem: Problem) {
        self.errors.push(Error { line, problem });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# T\nintro\n```console setup\nserver$ nats-server\nlog\n```\n## P\nwhy\n### S {#one}\n\
        Do *it*.\n```console\nyou$ nats kv add b\nyou< y\n@wait 2s\n```\n```note\nDiffers.\n```\n\
        ```goal\nbucket b exists\n\nrevision b k >= 2\n```\n```hint\nTry `it`.\n```\n```link\nhttps://x.org\n```\n\
        ## End\nbye\n";

    #[test]
    fn a_lesson_is_read() {
        let lesson = Lesson::parse(GOOD).expect("a lesson");
        assert_eq!((lesson.title.as_str(), lesson.parts.len()), ("T", 2));
        assert_eq!(lesson.terminals(), ["server", "you"]);
        let step = lesson.step(0).expect("a step");
        assert_eq!((step.id.as_str(), step.heading.as_str(), step.line), ("one", "S", 9));
        assert_eq!(step.actions().len(), 3);
        assert_eq!(step.goals.len(), 2);
        assert_eq!(step.links, ["https://x.org"]);
        assert!(matches!(&step.body[..], [Block::Paragraph(_), Block::Console(_), Block::Note(_)]));
        assert_eq!(lesson.parts[1].intro.len(), 1);
    }

    #[track_caller]
    fn refused(text: &str, want: &[&str]) {
        let errors = Lesson::parse(text).expect_err("not a lesson");
        let shown: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(shown, want);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        refused(
            "",
            &[
                "line 1: a lesson begins with a title: # TITLE",
                "line 1: the lesson has no steps: ### HEADING {#id}",
            ],
        );
        refused(
            "# T\n## P\n### S\n```goal\nbucket b\nflies b\nrevision b k >= x\n```\n#### deep\n```console\n",
            &[
                "line 3: a step's heading ends with its id: ### HEADING {#id}",
                "line 3: the step has no goal",
                "line 3: the step has no hint",
                "line 5: such a goal is written `bucket BUCKET exists|gone|ttl = 30s|age >= 30s`",
                "line 6: no goal begins with `flies`",
                "line 7: `x` is not a number that fits here",
                "line 9: headings have one (title), two (part) or three (step) `#`",
                "line 10: this fence is never closed",
            ],
        );
        let twice = GOOD.replace(
            "## End",
            "### Again {#one}\n```goal\njetstream on\n```\n```hint\nx\n```\n```hint\ny\n```\n```link\njavascript:x\n```",
        );
        refused(
            &twice,
            &[
                "line 30: another step is called `one` already",
                "line 37: a fence `hint` does not belong here",
                "line 41: `javascript:x` is no address that begins with https://",
            ],
        );
        refused(&"x".repeat(Lesson::MAX_LENGTH + 1), &["line 1: the lesson is longer than 524288 bytes"]);
    }

    /// Every text that can be cut from a lesson, or has a line doubled or left out, gets an answer.
    #[test]
    fn no_text_is_too_broken() {
        for end in 0..=GOOD.len() {
            let _ = Lesson::parse(&GOOD[..end]);
            let _ = Lesson::parse(&GOOD[end..]);
        }
        let lines: Vec<&str> = GOOD.lines().collect();
        for out in 0..lines.len() {
            let mut fewer = lines.clone();
            fewer.remove(out);
            let _ = Lesson::parse(&fewer.join("\n"));
        }
        for odd in
            ["#", "###", "### {#}", "```", "``````", "# \u{0}\n### \u{301}{#}", "1. ", "- \n- ", "### }{#"]
        {
            let _ = Lesson::parse(odd);
        }
    }
}
