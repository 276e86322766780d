//! Above a long list of keys: how many there are, and a field for a part of their names.

use crate::app::model::Bucket;
use crate::app::{InspectorMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn FindKeys(bucket: Memo<Bucket>) -> impl IntoView {
    let ui = use_ui();
    let name = bucket.with_untracked(|bucket| bucket.name.clone());
    let stream = StoredValue::new(bucket.with_untracked(|bucket| bucket.beneath.name.clone()));
    let find = move |event| {
        let text = event_target_value(&event);
        ui.send(Msg::Inspector(InspectorMsg::FindKeys { stream: stream.get_value(), text }));
    };
    let count = move || {
        bucket.with(|bucket| match bucket.find.as_str() {
            "" => ui.words().keys_total(bucket.total),
            _ => ui.words().keys_found(bucket.keys.total, bucket.total),
        })
    };
    view! {
        <div class="keys-some">
            <p class="quiet" role="status">{count}</p>
            <input
                class="keys-find"
                type="search"
                spellcheck="false"
                autocomplete="off"
                aria-label=move || ui.words().find_keys(&name)
                placeholder=ui.text(Words::part_of_name)
                prop:value=move || bucket.with(|bucket| bucket.find.clone())
                on:input=find
            />
        </div>
    }
}
