//! What the address asks for, as whoever shows the page in a frame writes it: `?lang=de&theme=dark&step=4&layout=terminal`.
//! What it says holds for this visit and is not kept; what it does not know is left alone. `web/early.js` reads it.

use super::state::{Part, State};
use super::window;
use crate::app::{LessonMsg, Msg};

/// Opens the step, and shows the part alone, that the address names.
pub(super) fn follow(state: &mut State) {
    let step = window::asked("step").parse::<usize>().unwrap_or(0);
    let steps = state.app.lesson().map_or(0, |lesson| lesson.steps.len());
    if (1..=steps).contains(&step) && state.app.open_step() != Some(step - 1) {
        state.app.update(Msg::Lesson(LessonMsg::OpenStep(step - 1)));
    }
    let part = window::part();
    if let Some(part) = Part::ALL.into_iter().find(|known| known.name() == part) {
        match window::marked("data-layout").is_empty() {
            true => state.show(part),
            false => state.show_alone(part),
        }
    }
}
