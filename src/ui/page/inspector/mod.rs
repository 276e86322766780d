//! The inspector: the picture of the account with the server, its buckets and keys, who watches them, and the simulated clock. The protocol log
//! is shown in the same place.

mod accesses;
mod account;
mod bucket;
mod client;
mod clients_column;
mod clock;
mod clock_amount;
mod contended_key_card;
mod contender_shape;
mod empty_account;
mod find_keys;
mod group;
mod kept;
mod key;
mod key_name;
mod lock_card;
mod messages;
mod protocol_log;
mod revision;
mod server;
mod storage_column;
mod stream;
mod watcher;

use super::widgets::{Divider, Orientation, Segment, SegmentedControl};
use crate::ui::browser::sight::Scroller;
use crate::ui::browser::viewport;
use crate::ui::context::use_ui;
use crate::ui::message::{DividerId, PageMsg};
use crate::ui::words::Words;
use account::Account;
use clock::Clock;
use leptos::html::Div;
use leptos::prelude::*;
use protocol_log::ProtocolLog;

#[component]
pub(super) fn InspectorPane() -> impl IntoView {
    let ui = use_ui();
    let shows_protocol_log = ui.model.shows_protocol_log;
    let scroller = NodeRef::<Div>::new();
    provide_context(Scroller(scroller));
    let is_wide = viewport::use_is_wide();
    let orientation = move || {
        if is_wide.get() && !ui.model.presenting.get() {
            Orientation::Vertical
        } else {
            Orientation::Horizontal
        }
    };
    view! {
        <section
            class="pane pane-inspector"
            data-testid="pane-inspector"
            aria-labelledby="inspector-title"
        >
            <Divider
                label=ui.text(Words::room_of_terminals)
                orientation=Signal::derive(orientation)
                divide=move |share| ui.send(PageMsg::MoveDivider(DividerId::Inspector, share))
            />
            <div class="inspector-head">
                <h2 class="visually-hidden" id="inspector-title" tabindex="-1">
                    {ui.text(Words::inspector)}
                </h2>
                <SegmentedControl label=ui.text(Words::inspector_label)>
                    <View shows_protocol_log=false label=Words::account />
                    <View shows_protocol_log=true label=Words::protocol_log />
                </SegmentedControl>
                <Clock />
            </div>
            <div
                class="inspector-scroll"
                node_ref=scroller
                data-view=move || if shows_protocol_log.get() { "protocol-log" } else { "account" }
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
            label=ui.text(label)
            choose=move || ui.send(PageMsg::ShowProtocolLog(shows_protocol_log))
        >
            {ui.text(label)}
        </Segment>
    }
}
