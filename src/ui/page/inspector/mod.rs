//! The inspector: the picture of the account with the server, its buckets and keys, who watches them, and the simulated clock. The protocol log
//! is shown in the same place.

mod bucket;
mod client;
mod clock;
mod clock_amount;
mod contention;
mod empty_account;
mod kept;
mod key;
mod revision;
mod server;
mod stream;
mod watcher;

use super::protocol_log::ProtocolLog;
use super::widgets::{Divider, Orientation, Rows, Segment, SegmentedControl};
use crate::app::model::Inspector;
use crate::ui::browser::sight::Scroller;
use crate::ui::browser::viewport;
use crate::ui::context::use_ui;
use crate::ui::message::{DividerId, PageMsg};
use crate::ui::words::Words;
use bucket::BucketCard;
use client::ClientLine;
use clock::Clock;
use contention::{ContendedKeyCard, LockCard};
use empty_account::EmptyAccount;
use kept::KeptCard;
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use server::ServerPanel;
use stream::StreamBeneath;
use watcher::WatcherCard;

#[component]
pub(super) fn InspectorPane() -> impl IntoView {
    let ui = use_ui();
    let shows_protocol_log = ui.model.shows_protocol_log;
    let scroller = NodeRef::<Div>::new();
    provide_context(Scroller(scroller));
    let is_wide = RwSignal::new(viewport::is_wide());
    let resized = window_event_listener(ev::resize, move |_| is_wide.set(viewport::is_wide()));
    on_cleanup(move || resized.remove());
    let orientation = move || match is_wide.get() && !ui.model.presenting.get() {
        true => Orientation::Vertical,
        false => Orientation::Horizontal,
    };
    view! {
        <section
            class="pane pane-inspector"
            data-testid="pane-inspector"
            aria-labelledby="inspector-title"
        >
            <Divider
                label=Signal::derive(move || ui.words().room_of_terminals().to_owned())
                orientation=Signal::derive(orientation)
                divide=move |share| ui.send(PageMsg::MoveDivider(DividerId::Inspector, share))
            />
            <div class="inspector-head">
                <h2 class="visually-hidden" id="inspector-title" tabindex="-1">
                    {ui.text(Words::inspector)}
                </h2>
                <SegmentedControl label=Signal::derive(move || ui.words().inspector_label().to_owned())>
                    <View shows_protocol_log=false label=Words::account />
                    <View shows_protocol_log=true label=Words::protocol_log />
                </SegmentedControl>
                <Clock />
            </div>
            <div
                class="inspector-scroll"
                node_ref=scroller
                data-shows_protocol_log=move || shows_protocol_log.get().to_string()
                tabindex="0"
                role="region"
                aria-label=ui.text(Words::inspector_label)
            >
                <div class="inspector-body">
                    <Show when=move || shows_protocol_log.get() fallback=|| view! { <Account /> }>
                        <ProtocolLog />
                    </Show>
                </div>
            </div>
        </section>
    }
}

/// What of the two is shown.
#[component]
fn View(shows_protocol_log: bool, label: fn(Words) -> &'static str) -> impl IntoView {
    let ui = use_ui();
    view! {
        <Segment
            chosen=Signal::derive(move || ui.model.shows_protocol_log.get() == shows_protocol_log)
            label=Signal::derive(move || label(ui.words()).to_owned())
            choose=move || ui.send(PageMsg::ShowProtocolLog(shows_protocol_log))
        >
            {ui.text(label)}
        </Segment>
    }
}

#[component]
fn Account() -> impl IntoView {
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

/// Things of a kind under a heading; where there are none, that is said.
#[component]
fn Group(
    title: fn(Words) -> &'static str,
    none: fn(Words) -> &'static str,
    is_empty: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let ui = use_ui();
    view! {
        <section aria-label=ui.text(title)>
            <h3 class="inspector-heading">{ui.text(title)}</h3>
            <div>
                <Show when=move || is_empty.get()>
                    <p class="quiet">{ui.text(none)}</p>
                </Show>
                {children()}
            </div>
        </section>
    }
}
