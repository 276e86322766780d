//! The server: whether it runs, with JetStream or without, and what is used of it.

use crate::app::command;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CommandButton, FactList, optional_projection, projection};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn ServerPanel() -> impl IntoView {
    let ui = use_ui();
    let server =
        projection(ui.model.inspector, |account| account.as_ref().map(|account| account.server.clone()));
    let running = projection(server, |server| server.as_ref().is_some_and(|server| server.running));
    let jetstream = Memo::new(move |_| {
        running.get() && server.with(|server| server.as_ref().is_some_and(|server| server.jetstream))
    });
    let address = move || {
        let address = server.with(|server| server.as_ref().map(|server| server.address.clone()));
        running.get().then(|| view! { <span class="inspector-address">{address}</span> })
    };
    let usage = optional_projection(server, |server| &server.usage);
    view! {
        <section class="inspector-server" aria-label=ui.text(Words::server)>
            <p class="inspector-state" data-on=move || running.get().to_string()>
                {move || if running.get() { ui.words().server_runs() } else { ui.words().server_stopped() }}
                {address}
            </p>
            <p class="inspector-state" data-on=move || jetstream.get().to_string()>
                {move || if jetstream.get() { ui.words().jetstream_on() } else { ui.words().jetstream_off() }}
            </p>
            <FactList facts=usage />
            <Show when=move || jetstream.get()>
                <CommandButton command=command(&["nats", "account", "info"]) text="nats account info" />
            </Show>
        </section>
    }
}
