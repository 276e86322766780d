//! What passes on the wire between the clients and the server, message by message, and what it means.

mod filter_bar;
mod message;

use crate::app::{Msg, ProtocolLogMsg};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::WindowedRows;
use crate::ui::words::Words;
use filter_bar::FilterBar;
use leptos::html::Ol;
use leptos::prelude::*;
use message::MessageRow;
use std::collections::BTreeSet;
use std::ops::Range;

#[component]
pub(super) fn ProtocolLog() -> impl IntoView {
    let ui = use_ui();
    let log = ui.model.protocol_log;
    let messages =
        Memo::new(move |_| log.with(|log| log.as_ref().map(|log| log.messages.clone())).unwrap_or_default());
    // The application counts from the newest.
    let on_range = move |rows: Range<usize>| {
        let total = messages.with_untracked(|messages| messages.total);
        let rows = total.saturating_sub(rows.end)..total.saturating_sub(rows.start);
        ui.send(Msg::ProtocolLog(ProtocolLogMsg::LookAt(rows)));
    };
    let list = NodeRef::<Ol>::new();
    // Messages stay as they were opened, while they are scrolled away.
    let opened = RwSignal::new(BTreeSet::<u64>::new());
    view! {
        <FilterBar />
        <div class="log">
            <Show when=move || messages.with(|messages| messages.total == 0)>
                <p class="quiet">{ui.text(Words::nothing_passed)}</p>
            </Show>
            <ol class="log-messages" node_ref=list aria-label=ui.text(Words::protocol_log)>
                <WindowedRows
                    window=messages
                    key=|message| message.number
                    list=list
                    on_range=on_range
                    let(message, position)
                >
                    <MessageRow message=message position=position opened=opened />
                </WindowedRows>
            </ol>
        </div>
    }
}
