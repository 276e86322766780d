//! A message: in a line what it means, opened as it is in the protocol.

use crate::app::{MessageKind, MessageOutcome, ProtocolMessage};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{RowPosition, Shape, projection};
use crate::ui::words::Words;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

#[component]
pub(super) fn MessageRow(
    message: Memo<Arc<ProtocolMessage>>,
    position: RowPosition,
    /// The numbers of those that are opened.
    opened: RwSignal<BTreeSet<u64>>,
) -> impl IntoView {
    let ui = use_ui();
    let first = message.get_untracked();
    let (arrow, way): (_, fn(Words) -> &'static str) =
        if first.outgoing { ("←", Words::server_says) } else { ("→", Words::client_says) };
    // What became of it may be known only later.
    let outcome = projection(message, |message| message.outcome.clone());
    let number = first.number;
    let toggle = move |event: Event| {
        let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_open = details.is_some_and(|details| details.has_attribute("open"));
        opened.update(|opened| _ = if is_open { opened.insert(number) } else { opened.remove(&number) });
    };
    let said = if first.meaning.is_empty() { first.subject.clone() } else { first.meaning.clone() };
    view! {
        <li
            class="log-message"
            data-out=first.outgoing.to_string()
            data-quiet=(first.kind != MessageKind::Message).to_string()
            aria-posinset=move || position.posinset()
            aria-setsize=move || position.setsize()
        >
            <details open=opened.with_untracked(|opened| opened.contains(&number)) on:toggle=toggle>
                <summary>
                    <span class="log-time">{first.time.clone()}</span>
                    <span class="log-who">
                        {first.badge.map(|badge| view! { <Shape badge=badge /> })}
                        {first.client.clone()}
                    </span>
                    <span class="log-way" aria-hidden="true">
                        {arrow}
                    </span>
                    <span class="visually-hidden">" " {ui.text(way)} " "</span>
                    <span class="log-verb">{first.verb}</span>
                    <code translate="no" class="log-said">{said}</code>
                    {move || {
                        told(ui.words(), &outcome.get()).map(|(told, failed)| {
                            view! {
                                <span class="log-outcome" data-failed=failed.to_string()>
                                    {told}
                                </span>
                            }
                        })
                    }}
                </summary>
                <pre translate="no" class="log-raw">{first.raw.clone()}</pre>
            </details>
        </li>
    }
}

/// What became of a message, and whether it was refused.
fn told(words: Words, outcome: &MessageOutcome) -> Option<(String, bool)> {
    match outcome {
        MessageOutcome::None => None,
        MessageOutcome::Done => Some((words.answered().to_owned(), false)),
        MessageOutcome::Revision(revision) => Some((words.becomes(*revision), false)),
        MessageOutcome::Delivered(revision, waiting) => {
            Some((words.delivered_revision(*revision, *waiting as usize), false))
        }
        MessageOutcome::Refused(error) => Some((error.clone(), true)),
    }
}
