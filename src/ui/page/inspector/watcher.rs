//! A watcher: who watches what, and what it was told.

use crate::app::command;
use crate::app::model::{Delivery, Watcher};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CommandButton, OperationTag, Rows, Shape, projection};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn WatcherCard(watcher: Memo<Watcher>) -> impl IntoView {
    let ui = use_ui();
    let badge = projection(watcher, |watcher| watcher.badge);
    let bucket = Signal::derive(move || watcher.with(|watcher| watcher.bucket.clone()));
    let watch = Signal::derive(move || {
        watcher.with(|watcher| {
            let mut words = vec!["nats", "kv", "watch", &watcher.bucket];
            words.extend(Some(watcher.filter.as_str()).filter(|filter| *filter != ">"));
            command(&words)
        })
    });
    let filter = projection(watcher, |watcher| watcher.filter.clone());
    let removed_in = projection(watcher, |watcher| watcher.removed_in.clone());
    let who = move || {
        let who = watcher.with(|watcher| watcher.who.clone());
        who.unwrap_or_else(|| ui.words().left_behind().to_owned())
    };
    let deliveries = projection(watcher, |watcher| watcher.deliveries.clone());
    let position = move || {
        let (at, waiting) = watcher.with(|watcher| (watcher.at, watcher.pending));
        ui.words().at_revision(at, waiting as usize)
    };
    view! {
        <article class="watcher" data-testid="watcher">
            <p class="watcher-who">
                {move || badge.get().map(|badge| view! { <Shape badge=badge /> })}
                <strong>{who}</strong>
                {move || match removed_in.get() {
                    None => ui.words().watches(),
                    Some(_) => ui.words().watched(),
                }}
                <code translate="no">
                    <CommandButton command=watch text=bucket />
                </code>
                <code translate="no" class="watcher-filter">
                    {filter}
                </code>
                <Show when=move || filter.get() == ">">
                    <span class="watcher-filter">{move || ui.words().aside(ui.words().all_keys())}</span>
                </Show>
            </p>
            <Show
                when=move || deliveries.with(|deliveries| !deliveries.is_empty())
                fallback=move || view! { <p class="quiet">{ui.text(Words::has_seen_nothing)}</p> }
            >
                <div class="watcher-seen">
                    <span>{ui.text(Words::has_seen)}</span>
                    <ol class="pills" aria-label=ui.text(Words::has_seen)>
                        <Rows each=deliveries key=|delivery| delivery.revision let:delivery>
                            <DeliveryItem delivery=delivery.get_untracked() />
                        </Rows>
                    </ol>
                </div>
            </Show>
            <p class="quiet">{position}</p>
            {move || removed_in.get().map(|left| {
                view! { <p class="watcher-left">{move || ui.words().removed_in(&left)}</p> }
            })}
        </article>
    }
}

/// What a watcher was told, which names the key too.
#[component]
fn DeliveryItem(delivery: Delivery) -> impl IntoView {
    let Delivery { key, revision, operation } = delivery;
    view! {
        <li>
            <OperationTag revision=revision operation=operation>
                <span class="pill-key">{key}</span>
            </OperationTag>
        </li>
    }
}
