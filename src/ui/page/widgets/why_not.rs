//! Why the lesson cannot go on by itself.

use super::Inlines;
use crate::app::model::{Next, Wait};
use crate::ui::context::Ui;
use leptos::prelude::*;

pub(in crate::ui) fn why_not(ui: Ui, next: Next) -> Option<AnyView> {
    let words = ui.words();
    Some(match next {
        Next::Waits(Wait::Busy(terminal)) => words.said_busy(&terminal).into_any(),
        Next::Waits(Wait::NothingAsked(terminal)) => words.said_no_question(&terminal).into_any(),
        Next::Waits(Wait::Goal(missing)) => view! { <Inlines inlines=missing /> }.into_any(),
        Next::End => words.that_was_all().into_any(),
        Next::Command(_) | Next::Step(_) => return None,
    })
}
