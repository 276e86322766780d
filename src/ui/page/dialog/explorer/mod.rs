//! Every order of a scenario: its text, what came of playing all orders, and one of them step by step.

mod findings;
mod happening;
mod lanes;
mod order;
mod standing;

use super::section::Section;
use crate::explore::READY;
use crate::ui::context::use_ui;
use crate::ui::message::ExplorerMsg;
use crate::ui::page::widgets::{Icon, PLAY, STOP, projection};
use crate::ui::words::Words;
use findings::FindingsView;
use leptos::prelude::*;
use order::Order;

#[component]
pub(super) fn ExplorerDialog() -> impl IntoView {
    let ui = use_ui();
    let view = ui.model.explorer;
    let searching = projection(view, |view| view.searching);
    let findings = projection(view, |view| view.findings.clone());
    let has_order = projection(view, |view| view.order.is_some());
    let status = move || {
        let words = ui.words();
        view.with(|view| match (&view.error, view.searching, &view.findings) {
            (Some(error), ..) => words.scenario_wrong(error.line, &error.reason),
            (None, Some(_), _) => words.exploring().to_owned(),
            (None, None, Some(findings)) => words.explored(findings),
            (None, None, None) => String::new(),
        })
    };
    let order = projection(view, |view| view.order.clone().unwrap_or_default());
    view! {
        <ScenarioEditor searching=searching />
        <p class="explorer-status" role="status" data-testid="explorer-status">{status}</p>
        // It counts too fast to be read out.
        <p class="explorer-progress" aria-hidden="true" data-testid="explorer-progress">
            {move || searching.get().map(|states| ui.words().states_so_far(states))}
        </p>
        {move || findings.get().map(|findings| view! { <FindingsView findings=findings /> })}
        <Show when=move || has_order.get()>
            <Order order=order />
        </Show>
    }
}

/// The text of the scenario, and what can be done with it.
#[component]
fn ScenarioEditor(searching: Memo<Option<usize>>) -> impl IntoView {
    let ui = use_ui();
    let text = ui.model.scenario;
    let chosen = move || text.with(|text| READY.iter().find(|it| it.markdown == text).map(|it| it.name));
    let choose = move |name: String| {
        if let Some(ready) = READY.iter().find(|it| it.name == name) {
            ui.send(ExplorerMsg::Play(ready.markdown.to_owned()));
        }
    };
    let is_searching = move || searching.get().is_some();
    view! {
        <Section title=Words::scenario>
            <p class="dialog-hint">{ui.text(Words::explorer_hint)}</p>
            <label class="embed-choice">
                {ui.text(Words::scenario_ready)}
                <select
                    class="dialog-field"
                    prop:value=move || chosen().unwrap_or_default()
                    on:change=move |event| choose(event_target_value(&event))
                >
                    <option value="">{ui.text(Words::scenario_own)}</option>
                    {READY
                        .iter()
                        .map(|ready| {
                            let is_chosen = move || chosen() == Some(ready.name);
                            view! {
                                <option value=ready.name lang="en" selected=is_chosen>
                                    {ready.title()}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </label>
            <textarea
                class="lesson-editor scenario-editor"
                aria-label=ui.text(Words::scenario_text)
                data-testid="scenario"
                rows="14"
                spellcheck="false"
                translate="no"
                prop:value=move || text.get()
                on:input=move |event| ui.send(ExplorerMsg::Edit(event_target_value(&event)))
                on:change=move |_| ui.send(ExplorerMsg::Keep)
            ></textarea>
            <p class="dialog-buttons">
                <Show
                    when=is_searching
                    fallback=move || {
                        view! {
                            <button
                                class="btn btn-main"
                                type="button"
                                on:click=move |_| ui.send(ExplorerMsg::Begin)
                            >
                                <Icon path=PLAY />
                                {ui.text(Words::explore)}
                            </button>
                        }
                    }
                >
                    <button class="btn" type="button" on:click=move |_| ui.send(ExplorerMsg::Stop)>
                        <Icon path=STOP />
                        {ui.text(Words::stop_exploring)}
                    </button>
                </Show>
                <button class="btn" type="button" on:click=move |_| ui.send(ExplorerMsg::TakeFromTerminals)>
                    {ui.text(Words::race_of_terminals)}
                </button>
                <button class="btn" type="button" on:click=move |_| ui.send(ExplorerMsg::CopyLink)>
                    {ui.text(Words::copy_link)}
                </button>
            </p>
        </Section>
    }
}
