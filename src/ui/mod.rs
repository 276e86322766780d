//! The page: draws what the application shows and forwards what its user does.

use leptos::prelude::*;

/// Draws the page into the document.
pub fn start() {
    leptos::mount::mount_to_body(|| view! { <main><h1>"NATS Key/Value playground"</h1></main> });
}
