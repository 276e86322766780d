//! Runs the lesson: which step is shown, what its buttons have done, and whether it plays by itself.

use std::sync::Arc;

use super::model::{
    self, Check, Command, CommandKind, CommandTerminal, Next, Part, StepLine, StepState, Wait,
};
use super::pace::Pace;
use crate::lesson::{Action, Block, Lesson, Progress, WorldState, catalog, code_spans, plain};
use crate::term::keymap::spelled;
use crate::texts::Language;

pub(super) struct LessonRunner {
    name: String,
    language: Language,
    progress: Progress,
    /// The step that is shown.
    open: usize,
    /// For each step, which of its actions were done while it was open, by whatever way.
    acted: Vec<Vec<bool>>,
    /// By how much the clock was moved on since the step was opened, less what its actions wanted; in milliseconds.
    waited: u64,
    /// When autoplay goes on, if it is on; in wall time, since the world's clock may stand still or jump.
    autoplay_at: Option<u64>,
    pace: Pace,
}

impl LessonRunner {
    /// Begins a lesson of this name; what is said besides its text is said in this language.
    pub(super) fn new(name: &str, lesson: Arc<Lesson>, language: Language) -> LessonRunner {
        let acted = lesson.steps().map(|step| vec![false; step.actions().len()]).collect();
        LessonRunner {
            name: name.to_owned(),
            language,
            progress: Progress::new(lesson),
            open: 0,
            acted,
            waited: 0,
            autoplay_at: None,
            pace: Pace::default(),
        }
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
        // A step that is done without its commands needs none of them.
        let action = self.action(index).filter(|_| !(done && index == 0));
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
        let parts = self.lesson().step(self.open).map(|step| plain_parts(&step.body)).unwrap_or_default();
        let letters = parts.iter().map(|part| match part {
            Part::Paragraph(text) => plain(text).chars().count(),
            Part::List { items, .. } => items.iter().map(|item| plain(item).chars().count()).sum(),
            Part::Code(code) => code.chars().count(),
            Part::Command(_) | Part::Note(_) => 0,
        });
        letters.sum()
    }

    pub(super) fn model(
        &self,
        state: &WorldState<'_>,
        terminal: &dyn Fn(&str) -> CommandTerminal,
    ) -> model::Lesson {
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
            following: self.end().and_then(|_| self.following()),
            end: self.end(),
            next: self.next(state),
            opened: self.opened(state, terminal),
            playing: self.is_playing(),
            pace: self.pace,
            finished: self.progress.is_finished(),
        }
    }

    /// The lesson that is listed behind this one.
    fn following(&self) -> Option<(&'static str, String)> {
        let file = catalog::lessons(self.language()).skip_while(|file| file.name() != self.name).nth(1)?;
        Some((file.name(), file.lesson().title.clone()))
    }

    /// What the lesson says at its end, where that is reached.
    fn end(&self) -> Option<(String, Vec<Part>)> {
        let last = self.lesson().parts.last().filter(|part| part.steps.is_empty())?;
        let is_reached = self.open + 1 == self.steps() && self.progress.is_done(self.open);
        is_reached.then(|| (last.heading.clone(), plain_parts(&last.intro)))
    }

    fn opened(
        &self,
        state: &WorldState<'_>,
        terminal: &dyn Fn(&str) -> CommandTerminal,
    ) -> Option<model::Step> {
        let step = self.lesson().step(self.open)?;
        let done = self.progress.is_done(self.open);
        let acted = &self.acted[self.open];
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
                            acted[index],
                            terminal,
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
    terminal: &dyn Fn(&str) -> CommandTerminal,
    language: Language,
) -> Command {
    let in_terminal = |name: &str| Some(terminal(name));
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
