//! A key of a bucket by its name.

use crate::app::command;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::CommandButton;
use leptos::prelude::*;

#[component]
pub(super) fn KeyName(bucket: String, key: String) -> impl IntoView {
    let ui = use_ui();
    let get = command(&["nats", "kv", "get", &bucket, &key]);
    view! {
        <code translate="no">
            <CommandButton command=get text=key />
        </code>
        <span class="client-what">{move || ui.words().in_bucket(&bucket)}</span>
    }
}
