//! The text of a lesson: paragraphs, lists, code and notes.

use crate::app::model::Prose;
use crate::ui::context::use_ui;
use crate::ui::message::ExplorerMsg;
use crate::ui::page::widgets::{Icon, Inlines, PLAY, Rows};
use crate::ui::words::Words;
use leptos::prelude::*;

/// The language of the lesson's text, where that is not the page's own.
#[derive(Clone, Copy)]
pub(super) struct TextLanguage(pub(super) Memo<Option<&'static str>>);

#[component]
pub(super) fn ProseView(#[prop(into)] text: Signal<Vec<Prose>>) -> impl IntoView {
    let numbered = Memo::new(move |_| text.get().into_iter().enumerate().collect::<Vec<(usize, Prose)>>());
    view! {
        <Rows each=numbered key=|(place, _)| *place let:numbered>
            {move || view! { <Block prose=numbered.get().1 /> }}
        </Rows>
    }
}

/// A block of text.
#[component]
pub(super) fn Block(prose: Prose) -> impl IntoView {
    let TextLanguage(language) = expect_context();
    match prose {
        Prose::Paragraph(text) => view! {
            <p class="lesson-text" data-testid="lesson-text" lang=language>
                <Inlines inlines=text />
            </p>
        }
        .into_any(),
        Prose::List { ordered, items } => {
            let items: Vec<_> =
                items.into_iter().map(|item| view! { <li><Inlines inlines=item /></li> }).collect();
            match ordered {
                true => view! { <ol class="lesson-list" lang=language>{items}</ol> }.into_any(),
                false => view! { <ul class="lesson-list" lang=language>{items}</ul> }.into_any(),
            }
        }
        Prose::Code { text, scenario } => view! { <Code text=text scenario=scenario /> }.into_any(),
        Prose::Note(text) => view! { <Note text=text /> }.into_any(),
    }
}

/// Code as it stands. Its long lines are scrolled, by keyboard as well. If it is a race, every order of it can be played.
#[component]
fn Code(text: String, scenario: Option<String>) -> impl IntoView {
    let ui = use_ui();
    view! {
        <pre translate="no" class="lesson-code" tabindex="0">{text}</pre>
        {scenario
            .map(|scenario| {
                view! {
                    <p>
                        <button
                            class="btn"
                            type="button"
                            on:click=move |_| ui.send(ExplorerMsg::Play(scenario.clone()))
                        >
                            <Icon path=PLAY />
                            {ui.text(Words::explore)}
                        </button>
                    </p>
                }
            })}
    }
}

/// Where today's tools and the official page differ.
#[component]
fn Note(text: Vec<Prose>) -> impl IntoView {
    let ui = use_ui();
    view! {
        <aside class="lesson-note" aria-label=ui.text(Words::differs)>
            <p class="lesson-note-label">{ui.text(Words::differs)}</p>
            {text.into_iter().map(|prose| view! { <Block prose=prose /> }).collect_view()}
        </aside>
    }
}
