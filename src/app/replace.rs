//! Replaces the world by another one: by that which a journal tells of, or by a new one.

use std::time::Duration;

use super::App;
use super::journal::{Entry, Journal};
use super::simulation::{NANOS_PER_MILLI, RunBudget};
use crate::base::Time;

impl App {
    /// Makes the world that a journal tells of. `false`, and nothing has changed, if that would take too long.
    pub(super) fn restore(&mut self, journal: Journal) -> bool {
        let mut options = self.options.clone();
        (options.now, options.seed, options.zone) = (journal.began, journal.seed, journal.zone);
        let mut app = App::new(options);
        app.simulation.limit_effort(app.options.replay_limit);
        for Entry { at, mid_turn, act } in journal.entries {
            let mut until = Time((journal.began + at) * NANOS_PER_MILLI);
            let mut budget = RunBudget::Unlimited;
            if let Some(turns) = mid_turn {
                // Somewhere in this millisecond.
                until = until + Duration::from_nanos(NANOS_PER_MILLI - 1);
                budget = RunBudget::Turns(app.recorder.turns_after_last(turns));
            }
            app.settle_within(budget);
            app.advance_to(until.max(app.now()), budget);
            if app.simulation.is_exhausted() {
                return false;
            }
            app.redo(act);
        }
        app.settle();
        app.disconnect_all();
        app.settle();
        if app.simulation.is_exhausted() {
            return false;
        }
        app.simulation.unlimit_effort();
        app.terminals.iter_mut().for_each(|terminal| terminal.session.mark_read());
        app.simulation.join_wall(self.simulation.wall_now());
        app.inherit_from(self);
        *self = app;
        true
    }

    /// Clients from outside that were connected when the world was left are gone when it is made again.
    fn disconnect_all(&mut self) {
        self.take_from_channels();
        for channel in self.external.open_channels() {
            self.disconnect(channel);
        }
    }

    /// Begins again in a new world, with the commands that were typed in the old one.
    pub(super) fn start_over(&mut self) {
        let mut options = self.options.clone();
        options.now = self.simulation.wall_now();
        options.seed = self.options.seed.wrapping_add(1);
        let mut app = App::empty(options, self.terminals.histories());
        app.begin();
        app.inherit_from(self);
        *self = app;
    }

    /// Takes the place of another application on the same page.
    pub fn inherit_from(&mut self, before: &App) {
        self.terminals.set_columns(before.terminals.columns());
        self.announcer.set_verbosity(before.announcer.verbosity());
        self.observation.inherit_from(&before.observation);
        self.external.inherit_from(&before.external);
    }
}
