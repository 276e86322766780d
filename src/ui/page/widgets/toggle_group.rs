//! A row of buttons that are switched on and off, each for itself.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

#[component]
pub(in crate::ui) fn ToggleGroup(#[prop(into)] label: TextProp, children: Children) -> impl IntoView {
    view! {
        <div class="toggles" role="group" aria-label=label>
            {children()}
        </div>
    }
}

/// A button of such a row.
#[component]
pub(in crate::ui) fn Toggle(
    #[prop(into)] on: Signal<bool>,
    toggle: impl Fn() + 'static,
    children: Children,
) -> impl IntoView {
    view! {
        <button class="toggle" type="button" aria-pressed=move || on.get().to_string() on:click=move |_| toggle()>
            {children()}
        </button>
    }
}
