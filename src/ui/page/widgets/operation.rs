//! A revision with what was done in it, by word as well as by colour.

use crate::app::model::Operation;
use leptos::prelude::*;

/// The commands' own words, which are the same in every language.
pub(in crate::ui) fn operation_word(operation: Operation) -> &'static str {
    match operation {
        Operation::Put => "put",
        Operation::Delete => "del",
        Operation::Purge => "purge",
        Operation::Expired => "expired",
    }
}

#[component]
pub(in crate::ui) fn OperationTag(
    revision: u64,
    operation: Operation,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let word = operation_word(operation);
    view! {
        <span class="pill" data-kind=word>
            <span class="pill-number">{revision.to_string()}</span>
            <span>{word}</span>
            {children.map(|children| children())}
        </span>
    }
}
