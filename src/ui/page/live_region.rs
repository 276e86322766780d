//! What those hear who do not see the page.

use crate::ui::context::use_ui;
use leptos::prelude::*;

#[component]
pub(super) fn LiveRegion() -> impl IntoView {
    let announcement = use_ui().model.announcement;
    view! {
        <div class="visually-hidden" role="status" data-testid="announcement">
            {announcement}
        </div>
    }
}
