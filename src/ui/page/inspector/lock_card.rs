//! A lock with its holder and who was refused.

use super::accesses::Accesses;
use super::contender_shape::ContenderShape;
use super::key_name::KeyName;
use crate::app::model::{KeyAccess, Lock};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CLOCK, Icon, LOCK, UNLOCKED, projection};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn LockCard(lock: Memo<Lock>) -> impl IntoView {
    let ui = use_ui();
    let (bucket, key) = lock.with_untracked(|lock| (lock.bucket.clone(), lock.key.clone()));
    let is_held = projection(lock, |lock| lock.end.is_none());
    let icon = Signal::derive(move || if is_held.get() { LOCK } else { UNLOCKED });
    let holder = projection(lock, |lock| Some(lock.holder.clone()));
    let state = move || lock.with(|lock| state(lock, ui.words()));
    let left = projection(lock, |lock| lock.left.clone());
    let refused = projection(lock, |lock| lock.refused.clone());
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

fn state(lock: &Lock, words: Words) -> String {
    let who = lock.holder.name.as_str();
    match &lock.end {
        None => words.lock_held(who, &lock.since, lock.revision),
        Some(KeyAccess { who: Some(by), at, .. }) if by.name == who => words.lock_given_back(who, at),
        Some(KeyAccess { who: Some(by), at, .. }) => words.lock_deleted(&by.name, at, who),
        Some(KeyAccess { who: None, at, .. }) => words.lock_expired(who, at),
    }
}
