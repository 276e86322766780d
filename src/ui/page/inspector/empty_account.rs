//! What the inspector shows while there is nothing in the account: a ghost of a bucket, and what will be there.

use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CommandButton, projection};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn EmptyAccount() -> impl IntoView {
    let ui = use_ui();
    let has_jetstream = projection(ui.model.inspector, |account| {
        account.as_ref().is_some_and(|account| account.server.jetstream)
    });
    view! {
        <div class="inspector-empty">
            <div class="ghost" aria-hidden="true">
                <span class="ghost-head"></span>
                <span class="ghost-key"></span>
                <span class="ghost-key"></span>
            </div>
            <p>{ui.text(Words::account_empty)}</p>
            <Show
                when=move || has_jetstream.get()
                fallback=move || view! { <p class="quiet">{ui.text(Words::account_needs_jetstream)}</p> }
            >
                <p class="quiet">
                    {ui.text(Words::first_bucket)} " "
                    <code translate="no">
                        <CommandButton command="nats kv add my-kv".to_owned() text="nats kv add my-kv".to_owned() />
                    </code>
                </p>
            </Show>
        </div>
    }
}
