//! A link that leaves the page, which therefore opens elsewhere.

use crate::ui::context::use_ui;
use leptos::prelude::*;

#[component]
pub(in crate::ui) fn ExternalLink(url: String, text: String) -> impl IntoView {
    let ui = use_ui();
    view! {
        <a href=url target="_blank" rel="noopener">
            {text.trim_start_matches("https://").to_owned()}
            <span class="visually-hidden">{move || ui.words().aside(ui.words().opens_elsewhere())}</span>
        </a>
    }
}
