//! A revision of a key: number and what was done, by word as well as by colour, and by whom.

use crate::app::model::{Operation, Revision};
use crate::app::{Msg, command};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::{operation_word, projection};
use leptos::prelude::*;

#[component]
pub(super) fn RevisionItem(bucket: String, of_key: String, revision: Memo<Revision>) -> impl IntoView {
    let ui = use_ui();
    let (number, operation) = revision.with_untracked(|revision| (revision.number, revision.operation));
    let propose = match operation {
        Operation::Put => {
            command(&["nats", "kv", "get", &bucket, &of_key, "--revision", &number.to_string()])
        }
        _ => command(&["nats", "kv", "history", &bucket, &of_key]),
    };
    let word = operation_word(operation);
    let about = move || {
        let words = ui.words();
        revision.with(|revision| match (&revision.value, &revision.author) {
            (None, None) => words.revision(number, word),
            (Some(value), None) => words.revision_value(number, word, value),
            (None, Some(author)) => words.revision_by(number, word, author),
            (Some(value), Some(author)) => words.revision_value_by(number, word, value, author),
        })
    };
    let fresh = projection(revision, |revision| revision.fresh);
    let author = projection(revision, |revision| revision.author.clone());
    view! {
        <li>
            <button
                class="pill"
                type="button"
                data-kind=word
                data-fresh=move || fresh.get().to_string()
                title=about
                on:click=move |_| ui.send(PageMsg::ProposeLine(Msg::Propose(propose.clone())))
            >
                <span class="pill-number">{number.to_string()}</span>
                <span>{word}</span>
                {move || author.get().map(|author| view! { <span class="pill-who">{author}</span> })}
                <Show when=move || fresh.get()>
                    <span class="visually-hidden">{move || ui.words().aside(ui.words().fresh())}</span>
                </Show>
            </button>
        </li>
    }
}
