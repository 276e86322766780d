//! What runs waits for time to pass, and the clock is held: how to go on.

use crate::app::{ClockMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{Icon, PLAY};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn WaitsForClock() -> impl IntoView {
    let ui = use_ui();
    view! {
        <p class="term-below" role="status">
            {ui.text(Words::waits_for_clock)} " "
            <button
                class="btn btn-small"
                type="button"
                on:click=move |_| ui.send(Msg::Clock(ClockMsg::Hold(false)))
            >
                <Icon path=PLAY />
                {ui.text(Words::let_run)}
            </button>
        </p>
    }
}
