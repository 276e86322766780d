//! One order, step by step: the lanes of the clients, and how things stand after the step that is looked at.

use super::super::section::Section;
use super::happening::told;
use super::lanes::Lanes;
use super::standing::StandingView;
use crate::explore::OrderView;
use crate::ui::context::use_ui;
use crate::ui::message::ExplorerMsg;
use crate::ui::page::widgets::projection;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Order(order: Memo<OrderView>) -> impl IntoView {
    let ui = use_ui();
    let at = projection(order, |order| order.at);
    let steps = projection(order, |order| order.steps.len());
    let is_first = move || at.get() == 0;
    let is_last = move || at.get() + 1 == steps.get();
    let turn = move |step: usize| ui.send(ExplorerMsg::TurnTo(step));
    let sentence = move || {
        let words = ui.words();
        order.with(|order| {
            let Some(step) = order.steps.get(order.at) else { return String::new() };
            let happened: Vec<String> = step.told.iter().map(|it| told(words, it, &order.clients)).collect();
            let who = step.client.map_or(words.lane_of_time(), |client| order.clients[client].as_str());
            format!(
                "{} {who}: {}.",
                words.step_of_order(order.at + 1, order.steps.len()),
                happened.join("; ")
            )
        })
    };
    view! {
        <Section title=Words::order>
            <p class="dialog-buttons">
                <button
                    class="btn"
                    type="button"
                    disabled=is_first
                    on:click=move |_| turn(at.get_untracked().saturating_sub(1))
                >
                    {ui.text(Words::step_before)}
                </button>
                <button
                    class="btn"
                    type="button"
                    disabled=is_last
                    on:click=move |_| turn(at.get_untracked() + 1)
                >
                    {ui.text(Words::step_after)}
                </button>
            </p>
            <p class="order-sentence" role="status" data-testid="order-sentence">{sentence}</p>
            <Lanes order=order />
            <StandingView order=order />
        </Section>
    }
}
