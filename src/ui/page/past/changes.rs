//! What a deed has changed, in a line; and the words for what changes.

use crate::app::model::Operation;
use crate::app::past::{Change, Item, State};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::operation_word;
use crate::ui::past_model::PastModel;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn ChangesLine(model: Memo<PastModel>) -> impl IntoView {
    let ui = use_ui();
    let lines = move || {
        let words = ui.words();
        model.with(|past| match &past.changes {
            None => Vec::new(),
            Some(changes) if changes.list.is_empty() => vec![words.past_changed_nothing().to_owned()],
            Some(changes) => {
                let lines = changes.list.iter().map(|change| change_text(words, change));
                lines.chain((changes.more > 0).then(|| words.past_more(changes.more))).collect()
            }
        })
    };
    view! {
        <ul class="past-changes" aria-label=ui.text(Words::past_changed) data-testid="past-changes">
            {move || lines().into_iter().map(|line| view! { <li class="past-change">{line}</li> }).collect_view()}
        </ul>
    }
}

fn change_text(words: Words, change: &Change) -> String {
    let item = item_text(words, &change.item);
    match (&change.before, &change.after) {
        (None, Some(State::There)) => words.past_came(&item),
        (Some(State::There), None) => words.past_went(&item),
        (before, after) => {
            words.past_became(&item, &state_text(words, before.as_ref()), &state_text(words, after.as_ref()))
        }
    }
}

pub(super) fn item_text(words: Words, item: &Item) -> String {
    match item {
        Item::Server => words.server().to_owned(),
        Item::Terminal(name) => words.past_terminal(name),
        Item::Bucket(name) => words.past_bucket(name),
        Item::Stream(name) => words.past_stream(name),
        Item::Key { bucket, key } => format!("{bucket} > {key}"),
        Item::Watcher { of, filter, who } => {
            let what = if filter.is_empty() { of.clone() } else { format!("{of} > {filter}") };
            match who {
                Some(who) => words.past_watcher_in(&what, who),
                None => words.past_watcher(&what),
            }
        }
    }
}

pub(super) fn state_text(words: Words, state: Option<&State>) -> String {
    match state {
        None => words.past_not_there().to_owned(),
        Some(State::There) => words.past_there().to_owned(),
        Some(State::Older) => words.past_older().to_owned(),
        Some(State::Revision { number, operation: Operation::Put, value }) => {
            words.past_revision(*number, value)
        }
        Some(State::Revision { number, operation, .. }) => {
            words.past_revision(*number, operation_word(*operation))
        }
        Some(State::Messages { count, last }) => words.past_messages(*count, *last),
        Some(State::Settings(facts)) => {
            let facts: Vec<String> =
                facts.iter().map(|(fact, value)| format!("{} {value}", words.fact(*fact))).collect();
            if facts.is_empty() { "–".to_owned() } else { facts.join(", ") }
        }
    }
}
