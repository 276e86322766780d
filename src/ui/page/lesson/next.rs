//! Whether something comes next in the lesson.

use crate::app::model::Next;
use crate::ui::context::Ui;
use leptos::prelude::*;

/// Nothing comes next in the lesson, or something else has to be done before.
pub(super) fn cannot_go_on(ui: Ui) -> bool {
    ui.model
        .lesson
        .with(|lesson| lesson.as_ref().is_none_or(|lesson| matches!(lesson.next, Next::Waits(_) | Next::End)))
}
