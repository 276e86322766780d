//! What was done to a key, a line each.

use super::contender_shape::ContenderShape;
use crate::app::model::{AccessKind, KeyAccess, Operation};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::Rows;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Accesses(label: fn(Words) -> &'static str, accesses: Memo<Vec<KeyAccess>>) -> impl IntoView {
    let ui = use_ui();
    let newest_first = Memo::new(move |_| accesses.with(|all| all.iter().rev().cloned().collect::<Vec<_>>()));
    view! {
        <ol class="accesses" aria-label=ui.text(label)>
            <Rows each=newest_first key=|access| access.number let:access>
                <AccessItem access=access.get_untracked() />
            </Rows>
        </ol>
    }
}

/// What was done does not change.
#[component]
fn AccessItem(access: KeyAccess) -> impl IntoView {
    let ui = use_ui();
    let KeyAccess { who, at, kind, .. } = access;
    let name = who.as_ref().map(|who| who.name.clone());
    let done = move || access_words(ui.words(), kind);
    view! {
        <li class="access" data-outcome=outcome(kind)>
            <time class="message-time">{at}</time>
            <span>
                <ContenderShape contender=Memo::new(move |_| who.clone()) />
                {name.map(|name| view! { <strong>{name}</strong> " " })}
                {done}
            </span>
        </li>
    }
}

fn access_words(words: Words, kind: AccessKind) -> String {
    match kind {
        AccessKind::Read { revision } => words.access_read(revision),
        AccessKind::Wrote { revision, overwrote: Some(lost), .. } => words.access_lost(revision, lost),
        AccessKind::Wrote { revision, expected: None, .. } => words.access_put(revision),
        AccessKind::Wrote { revision, expected: Some(0), .. } => words.access_created(revision),
        AccessKind::Wrote { revision, expected: Some(expected), .. } => {
            words.access_updated(expected, revision)
        }
        AccessKind::Removed { revision, operation: Operation::Purge } => words.access_purged(revision),
        AccessKind::Removed { revision, .. } => words.access_deleted(revision),
        AccessKind::Refused { expected: 0, actual } => words.refused_create(actual),
        AccessKind::Refused { expected, actual: 0 } => words.refused_gone(expected),
        AccessKind::Refused { expected, actual } => words.refused_update(expected, actual),
        AccessKind::Expired => words.access_expired().to_owned(),
    }
}

/// What came of it, for its colour.
fn outcome(kind: AccessKind) -> &'static str {
    match kind {
        AccessKind::Read { .. } => "read",
        AccessKind::Wrote { overwrote: Some(_), .. } => "lost",
        AccessKind::Wrote { .. } => "written",
        AccessKind::Removed { .. } | AccessKind::Expired => "gone",
        AccessKind::Refused { .. } => "refused",
    }
}
