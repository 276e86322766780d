//! A stream, as it lies beneath a bucket or stands by itself: its settings, and its messages with their headers.

use super::messages::Messages;
use crate::app::model::Stream;
use crate::app::{InspectorMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::projection;
use crate::ui::words::Words;
use leptos::prelude::*;

/// The button that shows it, and what is shown.
#[component]
pub(super) fn StreamBeneath(stream: Memo<Stream>) -> impl IntoView {
    let ui = use_ui();
    let name = stream.with_untracked(|stream| stream.name.clone());
    let open = projection(stream, |stream| stream.open);
    let shown = name.clone();
    let toggle = move |_| {
        let (stream, open) = (name.clone(), !open.get_untracked());
        ui.send(Msg::Inspector(InspectorMsg::ShowMessages { stream, open }));
    };
    view! {
        <button
            class="stream-open"
            type="button"
            aria-expanded=move || open.get().to_string()
            on:click=toggle
        >
            {ui.text(Words::stream)} " " <code translate="no">{shown}</code>
        </button>
        <Show when=move || open.get()>
            <Messages stream=stream />
        </Show>
    }
}
