//! The steps of an order, in a lane for each client. In the document it is one list, as it happened.

use super::happening::told;
use crate::explore::{OrderStep, OrderView};
use crate::ui::context::use_ui;
use crate::ui::message::ExplorerMsg;
use crate::ui::page::widgets::{Rows, Shape, projection};
use leptos::prelude::*;

#[component]
pub(super) fn Lanes(order: Memo<OrderView>) -> impl IntoView {
    let clients = projection(order, |order| order.clients.clone());
    let steps = projection(order, |order| {
        order.steps.iter().cloned().enumerate().collect::<Vec<(usize, OrderStep)>>()
    });
    let heading = move |(place, name): (usize, String)| {
        view! {
            <li class="lane-head" data-lane=place.to_string()>
                <Shape badge=place as u8 />
                {name}
            </li>
        }
    };
    view! {
        <ul class="lanes" aria-hidden="true" data-lanes=move || clients.with(Vec::len).to_string()>
            {move || clients.get().into_iter().enumerate().map(heading).collect_view()}
        </ul>
        <ol class="lanes" data-testid="order-steps" data-lanes=move || clients.with(Vec::len).to_string()>
            <Rows each=steps key=|(place, _)| *place let:step>
                <StepItem order=order step=step />
            </Rows>
        </ol>
    }
}

#[component]
fn StepItem(order: Memo<OrderView>, step: Memo<(usize, OrderStep)>) -> impl IntoView {
    let ui = use_ui();
    let place = step.with_untracked(|(place, _)| *place);
    let lane =
        move || step.with(|(_, step)| step.client.map_or_else(String::new, |client| client.to_string()));
    let is_current = move || order.with(|order| order.at == place);
    let breaks = move || step.with(|(_, step)| step.told.iter().any(|told| told.rule.is_some()));
    let who = move || {
        let client = step.with(|(_, step)| step.client);
        let words = ui.words();
        order.with(|order| client.map_or(words.lane_of_time(), |client| &order.clients[client]).to_owned())
    };
    let line = move || step.with(|(_, step)| step.line.clone());
    let more = move || step.with(|(_, step)| step.more);
    let happened = move || {
        let (words, step) = (ui.words(), step.get().1);
        let item = |it| view! { <span class="lane-told">{order.with(|order| told(words, it, &order.clients))}</span> };
        step.told.iter().map(item).collect_view()
    };
    view! {
        <li class="lane-step" data-lane=lane data-breaks=move || breaks().to_string()>
            <button
                class="lane-button"
                type="button"
                aria-current=move || is_current().then_some("step")
                on:click=move |_| ui.send(ExplorerMsg::TurnTo(place))
            >
                <span class="lane-who">{who}</span>
                <Show when=move || !line().is_empty()>
                    <code class="lane-line" translate="no">{line}</code>
                </Show>
                {happened}
                <Show when=move || more() != 0>
                    <span class="lane-told">{move || ui.words().so_many_times_more(more())}</span>
                </Show>
            </button>
        </li>
    }
}
