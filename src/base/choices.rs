//! Order as a value: whenever more than one thing could happen next, a `Choices` says which.
//!
//! A run is the list of its choices, so the same list gives the same run again.

use super::Rng;

/// Answers "which of these is next?".
pub trait Choices {
    /// A number below `count`, which is at least 1.
    fn choose(&mut self, count: usize) -> usize;
}

/// Always the first: first come, first served.
#[derive(Clone, Copy, Debug, Default)]
pub struct InOrder;

impl Choices for InOrder {
    fn choose(&mut self, _count: usize) -> usize {
        0
    }
}

/// Any, by a seed.
#[derive(Clone, Debug)]
pub struct Seeded(pub Rng);

impl Choices for Seeded {
    fn choose(&mut self, count: usize) -> usize {
        self.0.below(count as u64) as usize
    }
}

/// A recorded list; after its end, or where a number does not fit, the first.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    list: Vec<usize>,
    at: usize,
}

impl Replay {
    pub fn new(list: Vec<usize>) -> Replay {
        Replay { list, at: 0 }
    }
}

impl Choices for Replay {
    fn choose(&mut self, count: usize) -> usize {
        let choice = self.list.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        if choice < count { choice } else { 0 }
    }
}

/// Every order, one a run: run, then [`Every::advance`], until that says that there is no other.
#[derive(Clone, Debug, Default)]
pub struct Every {
    /// Of each question so far: the answer, and how many there were to choose from.
    answers: Vec<(usize, usize)>,
    at: usize,
}

impl Every {
    /// Turns to the next order. `false` when all have been had.
    pub fn advance(&mut self) -> bool {
        self.at = 0;
        while let Some((answer, count)) = self.answers.pop() {
            if answer + 1 < count {
                self.answers.push((answer + 1, count));
                return true;
            }
        }
        false
    }

    /// The answers of the present run.
    pub fn list(&self) -> Vec<usize> {
        self.answers.iter().map(|(answer, _)| *answer).collect()
    }
}

impl Choices for Every {
    fn choose(&mut self, count: usize) -> usize {
        if self.at == self.answers.len() {
            self.answers.push((0, count));
        }
        self.at += 1;
        self.answers[self.at - 1].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_comes_once() {
        let mut every = Every::default();
        let mut seen = Vec::new();
        loop {
            let first = every.choose(3);
            let second = if first == 1 { every.choose(2) } else { 0 };
            seen.push((first, second));
            if !every.advance() {
                break;
            }
        }
        assert_eq!(seen, [(0, 0), (1, 0), (1, 1), (2, 0)]);
    }

    #[test]
    fn a_replay_is_the_run_again_and_survives_a_wrong_list() {
        let mut replay = Replay::new(vec![2, 9]);
        assert_eq!([replay.choose(3), replay.choose(3), replay.choose(3)], [2, 0, 0]);
    }
}
