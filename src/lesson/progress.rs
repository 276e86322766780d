//! How far a learner has come: pure, looked at after each thing that happened.

use std::sync::Arc;

use super::goal::Goal;
use super::parse::{Lesson, Step};
use super::strings::Strings;
use crate::server::event::Event;
use crate::server::view::View;

/// How things stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// `None` while no server runs.
    pub server: Option<&'a View>,
    /// What has happened since the last look, oldest first.
    pub events: &'a [Event],
    pub terminals: &'a [Terminal],
}

/// A terminal, as far as a lesson wants to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    pub name: String,
    /// What runs in it waits for an answer.
    pub asks: bool,
}

/// A line in the list of what a step wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub met: bool,
    /// What should be so.
    pub wanted: String,
    /// What there is to do; empty where it is met, or where the step's turn has not come.
    pub missing: String,
}

/// What a look has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Steps that are done now and were not before.
    pub done: Vec<usize>,
    /// Some goal of the current step is met that was not, or the other way.
    pub goals: bool,
}

impl Changes {
    pub fn any(&self) -> bool {
        self.goals || !self.done.is_empty()
    }
}

/// Which steps are done, and which one is being worked on. A step that was done once stays done.
#[derive(Clone, Debug)]
pub struct Progress {
    lesson: Arc<Lesson>,
    done: Vec<bool>,
    current: Option<usize>,
    /// For each goal of the current step whether it is met; those that events tell are remembered here.
    met: Vec<bool>,
    /// Goals that want something gone which has been there, whichever step was worked on then.
    was: Vec<Goal>,
}

impl Progress {
    pub fn new(lesson: Arc<Lesson>) -> Progress {
        let done = vec![false; lesson.steps().count()];
        let mut progress = Progress { lesson, done, current: None, met: Vec::new(), was: Vec::new() };
        progress.begin(Some(0));
        progress
    }

    pub fn lesson(&self) -> &Arc<Lesson> {
        &self.lesson
    }

    /// The step that is being worked on; `None` when all are done.
    pub fn current(&self) -> Option<usize> {
        self.current
    }

    pub fn is_done(&self, step: usize) -> bool {
        self.done.get(step).copied().unwrap_or(false)
    }

    /// For each step whether it is done.
    pub fn done(&self) -> &[bool] {
        &self.done
    }

    pub fn finished(&self) -> bool {
        self.current.is_none()
    }

    /// Forgets all.
    pub fn start_over(&mut self) {
        *self = Progress::new(Arc::clone(&self.lesson));
    }

    /// Works on a step out of its turn. One that is done stays done, so it is only looked at again.
    pub fn go(&mut self, step: usize) {
        if self.done.get(step) == Some(&false) && self.current != Some(step) {
            self.begin(Some(step));
        }
    }

    /// Takes over what was done in an earlier visit, by the ids of its steps. Unknown ids are left out.
    pub fn restore<'a>(&mut self, done: impl IntoIterator<Item = &'a str>) {
        for id in done {
            if let Some(index) = self.lesson.steps().position(|step| step.id == id) {
                self.done[index] = true;
            }
        }
        self.begin(self.next_after(0));
    }

    /// Goes on in another language's file of the same lesson. `false`, and nothing is changed, for another lesson.
    pub fn translate(&mut self, lesson: Arc<Lesson>) -> bool {
        let same = |(a, b): (&Step, &Step)| a.id == b.id && a.goals == b.goals;
        let fits =
            lesson.steps().count() == self.done.len() && self.lesson.steps().zip(lesson.steps()).all(same);
        if fits {
            self.lesson = lesson;
        }
        fits
    }

    /// The ids of the steps that are done, for [`Progress::restore`].
    pub fn done_ids(&self) -> Vec<String> {
        let steps = self.lesson.steps().zip(&self.done);
        steps.filter(|(_, done)| **done).map(|(step, _)| step.id.clone()).collect()
    }

    /// Looks at how things stand. Several steps may be done at one look, each by what happened after the one
    /// before it was done.
    pub fn look(&mut self, facts: &Facts) -> Changes {
        let mut changes = Changes::default();
        let mut events = facts.events;
        for goal in self.lesson.steps().flat_map(|step| &step.goals) {
            if goal.goes_from(facts.server, events) && !self.was.contains(goal) {
                self.was.push(goal.clone());
            }
        }
        while let Some(index) = self.current {
            let before = self.met.clone();
            let used = self.see(facts.server, events);
            changes.goals |= before != self.met;
            if !self.met.iter().all(|met| *met) {
                break;
            }
            changes.done.push(index);
            self.done[index] = true;
            self.begin(self.next_after(index));
            events = &events[used..];
        }
        changes
    }

    /// What a step wants, line by line.
    pub fn checks(&self, step: usize, facts: &Facts, strings: &Strings) -> Vec<Check> {
        let goals = self.lesson.step(step).map(|step| step.goals.as_slice()).unwrap_or_default();
        let current = self.current == Some(step);
        let lines = goals.iter().enumerate().map(|(index, goal)| {
            let met = self.is_done(step) || current && self.met[index];
            let missing = if met || !current { String::new() } else { goal.missing(facts, strings) };
            Check { met, wanted: goal.wanted(strings), missing }
        });
        lines.collect()
    }

    fn begin(&mut self, step: Option<usize>) {
        let step = step.filter(|step| *step < self.done.len());
        self.current = step;
        self.met = vec![false; self.step(step).map_or(0, |step| step.goals.len())];
    }

    fn step(&self, index: Option<usize>) -> Option<&Step> {
        self.lesson.step(index?)
    }

    /// The next step that is not done, from here to the end and then from the beginning.
    fn next_after(&self, step: usize) -> Option<usize> {
        let all = self.done.len();
        (step..all).chain(0..step).find(|index| !self.done[*index])
    }

    /// Marks the goals of the current step; gives how many events were needed for those that events tell.
    fn see(&mut self, server: Option<&View>, events: &[Event]) -> usize {
        let lesson = Arc::clone(&self.lesson);
        let goals: &[Goal] = self.current.and_then(|step| lesson.step(step)).map_or(&[], |step| &step.goals);
        let mut used = 0;
        for (goal, met) in goals.iter().zip(&mut self.met) {
            if !goal.by_event() {
                *met = goal.holds(server) && (!goal.wants_gone() || self.was.contains(goal));
            } else if !*met && let Some(index) = events.iter().position(|event| goal.seen_in(event)) {
                *met = true;
                used = used.max(index + 1);
            }
        }
        used
    }
}
