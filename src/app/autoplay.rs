//! Performs actions of the lesson as if a person did: one by its button, or one after the other.

use super::App;
use super::announcements::Announcement;
use super::lesson_runner::AutoplayStep;
use super::observation::Versions;
use super::terminals::TerminalSession;
use crate::lesson::Action;

impl App {
    /// Does what comes next in the lesson.
    pub(super) fn run_next(&mut self) {
        self.observation.touch(Versions::LESSON);
        let now = self.simulation.wall_now();
        let Some(lesson) = &mut self.lesson else { return };
        let step = lesson.next();
        let goes_on = match &step {
            AutoplayStep::Perform(action) => self.perform(action),
            AutoplayStep::NextStep => {
                let next = lesson.open() + 1;
                let there_is_one = next < lesson.steps();
                if there_is_one {
                    self.open_step_by_number(next);
                }
                there_is_one
            }
            AutoplayStep::Stuck => false,
        };
        if let Some(lesson) = &mut self.lesson {
            if !goes_on {
                lesson.pause();
            }
            lesson.wait_after(&step, now);
        }
    }

    /// Performs an action. `false` if that is not possible now.
    pub(super) fn perform(&mut self, action: &Action) -> bool {
        match action {
            Action::Type { terminal, command } => {
                let id = self.terminal_named(terminal);
                self.settle();
                if self.terminals.get(id).is_none_or(TerminalSession::is_busy) {
                    self.announcer.announce(Announcement::Busy(terminal.clone()));
                    return false;
                }
                self.terminals.activate(id);
                self.submit(id, command);
            }
            Action::Answer { terminal, text } => {
                let id = self.terminal_named(terminal);
                self.settle();
                if !self.terminals.get(id).is_some_and(TerminalSession::asks) {
                    self.announcer.announce(Announcement::NothingAsked(terminal.clone()));
                    return false;
                }
                self.terminals.activate(id);
                self.submit(id, text);
            }
            Action::Interrupt { terminal } => {
                let id = self.terminal_named(terminal);
                self.terminals.activate(id);
                self.interrupt(id);
            }
            Action::Wait { time, .. } => self.skip(time.as_millis() as u64),
        }
        self.settle();
        true
    }
}
