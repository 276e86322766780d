//! Lets the world go on: as far as it can at this moment, and with the clock.

use std::time::Duration;

use super::App;
use super::announcements::Announcement;
use super::lesson_runner::LessonRunner;
use super::simulation::RunBudget;
use crate::base::Time;
use crate::lesson::WorldState;

/// The least time that passes between two things that fall due by the clock.
const TICK: Duration = Duration::from_nanos(1);

/// The way of the world's clock to a time, moment by moment.
pub(super) struct ClockWay {
    until: Time,
    /// The last moment, and whether something fell due then.
    last: Option<(Time, bool)>,
}

impl ClockWay {
    pub(super) fn to(until: Time) -> ClockWay {
        ClockWay { until, last: None }
    }
}

/// How far the clock has come on its way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Advanced {
    /// The budget ended before everything was done at this moment.
    NotYet,
    ToNextMoment,
    ToTheEnd,
}

impl App {
    /// Lets everything happen that can happen now, and observes what came of it.
    pub(super) fn settle(&mut self) {
        self.settle_within(RunBudget::UNLIMITED);
    }

    /// As [`App::settle`], as far as the budget goes; `false` if it ended before. Nothing is observed halfway, or it would
    /// matter where it paused.
    pub(super) fn settle_within(&mut self, budget: RunBudget) -> bool {
        let is_settled = self.run(budget);
        if is_settled {
            self.observe();
        }
        is_settled
    }

    /// Lets everything happen that can happen now. `false` if the budget ended before.
    pub(super) fn run(&mut self, budget: RunBudget) -> bool {
        loop {
            if !self.simulation.run(budget) {
                if self.simulation.world().meter().is_output_due() {
                    self.terminals.iter_mut().for_each(|terminal| terminal.session.show_all());
                    continue;
                }
                self.terminals.iter_mut().for_each(|terminal| terminal.session.show_foreground());
                return false;
            }
            let goes_on = self.terminals.pump(self.simulation.world());
            let pasted = self.terminals.next_pasted();
            if let Some((terminal, line)) = &pasted {
                self.submit(*terminal, line);
            }
            if !goes_on && pasted.is_none() {
                return true;
            }
        }
    }

    /// Lets time pass in the world.
    pub(crate) fn advance(&mut self, time: Duration) {
        self.advance_to(self.now() + time, RunBudget::UNLIMITED);
    }

    /// Lets time pass, doing on the way whatever falls due. What is to be done at one moment takes no time.
    pub(super) fn advance_to(&mut self, until: Time, budget: RunBudget) {
        let mut way = ClockWay::to(until);
        while self.advance_on(&mut way, budget) == Advanced::ToNextMoment {}
    }

    /// Does what is left to do at this moment, and goes on to the next one.
    pub(super) fn advance_on(&mut self, way: &mut ClockWay, budget: RunBudget) -> Advanced {
        if !self.run(budget) {
            return Advanced::NotYet;
        }
        if way.last.is_some_and(|(_, was_due)| was_due) {
            self.observe();
        }
        let due = self.simulation.world().deadline().filter(|due| *due <= way.until);
        let mut next = due.unwrap_or(way.until).max(self.now());
        if way.last.is_some_and(|(last, _)| last == next) {
            if due.is_none() || next >= way.until {
                return Advanced::ToTheEnd;
            }
            // What is still overdue must not keep the clock from moving.
            next = next + TICK;
        }
        self.simulation.world().tick(next);
        way.last = Some((next, due.is_some()));
        Advanced::ToNextMoment
    }

    /// The page's time is this, in milliseconds since 1970: the world's clock goes on with it, and so does autoplay.
    pub fn time(&mut self, wall_now: u64) {
        self.simulation.set_wall(wall_now);
        if self.simulation.is_mid_turn() {
            self.settle_within(RunBudget::SLICE);
        }
        if !self.simulation.is_mid_turn() && !self.simulation.is_held() {
            self.advance_to(self.simulation.time_by_wall(), RunBudget::SLICE);
        }
        let autoplay = self.lesson.as_ref().and_then(LessonRunner::deadline);
        if !self.simulation.is_mid_turn() && autoplay.is_some_and(|due| due <= self.simulation.wall_now()) {
            self.run_next();
        }
    }

    /// Observes what has happened: announcements, the server's activity, the goals of the lesson.
    fn observe(&mut self) {
        self.announcer.observe(&self.terminals, self.simulation.wall_now());
        let zone = &self.options.zone;
        let observed = self.observation.observe(&self.simulation, &self.terminals, zone);
        let (Some(by_server), Some(lesson)) = (observed, &mut self.lesson) else { return };
        let terminals = self.terminals.statuses();
        let activity = &self.observation.activity;
        let state = WorldState {
            server: activity.view(),
            events: activity.events(),
            contentions: activity.contention().news(),
            terminals: &terminals,
        };
        let step_done = lesson.observe(&state);
        if by_server && step_done {
            let (done, steps) = (lesson.done(), lesson.steps());
            self.announcer.announce(Announcement::StepDone { done, steps });
        }
    }
}
