//! What a step consists of: text, commands and questions.

use super::command_card::CommandCard;
use super::prose::Block;
use super::question::QuestionView;
use crate::app::model::{Command, Passage, Prose, Question};
use crate::ui::page::widgets::Rows;
use leptos::prelude::*;
use std::mem::discriminant;

#[component]
pub(super) fn Passages(#[prop(into)] passages: Signal<Vec<Passage>>) -> impl IntoView {
    let numbered =
        Memo::new(move |_| passages.get().into_iter().enumerate().collect::<Vec<(usize, Passage)>>());
    view! {
        <Rows each=numbered key=|(place, passage)| (*place, discriminant(passage)) let:numbered>
            <PassageView passage=Signal::derive(move || numbered.get().1) />
        </Rows>
    }
}

/// A passage, which stays one of its kind. What has buttons stays the same element, as one of them may have the focus.
#[component]
fn PassageView(passage: Signal<Passage>) -> impl IntoView {
    match passage.get_untracked() {
        Passage::Command(first) => {
            let command = Memo::new(move |last: Option<&Command>| match passage.get() {
                Passage::Command(command) => command,
                _ => last.unwrap_or(&first).clone(),
            });
            view! { <CommandCard command=command /> }.into_any()
        }
        Passage::Question(first) => {
            let question = Memo::new(move |last: Option<&Question>| match passage.get() {
                Passage::Question(question) => question,
                _ => last.unwrap_or(&first).clone(),
            });
            view! { <QuestionView question=question /> }.into_any()
        }
        Passage::Prose(first) => {
            let prose = Memo::new(move |last: Option<&Prose>| match passage.get() {
                Passage::Prose(prose) => prose,
                _ => last.unwrap_or(&first).clone(),
            });
            (move || view! { <Block prose=prose.get() /> }).into_any()
        }
    }
}
