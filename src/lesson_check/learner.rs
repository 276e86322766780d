//! Somebody who does a lesson as its text says, a second between two actions.

use std::sync::Arc;

use crate::app::{App, Language, LessonMsg, Msg, Options, TimeZone};
use crate::lesson::{Lesson, plain};

/// When the world begins, in milliseconds since 1970: 2026-01-01.
const BEGAN: u64 = 1_767_225_600_000;
const BETWEEN_ACTIONS: u64 = 1000;

/// A world that is the same each time.
pub(super) fn options() -> Options {
    Options {
        now: BEGAN,
        seed: 1,
        zone: TimeZone::UTC,
        language: Language::ENGLISH,
        lesson: None,
        pause: || false,
    }
}

pub(super) struct Learner {
    app: App,
    now: u64,
    lesson: Arc<Lesson>,
}

impl Learner {
    pub(super) fn new(lesson: &Arc<Lesson>) -> Learner {
        let app = App::with_lesson(options(), lesson.clone());
        let mut learner = Learner { app, now: BEGAN, lesson: lesson.clone() };
        learner.pass();
        learner
    }

    pub(super) fn open(&mut self, step: usize) {
        self.app.update(Msg::Lesson(LessonMsg::OpenStep(step)));
    }

    /// Does the actions of a step, but for one of them.
    pub(super) fn act(&mut self, step: usize, left_out: Option<usize>) {
        self.open(step);
        let actions = self.lesson.step(step).map_or(0, |step| step.actions().len());
        for action in (0..actions).filter(|action| Some(*action) != left_out) {
            self.app.update(Msg::Lesson(LessonMsg::RunAction(action)));
            self.pass();
        }
    }

    pub(super) fn has_done(&self, step: usize) -> bool {
        self.app.is_step_done(step)
    }

    /// What the open step still misses, a sentence each.
    pub(super) fn missing(&self) -> Vec<String> {
        let checks = self.app.lesson().and_then(|lesson| lesson.opened).map(|step| step.checks);
        let open = checks.into_iter().flatten().filter(|check| !check.done);
        open.map(|check| plain(&check.missing)).collect()
    }

    fn pass(&mut self) {
        self.now += BETWEEN_ACTIONS;
        self.app.update(Msg::Time(self.now));
    }
}
