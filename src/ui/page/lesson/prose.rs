//! The text of a lesson: paragraphs, lists, code and notes.

use crate::app::model::Part;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{Inlines, Rows};
use crate::ui::words::Words;
use leptos::prelude::*;

/// The language of the lesson's text, where that is not the page's own.
#[derive(Clone, Copy)]
pub(super) struct TextLanguage(pub(super) Memo<Option<&'static str>>);

#[component]
pub(super) fn Prose(#[prop(into)] parts: Signal<Vec<Part>>) -> impl IntoView {
    let TextLanguage(language) = expect_context();
    let numbered = Memo::new(move |_| parts.get().into_iter().enumerate().collect::<Vec<(usize, Part)>>());
    view! {
        <Rows each=numbered key=|(place, _)| *place let:part>
            {move || text(part.get().1, language)}
        </Rows>
    }
}

/// A piece of text.
pub(super) fn text(part: Part, language: Memo<Option<&'static str>>) -> AnyView {
    match part {
        Part::Paragraph(text) => view! {
            <p class="lesson-text" data-testid="lesson-text" lang=language>
                <Inlines inlines=text />
            </p>
        }
        .into_any(),
        Part::List { ordered, items } => {
            let items: Vec<_> =
                items.into_iter().map(|item| view! { <li><Inlines inlines=item /></li> }).collect();
            match ordered {
                true => view! { <ol class="lesson-list" lang=language>{items}</ol> }.into_any(),
                false => view! { <ul class="lesson-list" lang=language>{items}</ul> }.into_any(),
            }
        }
        Part::Code(code) => view! { <pre translate="no" class="lesson-code">{code}</pre> }.into_any(),
        Part::Note(parts) => view! { <Note parts=parts /> }.into_any(),
        // Those are only in the body of a step, and drawn there.
        Part::Command(_) | Part::Question(_) => ().into_any(),
    }
}

/// Where today's tools and the official page differ.
#[component]
fn Note(parts: Vec<Part>) -> impl IntoView {
    let ui = use_ui();
    let TextLanguage(language) = expect_context();
    view! {
        <aside class="lesson-note" aria-label=ui.text(Words::differs)>
            <p class="lesson-note-label">{ui.text(Words::differs)}</p>
            {parts.into_iter().map(|part| text(part, language)).collect_view()}
        </aside>
    }
}
