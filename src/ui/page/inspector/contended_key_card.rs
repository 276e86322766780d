//! A key that clients contend for, with who read and wrote it.

use super::accesses::Accesses;
use super::key_name::KeyName;
use crate::app::model::ContendedKey;
use crate::ui::page::widgets::projection;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn ContendedKeyCard(contended: Memo<ContendedKey>) -> impl IntoView {
    let (bucket, key) = contended.with_untracked(|key| (key.bucket.clone(), key.key.clone()));
    let accesses = projection(contended, |key| key.accesses.clone());
    view! {
        <article class="watcher" data-testid="contended-key">
            <p class="watcher-who">
                <KeyName bucket=bucket key=key />
            </p>
            <Accesses label=Words::contended accesses=accesses />
        </article>
    }
}
