//! Runs the lesson: which step is shown, what its buttons have done, and whether it plays by itself.

mod view_model;

use std::sync::Arc;

use super::model::{Next, Wait};
use super::pace::Pace;
use crate::lesson::{Action, Block, Lesson, Progress, Step, WorldState, code_spans, plain};
use crate::texts::Language;

pub(super) struct LessonRunner {
    name: String,
    language: Language,
    progress: Progress,
    /// The step that is shown.
    open: usize,
    /// For each step, which of its actions were done while it was open, by whatever way.
    acted: Vec<Vec<bool>>,
    /// For each step, which choice of its question somebody has taken.
    chosen: Vec<Option<usize>>,
    /// For each step, whether its solution is shown.
    solved: Vec<bool>,
    /// By how much the clock was moved on since the step was opened, less what its actions wanted; in milliseconds.
    waited: u64,
    /// When autoplay goes on, if it is on; in wall time, since the world's clock may stand still or jump.
    autoplay_at: Option<u64>,
    pace: Pace,
}

impl LessonRunner {
    /// Begins a lesson of this name; what is said besides its text is said in this language.
    pub(super) fn new(name: &str, lesson: Arc<Lesson>, language: Language) -> LessonRunner {
        let acted: Vec<Vec<bool>> = lesson.steps().map(|step| vec![false; step.actions().len()]).collect();
        LessonRunner {
            name: name.to_owned(),
            language,
            progress: Progress::new(lesson),
            open: 0,
            chosen: vec![None; acted.len()],
            solved: vec![false; acted.len()],
            acted,
            waited: 0,
            autoplay_at: None,
            pace: Pace::default(),
        }
    }

    /// Begins anew: what was done so far was done for the learner, and meets no goal that is about something that happens.
    pub(super) fn restart(&mut self) {
        *self = LessonRunner::new(&self.name, self.lesson().clone(), self.language);
    }

    /// Its name in journals.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// Goes on in another language, with the lesson in that language if there is one.
    pub(super) fn translate(&mut self, language: Language, lesson: Option<Arc<Lesson>>) {
        self.language = language;
        if let Some(lesson) = lesson {
            self.progress.translate(lesson);
        }
    }

    pub(super) fn lesson(&self) -> &Arc<Lesson> {
        self.progress.lesson()
    }

    /// The step that is shown.
    pub(super) fn open(&self) -> usize {
        self.open
    }

    pub(super) fn steps(&self) -> usize {
        self.acted.len()
    }

    /// How many steps are done.
    pub(super) fn done(&self) -> usize {
        self.progress.done().iter().filter(|done| **done).count()
    }

    pub(super) fn is_done(&self, step: usize) -> bool {
        self.progress.is_done(step)
    }

    pub(super) fn is_playing(&self) -> bool {
        self.autoplay_at.is_some()
    }

    /// When autoplay goes on, in wall time.
    pub(super) fn deadline(&self) -> Option<u64> {
        self.autoplay_at
    }

    /// Shows a step, and works on it if it is not done.
    pub(super) fn turn_to(&mut self, step: usize) {
        if step < self.steps() {
            self.open = step;
            self.waited = 0;
            if !self.progress.is_done(step) {
                self.progress.work_on(step);
            }
        }
    }

    /// Judges the goals anew. `true` if some step is done now that was not.
    pub(super) fn observe(&mut self, state: &WorldState<'_>) -> bool {
        !self.progress.observe(state).is_empty()
    }

    /// An action of the shown step.
    pub(super) fn action(&self, index: usize) -> Option<Action> {
        self.lesson().step(self.open)?.actions().into_iter().nth(index)
    }

    /// Whether the clock is to stand still in the shown step.
    pub(super) fn holds_clock(&self) -> bool {
        self.lesson().step(self.open).is_some_and(|step| step.holds_clock)
    }

    /// Takes a choice of the question of the shown step, unless the step is done: then everybody knows.
    pub(super) fn predict(&mut self, choice: usize) {
        if !self.progress.is_done(self.open) {
            self.chosen[self.open] = Some(choice);
        }
    }

    pub(super) fn show_solution(&mut self) {
        self.solved[self.open] = true;
    }

    /// Whether the commands that solve the exercise of the shown step are kept back.
    fn hides_solution(&self) -> bool {
        !self.solved[self.open] && !self.progress.is_done(self.open) && !self.is_playing()
    }

