//! What is said of an order.

use std::fmt::Write;
use std::time::Duration;

use super::happening::Happening;
use super::outcome::KeyValue;
use super::run::{Move, Privacy, Run, Stage};
use super::scenario::{Scenario, ScenarioError};

/// An order, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub steps: Vec<Step>,
}

/// What comes of one move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The index of the client that it is about; none where time goes on.
    pub client: Option<usize>,
    /// The line that the client runs.
    pub line: String,
    /// What has happened, each by which client.
    pub happenings: Vec<(Option<usize>, Happening)>,
    /// How things stand after it.
    pub after: Standing,
}

/// How things stand in an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What each client has printed so far.
    pub printed: Vec<String>,
    /// The keys that have a value.
    pub keys: Vec<KeyValue>,
}

impl Report {
    /// Plays these moves, and leaves out those that nobody sees anything of.
    pub(super) fn of(
        scenario: &Scenario,
        time_max: Duration,
        moves: &[Move],
    ) -> Result<Report, ScenarioError> {
        let mut run = Run::begin(scenario, time_max, Privacy::Usual)?;
        let mut standing =
            Standing { printed: vec![String::new(); scenario.clients.len()], keys: Vec::new() };
        let mut step = |run: &Run<'_>, client, line| {
            for (printed, more) in standing.printed.iter_mut().zip(run.take_output()) {
                printed.push_str(&more);
            }
            standing.keys = run.keys();
            Step { client, line, happenings: run.happenings.clone(), after: standing.clone() }
        };
        let mut steps = vec![step(&run, None, String::new())];
        for next in moves {
            let client = client_of(*next);
            let line = client.and_then(|client| run.line(client)).unwrap_or_default().to_owned();
            run.make(*next);
            steps.push(step(&run, client, line));
        }
        if run.stage() == Stage::Ended {
            run.happenings.clear();
            run.end();
        } else if run.broken().is_empty() {
            run.happenings = vec![(None, Happening::NoEnd)];
        } else {
            run.happenings.clear();
        }
        steps.push(step(&run, None, String::new()));
        steps.retain(|step| !step.happenings.is_empty());
        Ok(Report { steps })
    }

    /// As text, a line a happening. What repeats itself is told once.
    pub fn text(&self, scenario: &Scenario) -> String {
        let name = |client: usize| scenario.clients[client].name.as_str();
        let width =
            scenario.clients.iter().map(|client| client.name.len()).max().unwrap_or(0).max(TIME.len());
        let (mut text, mut at, mut last) = (String::new(), 0, None);
        while let Some(step) = self.steps.get(at) {
            let (period, times) = self.repetition(at);
            for step in &self.steps[at..at + period] {
                let who = step.client.map_or(TIME, name);
                let line = step.line.lines().next().unwrap_or_default();
                let shown = if last == Some((step.client, line)) { "" } else { line };
                last = Some((step.client, line));
                let head = format!("  {who:<width$}  {shown}");
                let _ = writeln!(text, "{}", head.trim_end());
                for (client, happening) in &step.happenings {
                    let by = client.filter(|_| *client != step.client);
                    let by = by.map_or_else(String::new, |client| format!("{}: ", name(client)));
                    let told = told(scenario, happening);
                    let _ = writeln!(text, "  {:<width$}    {by}{told}", "");
                }
            }
            if times > 1 {
                let _ = writeln!(text, "  {:<width$}    … and so {} times more", "", times - 1);
            }
            at += period * times;
            last = last.filter(|_| step.client.is_some());
        }
        text
    }

    /// The steps without those that repeat others, each with how many times more the steps that end with it come.
    pub(super) fn once(&self) -> Vec<(&Step, usize)> {
        let (mut once, mut at) = (Vec::new(), 0);
        while at < self.steps.len() {
            let (period, times) = self.repetition(at);
            once.extend(self.steps[at..at + period].iter().map(|step| (step, 0)));
            if let Some((_, more)) = once.last_mut() {
                *more = times - 1;
            }
            at += period * times;
        }
        once
    }

    /// How many steps from here on repeat themselves, and how often they come.
    fn repetition(&self, at: usize) -> (usize, usize) {
        let rest = &self.steps[at..];
        let times = |period: usize| {
            let first = &rest[..period];
            rest.chunks(period).take_while(|chunk| repeats(chunk, first)).count()
        };
        let periods = (1..=PERIOD_MAX.min(rest.len())).map(|period| (period, times(period)));
        periods.filter(|(_, times)| *times > 2).max_by_key(|(period, times)| period * times).unwrap_or((1, 1))
    }
}

/// Whether the same is done, whatever comes of it.
fn repeats(steps: &[Step], first: &[Step]) -> bool {
    let acts = |step: &Step| (step.client, step.line.clone(), step.happenings.clone());
    steps.iter().map(acts).eq(first.iter().map(acts))
}

/// What stands in place of a client's name where time goes on.
const TIME: &str = "time";

/// Steps that are told once where they repeat themselves.
const PERIOD_MAX: usize = 4;

pub(super) fn told(scenario: &Scenario, happening: &Happening) -> String {
    match happening {
        Happening::Broke(rule) => {
            let rule = &scenario.rules[*rule];
            format!("breaks the rule of line {}: {}", rule.line, rule.text)
        }
        other => other.to_string(),
    }
}

fn client_of(next: Move) -> Option<usize> {
    match next {
        Move::Serve { client, .. }
        | Move::Deliver { client, .. }
        | Move::Pass { client }
        | Move::Strike { client, .. } => Some(client),
        Move::Wait => None,
    }
}
