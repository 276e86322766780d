//! Performs actions of the lesson as if a person did: one by its button, or one after the other.

use super::App;
use super::announcements::Announcement;
use super::lesson_runner::LessonRunner;
use super::model::{Next, Wait};
use super::observation::Versions;
use super::terminals::TerminalSession;
use crate::lesson::{Action, Step};

impl App {
    /// Does what comes next in the lesson.
    pub(super) fn run_next(&mut self) {
        self.observation.touch(Versions::LESSON);
        let now = self.simulation.wall_now();
        let Some(next) = self.next_in_lesson() else { return };
        let goes_on = match &next {
            Next::Command(index) => {
                let action = self.lesson.as_ref().and_then(|lesson| lesson.action(*index));
                action.is_some_and(|action| self.perform(&action))
            }
            Next::Step(step) => {
                self.turn_to_step(*step);
                true
            }
            Next::Waits(wait) => {
                match wait {
                    Wait::Busy(terminal) => self.announcer.announce(Announcement::Busy(terminal.clone())),
                    Wait::NothingAsked(terminal) => {
                        self.announcer.announce(Announcement::NothingAsked(terminal.clone()));
                    }
                    Wait::Goal(_) => {}
                }
                false
            }
            Next::End => false,
        };
        let letters = match next {
            Next::Command(_) => self.printed(),
            _ => self.lesson.as_ref().map_or(0, LessonRunner::letters),
        };
        if let Some(lesson) = &mut self.lesson {
            if !goes_on {
                lesson.pause();
            }
            lesson.wait_after(&next, letters, now);
        }
    }

    /// How many letters the last command has printed in the terminal that it was run in.
    fn printed(&self) -> usize {
        let screen = self.screen(self.terminals.active());
        let block = screen.and_then(|screen| screen.blocks().next_back());
        block.map_or(0, |block| block.to_text().chars().count())
    }

    /// Shows a step of the lesson. The clock stands still in those that want it.
    pub(super) fn turn_to_step(&mut self, step: usize) {
        let holds = |app: &App| app.lesson.as_ref().is_some_and(LessonRunner::holds_clock);
        let held = holds(self);
        self.open_step_by_number(step);
        if holds(self) != held {
            self.hold(!held);
        }
    }

    /// Begins again in a new world, in which all was done that the lesson has before a step.
    pub(super) fn set_up_step(&mut self, step: usize) {
        self.start_over();
        for before in 0..step {
            self.turn_to_step(before);
            let actions = self.lesson.iter().filter_map(|lesson| lesson.lesson().step(before));
            for action in actions.flat_map(Step::actions).collect::<Vec<_>>() {
                self.perform(&action);
            }
        }
        let idle = self.terminals.iter().filter(|terminal| !terminal.is_busy());
        for terminal in idle.map(TerminalSession::id).collect::<Vec<_>>() {
            self.submit(terminal, "clear");
            self.settle();
        }
        self.turn_to_step(step);
        self.settle();
        self.terminals.iter_mut().for_each(|terminal| terminal.session.mark_read());
        self.announcer.discard(&self.terminals);
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
