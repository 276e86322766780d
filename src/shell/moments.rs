//! Moments at which what a shell will do depends on nothing but its state and its place in what it runs: for whoever
//! compares how far two runs have come (the explorer).

use std::cell::Cell;
use std::rc::Rc;

use crate::base::Time;

/// The last such moment of a shell. Clones share it.
#[derive(Clone, Default)]
pub struct Moments(Rc<Cell<Moment>>);

/// A moment before a command, or at the end of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// How many there were before.
    pub number: u64,
    pub time: Time,
    /// A hash of the shell's state, and of where in the line it is.
    pub state: u64,
}

impl Moments {
    pub fn last(&self) -> Moment {
        self.0.get()
    }

    pub(super) fn note(&self, time: Time, state: u64) {
        self.0.set(Moment { number: self.0.get().number + 1, time, state });
    }
}
