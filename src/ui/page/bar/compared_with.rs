//! What the terminals were compared with.

use crate::app::VERSIONS;
use crate::ui::context::use_ui;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn ComparedWith() -> impl IntoView {
    let ui = use_ui();
    let [command, server] = VERSIONS.map(|version| version.trim_start_matches('v'));
    view! {
        <p class="bar-facts">
            <span class="bar-fact">{format!("nats {command}")}</span>
            <span class="bar-fact">{format!("nats-server {server}")}</span>
            <span class="bar-fact">{ui.text(Words::simulated_here)}</span>
        </p>
    }
}
