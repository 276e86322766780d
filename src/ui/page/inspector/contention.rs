//! Keys that clients contend for: a lock with its holder and who was refused, and a value with who read and wrote it.

use crate::app::command;
use crate::app::model::{AccessKind, ContendedKey, Contender, KeyAccess, Lock, Operation};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CLOCK, CommandButton, Icon, LOCK, Rows, Shape, UNLOCKED};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn LockCard(lock: Memo<Lock>) -> impl IntoView {
    let ui = use_ui();
    let (bucket, key) = lock.with_untracked(|lock| (lock.bucket.clone(), lock.key.clone()));
    let is_held = Memo::new(move |_| lock.with(|lock| lock.end.is_none()));
    let icon = Signal::derive(move || if is_held.get() { LOCK } else { UNLOCKED });
    let holder = Memo::new(move |_| lock.with(|lock| Some(lock.holder.clone())));
    let state = move || lock.with(|lock| state(lock, ui.words()));
    let left = Memo::new(move |_| lock.with(|lock| lock.left.clone()));
    let refused = Memo::new(move |_| lock.with(|lock| lock.refused.clone()));
    view! {
        <article class="watcher lock" data-testid="lock" data-held=move || is_held.get().to_string()>
            <p class="watcher-who">
                <Icon path=icon />
                <KeyName bucket=bucket key=key />
            </p>
            <p class="lock-state">
                <ContenderShape contender=holder />
                <span>{state}</span>
            </p>
            // It counts down, and is read only by who comes to it.
            {move || left.get().map(|left| {
                view! {
                    <p class="lock-left" role="timer">
                        <Icon path=CLOCK />
                        {move || ui.words().left(&left)}
                    </p>
                }
            })}
            <Show when=move || refused.with(|refused| !refused.is_empty())>
                <p class="quiet">{ui.text(Words::refused)}</p>
                <Accesses label=Words::refused accesses=refused />
            </Show>
        </article>
    }
}

#[component]
pub(super) fn ContendedKeyCard(contended: Memo<ContendedKey>) -> impl IntoView {
    let (bucket, key) = contended.with_untracked(|key| (key.bucket.clone(), key.key.clone()));
    let accesses = Memo::new(move |_| contended.with(|key| key.accesses.clone()));
    view! {
        <article class="watcher" data-testid="contended-key">
            <p class="watcher-who">
                <KeyName bucket=bucket key=key />
            </p>
            <Accesses label=Words::contended accesses=accesses />
        </article>
    }
}

#[component]
fn KeyName(bucket: String, key: String) -> impl IntoView {
    let ui = use_ui();
    let get = command(&["nats", "kv", "get", &bucket, &key]);
    view! {
        <code translate="no">
            <CommandButton command=get text=key />
        </code>
        <span class="client-what">{move || ui.words().in_bucket(&bucket)}</span>
    }
}

/// What was done to a key, a line each.
#[component]
fn Accesses(label: fn(Words) -> &'static str, accesses: Memo<Vec<KeyAccess>>) -> impl IntoView {
    let ui = use_ui();
    view! {
        <ol class="accesses" aria-label=ui.text(label)>
            <Rows each=accesses key=|access| access.number let:access>
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

#[component]
fn ContenderShape(contender: Memo<Option<Contender>>) -> impl IntoView {
    move || contender.get().and_then(|it| it.badge).map(|badge| view! { <Shape badge=badge /> })
}

fn state(lock: &Lock, words: Words) -> String {
    let who = lock.holder.name.as_str();
    match &lock.end {
        None => words.lock_held(who, &lock.since, lock.revision),
        Some(KeyAccess { who: Some(by), at, .. }) if by.name == who => words.lock_given_back(who, at),
        Some(KeyAccess { who: Some(by), at, .. }) => words.lock_deleted(&by.name, at, who),
        Some(KeyAccess { who: None, at, .. }) => words.lock_expired(who, at),
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
