//! The steps of the lesson as they are listed.

use crate::app::model::{Lesson, Step, StepLine, StepState};
use leptos::prelude::*;

/// A step as it is listed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StepRow {
    pub(super) number: usize,
    pub(super) line: StepLine,
    pub(super) done: bool,
}

pub(super) fn rows(lesson: &Lesson) -> Vec<StepRow> {
    let row = |(number, line): (usize, &StepLine)| {
        let opened = lesson.opened.as_ref().filter(|step| step.number == number);
        let done = opened.map_or(line.state == StepState::Done, |step| step.done);
        StepRow { number, line: line.clone(), done }
    };
    lesson.steps.iter().enumerate().map(row).collect()
}

/// The step that is open, if it is this one.
pub(super) fn opened_step(opened: Memo<Option<Step>>, number: usize) -> Memo<Option<Step>> {
    Memo::new(move |_| opened.with(|step| step.clone().filter(|step| step.number == number)))
}
