//! All orders: replays a scenario along one after the other, until none is left or a bound is reached.

use std::cmp::Reverse;

use super::graph::{Count, Graph, StateId};
use super::outcome::Outcome;
use super::report::Report;
use super::rule::RuleKind;
use super::run::{Move, Privacy, Run, Stage};
use super::scenario::{Scenario, ScenarioError};
use super::verdict::{Bounds, Verdict};

/// A search, which goes on by one order at a time.
pub struct Search {
    scenario: Scenario,
    privacy: Privacy,
    bounds: Bounds,
    found: Found,
}

/// What was found so far.
#[derive(Default)]
struct Found {
    graph: Graph,
    /// The moves that were not tried yet, the next one last.
    open: Vec<(StateId, usize)>,
    /// Some orders are longer than was searched.
    is_cut: bool,
}

impl Search {
    pub fn new(scenario: Scenario, bounds: Bounds) -> Search {
        Search { scenario, privacy: Privacy::Usual, bounds, found: Found::default() }
    }

    /// A search in which no state is taken for another one.
    #[cfg(test)]
    pub(super) fn unmerged(scenario: Scenario, bounds: Bounds) -> Search {
        let found = Found { graph: Graph::unmerged(), ..Found::default() };
        Search { found, ..Search::new(scenario, bounds) }
    }

    /// A search in which nothing happens by itself.
    #[cfg(test)]
    pub(super) fn without_privacy(scenario: Scenario, bounds: Bounds) -> Search {
        Search { privacy: Privacy::Nothing, ..Search::new(scenario, bounds) }
    }

    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// States that were found so far.
    pub fn states(&self) -> usize {
        self.found.graph.states.len()
    }

    /// Plays one more order to where it comes to what is known. `false` once nothing is left to play.
    ///
    /// # Errors
    /// The set-up fails.
    pub fn advance(&mut self) -> Result<bool, ScenarioError> {
        let Search { scenario, privacy, bounds, found } = self;
        let next = match found.graph.states.len() {
            0 => None,
            states if states >= bounds.states => return Ok(false),
            _ => match found.open.pop() {
                Some(next) => Some(next),
                None => return Ok(false),
            },
        };
        let mut run = Run::begin(scenario, bounds.time, *privacy)?;
        match next {
            None => {
                let (root, _) = found.graph.find_or_add(run.state(), None);
                if found.arrive(&mut run, root, bounds.moves) {
                    found.follow(&mut run, (root, 0), bounds.moves);
                }
            }
            Some((state, taken)) => {
                found.graph.path(state).into_iter().for_each(|next| run.make(next));
                found.follow(&mut run, (state, taken), bounds.moves);
            }
        }
        Ok(!found.open.is_empty())
    }

    /// Plays all orders.
    ///
    /// # Errors
    /// The set-up fails.
    pub fn finish(&mut self) -> Result<Verdict, ScenarioError> {
        while self.advance()? {}
        Ok(self.verdict())
    }

    /// What came of what was played so far.
    pub fn verdict(&self) -> Verdict {
        let Found { graph, open, is_cut } = &self.found;
        let counts = graph.count();
        let broken = (0..self.scenario.rules.len())
            .map(|rule| counts.broken.get(&rule).copied().unwrap_or(0))
            .collect();
        let is_whole = !graph.states.is_empty() && open.is_empty() && !is_cut;
        // Who runs in a circle that nothing ends has not ended.
        let circling = if counts.has_circles && is_whole { graph.without_end() } else { Default::default() };
        let must_end = self.scenario.rules.iter().any(|rule| rule.kind == RuleKind::EveryClientEnds);
        let shortest = graph.shortest(|state| {
            !graph.states[state].broken.is_empty() || must_end && circling.contains(&state)
        });
        let mut outcomes: Vec<(Outcome, Count)> = counts.outcomes.into_iter().collect();
        outcomes.sort_by_cached_key(|(outcome, count)| (Reverse(*count), outcome.to_string()));
        Verdict {
            orders: counts.orders,
            states: graph.states.len(),
            broken,
            outcomes,
            has_circles: counts.has_circles,
            never_ends: !circling.is_empty(),
            is_whole,
            shortest,
        }
    }

    /// The fewest moves that lead to this outcome.
    pub fn shortest_to(&self, outcome: &Outcome) -> Option<Vec<Move>> {
        let graph = &self.found.graph;
        graph.shortest(|state| graph.states[state].outcome.as_ref() == Some(outcome))
    }

    /// Plays an order again, for what happens in it.
    ///
    /// # Errors
    /// The set-up fails.
    pub fn report(&self, moves: &[Move]) -> Result<Report, ScenarioError> {
        Report::of(&self.scenario, self.bounds.time, moves)
    }
}

impl Found {
    /// Follows an order from a move that was not tried yet to a state that is known, or to its end.
    fn follow(&mut self, run: &mut Run<'_>, mut next: (StateId, usize), moves_max: usize) {
        loop {
            let (state, taken) = next;
            run.make(self.graph.states[state].moves[taken]);
            let (state, is_new) = self.graph.find_or_add(run.state(), Some(next));
            if !is_new || !self.arrive(run, state, moves_max) {
                return;
            }
            next = (state, 0);
        }
    }

    /// Notes what comes after a new state. `false` if nothing does, or no more is searched.
    fn arrive(&mut self, run: &mut Run<'_>, state: StateId, moves_max: usize) -> bool {
        let stage = run.stage();
        let outcome = (stage == Stage::Ended).then(|| run.end());
        let it = &mut self.graph.states[state];
        it.outcome = outcome;
        it.broken = run.broken().clone();
        let Stage::Open(moves) = stage else { return false };
        if it.depth >= moves_max {
            it.next = vec![None];
            self.is_cut = true;
            return false;
        }
        it.next = vec![None; moves.len()];
        self.open.extend((1..moves.len()).rev().map(|taken| (state, taken)));
        it.moves = moves;
        true
    }
}
