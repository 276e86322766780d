//! What a world costs: counted by kind as it is spent, and before anything is allocated for it.
//!
//! One handle is shared by everything in one world. Whoever spends asks first, and is refused what is more than there may
//! be. Whoever drives a world that somebody else made looks at [`Meter::excess`] after each turn, and gives it up then.

use std::cell::Cell;
use std::rc::Rc;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// What a person did.
    Acts,
    /// Turns of programs and servers, and moves of the clock.
    Turns,
    /// Commands that shells ran; a program counts as several.
    Commands,
    /// Bytes that were made or moved: words, variables, output, and what went over connections.
    Bytes,
    /// Bytes that shells hold at present, in variables and pipes.
    Held,
    /// Bytes that streams hold at present, and what they take themselves.
    Stored,
    /// Connections that are open at present.
    Connections,
    /// Jobs that run at present, in all terminals.
    Jobs,
    /// Terminals that were ever opened.
    Terminals,
    /// Time on the clock of whoever waits for it, in milliseconds. A world cannot count that itself.
    Time,
}

impl Cost {
    pub const ALL: [Cost; 10] = [
        Cost::Acts,
        Cost::Turns,
        Cost::Commands,
        Cost::Bytes,
        Cost::Held,
        Cost::Stored,
        Cost::Connections,
        Cost::Jobs,
        Cost::Terminals,
        Cost::Time,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Cost::Acts => "acts",
            Cost::Turns => "turns",
            Cost::Commands => "commands",
            Cost::Bytes => "bytes",
            Cost::Held => "bytes held by shells",
            Cost::Stored => "bytes held by streams",
            Cost::Connections => "connections",
            Cost::Jobs => "jobs",
            Cost::Terminals => "terminals",
            Cost::Time => "milliseconds",
        }
    }
}

/// How much of each kind there may be; without a limit at first. Kinds have the order of [`Cost::ALL`].
pub type CostLimits = [u64; Cost::ALL.len()];

/// No limit on anything.
pub const UNLIMITED: CostLimits = [u64::MAX; Cost::ALL.len()];

/// More output than this does not wait to be shown until everything of its moment was done.
const OUTPUT_MAX: usize = 1 << 20;

/// What a line, or a control character in one, costs beside its byte.
const CONTROL_SIZE: usize = 64;

/// A shared handle on what one world has spent.
#[derive(Clone, Debug)]
pub struct Meter(Rc<Gauges>);

#[derive(Debug)]
struct Gauges {
    spent: [Cell<u64>; Cost::ALL.len()],
    limits: Cell<CostLimits>,
    /// Bytes of output that nobody has shown yet.
    output: Cell<usize>,
    /// What went over its limit first.
    excess: Cell<Option<Cost>>,
}

impl Default for Meter {
    fn default() -> Meter {
        Meter(Rc::new(Gauges {
            spent: [const { Cell::new(0) }; Cost::ALL.len()],
            limits: Cell::new(UNLIMITED),
            output: Cell::new(0),
            excess: Cell::new(None),
        }))
    }
}

impl Meter {
    /// Sets how much there may be of each kind, and forgets what went over the limits before.
    pub fn limit(&self, limits: CostLimits) {
        self.0.limits.set(limits);
        self.0.excess.set(None);
    }

    /// Spends so much. `false`, and it is neither spent nor to be done, if that is more than there may be.
    pub fn spend(&self, cost: Cost, amount: u64) -> bool {
        let sum = self.spent(cost).saturating_add(amount);
        let fits = sum <= self.limit_of(cost);
        if fits {
            self.set(cost, sum);
        } else {
            self.exceed(cost);
        }
        fits
    }

    /// Notes how much of a kind there is at present.
    pub fn set(&self, cost: Cost, amount: u64) {
        self.0.spent[cost as usize].set(amount);
        if amount > self.limit_of(cost) {
            self.exceed(cost);
        }
    }

    /// Notes that a kind is over its limit.
    pub fn exceed(&self, cost: Cost) {
        if self.0.excess.get().is_none() {
            self.0.excess.set(Some(cost));
        }
    }

    /// Gives back what is there no more.
    pub fn give_back(&self, cost: Cost, amount: u64) {
        let spent = &self.0.spent[cost as usize];
        spent.set(spent.get().saturating_sub(amount));
    }

    pub fn spent(&self, cost: Cost) -> u64 {
        self.0.spent[cost as usize].get()
    }

    pub fn limit_of(&self, cost: Cost) -> u64 {
        self.0.limits.get()[cost as usize]
    }

    /// Spends bytes of output, which somebody is to show, as [`Meter::spend`] does.
    pub(super) fn spend_output(&self, bytes: &[u8]) -> bool {
        self.0.output.set(self.0.output.get() + bytes.len());
        let controls = bytes.iter().filter(|byte| **byte < b' ').count();
        self.spend(Cost::Bytes, (bytes.len() + controls * CONTROL_SIZE) as u64)
    }

    /// So much output was taken to be shown.
    pub(super) fn take_output(&self, bytes: usize) {
        self.0.output.set(self.0.output.get().saturating_sub(bytes));
    }

    /// Whether so much output waits that it is to be shown before more is made.
    pub fn is_output_due(&self) -> bool {
        self.0.output.get() > OUTPUT_MAX
    }

    /// What went over its limit first.
    pub fn excess(&self) -> Option<Cost> {
        self.0.excess.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_over_its_limit_first_is_told() {
        let meter = Meter::default();
        assert!(meter.spend(Cost::Bytes, u64::MAX) && meter.excess().is_none());
        let mut limits = UNLIMITED;
        (limits[Cost::Jobs as usize], limits[Cost::Bytes as usize]) = (2, 10);
        let meter = Meter::default();
        meter.limit(limits);
        assert!(meter.spend(Cost::Jobs, 2) && meter.spend(Cost::Bytes, 10));
        meter.give_back(Cost::Jobs, 1);
        assert!(meter.spend(Cost::Jobs, 1) && !meter.spend(Cost::Jobs, 1) && !meter.spend(Cost::Bytes, 1));
        assert_eq!((meter.excess(), meter.spent(Cost::Bytes)), (Some(Cost::Jobs), 10));
    }
}
