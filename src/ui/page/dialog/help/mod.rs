//! Help: how to get about, each key, each command there is, and what it all was checked against.

mod commands;
mod keys;
mod verbosity_choice;

use super::section::Section;
use crate::app::VERSIONS;
use crate::ui::context::use_ui;
use crate::ui::words::Words;
use commands::Commands;
use keys::Keys;
use leptos::prelude::*;
use verbosity_choice::VerbosityChoice;

#[component]
pub(super) fn HelpDialog() -> impl IntoView {
    let ui = use_ui();
    view! {
        <div class="dialog-section">
            <p>{ui.text(Words::help_lesson)}</p>
            <p>{ui.text(Words::help_terminals)}</p>
            <p>{ui.text(Words::help_keyboard)}</p>
            <p>{ui.text(Words::help_commands)}</p>
        </div>
        <Section title=Words::verbosity>
            <VerbosityChoice />
        </Section>
        <Section title=Words::help_all_keys>
            <Keys />
        </Section>
        <Section title=Words::help_all_commands>
            <Commands />
            <p>{ui.text(Words::help_refused)}</p>
            <p>{move || ui.words().help_checked(VERSIONS[0], VERSIONS[1])}</p>
        </Section>
    }
}
