//! Reads a lesson from its Markdown file.
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
//! ```console solution   the commands of an exercise, shown after the hint
//! ```predict     a question that is asked before anything is run, with a list of choices; the right one begins with `[x]`, the others
//!                with `[ ]`; then what is said once it has happened
//! ```link        an address of the documentation, a line each
//! ```clock       `held`: the clock stands still while the step is open
//! ````
//!
//! Documentation's `shell` fences are read as such consoles too. Each step has a goal and a hint. The same file is a transcript.
//! Lessons may come from anybody: whatever the text is, the answer is a lesson or a list of errors with their lines.

use super::error::{Error, Problem};
use super::goal::Goal;
use super::markdown::{self, BlockKind, Inline, MarkdownBlock};
use super::model::{Block, Choice, Console, Lesson, Part, Question, Step};
use crate::transcript;

impl Lesson {
    /// Reads a lesson, or says all that is wrong with it.
    pub fn parse(text: &str) -> Result<Lesson, Vec<Error>> {
        Lesson::from_transcript(&transcript::from_documentation(text))
    }

    /// Reads a lesson whose commands all stand in `console` fences.
    pub fn from_transcript(text: &str) -> Result<Lesson, Vec<Error>> {
        if text.len() > Lesson::MAX_LENGTH {
            return Err(vec![Error { line: 1, problem: Problem::TooLong }]);
        }
        let mut reader = Reader::default();
        for block in markdown::blocks(text) {
            reader.read(block);
        }
        reader.finish()
    }
}

/// Puts a lesson together, block by block.
#[derive(Default)]
struct Reader {
    lesson: Lesson,
    titled: bool,
    ids: Vec<String>,
    errors: Vec<Error>,
}

impl Reader {
    fn read(&mut self, block: MarkdownBlock) {
        let line = block.line;
        match block.kind {
            BlockKind::Heading { level, text } => self.heading(line, level, text),
            BlockKind::Paragraph(inlines) => self.block(line, Block::Paragraph(inlines)),
            BlockKind::List { ordered, items } => self.block(line, Block::List { ordered, items }),
            BlockKind::Fence { info, lines, closed } => {
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
            "console solution" if self.open_step().is_some() => {
                self.block(line, Block::Solution(Console { lines }));
            }
            "predict" => self.question(line, info, &lines),
            "note" => {
                let blocks = self.prose(line, &lines);
                self.block(line, Block::Note(blocks));
            }
            "goal" | "hint" | "link" | "clock" => self.step_fence(line, info, &lines),
            "console setup" | "console solution" | "console" => self.error(line, Problem::Misplaced(info)),
            _ => self.block(line, Block::Code { language: info, text: lines.join("\n") }),
        }
    }

    /// A fence `predict`: what is asked, the choices, and what is said once it has happened.
    fn question(&mut self, line: usize, info: String, lines: &[String]) {
        let mut text = self.prose(line, lines);
        let list = text.iter().position(|block| matches!(block, Block::List { .. })).unwrap_or(0);
        let mut rest = text.split_off(list).into_iter();
        let choices: Option<Vec<Choice>> = match rest.next() {
            Some(Block::List { items, .. }) => items.into_iter().map(choice).collect(),
            _ => None,
        };
        let answer = rest.collect();
        let is_whole = |choices: &Vec<Choice>| {
            choices.len() > 1 && choices.iter().filter(|choice| choice.is_right).count() == 1
        };
        let Some(choices) = choices.filter(|choices| is_whole(choices) && !text.is_empty()) else {
            return self.error(line, Problem::Question);
        };
        match self.open_step().is_some_and(|step| step.questions().next().is_none()) {
            true => self.block(line, Block::Question(Question { text, choices, answer, line })),
            false => self.error(line, Problem::Misplaced(info)),
        }
    }

    /// A fence whose content is not shown where it stands.
    fn step_fence(&mut self, line: usize, info: String, lines: &[String]) {
        let hint = if info == "hint" { self.prose(line, lines) } else { Vec::new() };
        let mut errors = Vec::new();
        let Some(step) = self.open_step() else {
            return self.error(line, Problem::Misplaced(info));
        };
        let written = lines.iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
        match info.as_str() {
            "hint" if step.hint.is_empty() => step.hint = hint,
            "hint" => errors.push(Error { line, problem: Problem::Misplaced(info) }),
            "clock" => match written.map(|(_, text)| text.trim()).collect::<Vec<_>>()[..] {
                ["held"] => step.holds_clock = true,
                _ => errors.push(Error { line, problem: Problem::Clock }),
            },
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
                    match markdown::is_web_address(&link) {
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

    /// Reads the prose inside a fence that begins on this line. It may hold no headings and no fences.
    fn prose(&mut self, line: usize, lines: &[String]) -> Vec<Block> {
        let mut blocks = Vec::new();
        for block in markdown::blocks(&lines.join("\n")) {
            match block.kind {
                BlockKind::Paragraph(inlines) => blocks.push(Block::Paragraph(inlines)),
                BlockKind::List { ordered, items } => blocks.push(Block::List { ordered, items }),
                BlockKind::Heading { .. } | BlockKind::Fence { .. } => {
                    self.error(line + block.line, Problem::DeepHeading);
                }
            }
        }
        blocks
    }

    /// Adds a block to what is open: the step, else the part, else the lesson.
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
        self.errors.sort_by_key(|error| error.line);
        self.errors.dedup();
        Err(self.errors)
    }

    fn error(&mut self, line: usize, problem: Problem) {
        self.errors.push(Error { line, problem });
    }
}

/// A choice of a question, with its mark in front. `None` if it has none.
fn choice(mut item: Vec<Inline>) -> Option<Choice> {
    let Some(Inline::Text(first)) = item.first_mut() else { return None };
    let (is_right, rest) = match first.strip_prefix("[x] ") {
        Some(rest) => (true, rest),
        None => (false, first.strip_prefix("[ ] ")?),
    };
    *first = rest.to_owned();
    item.retain(|inline| !inline.text().is_empty());
    (!item.is_empty()).then_some(Choice { text: item, is_right })
}
