//! A verdict as JSON, for tools. Counts are texts, since they may be larger than what a number of JSON holds exactly.

use serde::Serialize;

use super::report::{Report, told};
use super::scenario::Scenario;
use super::verdict::Verdict;

#[derive(Serialize)]
struct Json<'a> {
    /// Whether an order breaks a rule.
    breaks: bool,
    /// Whether nothing was left out.
    whole: bool,
    /// Whether some orders come back to where they have been.
    circles: bool,
    orders: String,
    states: usize,
    rules: Vec<Rule<'a>>,
    outcomes: Vec<Outcome>,
    /// The shortest order that breaks a rule.
    shortest: Option<Vec<Step<'a>>>,
}

#[derive(Serialize)]
struct Rule<'a> {
    line: usize,
    rule: &'a str,
    /// Orders that break it.
    broken: String,
}

#[derive(Serialize)]
struct Outcome {
    outcome: String,
    orders: String,
}

#[derive(Serialize)]
struct Step<'a> {
    /// None where time goes on.
    client: Option<&'a str>,
    line: &'a str,
    happenings: Vec<String>,
}

impl Verdict {
    /// As JSON, with the shortest order that breaks a rule.
    pub fn json(&self, scenario: &Scenario, shortest: Option<&Report>) -> String {
        let rules = scenario.rules.iter().zip(&self.broken);
        let rules = rules.map(|(rule, broken)| Rule {
            line: rule.line,
            rule: &rule.text,
            broken: broken.to_string(),
        });
        let outcomes = self
            .outcomes
            .iter()
            .map(|(outcome, orders)| Outcome { outcome: outcome.to_string(), orders: orders.to_string() });
        let step =
            |report: &super::Step| report.happenings.iter().map(|(_, it)| told(scenario, it)).collect();
        let steps = shortest.map(|report| {
            let steps = report.steps.iter().map(|it| Step {
                client: it.client.map(|client| scenario.clients[client].name.as_str()),
                line: &it.line,
                happenings: step(it),
            });
            steps.collect()
        });
        let json = Json {
            breaks: self.breaks(),
            whole: self.is_whole,
            circles: self.has_circles,
            orders: self.orders.to_string(),
            states: self.states,
            rules: rules.collect(),
            outcomes: outcomes.collect(),
            shortest: steps,
        };
        serde_json::to_string_pretty(&json).expect("texts and numbers are JSON")
    }
}
