//! All orders: replays a scenario along one after the other, until none is left or a bound is reached.

use super::graph::{Count, Graph, StateId};
use super::report::Report;
use super::rule::RuleKind;
use super::run::{Move, Privacy, Run, Stage};
use super::scenario::{Scenario, ScenarioError};
use super::verdict::{Bounds, Verdict};

/// A search, which goes on by one order at a time.
pub struct Search {
    scenario: Scenario,
    bounds: Bounds,
    privacy: Privacy,
    graph: Graph,
    /// The moves that were not tried yet, the next one last.
    open: Vec<(StateId, usize)>,
    has_begun: bool,
    /// Some orders are longer than was searched.
    is_cut: bool,
}

impl Search {
    pub fn new(scenario: Scenario, bounds: Bounds) -> Search {
        let (privacy, graph) = (Privacy::Usual, Graph::default());
        Search { scenario, bounds, privacy, graph, open: Vec::new(), has_begun: false, is_cut: false }
    }

    /// A search in which no state is taken for another one.
    #[cfg(test)]
    pub(super) fn unmerged(scenario: Scenario, bounds: Bounds) -> Search {
        Search { graph: Graph::unmerged(), ..Search::new(scenario, bounds) }
    }

    /// A search in which nothing happens by itself.
    #[cfg(test)]
    pub(super) fn without_privacy(scenario: Scenario, bounds: Bounds) -> Search {
        Search { privacy: Privacy::Nothing, ..Search::new(scenario, bounds) }
    }

    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// States that were found so far.
    pub fn states(&self) -> usize {
        self.graph.states.len()
    }

    /// Plays one more order to where it comes to what is known. `false` once nothing is left to play.
    ///
    /// # Errors
    /// The set-up fails.
    pub fn advance(&mut self) -> Result<bool, ScenarioError> {
        if !std::mem::replace(&mut self.has_begun, true) {
            let mut run = Run::begin(&self.scenario, self.bounds.time, self.privacy)?;
            let (root, _) = self.graph.find_or_add(run.state(), None);
            follow(&mut self.graph, &mut self.open, &mut self.is_cut, self.bounds, &mut run, root);
            return Ok(!self.open.is_empty());
        }
        if self.graph.states.len() >= self.bounds.states {
            return Ok(false);
        }
        let Some((state, taken)) = self.open.pop() else { return Ok(false) };
        let mut run = Run::begin(&self.scenario, self.bounds.time, self.privacy)?;
        for next in self.graph.path(state) {
            run.make(next);
        }
        step(&mut self.graph, &mut self.open, &mut self.is_cut, self.bounds, &mut run, (state, taken));
        Ok(!self.open.is_empty())
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
        let graph = &self.graph;
        let counts = graph.count();
        let broken = (0..self.scenario.rules.len())
            .map(|rule| counts.broken.get(&rule).copied().unwrap_or(0))
            .collect();
        let is_whole = self.has_begun && self.open.is_empty() && !self.is_cut;
        // Who runs in a circle that nothing ends has not ended.
        let circling = if counts.has_circles && is_whole { graph.without_end() } else { Default::default() };
        let must_end = self.scenario.rules.iter().any(|rule| rule.kind == RuleKind::EveryClientEnds);
        let shortest = graph.shortest(|state| {
            !graph.states[state].broken.is_empty() || must_end && circling.contains(&state)
        });
        let mut outcomes: Vec<(String, Count)> = counts.outcomes.into_iter().collect();
        outcomes.sort_by(|(text, count), (other_text, other)| other.cmp(count).then(text.cmp(other_text)));
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

    /// Plays an order again, for what happens in it.
    ///
    /// # Errors
    /// The set-up fails.
    pub fn report(&self, moves: &[Move]) -> Result<Report, ScenarioError> {
        Report::of(&self.scenario, self.bounds.time, moves)
    }
}

/// Makes a move that was not tried yet, and follows where it leads.
fn step(
    graph: &mut Graph,
    open: &mut Vec<(StateId, usize)>,
    is_cut: &mut bool,
    bounds: Bounds,
    run: &mut Run<'_>,
    (state, taken): (StateId, usize),
) {
    run.make(graph.states[state].moves[taken]);
    let (next, is_new) = graph.find_or_add(run.state(), Some((state, taken)));
    if is_new {
        follow(graph, open, is_cut, bounds, run, next);
    }
}

/// Follows an order from a new state to one that is known, or to its end.
fn follow(
    graph: &mut Graph,
    open: &mut Vec<(StateId, usize)>,
    is_cut: &mut bool,
    bounds: Bounds,
    run: &mut Run<'_>,
    mut state: StateId,
) {
    loop {
        let moves = match run.stage() {
            Stage::Ended => {
                graph.states[state].outcome = Some(run.end());
                graph.states[state].broken = run.broken().clone();
                return;
            }
            Stage::Open(moves) => moves,
        };
        graph.states[state].broken = run.broken().clone();
        if graph.states[state].depth >= bounds.moves {
            *is_cut = true;
            graph.states[state].next = vec![None];
            return;
        }
        open.extend((1..moves.len()).rev().map(|taken| (state, taken)));
        graph.states[state].next = vec![None; moves.len()];
        let first = moves[0];
        graph.states[state].moves = moves;
        run.make(first);
        let (next, is_new) = graph.find_or_add(run.state(), Some((state, 0)));
        if !is_new {
            return;
        }
        state = next;
    }
}
