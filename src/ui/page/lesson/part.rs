//! The pieces of a step: text, commands and questions.

use super::command_card::CommandCard;
use super::prose::{TextLanguage, text};
use super::question::QuestionView;
use crate::app::model::{Command, Part, Question};
use crate::ui::page::widgets::Rows;
use leptos::prelude::*;
use std::mem::discriminant;

#[component]
pub(super) fn Parts(#[prop(into)] parts: Signal<Vec<Part>>) -> impl IntoView {
    let numbered = Memo::new(move |_| parts.get().into_iter().enumerate().collect::<Vec<(usize, Part)>>());
    view! {
        <Rows each=numbered key=|(place, part)| (*place, discriminant(part)) let:part>
            <PartView part=Signal::derive(move || part.get().1) />
        </Rows>
    }
}

/// A piece, which stays one of its kind. What has buttons stays the same element, as one of them may have the focus.
#[component]
fn PartView(part: Signal<Part>) -> impl IntoView {
    let TextLanguage(language) = expect_context();
    match part.get_untracked() {
        Part::Command(first) => {
            let command = Memo::new(move |last: Option<&Command>| match part.get() {
                Part::Command(command) => command,
                _ => last.unwrap_or(&first).clone(),
            });
            view! { <CommandCard command=command /> }.into_any()
        }
        Part::Question(first) => {
            let question = Memo::new(move |last: Option<&Question>| match part.get() {
                Part::Question(question) => question,
                _ => last.unwrap_or(&first).clone(),
            });
            view! { <QuestionView question=question /> }.into_any()
        }
        Part::Paragraph(_) | Part::List { .. } | Part::Code(_) | Part::Note(_) => {
            (move || text(part.get(), language)).into_any()
        }
    }
}
