//! How much is searched, what came of it, and what is said of that.

use std::fmt::Write;
use std::time::Duration;

use super::graph::Count;
use super::outcome::Outcome;
use super::rule::RuleKind;
use super::run::Move;
use super::scenario::Scenario;

/// How much is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Moves of an order.
    pub moves: usize,
    pub states: usize,
    /// The simulated time of an order. Whoever has not ended then waits for ever.
    pub time: Duration,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds { moves: 300, states: 200_000, time: Duration::from_secs(600) }
    }
}

/// What came of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Orders in which what others can tell may happen; the largest number where there are more.
    pub orders: Count,
    /// States that they come to.
    pub states: usize,
    /// For each rule the orders that break it.
    pub broken: Vec<Count>,
    /// What comes of them, and of how many, the most frequent first.
    pub outcomes: Vec<(Outcome, Count)>,
    /// Some orders come back to where they have been. How often they do is not counted.
    pub has_circles: bool,
    /// Some orders go round in such circles for ever, since nothing that anybody does ends them.
    pub never_ends: bool,
    /// Nothing was left out.
    pub is_whole: bool,
    /// The fewest moves after which a rule is broken.
    pub shortest: Option<Vec<Move>>,
}

impl Verdict {
    pub fn breaks(&self) -> bool {
        self.shortest.is_some()
    }
}

impl Verdict {
    /// As text, without the shortest order.
    pub fn text(&self, scenario: &Scenario, bounds: Bounds) -> String {
        let scope = match self.is_whole {
            true => "these are all".to_owned(),
            false => {
                format!("not all: a bound of {} states or {} moves was reached", bounds.states, bounds.moves)
            }
        };
        let circles =
            if self.has_circles { "; who comes back to where they have been is counted once" } else { "" };
        let mut text = format!("{} orders, {} states ({scope}{circles})\n", self.orders, self.states);
        for (rule, broken) in scenario.rules.iter().zip(&self.broken) {
            let breaks_by_circles = self.never_ends && rule.kind == RuleKind::EveryClientEnds;
            let verdict = match broken {
                0 if breaks_by_circles => "breaks in orders that never end".to_owned(),
                0 => "holds".to_owned(),
                broken => format!("breaks in {broken} of {}", self.orders),
            };
            let _ = writeln!(text, "  {verdict}: {}", rule.text);
        }
        text.push_str("how they end:\n");
        for (outcome, count) in &self.outcomes {
            let _ = writeln!(text, "  {count} of {}: {outcome}", self.orders);
        }
        text
    }
}
