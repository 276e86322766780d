//! How things stand after a step of an order: what the keys hold, and what the clients have printed.

use crate::explore::{KeyValue, OrderView};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::projection;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn StandingView(order: Memo<OrderView>) -> impl IntoView {
    let ui = use_ui();
    let keys = projection(order, |order| order.standing.keys.clone());
    let printed = projection(order, |order| {
        let all = order.clients.iter().cloned().zip(order.standing.printed.iter().cloned());
        all.collect::<Vec<(String, String)>>()
    });
    let row = |it: KeyValue| {
        view! {
            <tr>
                <th scope="row" translate="no">{format!("{} > {}", it.bucket, it.key)}</th>
                <td translate="no">{it.value}</td>
                <td>{it.revision.to_string()}</td>
            </tr>
        }
    };
    let screen = move |(name, text): (String, String)| {
        view! {
            <figure class="order-screen">
                <figcaption>{name}</figcaption>
                <pre translate="no" tabindex="0">{text}</pre>
            </figure>
        }
    };
    view! {
        <h4 class="dialog-subheading">{ui.text(Words::keys_after_step)}</h4>
        <Show
            when=move || !keys.with(Vec::is_empty)
            fallback=move || view! { <p class="dialog-hint">{ui.text(Words::no_key_after_step)}</p> }
        >
            <table class="order-keys" data-testid="order-keys">
                <thead>
                    <tr>
                        <th scope="col">{ui.text(Words::column_key)}</th>
                        <th scope="col">{ui.text(Words::column_value)}</th>
                        <th scope="col">{ui.text(Words::column_revision)}</th>
                    </tr>
                </thead>
                <tbody>{move || keys.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </Show>
        <h4 class="dialog-subheading">{ui.text(Words::printed_after_step)}</h4>
        <div class="order-screens">{move || printed.get().into_iter().map(screen).collect_view()}</div>
    }
}
