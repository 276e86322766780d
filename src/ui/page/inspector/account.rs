//! The picture of the account.

use super::clients_column::ClientsColumn;
use super::empty_account::EmptyAccount;
use super::server::ServerPanel;
use super::storage_column::StorageColumn;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::projection;
use leptos::prelude::*;

#[component]
pub(super) fn Account() -> impl IntoView {
    let account = use_ui().model.inspector;
    let is_empty = projection(account, |account| {
        account.as_ref().is_none_or(|account| {
            account.buckets.is_empty()
                && account.streams.is_empty()
                && account.kept.is_empty()
                && account.watchers.is_empty()
                && account.clients.is_empty()
        })
    });
    view! {
        <ServerPanel />
        <Show when=move || is_empty.get()>
            <EmptyAccount />
        </Show>
        <div class="inspector-columns" hidden=move || is_empty.get()>
            <StorageColumn />
            <ClientsColumn />
        </div>
    }
}
