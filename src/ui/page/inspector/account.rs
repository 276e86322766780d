//! The picture of the account.

use super::bucket::BucketCard;
use super::client::ClientLine;
use super::contended_key_card::ContendedKeyCard;
use super::empty_account::EmptyAccount;
use super::group::Group;
use super::kept::KeptCard;
use super::lock_card::LockCard;
use super::server::ServerPanel;
use super::stream::StreamBeneath;
use super::watcher::WatcherCard;
use crate::app::model::Inspector;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::Rows;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Account() -> impl IntoView {
    let ui = use_ui();
    let account = ui.model.inspector;
    fn part<T: Clone + PartialEq + Default + Send + Sync + 'static>(
        account: RwSignal<Option<Inspector>>,
        part: fn(&Inspector) -> &T,
    ) -> Memo<T> {
        Memo::new(move |_| account.with(|account| account.as_ref().map(part).cloned()).unwrap_or_default())
    }
    let buckets = part(account, |account| &account.buckets);
    let streams = part(account, |account| &account.streams);
    let watchers = part(account, |account| &account.watchers);
    let clients = part(account, |account| &account.clients);
    let kept = part(account, |account| &account.kept);
    let locks = part(account, |account| &account.locks);
    let contended = part(account, |account| &account.contended);
    let is_empty = Memo::new(move |_| {
        account.with(|account| {
            account.as_ref().is_none_or(|account| {
                account.buckets.is_empty()
                    && account.streams.is_empty()
                    && account.kept.is_empty()
                    && account.watchers.is_empty()
                    && account.clients.is_empty()
            })
        })
    });
    let has_no_bucket = Signal::derive(move || buckets.with(Vec::is_empty) && kept.with(Vec::is_empty));
    view! {
        <ServerPanel />
        <Show when=move || is_empty.get()>
            <EmptyAccount />
        </Show>
        <div class="inspector-columns" hidden=move || is_empty.get()>
            <div>
                <Group title=Words::buckets none=Words::no_bucket is_empty=has_no_bucket>
                    <Rows each=buckets key=|bucket| bucket.name.clone() let:bucket>
                        <BucketCard bucket=bucket />
                    </Rows>
                    <Rows each=kept key=|kept| (kept.is_bucket, kept.name.clone()) let:kept>
                        <KeptCard kept=kept />
                    </Rows>
                </Group>
                <Show when=move || streams.with(|streams| !streams.is_empty())>
                    <Group title=Words::streams none=Words::streams is_empty=Signal::stored(false)>
                        <Rows each=streams key=|stream| stream.name.clone() let:stream>
                            <article class="bucket" data-testid="bucket">
                                <StreamBeneath stream=stream />
                            </article>
                        </Rows>
                    </Group>
                </Show>
            </div>
            <div class="inspector-rest">
                <Show when=move || locks.with(|locks| !locks.is_empty())>
                    <Group title=Words::locks none=Words::locks is_empty=Signal::stored(false)>
                        <Rows each=locks key=|lock| (lock.bucket.clone(), lock.key.clone()) let:lock>
                            <LockCard lock=lock />
                        </Rows>
                    </Group>
                </Show>
                <Show when=move || contended.with(|contended| !contended.is_empty())>
                    <Group title=Words::contended none=Words::contended is_empty=Signal::stored(false)>
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
        </div>
    }
}
