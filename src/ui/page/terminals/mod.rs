//! The terminals: tabs above, and as many side by side as the user wants and the screen has room for.

mod asides;
mod block;
mod block_model;
mod candidates;
mod chunk;
mod columns_choice;
mod correction;
mod line;
mod name_field;
mod output_refs;
mod pasted;
mod prompt_field;
mod tab;
mod tab_buttons;
mod tab_menu;
mod tabs;
mod terminal;
mod touch_keys;
mod transcript;
mod typed_command;
mod versions;
mod waits_for_clock;
mod why;

use super::widgets::Rows;
use crate::ui::context::use_ui;
use crate::ui::words::Words;
use leptos::prelude::*;
use tabs::Tabs;
use terminal::TerminalView;
use touch_keys::TouchKeys;

#[component]
pub(super) fn TerminalsPane() -> impl IntoView {
    let ui = use_ui();
    view! {
        <section
            class="pane pane-terminals"
            data-testid="pane-terminals"
            aria-label=ui.text(Words::terminals)
        >
            <div class="tabs">
                <Tabs />
            </div>
            <div class="terms">
                <Rows each=ui.model.terminals key=|terminal| terminal.id let:terminal>
                    <TerminalView terminal=terminal />
                </Rows>
            </div>
            <div class="touch">
                <TouchKeys />
            </div>
            <p class="visually-hidden" id="term-hint">
                {ui.text(Words::leaving_hint)}
            </p>
        </section>
    }
}
