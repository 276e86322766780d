//! A bucket with its keys, and the stream beneath it.

use super::key::KeyRow;
use super::stream::StreamBeneath;
use crate::app::model::Bucket;
use crate::app::{InspectorMsg, Msg, command};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CommandButton, FactList, Rows};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn BucketCard(bucket: Memo<Bucket>) -> impl IntoView {
    let ui = use_ui();
    let name = bucket.with_untracked(|bucket| bucket.name.clone());
    let info = command(&["nats", "kv", "info", &name]);
    let settings = Memo::new(move |_| bucket.with(|bucket| bucket.settings.clone()));
    let keys = Memo::new(move |_| bucket.with(|bucket| bucket.keys.to_vec()));
    let stream = Memo::new(move |_| bucket.with(|bucket| bucket.beneath.clone()));
    let is_empty = Memo::new(move |_| bucket.with(|bucket| bucket.total == 0));
    let is_part = Memo::new(move |_| bucket.with(|bucket| bucket.more || !bucket.find.is_empty()));
    let title = name.clone();
    view! {
        <article class="bucket" data-testid="bucket">
            <header class="bucket-head">
                <h4 class="bucket-name">
                    <CommandButton command=info text=title />
                </h4>
                <FactList facts=settings />
            </header>
            <Show when=move || is_part.get()>
                <SomeKeys bucket=bucket />
            </Show>
            <ul class="keys">
                <Rows each=keys key=|key| key.name.clone() let:key>
                    <KeyRow bucket=name.clone() key_model=key />
                </Rows>
            </ul>
            <Show when=move || is_empty.get()>
                <p class="pic-none">{ui.text(Words::no_key)}</p>
            </Show>
            <StreamBeneath stream=stream />
        </article>
    }
}

/// Where there are more keys than are drawn: how many, a field for a part of their names, and a button for more.
#[component]
fn SomeKeys(bucket: Memo<Bucket>) -> impl IntoView {
    let ui = use_ui();
    let name = bucket.with_untracked(|bucket| bucket.name.clone());
    let stream = StoredValue::new(bucket.with_untracked(|bucket| bucket.beneath.name.clone()));
    let find = move |event| {
        let text = event_target_value(&event);
        ui.send(Msg::Inspector(InspectorMsg::FindKeys { stream: stream.get_value(), text }));
    };
    let shown = move || bucket.with(|bucket| ui.words().keys_shown(bucket.keys.len(), bucket.total));
    view! {
        <div class="keys-some">
            <p class="pic-none">{shown}</p>
            <input
                class="keys-find"
                type="search"
                spellcheck="false"
                autocomplete="off"
                aria-label=move || ui.words().find_keys(&name)
                placeholder=ui.text(Words::part_of_name)
                on:input=find
            />
            <Show when=move || bucket.with(|bucket| bucket.more)>
                <button
                    class="btn btn-small"
                    type="button"
                    on:click=move |_| {
                        ui.send(Msg::Inspector(InspectorMsg::ShowMore { stream: stream.get_value() }));
                    }
                >
                    {ui.text(Words::more)}
                </button>
            </Show>
        </div>
    }
}
