//! Which messages are shown, and whether they are recorded.

use crate::app::model::Badge;
use crate::app::{Msg, ProtocolFilter, ProtocolLogMsg};
use crate::ui::context::{Ui, use_ui};
use crate::ui::page::widgets::{
    Icon, PAUSE, PLAY, Rows, Segment, SegmentedControl, Shape, Toggle, ToggleGroup, projection,
};
use crate::ui::words::Words;
use leptos::prelude::*;

/// Shows only what passes a filter that differs in this from the present one.
fn filter(ui: Ui, change: impl FnOnce(&mut ProtocolFilter)) {
    let present = ui.model.protocol_log.with_untracked(|log| log.as_ref().map(|log| log.filter.clone()));
    if let Some(mut filter) = present {
        change(&mut filter);
        ui.send(Msg::ProtocolLog(ProtocolLogMsg::Filter(filter)));
    }
}

#[component]
pub(super) fn FilterBar() -> impl IntoView {
    let ui = use_ui();
    let log = ui.model.protocol_log;
    let chosen = move |is: fn(&ProtocolFilter) -> bool| {
        Signal::derive(move || log.with(|log| log.as_ref().is_some_and(|log| is(&log.filter))))
    };
    let listening = projection(log, |log| log.as_ref().is_some_and(|log| log.listening));
    let clients =
        Memo::new(move |_| log.with(|log| log.as_ref().map(|log| log.clients.clone())).unwrap_or_default());
    let listen_icon = Signal::derive(move || if listening.get() { PAUSE } else { PLAY });
    let listen_label = move || if listening.get() { ui.words().pause() } else { ui.words().go_on() };
    view! {
        <div class="log-bar">
            <button
                class="btn btn-small"
                type="button"
                on:click=move |_| {
                    ui.send(Msg::ProtocolLog(ProtocolLogMsg::Listen(!listening.get_untracked())));
                }
            >
                <Icon path=listen_icon />
                {listen_label}
            </button>
            <SegmentedControl label=ui.text(Words::clients)>
                <Segment
                    chosen=chosen(|filter| filter.client.is_none())
                    choose=move || filter(ui, |filter| filter.client = None)
                >
                    {ui.text(Words::all)}
                </Segment>
                <Rows each=clients key=|(name, _)| name.clone() let:client>
                    <ClientItem client=client />
                </Rows>
            </SegmentedControl>
            <ToggleGroup label=ui.text(Words::kinds)>
                <Toggle
                    on=chosen(|filter| filter.api)
                    toggle=move || filter(ui, |filter| filter.api = !filter.api)
                >
                    {ui.text(Words::api_calls)}
                </Toggle>
                <Toggle
                    on=chosen(|filter| filter.upkeep)
                    toggle=move || filter(ui, |filter| filter.upkeep = !filter.upkeep)
                >
                    {ui.text(Words::pings)}
                </Toggle>
            </ToggleGroup>
            <button
                class="btn btn-small btn-quiet"
                type="button"
                on:click=move |_| ui.send(Msg::ProtocolLog(ProtocolLogMsg::Clear))
            >
                {ui.text(Words::clear)}
            </button>
        </div>
    }
}

/// Shows only what a client sends and receives.
#[component]
fn ClientItem(client: Memo<(String, Option<Badge>)>) -> impl IntoView {
    let ui = use_ui();
    let name = StoredValue::new(client.get_untracked().0);
    let is_chosen = Signal::derive(move || {
        ui.model.protocol_log.with(|log| {
            let client = log.as_ref().and_then(|log| log.filter.client.as_ref());
            client.is_some_and(|client| name.with_value(|name| client == name))
        })
    });
    view! {
        <Segment
            chosen=is_chosen
            choose=move || filter(ui, |filter| filter.client = Some(name.get_value()))
        >
            {move || client.get().1.map(|badge| view! { <Shape badge=badge /> })}
            {format!(" {}", name.get_value())}
        </Segment>
    }
}
