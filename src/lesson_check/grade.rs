//! Grades what somebody has done in a lesson: an exported transcript is played again, and judged by the lesson's goals.

use std::sync::Arc;

use super::learner::options;
use crate::app::App;
use crate::lesson::Lesson;
use crate::player::Player;

/// How far somebody has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    pub steps: Vec<StepGrade>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepGrade {
    /// The step's id.
    pub id: String,
    pub is_done: bool,
}

impl Grade {
    /// How many steps are done.
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|step| step.is_done).count()
    }
}

/// Plays the commands of an answer in the world of a lesson. What they print there counts, not what the answer says that they
/// printed. Steps are done in their order; one that is not done does not stand in the way of those behind it.
pub fn grade(lesson: Lesson, answer: &str) -> Grade {
    let ids: Vec<String> = lesson.steps().map(|step| step.id.clone()).collect();
    let (mut open, mut rest) = (Vec::new(), lesson);
    while let Some(first_open) = first_open_step(&rest, answer) {
        rest.parts.iter_mut().for_each(|part| part.steps.retain(|step| step.id != first_open));
        open.push(first_open);
    }
    let steps = ids.into_iter().map(|id| StepGrade { is_done: !open.contains(&id), id });
    Grade { steps: steps.collect() }
}

/// The id of the first step of a lesson that an answer has not done.
fn first_open_step(lesson: &Lesson, answer: &str) -> Option<String> {
    let mut player = Player::of(App::with_lesson(options(), Arc::new(lesson.clone())));
    player.do_all(answer);
    let mut steps = lesson.steps().enumerate();
    steps.find(|(index, _)| !player.app().is_step_done(*index)).map(|(_, step)| step.id.clone())
}
