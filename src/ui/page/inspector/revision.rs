//! A revision of a key: number and what was done, by word as well as by colour, and by whom.

use crate::app::model::{Operation, Revision};
use crate::app::{Msg, command};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::operation_word;
use crate::ui::words::Words;
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
    let about = move || {
        revision.with(|revision| {
            let words = ui.words();
            let mut about = words.revision(number, operation_word(operation));
            if let Some(value) = &revision.value {
                about = format!("{about}: {value}");
            }
            match &revision.author {
                Some(author) => format!("{about}, {}", words.by(author)),
                None => about,
            }
        })
    };
    let fresh = Memo::new(move |_| revision.with(|revision| revision.fresh));
    let author = Memo::new(move |_| revision.with(|revision| revision.author.clone()));
    let word = operation_word(operation);
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
                    <span class="visually-hidden">{move || Words::aside(ui.words().fresh())}</span>
                </Show>
            </button>
        </li>
    }
}
