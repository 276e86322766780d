//! A bucket with its keys, and the stream beneath it.

use super::find_keys::FindKeys;
use super::key::KeyRow;
use super::stream::StreamBeneath;
use crate::app::model::Bucket;
use crate::app::{InspectorMsg, Msg, command};
use crate::ui::browser::frame::use_next_frame;
use crate::ui::browser::sight::Scroller;
use crate::ui::browser::{focus, sight, viewport};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CLOCK, CommandButton, FactList, Icon, Rows, WindowedRows, projection};
use crate::ui::words::Words;
use leptos::html::Ol;
use leptos::prelude::*;
use std::ops::Range;

/// More keys than these are worth a way to find one.
const LONG: usize = 20;

#[component]
pub(super) fn BucketCard(bucket: Memo<Bucket>) -> impl IntoView {
    let ui = use_ui();
    let name = bucket.with_untracked(|bucket| bucket.name.clone());
    let info = command(&["nats", "kv", "info", &name]);
    let settings = projection(bucket, |bucket| bucket.settings.clone());
    let keys = projection(bucket, |bucket| bucket.keys.clone());
    let stream_name = StoredValue::new(bucket.with_untracked(|bucket| bucket.beneath.name.clone()));
    let on_range = move |rows: Range<usize>| {
        ui.send(Msg::Inspector(InspectorMsg::LookAtKeys { stream: stream_name.get_value(), rows }));
    };
    let expired = projection(bucket, |bucket| bucket.expired.clone());
    let list = NodeRef::<Ol>::new();
    let last_revision = projection(bucket, |bucket| bucket.last_revision);
    let Scroller(scroller) = expect_context();
    // What changed last is the first in the list; it is scrolled into sight, unless somebody is looking at something else there.
    let reveal = use_next_frame(move || {
        if let (Some(list), Some(scroller)) = (list.get_untracked(), scroller.get_untracked())
            && !viewport::is_pointed_at(&scroller)
            && !focus::is_within(&scroller)
        {
            sight::reveal_first(&list, &scroller);
        }
    });
    Effect::new(move |before: Option<u64>| {
        let last = last_revision.get();
        if before.is_some_and(|before| before < last) {
            reveal();
        }
        last
    });
    let stream = projection(bucket, |bucket| bucket.beneath.clone());
    let is_empty = projection(bucket, |bucket| bucket.total == 0);
    let is_long = projection(bucket, |bucket| bucket.total > LONG || !bucket.find.is_empty());
    let title = name.clone();
    view! {
        <article class="bucket" data-testid="bucket">
            <header class="bucket-head">
                <h4 class="bucket-name">
                    <CommandButton command=info text=title />
                </h4>
                <FactList facts=settings />
            </header>
            <Show when=move || is_long.get()>
                <FindKeys bucket=bucket />
            </Show>
            <ol class="keys" node_ref=list>
                <WindowedRows
                    window=keys
                    key=|key| key.name.clone()
                    list=list
                    on_range=on_range
                    let(key_model, position)
                >
                    <KeyRow bucket=name.clone() key_model=key_model position=position />
                </WindowedRows>
            </ol>
            <Rows each=expired key=|(key, _)| key.clone() let:expired>
                <p class="quiet key-expired">
                    <Icon path=CLOCK />
                    {move || expired.with(|(key, time)| ui.words().key_expired(key, time))}
                </p>
            </Rows>
            <Show when=move || is_empty.get()>
                <p class="quiet">{ui.text(Words::no_key)}</p>
            </Show>
            <StreamBeneath stream=stream />
        </article>
    }
}
