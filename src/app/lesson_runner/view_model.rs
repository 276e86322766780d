//! The lesson as the page draws it.

use super::LessonRunner;
use crate::app::model::{
    self, Check, Command, CommandKind, CommandTerminal, EndSection, Next, NextLesson, Passage, Prose,
    Question, StepLine, StepState, Wait,
};
use crate::lesson::code::LessonCode;
use crate::lesson::{self, Action, Block, OwnLesson, WorldState, catalog, code_spans};
use crate::term::keymap::spelled;
use crate::texts::Language;

impl LessonRunner {
    pub(in crate::app) fn model(
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
            language: catalog::find(&self.name, self.language()).map(|file| file.language),
            is_own: self.name == OwnLesson::NAME,
            intro: if self.open == 0 { prose(&lesson.intro) } else { Vec::new() },
            steps,
            following: if self.is_at_end() { self.following() } else { None },
            end: if self.is_at_end() { self.end() } else { Vec::new() },
            code: self.is_at_end().then(|| LessonCode::find(&self.name)).flatten(),
            next: self.next(state),
            opened: self.opened(state, terminal),
            playing: self.is_playing(),
            pace: self.pace,
            finished: self.progress.is_finished(),
        }
    }

    /// A question of the shown step. What is right is said once it has happened.
    fn question(&self, question: &lesson::Question) -> Question {
        let has_happened = self.progress.is_done(self.open);
        let right = question.choices.iter().position(|choice| choice.is_right);
        Question {
            text: prose(&question.text),
            choices: question.choices.iter().map(|choice| choice.text.clone()).collect(),
            chosen: self.chosen[self.open],
            right: right.filter(|_| has_happened),
            answer: if has_happened { prose(&question.answer) } else { Vec::new() },
        }
    }

    /// The lesson that is listed behind this one.
    fn following(&self) -> Option<NextLesson> {
        let file = catalog::lessons(self.language()).skip_while(|file| file.name() != self.name).nth(1)?;
        Some(NextLesson { name: file.name(), title: file.lesson().title.clone() })
    }

    /// The last step is shown, and done.
    fn is_at_end(&self) -> bool {
        self.open + 1 == self.steps() && self.progress.is_done(self.open)
    }

    /// What the lesson says at its end: its last parts, those without steps.
    fn end(&self) -> Vec<EndSection> {
        let parts = &self.lesson().parts;
        let first = parts.iter().rposition(|part| !part.steps.is_empty()).map_or(0, |last| last + 1);
        let section =
            |part: &lesson::Part| EndSection { heading: part.heading.clone(), text: prose(&part.intro) };
        parts[first..].iter().map(section).collect()
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
        let intro = chapter.map(|part| prose(&part.intro)).unwrap_or_default();
        let mut passages: Vec<Passage> = intro.into_iter().map(Passage::Prose).collect();
        for block in &step.body {
            match block {
                Block::Solution(_) if self.hides_solution() => {}
                Block::Console(console) | Block::Solution(console) => {
                    for action in console.actions() {
                        passages.push(Passage::Command(command(
                            &action,
                            index,
                            acted[index],
                            terminal,
                            self.language(),
                        )));
                        index += 1;
                    }
                }
                Block::Question(question) => passages.push(Passage::Question(self.question(question))),
                other => passages.extend(prose(std::slice::from_ref(other)).into_iter().map(Passage::Prose)),
            }
        }
        let waits_for = match self.next(state) {
            Next::Waits(Wait::Goal(missing)) => missing,
            _ => Vec::new(),
        };
        let checks = self.progress.checks(self.open, state, self.language()).into_iter();
        let checks = checks.map(|check| Check {
            wanted: code_spans(&check.wanted),
            is_said_beside: code_spans(&check.missing) == waits_for,
            missing: code_spans(&check.missing),
            done: check.met,
        });
        Some(model::Step {
            number: self.open,
            done,
            passages,
            checks: checks.collect(),
            hint: prose(&step.hint),
            lost: self.progress.current() == Some(self.open)
                && self.progress.lost(state, self.language()).is_some(),
            hides_solution: step.shown_actions() < acted.len() && self.hides_solution(),
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
        Action::Wait { time, .. } => {
            (None, format!("+{}", crate::app::text::duration(*time)), CommandKind::Wait)
        }
    };
    Command { index, terminal, text, kind, done }
}

/// Blocks as they are shown, without consoles and questions.
fn prose(blocks: &[Block]) -> Vec<Prose> {
    let prose = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(text) => Some(Prose::Paragraph(text.clone())),
        Block::List { ordered, items } => Some(Prose::List { ordered: *ordered, items: items.clone() }),
        Block::Code { language, text } => {
            let scenario = (language == "race").then(|| scenario(blocks));
            Some(Prose::Code { text: text.clone(), scenario })
        }
        Block::Note(blocks) => Some(Prose::Note(self::prose(blocks))),
        Block::Console(_) | Block::Solution(_) | Block::Question(_) => None,
    });
    prose.collect()
}

/// The scenario that stands among blocks, in Markdown, as `explore` reads it.
fn scenario(blocks: &[Block]) -> String {
    let fences = blocks.iter().filter_map(|block| match block {
        Block::Code { language, text } if matches!(language.as_str(), "race" | "rules" | "faults") => {
            Some(format!("```{language}\n{text}\n```\n"))
        }
        _ => None,
    });
    fences.collect::<Vec<_>>().join("\n")
}
