//! Where a command of the lesson is run and what it is, for ears.

use crate::app::model::Command;
use crate::ui::context::use_ui;
use leptos::prelude::*;

/// For ears: where and what.
#[component]
pub(super) fn AboutCommand(command: Memo<Command>) -> impl IntoView {
    let ui = use_ui();
    let about = move || {
        command.with(|command| {
            let words = ui.words();
            let target = command.terminal.as_ref().map(|terminal| terminal.name.as_str());
            let target = target.unwrap_or(words.clock_simulated());
            words.aside(&words.command_at(target, &command.text))
        })
    };
    view! { <span class="visually-hidden">{about}</span> }
}
