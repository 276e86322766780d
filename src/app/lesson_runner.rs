//! The lesson as it is being worked on: which step is shown, what its buttons have done, and whether it plays itself.

use std::sync::Arc;

use super::model::{self, Check, Command, CommandKind, Look, Part, StepLine, StepState};
use crate::lesson::{Action, Block, Language, Lesson, LessonFile, Progress, WorldState, code_spans};

pub(super) struct Guide {
    file: &'static LessonFile,
    progress: Progress,
    /// The step that is shown.
    open: usize,
    /// For each step, how many of its actions the buttons have done.
    acted: Vec<usize>,
    /// When the next action falls due, while the lesson plays itself; in the page's milliseconds, since the world's
    /// clock may stand still or jump.
    beat: Option<u64>,
}

/// How long a lesson that plays itself waits between two actions, and before it turns to the next step; milliseconds.
const PACE: u64 = 900;
const TURN: u64 = 1600;

/// What is to be done next when a lesson plays itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Beat {
    Act(Action),
    /// The step is over; the next one is shown.
    Turn,
    /// Everything was done, and the step wants something else still.
    Stuck,
}

impl Guide {
    pub(super) fn new(file: &'static LessonFile) -> Guide {
        let progress = Progress::new(file.lesson());
        let steps = progress.lesson().steps().count();
        Guide { file, progress, open: 0, acted: vec![0; steps], beat: None }
    }

    pub(super) fn id(&self) -> &'static str {
        self.file.id
    }

    pub(super) fn language(&self) -> Language {
        self.file.language
    }

    /// The same lesson, as far as it has come, in another language.
    pub(super) fn translate(&mut self, file: &'static LessonFile) {
        self.file = file;
        self.progress.translate(file.lesson());
    }

    pub(super) fn lesson(&self) -> &Arc<Lesson> {
        self.progress.lesson()
    }

    pub(super) fn open(&self) -> usize {
        self.open
    }

    pub(super) fn steps(&self) -> usize {
        self.acted.len()
    }

    pub(super) fn done(&self) -> usize {
        self.progress.done().iter().filter(|done| **done).count()
    }

    pub(super) fn is_playing(&self) -> bool {
        self.beat.is_some()
    }

    pub(super) fn deadline(&self) -> Option<u64> {
        self.beat
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

    /// Looks at how things stand. `true` when that changed what is shown.
    pub(super) fn look(&mut self, state: &WorldState<'_>) -> bool {
        self.progress.observe(state).any()
    }

    /// The action of the shown step at a place there.
    pub(super) fn action(&self, index: usize) -> Option<Action> {
        self.lesson().step(self.open)?.actions().into_iter().nth(index)
    }

    /// Notes that the shown step's action at a place there was done by its button.
    pub(super) fn has_acted(&mut self, index: usize) {
        self.acted[self.open] = self.acted[self.open].max(index + 1);
    }

    /// The next thing to do on the way through the lesson.
    pub(super) fn next(&mut self) -> Beat {
        let (open, acted) = (self.open, self.acted.get(self.open).copied().unwrap_or_default());
        if let Some(action) = self.action(acted)
            && !(self.progress.is_done(open) && self.is_playing() && acted == 0)
        {
            self.acted[open] += 1;
            return Beat::Act(action);
        }
        if self.progress.is_done(open) || self.lesson().step(open).is_none_or(|step| step.goals.is_empty()) {
            return Beat::Turn;
        }
        Beat::Stuck
    }

    pub(super) fn play(&mut self, now: u64) {
        self.beat = Some(now);
    }

    pub(super) fn pause(&mut self) {
        self.beat = None;
    }

    /// Puts the next action off.
    pub(super) fn wait(&mut self, now: u64, beat: &Beat) {
        if self.beat.is_some() {
            self.beat = Some(now + if *beat == Beat::Turn { TURN } else { PACE });
        }
    }

    pub(super) fn model(&self, state: &WorldState<'_>, look: &dyn Fn(&str) -> Look) -> model::Lesson {
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
            opened: self.opened(state, look),
            playing: self.is_playing(),
            finished: self.progress.is_finished(),
            farewell: match lesson.parts.last() {
                Some(part) if part.steps.is_empty() && self.progress.is_finished() => {
                    plain_parts(&part.intro)
                }
                _ => Vec::new(),
            },
        }
    }

    fn opened(&self, state: &WorldState<'_>, look: &dyn Fn(&str) -> Look) -> Option<model::Step> {
        let step = self.lesson().step(self.open)?;
        let done = self.progress.is_done(self.open);
        let acted = self.acted[self.open];
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
                        parts.push(Part::Command(command(&action, index, done || index < acted, look)));
                        index += 1;
                    }
                }
                other => parts.extend(plain_parts(std::slice::from_ref(other))),
            }
        }
        let strings = self.language().goal_texts();
        let checks = self.progress.checks(self.open, state, strings).into_iter();
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

fn command(action: &Action, index: usize, done: bool, look: &dyn Fn(&str) -> Look) -> Command {
    let in_terminal = |name: &str| Some((name.to_owned(), look(name)));
    let (terminal, text, kind) = match action {
        Action::Type { terminal, command } => (in_terminal(terminal), command.clone(), CommandKind::Type),
        Action::Answer { terminal, text } => (in_terminal(terminal), text.clone(), CommandKind::Answer),
        Action::Interrupt { terminal } => {
            (in_terminal(terminal), "Ctrl-C".to_owned(), CommandKind::Interrupt)
        }
        Action::Wait { time, .. } => (None, format!("+{}", super::text::duration(*time)), CommandKind::Wait),
    };
    Command { index, terminal, text, kind, done }
}

/// Blocks in which nothing is to be done.
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
