//! Things of a kind under a heading; where there are none, that is said.

use crate::ui::context::use_ui;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Group(
    title: fn(Words) -> &'static str,
    /// What is said where there are none.
    #[prop(optional)]
    none: Option<fn(Words) -> &'static str>,
    #[prop(optional)] is_empty: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let ui = use_ui();
    view! {
        <section aria-label=ui.text(title)>
            <h3 class="inspector-heading">{ui.text(title)}</h3>
            <div>
                {none.map(|none| {
                    view! {
                        <Show when=move || is_empty.get()>
                            <p class="quiet">{ui.text(none)}</p>
                        </Show>
                    }
                })}
                {children()}
            </div>
        </section>
    }
}
