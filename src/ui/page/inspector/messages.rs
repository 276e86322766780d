//! The messages of a stream with their headers, and its settings.

use crate::app::model::{Message, Stream};
use crate::app::{InspectorMsg, Msg, command};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{
    CommandButton, FactList, OperationTag, RowPosition, WindowedRows, projection,
};
use crate::ui::words::Words;
use leptos::html::Ol;
use leptos::prelude::*;
use std::ops::Range;

#[component]
pub(super) fn Messages(stream: Memo<Stream>) -> impl IntoView {
    let ui = use_ui();
    let name = stream.with_untracked(|stream| stream.name.clone());
    let info = ["nats", "stream", "info", &name];
    let (info, info_text) = (command(&info), info.join(" "));
    let facts = projection(stream, |stream| stream.facts.clone());
    let messages = projection(stream, |stream| stream.messages.clone());
    let looked_at = name.clone();
    let on_range = move |rows: Range<usize>| {
        ui.send(Msg::Inspector(InspectorMsg::LookAtMessages { stream: looked_at.clone(), rows }));
    };
    let list = NodeRef::<Ol>::new();
    view! {
        <div class="stream">
            <p class="stream-info">
                <CommandButton command=info text=info_text />
            </p>
            <FactList facts=facts />
            <ol class="messages" node_ref=list aria-label=ui.text(Words::messages)>
                <WindowedRows
                    window=messages
                    key=|message| message.sequence
                    list=list
                    on_range=on_range
                    let(message, position)
                >
                    <MessageItem stream=name.clone() message=message position=position />
                </WindowedRows>
            </ol>
        </div>
    }
}

/// A message does not change, apart from no longer being new.
#[component]
fn MessageItem(stream: String, message: Memo<Message>, position: RowPosition) -> impl IntoView {
    let ui = use_ui();
    let Message { sequence, subject, operation, time, headers, value, .. } = message.get_untracked();
    let get = command(&["nats", "stream", "get", &stream, &sequence.to_string()]);
    let fresh = projection(message, |message| message.fresh);
    let headers = (!headers.is_empty()).then(|| {
        let header = |(name, value): (String, String)| {
            view! { <li class="message-header"><code translate="no">{format!("{name}: {value}")}</code></li> }
        };
        view! {
            <ul class="message-headers" aria-label=ui.text(Words::headers)>
                {headers.into_iter().map(header).collect_view()}
            </ul>
        }
    });
    view! {
        <li
            class="message"
            data-fresh=move || fresh.get().to_string()
            aria-posinset=move || position.posinset()
            aria-setsize=move || position.setsize()
        >
            <OperationTag revision=sequence operation=operation />
            <code translate="no" class="message-subject">
                <CommandButton command=get text=subject />
            </code>
            <time class="message-time">{time}</time>
            {headers}
            <code translate="no" class="message-value">{value}</code>
            <Show when=move || fresh.get()>
                <span class="visually-hidden">{move || ui.words().aside(ui.words().fresh())}</span>
            </Show>
        </li>
    }
}
