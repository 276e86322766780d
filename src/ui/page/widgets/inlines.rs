//! Text of a lesson with its marks.

use super::ExternalLink;
use crate::app::model::Inline;
use leptos::prelude::*;

/// Text with its marks.
#[component]
pub(in crate::ui) fn Inlines(inlines: Vec<Inline>) -> impl IntoView {
    let inline = |inline: Inline| match inline {
        Inline::Text(text) => text.into_any(),
        Inline::Code(code) => view! { <code translate="no">{code}</code> }.into_any(),
        Inline::Strong(strong) => view! { <strong>{strong}</strong> }.into_any(),
        Inline::Emphasis(emphasis) => view! { <em>{emphasis}</em> }.into_any(),
        Inline::Link { text, url } => view! { <ExternalLink url=url text=text /> }.into_any(),
    };
    inlines.into_iter().map(inline).collect_view()
}
