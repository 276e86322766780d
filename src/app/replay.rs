//! Makes a world again from its journal, in slices, so that a page can draw and listen meanwhile.
//!
//! [`Replay::begin`], then [`Replay::advance`] until it is over, then [`App::take_over`]. To stop before, only the last is
//! called: the world is opened as far as it has come. Where it paused does not matter for what comes of it.
//! [`Replay::advance_to`] stops right before an act, where the world can be looked at.

use std::collections::VecDeque;
use std::time::Duration;

use super::budget::TooHeavy;
use super::journal::{Act, Entry, Journal};
use super::run::{Advanced, ClockWay};
use super::simulation::{NANOS_PER_MILLI, RunBudget};
use super::{App, Options, budget};
use crate::base::{Cost, CostLimits, Time};

/// A world that is made again.
pub struct Replay {
    app: App,
    began: u64,
    entries: VecDeque<Entry>,
    /// The act that comes next, and what has to be done before it.
    next: Option<Entry>,
    stage: Stage,
    /// `None` for one's own world. That may try to spend more than it may: it is told, as when it was typed.
    limits: Option<CostLimits>,
    total: Progress,
}

/// What is done now.
enum Stage {
    /// Everything that is to be done at the moment of the act before.
    Settle,
    /// The clock goes on to the time of the next act.
    Advance(ClockWay),
    /// Everything before the next act is done, and the clock shows its time.
    Act,
    /// It goes on since the act before moved it from this time on.
    Skip(ClockWay, Time),
    /// Clients from outside leave, once all acts are done.
    Leave,
    Over,
}

/// How far a replay has come, or how long it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub acts: usize,
    /// Since the world began, by its own clock.
    pub millis: u64,
}

/// What came of [`Replay::advance`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replayed {
    /// There is more to do.
    Partly,
    Wholly,
    /// It costs more than it may, and goes no further.
    TooHeavy(TooHeavy),
}

impl Replay {
    /// Begins to make the world of a journal, which may cost so much if somebody else made it. `options` are those of the page; its time and its
    /// time zone are not used.
    pub fn begin(journal: Journal, options: &Options, limits: Option<CostLimits>) -> Replay {
        let Journal { began, seed, zone, lesson, entries } = journal;
        let lesson = options.lesson.as_ref().map(|_| lesson);
        let total = Progress { acts: entries.len(), millis: entries.last().map_or(0, |last| last.at) };
        let app = App::with_limits(
            Options { now: began, seed, zone, lesson, ..options.clone() },
            limits.unwrap_or(budget::OWN),
        );
        app.simulation.world().meter().set(Cost::Acts, entries.len() as u64);
        let mut entries = VecDeque::from(entries);
        let next = entries.pop_front();
        Replay { app, began, entries, next, stage: Stage::Settle, limits, total }
    }

    /// Goes on until the page wants a pause ([`Options::pause`]), or it is over.
    pub fn advance(&mut self) -> Replayed {
        self.advance_to(usize::MAX)
    }

    /// The same, but no further than right before the act that so many others precede.
    pub fn advance_to(&mut self, acts: usize) -> Replayed {
        loop {
            if let Some(heavy) = self.too_heavy() {
                return Replayed::TooHeavy(heavy);
            }
            let is_there = matches!(self.stage, Stage::Act) && self.acts_done() >= acts;
            if is_there || matches!(self.stage, Stage::Over) {
                return Replayed::Wholly;
            }
            self.step();
            if self.app.simulation.wants_pause() {
                return Replayed::Partly;
            }
        }
    }

    /// Whether more was spent than may be.
    fn too_heavy(&self) -> Option<TooHeavy> {
        let limits = self.limits?;
        let cost = self.app.simulation.world().meter().excess()?;
        Some(TooHeavy { cost, limit: limits[cost as usize] })
    }

