//! How many lines came while nobody looked.

use crate::ui::context::use_ui;
use crate::ui::words::Words;
use leptos::prelude::*;

/// Nothing where all was seen.
#[component]
pub(in crate::ui) fn UnreadBadge(#[prop(into)] count: Signal<usize>) -> impl IntoView {
    let ui = use_ui();
    let shown = move || match count.get() {
        100.. => "99+".to_owned(),
        count => count.to_string(),
    };
    view! {
        <Show when=move || count.get() != 0>
            <span class="badge" data-testid="unread">
                {shown}
                <span class="visually-hidden">" " {ui.text(Words::new_lines)}</span>
            </span>
        </Show>
    }
}
