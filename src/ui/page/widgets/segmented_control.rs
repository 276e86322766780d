//! A row of buttons of which one is chosen.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

#[component]
pub(in crate::ui) fn SegmentedControl(
    #[prop(into)] label: TextProp,
    #[prop(default = "segmented")] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=class role="group" aria-label=label>
            {children()}
        </div>
    }
}

/// A button of such a row.
#[component]
pub(in crate::ui) fn Segment(
    #[prop(into)] chosen: Signal<bool>,
    /// What it is called, where that is not what stands on it.
    #[prop(into, optional)]
    label: Option<TextProp>,
    #[prop(into, optional)] title: Option<TextProp>,
    #[prop(optional)] lang: Option<&'static str>,
    choose: impl Fn() + 'static,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class="segment"
            type="button"
            aria-pressed=move || chosen.get().to_string()
            aria-label=move || label.as_ref().map(TextProp::get)
            title=move || title.as_ref().map(TextProp::get)
            lang=lang
            on:click=move |_| choose()
        >
            {children()}
        </button>
    }
}
