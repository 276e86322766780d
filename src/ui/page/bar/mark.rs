//! The mark of the page.

use leptos::prelude::*;

/// A speech bubble, as NATS has it, with a prompt.
#[component]
pub(super) fn Mark() -> impl IntoView {
    const BUBBLE: &str = "M8 1h16a7 7 0 017 7v12a7 7 0 01-7 7h-3v4l-6-4H8a7 7 0 01-7-7V8a7 7 0 017-7z";
    view! {
        <svg class="bar-mark" viewBox="0 0 32 32" aria-hidden="true">
            <path class="bar-mark-ground" d=BUBBLE></path>
            <path class="bar-mark-line" d="M8 9l5.5 5L8 19M16 19h8"></path>
        </svg>
    }
}
