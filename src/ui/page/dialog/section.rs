//! A part of a dialog under a heading.

use crate::ui::context::use_ui;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Section(title: fn(Words) -> &'static str, children: Children) -> impl IntoView {
    let ui = use_ui();
    view! {
        <section class="dialog-section">
            <h3 class="dialog-heading">{ui.text(title)}</h3>
            {children()}
        </section>
    }
}
