//! What passes on the wire between the clients and the server, message by message, and what it means.

mod filter_bar;
mod message;

use super::widgets::Rows;
use crate::app::{Msg, ProtocolLogMsg};
use crate::ui::context::use_ui;
use crate::ui::words::Words;
use filter_bar::FilterBar;
use leptos::prelude::*;
use message::MessageRow;

#[component]
pub(super) fn ProtocolLog() -> impl IntoView {
    let ui = use_ui();
    let log = ui.model.protocol_log;
    let messages =
        Memo::new(move |_| log.with(|log| log.as_ref().map(|log| log.messages.clone())).unwrap_or_default());
    let more =
        Memo::new(move |_| log.with(|log| log.as_ref().is_some_and(|log| log.messages.len() < log.total)));
    view! {
        <FilterBar />
        <div class="wire">
            <Show when=move || more.get()>
                <button
                    class="btn btn-small"
                    type="button"
                    on:click=move |_| ui.send(Msg::ProtocolLog(ProtocolLogMsg::ShowMore))
                >
                    {ui.text(Words::earlier_lines)}
                </button>
            </Show>
            <Show when=move || messages.with(Vec::is_empty)>
                <p class="pic-none">{ui.text(Words::nothing_passed)}</p>
            </Show>
            <ol class="wire-rows" aria-label=ui.text(Words::wire)>
                <Rows each=messages key=|message| message.number let:message>
                    <MessageRow message=message />
                </Rows>
            </ol>
        </div>
    }
}
