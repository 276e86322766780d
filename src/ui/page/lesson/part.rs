//! The pieces of a step's text.

use super::command_card::CommandCard;
use crate::app::model::{Command, Part};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{Inlines, Rows};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Parts(#[prop(into)] parts: Signal<Vec<Part>>) -> impl IntoView {
    let numbered = Memo::new(move |_| parts.get().into_iter().enumerate().collect::<Vec<(usize, Part)>>());
    view! {
        <Rows each=numbered key=|(place, _)| *place let:part>
            <PartView part=Signal::derive(move || part.get().1) />
        </Rows>
    }
}

#[component]
fn PartView(part: Signal<Part>) -> impl IntoView {
    let Part::Command(first) = part.get_untracked() else {
        return (move || text(part.get())).into_any();
    };
    // A command stays the same card, whose buttons may have the focus.
    let command = Memo::new(move |last: Option<&Command>| match part.get() {
        Part::Command(command) => command,
        _ => last.unwrap_or(&first).clone(),
    });
    view! { <CommandCard command=command /> }.into_any()
}

fn text(part: Part) -> AnyView {
    match part {
        Part::Paragraph(text) => view! {
            <p class="lesson-text" data-testid="lesson-text">
                <Inlines inlines=text />
            </p>
        }
        .into_any(),
        Part::List { ordered, items } => {
            let items: Vec<_> =
                items.into_iter().map(|item| view! { <li><Inlines inlines=item /></li> }).collect();
            match ordered {
                true => view! { <ol class="lesson-list">{items}</ol> }.into_any(),
                false => view! { <ul class="lesson-list">{items}</ul> }.into_any(),
            }
        }
        Part::Code(code) => view! { <pre translate="no" class="lesson-code">{code}</pre> }.into_any(),
        Part::Note(parts) => view! { <Note parts=parts /> }.into_any(),
        Part::Command(command) => {
            view! { <CommandCard command=Memo::new(move |_| command.clone()) /> }.into_any()
        }
    }
}

/// Where today's tools and the official page differ.
#[component]
fn Note(parts: Vec<Part>) -> impl IntoView {
    let ui = use_ui();
    view! {
        <aside class="lesson-note" aria-label=ui.text(Words::differs)>
            <p class="lesson-note-label">{ui.text(Words::differs)}</p>
            {parts.into_iter().map(text).collect_view()}
        </aside>
    }
}
