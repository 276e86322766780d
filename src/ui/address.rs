//! What the address asks for, as whoever shows the page in a frame writes it: `?lang=de&theme=dark&step=4&layout=terminal`.
//! What it says holds for this visit and is not kept; what it does not know is left alone.

use super::state::{Part, State};
use super::window;
use crate::app::Msg;

pub(super) fn option(name: &str) -> Option<String> {
    let query = window::query();
    let mut pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// Opens the step, and shows the part alone, that the address names.
pub(super) fn follow(state: &mut State) {
    let step = option("step").and_then(|step| step.parse::<usize>().ok()).unwrap_or(0);
    let steps = state.app.lesson().map_or(0, |lesson| lesson.steps.len());
    if (1..=steps).contains(&step) && state.app.open_step() != Some(step - 1) {
        state.app.update(Msg::OpenStep(step - 1));
    }
    let parts = [("lesson", Part::Lesson), ("terminal", Part::Terminals), ("picture", Part::Picture)];
    let layout = option("layout").unwrap_or_default();
    if let Some((name, part)) = parts.into_iter().find(|(name, _)| *name == layout) {
        state.show_alone(part);
        window::mark("data-layout", name);
    }
}