    /// Notes what a person did, if the shown step wants it.
    pub(super) fn note(&mut self, done: &Action) {
        let Some(step) = self.lesson().step(self.open) else { return };
        let acted = &self.acted[self.open];
        let wanted =
            step.actions().iter().zip(acted).position(|(action, acted)| !acted && is_same(action, done));
        if let Some(index) = wanted {
            self.acted[self.open][index] = true;
        }
    }

    /// Notes that the clock was moved on.
    pub(super) fn note_wait(&mut self, millis: u64) {
        self.waited += millis;
        let Some(step) = self.lesson().step(self.open) else { return };
        let next = step.actions().into_iter().nth(self.next_action());
        if let Some(Action::Wait { time, .. }) = next
            && let Some(rest) = self.waited.checked_sub(time.as_millis() as u64)
        {
            let index = self.next_action();
            (self.waited, self.acted[self.open][index]) = (rest, true);
        }
    }

    /// The index of the action of the shown step after the last one that was done.
    fn next_action(&self) -> usize {
        self.acted[self.open].iter().rposition(|acted| *acted).map_or(0, |last| last + 1)
    }

    /// What comes next on the way through the lesson.
    pub(super) fn next(&self, state: &WorldState<'_>) -> Next {
        let (open, index) = (self.open, self.next_action());
        let done =
            self.progress.is_done(open) || self.lesson().step(open).is_none_or(|step| step.goals.is_empty());
        let shown = self.lesson().step(open).map_or(0, Step::shown_actions);
        let is_hidden = index >= shown && self.hides_solution();
        // A step that is done without its commands needs none of them.
        let action = self.action(index).filter(|_| !(is_hidden || done && index == 0));
        if let Some(missing) =
            self.progress.lost(state, self.language()).filter(|_| self.progress.current() == Some(open))
        {
            return Next::Waits(Wait::Goal(code_spans(&missing)));
        }
        let named = |name: &str| state.terminals.iter().find(|terminal| terminal.name == name);
        match action {
            Some(Action::Type { terminal, .. }) if named(&terminal).is_some_and(|it| it.busy) => {
                Next::Waits(Wait::Busy(terminal))
            }
            Some(Action::Answer { terminal, .. }) if !named(&terminal).is_some_and(|it| it.asks) => {
                Next::Waits(Wait::NothingAsked(terminal))
            }
            Some(_) => Next::Command(index),
            None if done && open + 1 < self.steps() => Next::Step(open + 1),
            None if done => Next::End,
            None => {
                let checks = self.progress.checks(open, state, self.language());
                let missing = checks.into_iter().find(|check| !check.met).map(|check| check.missing);
                Next::Waits(Wait::Goal(code_spans(&missing.unwrap_or_default())))
            }
        }
    }

    pub(super) fn play(&mut self, now: u64) {
        self.autoplay_at = Some(now);
    }

    pub(super) fn pause(&mut self) {
        self.autoplay_at = None;
    }

    pub(super) fn pace(&self) -> Pace {
        self.pace
    }

    pub(super) fn set_pace(&mut self, pace: Pace) {
        self.pace = pace;
    }

    /// Lets autoplay wait until so many letters are read that came of what it did.
    pub(super) fn wait_after(&mut self, done: &Next, letters: usize, now: u64) {
        if matches!(done, Next::Step(_)) && self.pace == Pace::StepByStep {
            self.pause();
        }
        if self.autoplay_at.is_some() {
            self.autoplay_at = Some(now + self.pace.pause(letters).as_millis() as u64);
        }
    }

    /// How many letters the text of the shown step has, without its commands.
    pub(super) fn letters(&self) -> usize {
        self.lesson().step(self.open).map_or(0, |step| step.body.iter().map(letters).sum())
    }
}

fn letters(block: &Block) -> usize {
    match block {
        Block::Paragraph(text) => plain(text).chars().count(),
        Block::List { items, .. } => items.iter().map(|item| plain(item).chars().count()).sum(),
        Block::Code { text, .. } => text.chars().count(),
        Block::Question(question) => question.text.iter().map(letters).sum(),
        Block::Console(_) | Block::Solution(_) | Block::Note(_) => 0,
    }
}

/// Whether somebody has done what an action wants.
fn is_same(wanted: &Action, done: &Action) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    match (wanted, done) {
        (Action::Type { terminal: wanted, command }, Action::Type { terminal, command: typed }) => {
            terminal == wanted && words(command) == words(typed)
        }
        (Action::Answer { terminal: wanted, .. }, Action::Answer { terminal, .. })
        | (Action::Interrupt { terminal: wanted }, Action::Interrupt { terminal }) => terminal == wanted,
        _ => false,
    }
}
