//! The world and its clock, beside the page's: how far the world has come, and when it goes on by itself.
//!
//! The page's time ("wall") is told in milliseconds since 1970. The world's clock goes with it, unless it is held or
//! moved on.

use crate::base::choices::InOrder;
use crate::base::{CostLimits, Time};
use crate::server::EventLevel;
use crate::sim::World;

pub(super) const NANOS_PER_MILLI: u64 = 1_000_000;

/// How far the world may run at this moment: until nothing is left to do, or one of these ends it before.
#[derive(Clone, Copy)]
pub(super) struct RunBudget {
    /// So many turns were taken since the world began.
    pub(super) turns: u64,
    /// The page may pause it.
    pub(super) pauses: bool,
    /// More was spent in the world than may be.
    pub(super) ends_at_excess: bool,
}

impl RunBudget {
    pub(super) const UNLIMITED: RunBudget =
        RunBudget { turns: u64::MAX, pauses: false, ends_at_excess: false };
    pub(super) const SLICE: RunBudget = RunBudget { pauses: true, ..RunBudget::UNLIMITED };
}

pub(super) struct Simulation {
    world: World,
    /// The world's time when it began, in milliseconds since 1970.
    began: u64,
    /// The wall time that belongs to the beginning. Goes on while the clock is held.
    wall_epoch: u64,
    /// By how many milliseconds the clock was moved on.
    clock_offset: u64,
    /// The wall time as it was told last.
    wall_now: u64,
    /// The clock stands still.
    held: bool,
    /// The world paused before everything was done that there is to do at this moment.
    mid_turn: bool,
    /// Asks the page whether to pause.
    pause: fn() -> bool,
}

impl Simulation {
    /// `limits` are those of what may be spent in the world.
    pub(super) fn new(began: u64, seed: u64, pause: fn() -> bool, limits: CostLimits) -> Simulation {
        let world = World::new(Time(began * NANOS_PER_MILLI), seed, EventLevel::Events);
        world.meter().limit(limits);
        Simulation {
            world,
            began,
            wall_epoch: began,
            clock_offset: 0,
            wall_now: began,
            held: false,
            mid_turn: false,
            pause,
        }
    }

    pub(super) fn world(&self) -> &World {
        &self.world
    }

    /// The time in the world.
    pub(super) fn now(&self) -> Time {
        self.world.clock().now()
    }

    pub(super) fn now_millis(&self) -> u64 {
        self.now().nanos() / NANOS_PER_MILLI
    }

    pub(super) fn wall_now(&self) -> u64 {
        self.wall_now
    }

    pub(super) fn is_held(&self) -> bool {
        self.held
    }

    pub(super) fn hold(&mut self, held: bool) {
        self.held = held;
    }

    pub(super) fn is_mid_turn(&self) -> bool {
        self.mid_turn
    }

    /// Notes how late it is on the page.
    pub(super) fn set_wall(&mut self, wall_now: u64) {
        let passed = wall_now.saturating_sub(self.wall_now);
        self.wall_now += passed;
        if self.held {
            self.wall_epoch += passed;
        }
    }

    /// Moves the clock on against the page's. The world has to be run up to then.
    pub(super) fn skip(&mut self, millis: u64) {
        self.clock_offset += millis;
    }

    /// The world's time that belongs to the page's, unless the clock is held.
    pub(super) fn time_by_wall(&self) -> Time {
        let millis = self.began + self.clock_offset + (self.wall_now - self.wall_epoch);
        Time(millis * NANOS_PER_MILLI).max(self.now())
    }

    /// Lets the clock go with the page's from now on, whatever it shows.
    pub(super) fn join_wall(&mut self, wall_now: u64) {
        self.clock_offset = self.now_millis() - self.began;
        (self.wall_now, self.wall_epoch) = (wall_now, wall_now);
    }

    /// When something will happen by itself, in wall time.
    pub(super) fn deadline(&self) -> Option<u64> {
        let next = self.world.deadline().filter(|_| !self.held)?;
        let millis = next.nanos().div_ceil(NANOS_PER_MILLI);
        Some((millis + self.wall_epoch).saturating_sub(self.began + self.clock_offset))
    }

    /// Whether the page wants a pause.
    pub(super) fn wants_pause(&self) -> bool {
        (self.pause)()
    }

    /// Lets programs and servers take their turns. `false` if it paused before nobody had anything to do.
    pub(super) fn run(&mut self, budget: RunBudget) -> bool {
        self.mid_turn = !self.take_turns(budget);
        !self.mid_turn
    }

    fn take_turns(&self, budget: RunBudget) -> bool {
        loop {
            if self.world.turns() >= budget.turns {
                return false;
            }
            if !self.world.step(&mut InOrder) {
                return true;
            }
            let meter = self.world.meter();
            let is_over = budget.ends_at_excess && meter.excess().is_some();
            if is_over || meter.is_output_due() || budget.pauses && (self.pause)() {
                return false;
            }
        }
    }
}
