//! Who uses the account: who contends for a key, who watches one, and who is connected.

use super::client::ClientLine;
use super::contended_key_card::ContendedKeyCard;
use super::group::Group;
use super::lock_card::LockCard;
use super::watcher::WatcherCard;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{Rows, optional_projection};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn ClientsColumn() -> impl IntoView {
    let account = use_ui().model.inspector;
    let locks = optional_projection(account, |account| &account.locks);
    let contended = optional_projection(account, |account| &account.contended);
    let watchers = optional_projection(account, |account| &account.watchers);
    let clients = optional_projection(account, |account| &account.clients);
    view! {
        <div class="inspector-rest">
            <Show when=move || locks.with(|locks| !locks.is_empty())>
                <Group title=Words::locks>
                    <Rows each=locks key=|lock| (lock.bucket.clone(), lock.key.clone()) let:lock>
                        <LockCard lock=lock />
                    </Rows>
                </Group>
            </Show>
            <Show when=move || contended.with(|contended| !contended.is_empty())>
                <Group title=Words::contended>
                    <Rows each=contended key=|key| (key.bucket.clone(), key.key.clone()) let:key>
                        <ContendedKeyCard contended=key />
                    </Rows>
                </Group>
            </Show>
            <Group
                title=Words::watchers
                none=Words::nobody_watches
                is_empty=Signal::derive(move || watchers.with(Vec::is_empty))
            >
                <Rows each=watchers key=|watcher| (watcher.bucket.clone(), watcher.consumer.clone()) let:watcher>
                    <WatcherCard watcher=watcher />
                </Rows>
            </Group>
            <Group
                title=Words::clients
                none=Words::nobody_connected
                is_empty=Signal::derive(move || clients.with(Vec::is_empty))
            >
                <Rows each=clients key=|client| client.number let:client>
                    <ClientLine client=client />
                </Rows>
            </Group>
        </div>
    }
}
