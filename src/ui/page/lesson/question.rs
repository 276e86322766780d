//! A question that is asked before anything is run: what do you expect? What then happens answers it.

use super::prose::{ProseView, TextLanguage};
use crate::app::model::{Inline, Question};
use crate::app::{LessonMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CHECK, Icon, Inlines, Rows};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn QuestionView(question: Memo<Question>) -> impl IntoView {
    let ui = use_ui();
    let text = Memo::new(move |_| question.with(|question| question.text.clone()));
    let answer = Memo::new(move |_| question.with(|question| question.answer.clone()));
    let choices = Memo::new(move |_| {
        question.with(|question| question.choices.iter().cloned().enumerate().collect::<Vec<_>>())
    });
    let has_happened = Memo::new(move |_| question.with(|question| question.right.is_some()));
    let verdict = move || {
        let (right, chosen) = question.with(|question| (question.right, question.chosen));
        match (right, chosen) {
            (None, None) => ui.words().question_choose(),
            (None, Some(_)) => ui.words().question_run_it(),
            (Some(_), None) => ui.words().question_answered(),
            (Some(right), Some(chosen)) if right == chosen => ui.words().question_as_expected(),
            (Some(_), Some(_)) => ui.words().question_not_as_expected(),
        }
    };
    view! {
        <fieldset class="question" data-testid="question">
            <legend class="question-title">{ui.text(Words::question)}</legend>
            <ProseView text=text />
            <Rows each=choices key=|(place, _)| *place let:choice>
                <ChoiceItem choice=choice question=question />
            </Rows>
            <p class="question-verdict" role="status">{verdict}</p>
            <Show when=move || has_happened.get()>
                <ProseView text=answer />
            </Show>
        </fieldset>
    }
}

#[component]
fn ChoiceItem(choice: Memo<(usize, Vec<Inline>)>, question: Memo<Question>) -> impl IntoView {
    let ui = use_ui();
    let TextLanguage(language) = expect_context();
    let place = choice.with_untracked(|(place, _)| *place);
    let is_right = Memo::new(move |_| question.with(|question| question.right == Some(place)));
    let is_chosen = move || question.with(|question| question.chosen == Some(place));
    view! {
        <label class="question-choice" data-right=move || is_right.get().to_string()>
            <input
                type="radio"
                name="question"
                prop:checked=is_chosen
                disabled=move || question.with(|question| question.right.is_some())
                on:change=move |_| ui.send(Msg::Lesson(LessonMsg::Predict(place)))
            />
            <span lang=language>{move || view! { <Inlines inlines=choice.get().1 /> }}</span>
            <Show when=move || is_right.get()>
                <Icon path=CHECK />
                <span class="visually-hidden">{move || ui.words().aside(ui.words().question_right())}</span>
            </Show>
        </label>
    }
}
