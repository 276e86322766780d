//! Writes down what is done to the world.

use super::journal::{Act, Entry, Journal};
use super::simulation::Simulation;

pub(super) struct Recorder {
    journal: Journal,
    /// The turns of the world when the last act was recorded.
    turns_at_last: u64,
}

impl Recorder {
    pub(super) fn new(journal: Journal) -> Recorder {
        Recorder { journal, turns_at_last: 0 }
    }

    pub(super) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Records an act that is about to happen.
    pub(super) fn record(&mut self, act: Act, simulation: &Simulation) {
        let turns = simulation.world().turns();
        let mid_turn = simulation.is_mid_turn().then(|| turns - self.turns_at_last);
        self.journal.entries.push(Entry { at: self.age(simulation), mid_turn, act });
        self.turns_at_last = turns;
    }

    /// Forgets what was recorded: what set the stage happens in every new world by itself.
    pub(super) fn restart(&mut self, simulation: &Simulation) {
        self.journal.entries.clear();
        self.turns_at_last = simulation.world().turns();
    }

    /// The journal as it is to be kept, with how things stand now.
    pub(super) fn saved(&self, last: Act, simulation: &Simulation) -> Journal {
        let mut journal = self.journal.clone();
        journal.entries.push(self.closing(last, simulation));
        journal
    }

    /// The last act moved the clock, but not as far as it was to.
    pub(super) fn shorten_skip(&mut self, passed: u64) {
        let skips = self.journal.entries.iter_mut().rev().filter_map(|entry| match &mut entry.act {
            Act::Skip { millis } => Some(millis),
            _ => None,
        });
        skips.take(1).for_each(|millis| *millis = passed);
    }

    /// How things stand now, as the last entry of a journal that is kept.
    pub(super) fn closing(&self, last: Act, simulation: &Simulation) -> Entry {
        Entry { at: self.age(simulation), mid_turn: None, act: last }
    }

    /// The turns of the world so many turns after the last act.
    pub(super) fn turns_after_last(&self, turns: u64) -> u64 {
        self.turns_at_last.saturating_add(turns)
    }

    /// Milliseconds since the world began.
    fn age(&self, simulation: &Simulation) -> u64 {
        simulation.now_millis().saturating_sub(self.journal.began)
    }
}
