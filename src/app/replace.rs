//! Replaces the world by a new one.

use super::App;

impl App {
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
        if let (Some(lesson), Some(before)) = (&mut self.lesson, &before.lesson) {
            lesson.set_pace(before.pace());
        }
        self.observation.inherit_from(&before.observation);
        self.external.inherit_from(&before.external);
    }
}
