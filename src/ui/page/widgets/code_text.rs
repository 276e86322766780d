//! A command as text: a line ends between its words, not behind the hyphen of a flag.

use leptos::prelude::*;

/// Longer words are broken where a line ends, in characters.
const LONGEST: usize = 24;

#[component]
pub(in crate::ui) fn CodeText(#[prop(into)] text: Signal<String>) -> impl IntoView {
    move || {
        let text = text.get();
        let word = |word: &str| match word.contains('-') && word.chars().count() <= LONGEST {
            true => {
                let (word, blank) = word.split_at(word.trim_end().len());
                let (word, blank) = (word.to_owned(), blank.to_owned());
                view! { <span class="word">{word}</span> {blank} }.into_any()
            }
            false => word.to_owned().into_any(),
        };
        text.split_inclusive(' ').map(word).collect_view()
    }
}
