//! How far a learner has come in a lesson. It changes only by [`Progress::observe`], after each thing that happened.

use std::sync::Arc;

use super::goal::{Goal, Key};
use super::model::{Lesson, Step};
use super::world_state::WorldState;
use crate::server::event::Event;
use crate::texts::Language;

/// A goal of a step as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub met: bool,
    /// What should be so.
    pub wanted: String,
    /// What there is to do; empty where the goal is met, or the step is not the current one.
    pub missing: String,
}

/// Which steps are done, and which is the current one. A step that was done once stays done.
#[derive(Clone, Debug)]
pub struct Progress {
    lesson: Arc<Lesson>,
    done: Vec<bool>,
    current: Option<usize>,
    /// For each goal of the current step whether it is met.
    met: Vec<bool>,
    /// Goals of any step that want something gone which has existed.
    existed: Vec<Goal>,
    /// Keys that goals of the current step are about, whose values have expired since it began.
    expired: Vec<Key>,
}

impl Progress {
    pub fn new(lesson: Arc<Lesson>) -> Progress {
        let done = vec![false; lesson.steps().count()];
        let mut progress = Progress {
            lesson,
            done,
            current: None,
            met: Vec::new(),
            existed: Vec::new(),
            expired: Vec::new(),
        };
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

    pub fn is_finished(&self) -> bool {
        self.current.is_none()
    }

    /// Makes a step the current one, unless it is done.
    pub fn work_on(&mut self, step: usize) {
        if self.done.get(step) == Some(&false) && self.current != Some(step) {
            self.begin(Some(step));
        }
    }

    /// Replaces the lesson by its translation. `false`, and nothing is changed, for another lesson.
    pub fn translate(&mut self, lesson: Arc<Lesson>) -> bool {
        let same = |(a, b): (&Step, &Step)| a.id == b.id && a.goals == b.goals;
        let fits =
            lesson.steps().count() == self.done.len() && self.lesson.steps().zip(lesson.steps()).all(same);
        if fits {
            self.lesson = lesson;
        }
        fits
    }

    /// Judges the goals anew. Returns the steps that are done now and were not before: several may be done at once, each
    /// by events after those of the step before.
    pub fn observe(&mut self, state: &WorldState) -> Vec<usize> {
        let mut done = Vec::new();
        let (events, mut before) = (state.events, 0);
        for goal in self.lesson.steps().flat_map(|step| &step.goals) {
            if goal.was_present(state.server, events) && !self.existed.contains(goal) {
                self.existed.push(goal.clone());
            }
        }
        self.note_expired(events);
        while let Some(index) = self.current {
            let used = self.judge(state, before);
            if !self.met.iter().all(|met| *met) {
                break;
            }
            done.push(index);
            self.done[index] = true;
            self.begin(self.next_after(index));
            before += used;
        }
        done
    }

    /// The goals of a step as they are shown.
    pub fn checks(&self, step: usize, state: &WorldState, language: Language) -> Vec<Check> {
        let goals = self.lesson.step(step).map(|step| step.goals.as_slice()).unwrap_or_default();
        let current = self.current == Some(step);
        let checks = goals.iter().enumerate().map(|(index, goal)| {
            let met = self.is_done(step) || current && self.met[index];
            let missing =
                if met || !current { String::new() } else { goal.missing(state, &self.expired, language) };
            Check { met, wanted: goal.wanted(language), missing }
        });
        let mut checks: Vec<Check> = checks.collect();
        // Where several lack the same, such as a server, that is said once.
        for index in 1..checks.len() {
            let (before, rest) = checks.split_at_mut(index);
            if before.iter().any(|other| other.missing == rest[0].missing) {
                rest[0].missing.clear();
            }
        }
        checks
    }

    /// The goal of the current step that its commands cannot meet any more, since what they would have updated has expired
    /// meanwhile: what there is to do about it. The step is to be set up again.
    pub fn lost(&self, state: &WorldState, language: Language) -> Option<String> {
        let goals = &self.lesson.step(self.current?)?.goals;
        let wants_expiry =
            |key: &Key| goals.iter().any(|goal| matches!(goal, Goal::Expired { key: it } if it == key));
        let is_lost = |goal: &Goal| match goal {
            Goal::Updated { key, .. } => self.expired.contains(key) && !wants_expiry(key),
            _ => false,
        };
        let lost = goals.iter().zip(&self.met).find(|(goal, met)| !**met && is_lost(goal));
        lost.map(|(goal, _)| goal.missing(state, &self.expired, language))
    }

    fn begin(&mut self, step: Option<usize>) {
        self.current = step.filter(|step| *step < self.done.len());
        let step = self.current.and_then(|step| self.lesson.step(step));
        self.met = vec![false; step.map_or(0, |step| step.goals.len())];
        self.expired.clear();
    }

    fn note_expired(&mut self, events: &[Event]) {
        let step = self.current.and_then(|step| self.lesson.step(step));
        let keys = step.iter().flat_map(|step| &step.goals).filter_map(Goal::key);
        for key in keys.filter(|key| events.iter().any(|event| key.has_expired_by(event))) {
            if !self.expired.contains(key) {
                self.expired.push(key.clone());
            }
        }
    }

    /// The next step that is not done, from here to the end and then from the beginning.
    fn next_after(&self, step: usize) -> Option<usize> {
        let all = self.done.len();
        (step..all).chain(0..step).find(|index| !self.done[*index])
    }

    /// Judges the goals of the current step by the events behind those that were used `before`. Returns how many more it took to
    /// meet them.
    fn judge(&mut self, state: &WorldState, before: usize) -> usize {
        let goals = self.current.and_then(|step| self.lesson.step(step)).map_or(&[][..], |step| &step.goals);
        let (server, events) = (state.server, &state.events[before..]);
        let contentions = || state.contentions.iter().filter(|contention| contention.event >= before);
        let mut used = 0;
        for (goal, met) in goals.iter().zip(&mut self.met) {
            if let Some(holds) = goal.holds(server) {
                *met = holds && (!goal.wants_absence() || self.existed.contains(goal));
                continue;
            }
            let by_event = || events.iter().position(|event| goal.is_met_by(event, server));
            let by_contention = || contentions().find(|contention| goal.is_met_by_contention(contention));
            if !*met && let Some(index) = by_event().or_else(|| Some(by_contention()?.event - before)) {
                *met = true;
                used = used.max(index + 1);
            }
        }
        used
    }
}
