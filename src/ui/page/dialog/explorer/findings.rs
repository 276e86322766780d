//! What came of playing every order: which rules break, and how orders end.

use super::super::section::Section;
use crate::explore::{Findings, OrderKind, OutcomeFinding, RuleFinding, RuleVerdict};
use crate::ui::context::use_ui;
use crate::ui::message::ExplorerMsg;
use crate::ui::page::widgets::projection;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn FindingsView(findings: Findings) -> impl IntoView {
    let ui = use_ui();
    let orders = findings.orders.to_string();
    let shown = projection(ui.model.explorer, |view| view.order.as_ref().map(|order| order.kind));
    let rule = {
        let orders = orders.clone();
        move |rule: RuleFinding| {
            let (verdict, orders) = (rule.verdict, orders.clone());
            view! {
                <li data-holds=(verdict == RuleVerdict::Holds).to_string()>
                    <code translate="no">{rule.text}</code>
                    " "
                    <strong>{move || ui.words().rule_verdict(verdict, &orders)}</strong>
                </li>
            }
        }
    };
    let outcome = move |(place, finding): (usize, OutcomeFinding)| {
        let (orders, kind) = (orders.clone(), OrderKind::Outcome(place));
        let count = finding.orders.to_string();
        let share = move || ui.words().outcome_share(&count, &orders, usize::from(finding.percent));
        view! {
            <li>
                <button
                    class="btn btn-quiet outcome"
                    type="button"
                    aria-pressed=move || (shown.get() == Some(kind)).to_string()
                    on:click=move |_| ui.send(ExplorerMsg::Show(kind))
                >
                    <meter class="outcome-share" aria-hidden="true" min="0" max="100" value=finding.percent.to_string()></meter>
                    <span class="outcome-count">{share}</span>
                    <span>{move || ui.words().outcome(&finding.outcome)}</span>
                </button>
            </li>
        }
    };
    let breaks = findings.breaks;
    view! {
        <Section title=Words::rules>
            <ul class="rule-findings" data-testid="rule-findings">
                {findings.rules.into_iter().map(rule).collect_view()}
            </ul>
            {breaks
                .then(|| {
                    view! {
                        <button
                            class="btn"
                            type="button"
                            aria-pressed=move || (shown.get() == Some(OrderKind::Breaking)).to_string()
                            on:click=move |_| ui.send(ExplorerMsg::Show(OrderKind::Breaking))
                        >
                            {ui.text(Words::shortest_breaking)}
                        </button>
                    }
                })}
        </Section>
        <Section title=Words::how_orders_end>
            <ul class="outcomes" data-testid="outcomes">
                {findings.outcomes.into_iter().enumerate().map(outcome).collect_view()}
            </ul>
        </Section>
    }
}
