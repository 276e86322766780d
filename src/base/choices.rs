//! Scheduling as a value: whenever more than one thing could happen next, a [`Choices`] decides which.
//!
//! A run is determined by its choices: the same list of them gives the same run again.

use super::Rng;

/// Decides what happens next.
pub trait Choices {
    /// The index of one of `count` possibilities, of which there is at least one.
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

/// Random, from a seed.
#[derive(Clone, Debug)]
pub struct Seeded(pub Rng);

impl Choices for Seeded {
    fn choose(&mut self, count: usize) -> usize {
        self.0.below(count as u64) as usize
    }
}

/// A recorded list. After its end, and where a number does not fit, the first.
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

/// Every possible list of choices, one for each run: after a run, [`Exhaustive::advance`] moves on to the next list.
#[derive(Clone, Debug, Default)]
pub struct Exhaustive {
    /// Each choice so far, and how many possibilities there were.
    choices: Vec<(usize, usize)>,
    at: usize,
}

impl Exhaustive {
    /// Moves on to the next list. `false` if there is none.
    pub fn advance(&mut self) -> bool {
        self.at = 0;
        while let Some((choice, count)) = self.choices.pop() {
            if choice + 1 < count {
                self.choices.push((choice + 1, count));
                return true;
            }
        }
        false
    }

    /// The choices of this run.
    pub fn list(&self) -> Vec<usize> {
        self.choices.iter().map(|(choice, _)| *choice).collect()
    }
}

impl Choices for Exhaustive {
    fn choose(&mut self, count: usize) -> usize {
        if self.at == self.choices.len() {
            self.choices.push((0, count));
        }
        self.at += 1;
        self.choices[self.at - 1].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_comes_once() {
        let mut exhaustive = Exhaustive::default();
        let mut seen = Vec::new();
        loop {
            let first = exhaustive.choose(3);
            let second = if first == 1 { exhaustive.choose(2) } else { 0 };
            seen.push((first, second));
            if !exhaustive.advance() {
                break;
            }
        }
        assert_eq!(seen, [(0, 0), (1, 0), (1, 1), (2, 0)]);
    }

    #[test]
    fn a_replay_repeats_a_list_and_tolerates_wrong_numbers() {
        let mut replay = Replay::new(vec![2, 9]);
        assert_eq!([replay.choose(3), replay.choose(3), replay.choose(3)], [2, 0, 0]);
    }
}
