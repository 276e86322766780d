//! The inspector: the picture of the account with the server, its buckets and keys, who watches them, and the simulated clock. The protocol log
//! is shown in the same place.

mod accesses;
mod account;
mod bucket;
mod client;
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
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use protocol_log::ProtocolLog;

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
            label=Signal::derive(move || label(ui.words()).to_owned())
            choose=move || ui.send(PageMsg::ShowProtocolLog(shows_protocol_log))
        >
            {ui.text(label)}
        </Segment>
    }
}
