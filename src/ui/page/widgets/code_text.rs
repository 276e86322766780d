//! A command as text: a line ends between its words, not behind the hyphen of a flag.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// Longer words are broken where a line ends, in characters.
const LONGEST: usize = 24;

#[component]
pub(in crate::ui) fn CodeText(#[prop(into)] text: TextProp) -> impl IntoView {
    move || {
        let text = text.get();
        let word = |word: &str| {
            if word.contains('-') && word.chars().count() <= LONGEST {
                let (word, blank) = word.split_at(word.trim_end().len());
                let (word, blank) = (word.to_owned(), blank.to_owned());
                Either::Left(view! { <span class="word">{word}</span> {blank} })
            } else {
                Either::Right(word.to_owned())
            }
        };
        text.split_inclusive(' ').map(word).collect_view()
    }
}
