//! Runs the lesson: which step is shown, what its buttons have done, and whether it plays by itself.

use std::sync::Arc;

use super::model::{self, Badge, Check, Command, CommandKind, Part, StepLine, StepState};
use crate::lesson::{Action, Block, Lesson, LessonFile, Progress, WorldState, code_spans};
use crate::term::keymap::spelled;
use crate::texts::Language;

pub(super) struct LessonRunner {
    file: LessonFile,
    progress: Progress,
    /// The step that is shown.
    open: usize,
    /// For each step, how many of its actions were done by a button or by autoplay.
    performed: Vec<usize>,
    /// When autoplay goes on, if it is on; in wall time, since the world's clock may stand still or jump.
    autoplay_at: Option<u64>,
}

/// How long autoplay waits after an action and after a step, in milliseconds.
const ACTION_PAUSE: u64 = 900;
const STEP_PAUSE: u64 = 1600;

/// What is to be done next on the way through the lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AutoplayStep {
    Perform(Action),
    /// The step is done; the next one is to be shown.
    NextStep,
    /// All actions were performed, but the step is not done.
    Stuck,
}

impl LessonRunner {
    pub(super) fn new(file: LessonFile) -> LessonRunner {
        let progress = Progress::new(file.lesson());
        let steps = progress.lesson().steps().count();
        LessonRunner { file, progress, open: 0, performed: vec![0; steps], autoplay_at: None }
    }

    pub(super) fn id(&self) -> &'static str {
        self.file.id
    }

    pub(super) fn language(&self) -> Language {
        self.file.language
    }

    /// Goes on with the lesson in another language.
    pub(super) fn translate(&mut self, file: LessonFile) {
        self.file = file;
        self.progress.translate(file.lesson());
    }

    pub(super) fn lesson(&self) -> &Arc<Lesson> {
        self.progress.lesson()
    }

    /// The step that is shown.
    pub(super) fn open(&self) -> usize {
        self.open
    }

    pub(super) fn steps(&self) -> usize {
        self.performed.len()
    }

    /// How many steps are done.
    pub(super) fn done(&self) -> usize {
        self.progress.done().iter().filter(|done| **done).count()
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

    /// Notes that an action of the shown step was performed.
    pub(super) fn mark_performed(&mut self, index: usize) {
        self.performed[self.open] = self.performed[self.open].max(index + 1);
    }

    /// The next thing to do on the way through the lesson. Counts an action as performed.
    pub(super) fn next(&mut self) -> AutoplayStep {
        let (open, performed) = (self.open, self.performed.get(self.open).copied().unwrap_or_default());
        if let Some(action) = self.action(performed)
            && !(self.progress.is_done(open) && self.is_playing() && performed == 0)
        {
            self.performed[open] += 1;
            return AutoplayStep::Perform(action);
        }
        if self.progress.is_done(open) || self.lesson().step(open).is_none_or(|step| step.goals.is_empty()) {
            return AutoplayStep::NextStep;
        }
        AutoplayStep::Stuck
    }

    pub(super) fn play(&mut self, now: u64) {
        self.autoplay_at = Some(now);
    }

    pub(super) fn pause(&mut self) {
        self.autoplay_at = None;
    }

    /// Lets autoplay pause after a step of it.
    pub(super) fn wait_after(&mut self, step: &AutoplayStep, now: u64) {
        if self.autoplay_at.is_some() {
            self.autoplay_at =
                Some(now + if *step == AutoplayStep::NextStep { STEP_PAUSE } else { ACTION_PAUSE });
        }
    }

    pub(super) fn model(&self, state: &WorldState<'_>, badge: &dyn Fn(&str) -> Badge) -> model::Lesson {
        let lesson = self.lesson();
        let mut steps = Vec::new();
        for part in &lesson.parts {
            for (place, step) in part.steps.iter().enumerate() {
                let number = steps.len();
                let state = match self.progress.is_done(number) {
                    _ if number == self.open => StepState::Current,
                    true => StepState::Done,
                    false => StepState::Open,
                };
                let chapter = (place == 0).then(|| part.heading.clone());
                steps.push(StepLine { title: step.heading.clone(), chapter, state });
            }
        }
        model::Lesson {
            title: lesson.title.clone(),
            intro: if self.open == 0 { plain_parts(&lesson.intro) } else { Vec::new() },
            steps,
            opened: self.opened(state, badge),
            playing: self.is_playing(),
            finished: self.progress.is_finished(),
        }
    }

    fn opened(&self, state: &WorldState<'_>, badge: &dyn Fn(&str) -> Badge) -> Option<model::Step> {
        let step = self.lesson().step(self.open)?;
        let done = self.progress.is_done(self.open);
        let performed = self.performed[self.open];
        let mut index = 0;
        let chapter = self
            .lesson()
            .parts
            .iter()
            .find(|part| part.steps.first().is_some_and(|first| first.id == step.id));
        let mut parts = chapter.map(|part| plain_parts(&part.intro)).unwrap_or_default();
        for block in &step.body {
            match block {
                Block::Console(console) => {
                    for action in console.actions() {
                        parts.push(Part::Command(command(
                            &action,
                            index,
                            done || index < performed,
                            badge,
                            self.language(),
                        )));
                        index += 1;
                    }
                }
                other => parts.extend(plain_parts(std::slice::from_ref(other))),
            }
        }
        let checks = self.progress.checks(self.open, state, self.language()).into_iter();
        let checks = checks.map(|check| Check {
            wanted: code_spans(&check.wanted),
            missing: code_spans(&check.missing),
            done: check.met,
        });
        Some(model::Step {
            number: self.open,
            done,
            parts,
            checks: checks.collect(),
            hint: plain_parts(&step.hint),
            links: step.links.clone(),
        })
    }
}

fn command(
    action: &Action,
    index: usize,
    done: bool,
    badge: &dyn Fn(&str) -> Badge,
    language: Language,
) -> Command {
    let in_terminal = |name: &str| Some((name.to_owned(), badge(name)));
    let (terminal, text, kind) = match action {
        Action::Type { terminal, command } => (in_terminal(terminal), command.clone(), CommandKind::Type),
        Action::Answer { terminal, text } => (in_terminal(terminal), text.clone(), CommandKind::Answer),
        Action::Interrupt { terminal } => {
            (in_terminal(terminal), spelled("^c", language), CommandKind::Interrupt)
        }
        Action::Wait { time, .. } => (None, format!("+{}", super::text::duration(*time)), CommandKind::Wait),
    };
    Command { index, terminal, text, kind, done }
}

/// Blocks as they are shown, without consoles.
fn plain_parts(blocks: &[Block]) -> Vec<Part> {
    let parts = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(text) => Some(Part::Paragraph(text.clone())),
        Block::List { ordered, items } => Some(Part::List { ordered: *ordered, items: items.clone() }),
        Block::Code { text, .. } => Some(Part::Code(text.clone())),
        Block::Note(blocks) => Some(Part::Note(plain_parts(blocks))),
        Block::Console(_) => None,
    });
    parts.collect()
}
