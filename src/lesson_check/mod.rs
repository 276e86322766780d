//! Checks a lesson by doing it, as its author would by hand, and grades what somebody else has done.
//!
//! A lesson is right if each step is done by its commands, not without them, and not without any one of them; if what it says
//! that they print is what they print; and if all that it uses is simulated.

mod finding;
mod grade;
mod learner;
mod output;

pub use finding::{Finding, Problem, Tools};
pub use grade::{Grade, StepGrade, grade};

use std::sync::Arc;

use crate::lesson::{Inline, Lesson, Step};
use crate::player;
use crate::transcript;
use learner::Learner;

/// All that is wrong with the text of a lesson, in the order of its lines. Nothing where it is right.
pub fn check(markdown: &str) -> Vec<Finding> {
    let markdown = &transcript::from_documentation(markdown);
    let lesson = match Lesson::from_transcript(markdown) {
        Ok(lesson) => Arc::new(lesson),
        Err(errors) => return errors.into_iter().map(Finding::from).collect(),
    };
    let lines = output::action_lines(markdown);
    let lines = &lines[lesson.setup.actions().len()..];
    let mut findings = output::check(markdown);
    findings.extend(lesson.steps().flat_map(wrong_predictions));
    findings.extend(check_steps(&lesson, lines));
    findings.sort_by_key(|finding| finding.line);
    findings
}

/// What the text of a lesson says that is printed, and is not in `played`: the same text as the real tools have played it.
pub fn compare_with_real(markdown: &str, played: &str) -> Vec<Finding> {
    output::compare(&transcript::from_documentation(markdown), &player::masked(played), Tools::Real)
}

/// What the right choice of a step's question says in code, and is not in what the step says that its commands print. Where that is
/// not written down, nothing is known.
fn wrong_predictions(step: &Step) -> Vec<Finding> {
    let lines = step.consoles().flat_map(|console| &console.lines);
    let entries = transcript::entries(lines.enumerate()).into_iter();
    let printed: Vec<String> = entries.flat_map(|entry| entry.output).collect();
    let questions = step.questions().filter(|_| !printed.is_empty());
    let wrong = questions.flat_map(|question| {
        let right = question.choices.iter().filter(|choice| choice.is_right);
        let said = right.flat_map(|choice| &choice.text).filter_map(|inline| match inline {
            Inline::Code(code) if !printed.iter().any(|line| line.contains(code)) => Some(code.clone()),
            _ => None,
        });
        said.map(|code| Finding { line: question.line, problem: Problem::Prediction(code) })
    });
    wrong.collect()
}

/// Does the steps one after the other. `lines` are those of their actions.
fn check_steps(lesson: &Arc<Lesson>, lines: &[usize]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut learner = Learner::new(lesson);
    let mut first_action = 0;
    for (index, step) in lesson.steps().enumerate() {
        let lines = &lines[first_action..];
        first_action += step.actions().len();
        learner.open(index);
        if learner.has_done(index) {
            findings.push(Finding { line: step.line, problem: Problem::DoneBefore });
            learner.act(index, None);
            continue;
        }
        learner.act(index, None);
        if learner.has_done(index) {
            findings.extend(unneeded(lesson, index, step, lines));
        } else {
            findings.push(Finding { line: step.line, problem: Problem::NotDone(learner.missing()) });
            // What comes behind it cannot be judged: each step begins with what those before it have made.
            break;
        }
    }
    findings
}

/// Which commands of a step can be left out, and it is done all the same.
fn unneeded<'a>(
    lesson: &'a Arc<Lesson>,
    index: usize,
    step: &Step,
    lines: &'a [usize],
) -> impl Iterator<Item = Finding> + 'a {
    step.actions().into_iter().zip(lines).enumerate().filter_map(move |(left_out, (action, line))| {
        let mut learner = Learner::new(lesson);
        (0..index).for_each(|before| learner.act(before, None));
        learner.act(index, Some(left_out));
        let problem = Problem::NotNeeded(action);
        learner.has_done(index).then_some(Finding { line: *line, problem })
    })
}

#[cfg(test)]
mod tests;
