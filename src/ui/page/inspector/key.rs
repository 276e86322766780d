//! A key with its value and its revisions.

use super::revision::RevisionItem;
use crate::app::command;
use crate::app::model::Key;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CLOCK, CommandButton, Icon, RowPosition, Rows, projection};
use crate::ui::words::Words;
use leptos::either::Either;
use leptos::prelude::*;

#[component]
pub(super) fn KeyRow(bucket: String, key_model: Memo<Key>, position: RowPosition) -> impl IntoView {
    let ui = use_ui();
    let key = key_model;
    let name = key.with_untracked(|key| key.name.clone());
    let get = command(&["nats", "kv", "get", &bucket, &name]);
    let history = command(&["nats", "kv", "history", &bucket, &name]);
    let text = name.clone();
    let value = projection(key, |key| key.value.clone());
    let expired = projection(key, |key| key.expired.clone());
    let left = projection(key, |key| key.left.clone());
    let revisions = projection(key, |key| key.revisions.clone());
    view! {
        <li
            class="key"
            data-testid="key"
            aria-posinset=move || position.posinset()
            aria-setsize=move || position.setsize()
        >
            <code translate="no" class="key-name">
                <CommandButton command=get text=text />
            </code>
            {move || match value.get() {
                Some(value) => Either::Left(view! { <code translate="no" class="key-value">{value}</code> }),
                None => {
                    let why = move || match expired.get() {
                        Some(time) => ui.words().expired_at(&time),
                        None => ui.words().no_value().to_owned(),
                    };
                    Either::Right(view! { <span class="key-value key-gone">{why}</span> })
                }
            }}
            <div class="key-line">
                <ol class="pills" aria-label=ui.text(Words::revisions)>
                    <Rows each=revisions key=|revision| revision.number let:revision>
                        <RevisionItem bucket=bucket.clone() of_key=name.clone() revision=revision />
                    </Rows>
                </ol>
                <CommandButton command=history text=ui.text(Words::history) />
            </div>
            {move || left.get().map(|left| {
                view! {
                    <span class="key-left">
                        <Icon path=CLOCK />
                        {move || ui.words().left(&left)}
                    </span>
                }
            })}
        </li>
    }
}
