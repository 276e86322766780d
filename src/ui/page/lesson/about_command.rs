//! Where a command of the lesson is run and what it is, for ears.

use crate::app::model::Command;
use crate::ui::context::use_ui;
use crate::ui::words::Words;
use leptos::prelude::*;

/// For ears: where and what.
#[component]
pub(super) fn AboutCommand(command: Memo<Command>) -> impl IntoView {
    let ui = use_ui();
    let about = move || {
        command.with(|command| {
            let place = command.terminal.as_ref().map(|terminal| terminal.name.as_str());
            let place = place.unwrap_or(ui.words().clock_simulated());
            Words::aside(&format!("{place}: {}", command.text))
        })
    };
    view! { <span class="visually-hidden">{about}</span> }
}