    fn step(&mut self) {
        let budget = self.budget();
        self.stage = match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Settle if !self.app.settle_within(budget) && !self.is_at_turn(budget) => Stage::Settle,
            Stage::Settle => match &self.next {
                Some(entry) => {
                    let mut until = Time((self.began + entry.at) * NANOS_PER_MILLI);
                    if entry.mid_turn.is_some() {
                        // Somewhere in this millisecond.
                        until = until + Duration::from_nanos(NANOS_PER_MILLI - 1);
                    }
                    Stage::Advance(ClockWay::to(until.max(self.app.now())))
                }
                None => {
                    self.app.disconnect_all();
                    Stage::Leave
                }
            },
            Stage::Advance(mut way) => match self.app.advance_on(&mut way, budget) {
                Advanced::ToNextMoment => Stage::Advance(way),
                Advanced::NotYet if !self.is_at_turn(budget) => Stage::Advance(way),
                Advanced::NotYet | Advanced::ToTheEnd => Stage::Act,
            },
            Stage::Act => self.act(),
            Stage::Skip(mut way, from) => match self.app.advance_on(&mut way, budget) {
                Advanced::ToTheEnd => Stage::Settle,
                Advanced::NotYet | Advanced::ToNextMoment => Stage::Skip(way, from),
            },
            Stage::Leave if !self.app.settle_within(budget) => Stage::Leave,
            Stage::Leave | Stage::Over => Stage::Over,
        };
    }

    /// Up to where the world may run before the next act.
    fn budget(&self) -> RunBudget {
        let turns = match (&self.stage, &self.next) {
            (Stage::Settle | Stage::Advance(_), Some(entry)) => entry.mid_turn,
            _ => None,
        };
        let turns = turns.map_or(u64::MAX, |turns| self.app.recorder.turns_after_last(turns));
        RunBudget { turns, ends_at_excess: self.limits.is_some(), ..RunBudget::SLICE }
    }

    /// Whether the act comes now, though there is more to do at this moment.
    fn is_at_turn(&self, budget: RunBudget) -> bool {
        self.app.simulation.world().turns() >= budget.turns
    }

    /// Does the next act.
    fn act(&mut self) -> Stage {
        let entry = std::mem::replace(&mut self.next, self.entries.pop_front());
        match entry.map(|entry| entry.act) {
            Some(Act::Skip { millis }) => {
                let from = self.app.now();
                let until = self.app.begin_skip(millis);
                Stage::Skip(ClockWay::to(until), from)
            }
            Some(act) => {
                self.app.redo(act);
                Stage::Settle
            }
            None => Stage::Settle,
        }
    }

    fn acts_done(&self) -> usize {
        self.total.acts - self.entries.len() - usize::from(self.next.is_some())
    }

    /// Acts that were done since it began are to be done as well. It must stand right before one of those that it knows.
    pub(super) fn extend(&mut self, more: &[Entry]) {
        self.entries.extend(more.iter().cloned());
        self.total.acts += more.len();
        self.total.millis = more.last().map_or(self.total.millis, |last| last.at);
    }

    /// The world as far as it has come.
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    /// The act that comes next.
    pub(super) fn next(&self) -> Option<&Act> {
        self.next.as_ref().map(|entry| &entry.act)
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let millis = self.app.simulation.now_millis().saturating_sub(self.began);
        Progress { acts: self.acts_done(), millis: millis.min(self.total.millis) }
    }

    /// How far it has to come.
    pub fn total(&self) -> Progress {
        self.total
    }

    /// How much of it is done, from 0 to 1: the mean of what is done of its acts and of its time.
    pub fn fraction(&self) -> f64 {
        let part = |done: f64, of: f64| if of > 0.0 { done / of } else { 1.0 };
        let (done, of) = (self.progress(), self.total);
        (part(done.acts as f64, of.acts as f64) + part(done.millis as f64, of.millis as f64)) / 2.0
    }

    /// Notes how many milliseconds it has taken on the page's clock.
    pub fn note_time(&self, millis: u64) {
        self.app.simulation.world().meter().set(Cost::Time, millis);
    }

    /// What it has cost so far.
    pub fn spent(&self, cost: Cost) -> u64 {
        self.app.simulation.world().meter().spent(cost)
    }
}

impl App {
    /// Begins to make the world of a journal, to go on with it in the place of this one ([`App::take_over`]).
    pub fn replay(&self, journal: Journal, limits: Option<CostLimits>) -> Replay {
        Replay::begin(journal, &self.options, limits)
    }

    /// Makes the world that a journal tells of, all at once. If it is too heavy, nothing has changed.
    pub fn restore(&mut self, journal: Journal, limits: Option<CostLimits>) -> Result<(), TooHeavy> {
        let mut replay = Replay::begin(journal, &self.options, limits);
        loop {
            match replay.advance() {
                Replayed::Partly => {}
                Replayed::Wholly => {
                    self.take_over(replay);
                    return Ok(());
                }
                Replayed::TooHeavy(heavy) => return Err(heavy),
            }
        }
    }

    /// Goes on with the world of a replay instead of this one, as far as it has come. From now on it is one's own.
    pub fn take_over(&mut self, replay: Replay) {
        *self = self.successor(replay);
    }

    /// The world of a replay, as far as it has come, on the page of this one.
    pub fn successor(&self, replay: Replay) -> App {
        let mut app = replay.app;
        if !matches!(replay.stage, Stage::Over) {
            app.stop_here();
        }
        if let Stage::Skip(_, from) = replay.stage {
            app.recorder.shorten_skip(app.now().since(from).as_millis() as u64);
        }
        app.simulation.world().meter().limit(budget::OWN);
        app.terminals.iter_mut().for_each(|terminal| terminal.session.mark_read());
        app.simulation.join_wall(self.simulation.wall_now());
        app.inherit_from(self);
        // What was said once is not said again.
        app.announcer.discard(&app.terminals);
        app
    }

    /// Goes on at this time of the page, in milliseconds since 1970, as if none had passed since it was told the time last.
    pub fn resume(&mut self, wall_now: u64) {
        self.simulation.join_wall(wall_now);
    }

    /// Makes what follows begin where a replay has stopped.
    fn stop_here(&mut self) {
        if !self.simulation.is_mid_turn() {
            // Acts are written down by the millisecond.
            let millis = self.now().nanos().div_ceil(NANOS_PER_MILLI);
            self.advance_to(Time(millis * NANOS_PER_MILLI), RunBudget::SLICE);
        }
        self.disconnect_all();
    }

    /// Clients from outside that were connected when the world was left are gone when it is made again.
    fn disconnect_all(&mut self) {
        self.take_from_channels();
        for channel in self.external.open_channels() {
            self.disconnect(channel);
        }
    }
}
