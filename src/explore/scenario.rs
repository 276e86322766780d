//! Scenarios as Markdown: a fence `race` with the clients' lines, a fence `rules`, and perhaps a fence `faults`.

use std::fmt;

use super::fault::{Fault, FaultKind, fault};
use super::rule::{Rule, RuleKind};
use crate::shell::parse::{self, Dialect};
use crate::shell::syntax::SyntaxError;
use crate::transcript::{self, Line, Step};

/// How many clients there may be.
const CLIENTS: std::ops::RangeInclusive<usize> = 2..=5;

/// The name before the lines that run before everything else.
const SETUP: &str = "setup";

/// What is searched.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Run one after the other before everything else, alone and whole.
    pub setup: Vec<ScriptLine>,
    /// In the order of their first lines.
    pub clients: Vec<ScenarioClient>,
    pub rules: Vec<Rule>,
    pub faults: Vec<Fault>,
}

/// A client with a shell of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioClient {
    pub name: String,
    /// Run in order.
    pub lines: Vec<ScriptLine>,
}

/// A line of the shell, or several that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptLine {
    /// Its number in the file, counted from 1.
    pub number: usize,
    pub text: String,
}

/// Why a text is no scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    /// Counted from 1.
    pub line: usize,
    pub reason: String,
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.line, self.reason)
    }
}

impl ScenarioError {
    pub(super) fn new(line: usize, reason: impl Into<String>) -> ScenarioError {
        ScenarioError { line, reason: reason.into() }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fence {
    Race,
    Rules,
    Faults,
    Other,
}

impl Scenario {
    /// Reads a Markdown text with one scenario. The first thing that is wrong with it is the error.
    pub fn parse(markdown: &str) -> Result<Scenario, ScenarioError> {
        let mut reader = Reader::default();
        let mut fence = None;
        for (index, line) in markdown.lines().enumerate() {
            let number = index + 1;
            fence = match (fence, line.strip_prefix("```")) {
                (None, Some(info)) => Some(reader.open(number, info.trim())?),
                (Some(_), Some(_)) => None,
                (Some(inside), None) => {
                    reader.line(inside, number, line)?;
                    fence
                }
                (None, None) => None,
            };
        }
        reader.scenario()
    }
}

#[derive(Default)]
struct Reader {
    /// The lines of the fences that were opened.
    race: Option<usize>,
    setup: Vec<ScriptLine>,
    clients: Vec<ScenarioClient>,
    rules: Vec<Rule>,
    /// Each with its line and the name of its client.
    faults: Vec<(usize, String, FaultKind)>,
    /// The client of the line before, which may go on.
    last: Option<String>,
}

impl Reader {
    fn open(&mut self, number: usize, info: &str) -> Result<Fence, ScenarioError> {
        self.last = None;
        match info.split_whitespace().next() {
            Some("race") if self.race.is_some() => {
                Err(ScenarioError::new(number, "a file has one scenario: this is its second fence `race`"))
            }
            Some("race") => {
                self.race = Some(number);
                Ok(Fence::Race)
            }
            Some("rules") => Ok(Fence::Rules),
            Some("faults") => Ok(Fence::Faults),
            _ => Ok(Fence::Other),
        }
    }

    fn line(&mut self, fence: Fence, number: usize, line: &str) -> Result<(), ScenarioError> {
        if line.trim().is_empty() {
            return Ok(());
        }
        match fence {
            Fence::Race => self.race_line(number, line),
            Fence::Rules => {
                let kind = RuleKind::parse(line).map_err(|reason| ScenarioError::new(number, reason))?;
                self.rules.push(Rule { line: number, text: line.trim().to_owned(), kind });
                Ok(())
            }
            Fence::Faults => {
                let (client, kind) = fault(line).map_err(|reason| ScenarioError::new(number, reason))?;
                self.faults.push((number, client, kind));
                Ok(())
            }
            Fence::Other => Ok(()),
        }
    }

    fn race_line(&mut self, number: usize, line: &str) -> Result<(), ScenarioError> {
        match transcript::read(line) {
            Line::Step(Step::Type { terminal, command }) => {
                let lines = self.lines_of(&terminal);
                lines.push(ScriptLine { number, text: command });
                self.last = Some(terminal);
                Ok(())
            }
            Line::More { terminal, text } if self.last.as_deref() == Some(terminal) => {
                if let Some(line) = self.lines_of(terminal).last_mut() {
                    line.text.push('\n');
                    line.text.push_str(text);
                }
                Ok(())
            }
            Line::More { terminal, .. } => Err(ScenarioError::new(
                number,
                format!("there is no line of {terminal} above, which could go on"),
            )),
            _ => Err(ScenarioError::new(
                number,
                "a line of a race is `name$ command`, or `name> text` where one goes on",
            )),
        }
    }

    fn lines_of(&mut self, name: &str) -> &mut Vec<ScriptLine> {
        if name == SETUP {
            return &mut self.setup;
        }
        let index = self.clients.iter().position(|client| client.name == name).unwrap_or_else(|| {
            self.clients.push(ScenarioClient { name: name.to_owned(), lines: Vec::new() });
            self.clients.len() - 1
        });
        &mut self.clients[index].lines
    }

    fn scenario(self) -> Result<Scenario, ScenarioError> {
        let Some(race) = self.race else {
            return Err(ScenarioError::new(1, "there is no fence `race` with the lines of the clients"));
        };
        if !CLIENTS.contains(&self.clients.len()) {
            let reason = format!(
                "a race has {} to {} clients, this one {}",
                CLIENTS.start(),
                CLIENTS.end(),
                self.clients.len()
            );
            return Err(ScenarioError::new(race, reason));
        }
        for line in self.setup.iter().chain(self.clients.iter().flat_map(|client| &client.lines)) {
            if let Err(error) = parse::parse(&line.text, &Dialect::default()) {
                return Err(ScenarioError::new(line.number, complaint(error)));
            }
        }
        let place = |name: &str| self.clients.iter().position(|client| client.name == name);
        let mut faults = Vec::new();
        for (number, name, kind) in &self.faults {
            let Some(client) = place(name) else {
                return Err(ScenarioError::new(*number, format!("there is no client {name}")));
            };
            faults.push(Fault { client, kind: *kind });
        }
        if self.rules.is_empty() {
            return Err(ScenarioError::new(race, "there is no fence `rules` with what must hold"));
        }
        Ok(Scenario { setup: self.setup, clients: self.clients, rules: self.rules, faults })
    }
}

fn complaint(error: SyntaxError) -> String {
    match error {
        SyntaxError::Incomplete(text) => format!("the line is not complete: {text}"),
        SyntaxError::Invalid(text) => format!("bash: {text}"),
        SyntaxError::Unsupported(text) => format!("not simulated: {text}"),
    }
}
