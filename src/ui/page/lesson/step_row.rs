//! The steps of the lesson as they are listed.

use crate::app::model::{Lesson, Step, StepLine, StepState};
use crate::ui::page::widgets::projection;
use leptos::prelude::*;

/// A step as it is listed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StepRow {
    pub(super) number: usize,
    pub(super) line: StepLine,
    pub(super) done: bool,
}

pub(super) fn rows(lesson: &Lesson) -> Vec<StepRow> {
    let row = |(number, line): (usize, &StepLine)| StepRow {
        number,
        line: line.clone(),
        done: is_done(lesson, number, line),
    };
    lesson.steps.iter().enumerate().map(row).collect()
}

pub(super) fn steps_done(lesson: &Lesson) -> usize {
    lesson.steps.iter().enumerate().filter(|(number, line)| is_done(lesson, *number, line)).count()
}

/// The open step may be done while it is not left yet.
fn is_done(lesson: &Lesson, number: usize, line: &StepLine) -> bool {
    let opened = lesson.opened.as_ref().filter(|step| step.number == number);
    opened.map_or(line.state == StepState::Done, |step| step.done)
}

/// The step that is open, if it is this one.
pub(super) fn opened_step(opened: Memo<Option<Step>>, number: usize) -> Memo<Option<Step>> {
    projection(opened, move |step| step.as_ref().filter(|step| step.number == number).cloned())
}
