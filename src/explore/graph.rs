//! The states that orders come to, and the moves that lead from one to another.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::outcome::Outcome;
use super::run::Move;

/// A state, by its number in the order in which they were found.
pub(super) type StateId = usize;

#[derive(Default)]
pub(super) struct Graph {
    pub(super) states: Vec<State>,
    known: HashMap<u64, StateId>,
    /// No state is taken for another one, for tests.
    never_merges: bool,
}

pub(super) struct State {
    /// The state from which it was found, and which of its moves led here.
    parent: Option<(StateId, usize)>,
    /// How many moves lead here, the way it was found.
    pub(super) depth: usize,
    pub(super) moves: Vec<Move>,
    /// Where each move leads, as far as it was tried.
    pub(super) next: Vec<Option<StateId>>,
    /// The rules that are broken here.
    pub(super) broken: BTreeSet<usize>,
    /// What has come of it, where it ends here.
    pub(super) outcome: Option<Outcome>,
}

/// How many orders there are; the largest number where there are more.
pub(super) type Count = u128;

/// How many orders there are, and how they end.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) orders: Count,
    /// For each rule the orders that break it.
    pub(super) broken: BTreeMap<usize, Count>,
    pub(super) outcomes: BTreeMap<Outcome, Count>,
    /// Some come back to a state where they have been; how often is not counted.
    pub(super) has_circles: bool,
}

impl Graph {
    /// One in which no state is taken for another one.
    #[cfg(test)]
    pub(super) fn unmerged() -> Graph {
        Graph { never_merges: true, ..Graph::default() }
    }

    /// The state with this hash, and whether it was not known before.
    pub(super) fn find_or_add(&mut self, hash: u64, parent: Option<(StateId, usize)>) -> (StateId, bool) {
        let new = self.states.len();
        let hash = if self.never_merges { new as u64 } else { hash };
        let found = *self.known.entry(hash).or_insert(new);
        if let Some((before, taken)) = parent {
            self.states[before].next[taken] = Some(found);
        }
        if found == new {
            let depth = parent.map_or(0, |(before, _)| self.states[before].depth + 1);
            self.states.push(State {
                parent,
                depth,
                moves: Vec::new(),
                next: Vec::new(),
                broken: BTreeSet::new(),
                outcome: None,
            });
        }
        (found, found == new)
    }

    /// The moves by which a state was found.
    pub(super) fn path(&self, state: StateId) -> Vec<Move> {
        let mut path = Vec::new();
        let mut at = state;
        while let Some((before, taken)) = self.states[at].parent {
            path.push(self.states[before].moves[taken]);
            at = before;
        }
        path.reverse();
        path
    }

    /// The fewest moves that lead to a state that is wanted.
    pub(super) fn shortest(&self, is_wanted: impl Fn(StateId) -> bool) -> Option<Vec<Move>> {
        let mut from: HashMap<StateId, Option<(StateId, usize)>> = HashMap::from([(0, None)]);
        let mut waiting = VecDeque::from([0]);
        while let Some(state) = waiting.pop_front() {
            if is_wanted(state) {
                let mut path = Vec::new();
                let mut at = state;
                while let Some((before, taken)) = from[&at] {
                    path.push(self.states[before].moves[taken]);
                    at = before;
                }
                path.reverse();
                return Some(path);
            }
            for (taken, next) in self.states[state].next.iter().enumerate() {
                if let Some(next) = next
                    && !from.contains_key(next)
                {
                    from.insert(*next, Some((state, taken)));
                    waiting.push_back(*next);
                }
            }
        }
        None
    }

    /// The states from which no move leads to an end, or to what was not searched.
    pub(super) fn without_end(&self) -> BTreeSet<StateId> {
        let mut before: Vec<Vec<StateId>> = vec![Vec::new(); self.states.len()];
        for (state, it) in self.states.iter().enumerate() {
            it.next.iter().flatten().for_each(|next| before[*next].push(state));
        }
        let is_end = |state: &State| state.outcome.is_some() || state.next.iter().any(Option::is_none);
        let mut reached: Vec<bool> = self.states.iter().map(is_end).collect();
        let mut waiting: Vec<StateId> = (0..self.states.len()).filter(|state| reached[*state]).collect();
        while let Some(state) = waiting.pop() {
            for earlier in &before[state] {
                if !std::mem::replace(&mut reached[*earlier], true) {
                    waiting.push(*earlier);
                }
            }
        }
        (0..self.states.len()).filter(|state| !reached[*state]).collect()
    }

    pub(super) fn count(&self) -> Counts {
        let (order, circles) = self.sorted();
        let mut counts = Counts { has_circles: !circles.is_empty(), ..Counts::default() };
        let mut ways: Vec<Count> = vec![0; self.states.len()];
        if let Some(first) = ways.first_mut() {
            *first = 1;
        }
        for state in order {
            let (it, here) = (&self.states[state], ways[state]);
            if let Some(outcome) = &it.outcome {
                let add = |count: &mut Count| *count = count.saturating_add(here);
                add(&mut counts.orders);
                it.broken.iter().for_each(|rule| add(counts.broken.entry(*rule).or_default()));
                add(counts.outcomes.entry(outcome.clone()).or_default());
            }
            for (taken, next) in it.next.iter().enumerate() {
                if let Some(next) = next
                    && !circles.contains(&(state, taken))
                {
                    ways[*next] = ways[*next].saturating_add(here);
                }
            }
        }
        counts
    }

    /// All states, each before those that its moves lead to; and the moves that lead back instead.
    fn sorted(&self) -> (Vec<StateId>, BTreeSet<(StateId, usize)>) {
        let (mut order, mut circles) = (Vec::new(), BTreeSet::new());
        let (mut is_open, mut is_done) = (vec![false; self.states.len()], vec![false; self.states.len()]);
        let mut stack: Vec<(StateId, usize)> = if self.states.is_empty() { Vec::new() } else { vec![(0, 0)] };
        while let Some((state, taken)) = stack.pop() {
            is_open[state] = true;
            match self.states[state].next.get(taken) {
                None => {
                    (is_open[state], is_done[state]) = (false, true);
                    order.push(state);
                }
                Some(next) => {
                    stack.push((state, taken + 1));
                    match next {
                        Some(next) if is_open[*next] => _ = circles.insert((state, taken)),
                        Some(next) if !is_done[*next] => stack.push((*next, 0)),
                        _ => {}
                    }
                }
            }
        }
        order.reverse();
        (order, circles)
    }
}
