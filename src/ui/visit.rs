//! What the page is told of the browser around it, as values.

use super::shown::Pane;

/// What a visit comes with.
#[derive(Clone, Debug, Default)]
pub(super) struct Visit {
    /// The address, without what stands behind `#`.
    pub(super) address: String,
    /// The lesson that the address names.
    pub(super) lesson: Option<&'static str>,
    /// The step of the lesson that the address names, counted from 0.
    pub(super) step: Option<usize>,
    /// The page stands in a frame of another one.
    pub(super) embedded: bool,
    /// The lines that were being typed when this tab was left (`crate::keep::read_lines`).
    pub(super) lines: String,
}

/// What may be another one each time that something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Surroundings {
    /// In milliseconds since 1970.
    pub(super) now: u64,
    pub(super) room: Room,
}

/// How many panes of the page are in sight, as `style/layout.css` has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Room {
    One,
    /// The terminals stand beside another pane.
    Two,
    #[default]
    All,
}

/// What was done while the page had no program yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct EarlyInput {
    /// The pane that was turned to, or that the address names.
    pub(super) pane: Option<Pane>,
    /// The address says that no other pane is shown.
    pub(super) alone: bool,
    /// Each line that was entered.
    pub(super) entered: Vec<String>,
    /// What stands in the field before the cursor, and behind it.
    pub(super) before: String,
    pub(super) after: String,
    /// That is to be completed.
    pub(super) completes: bool,
}
