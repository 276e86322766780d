//! A client that is connected.

use crate::app::model::Client;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{Shape, projection};
use leptos::prelude::*;

#[component]
pub(super) fn ClientLine(client: Memo<Client>) -> impl IntoView {
    let ui = use_ui();
    let badge = projection(client, |client| client.badge);
    let does = move || {
        client.with(|client| {
            let (came, went) = client.messages;
            ui.words().client_does(client.number, client.subscriptions, came, went)
        })
    };
    view! {
        <p class="client" data-testid="client">
            {move || badge.get().map(|badge| view! { <Shape badge=badge /> })}
            <strong>{move || client.with(|client| client.name.clone())}</strong>
            <span class="client-what">{does}</span>
        </p>
    }
}
