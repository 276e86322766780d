//! Where commands are typed, with what could follow dimmed behind it, and below it what could stand here, what was pasted, and what
//! there is to say about the line.

use super::candidates::Candidates;
use super::correction::Correction;
use super::pasted::Pasted;
use super::prompt_field::PromptField;
use super::waits_for_clock::WaitsForClock;
use crate::app::{Hint, Msg};
use crate::ui::browser::focus::field_id;
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::model::{LineLabel, LineModel, TerminalModel};
use crate::ui::page::widgets::{Icon, STOP, projection};
use crate::ui::words::Words;
use leptos::html::Div;
use leptos::prelude::*;

#[component]
pub(super) fn Line(terminal: Memo<TerminalModel>, scroll: NodeRef<Div>) -> impl IntoView {
    let ui = use_ui();
    let id = terminal.with_untracked(|terminal| terminal.id);
    let line = projection(terminal, |terminal| terminal.line.clone());
    let running = projection(terminal, |terminal| terminal.running);
    let badge = projection(terminal, |terminal| terminal.badge);
    let correction = projection(line, |line| line.correction.clone());
    let found = projection(line, |line| line.found.clone());
    let menu = projection(line, |line| line.menu.clone());
    let pasted = projection(line, |line| line.pasted.clone());
    let waits_for_clock = projection(line, |line| line.waits_for_clock);
    let hint = projection(line, |line| line.hint);
    let label = move || match line.with(|line| line.label.clone()) {
        LineLabel::NotFound => ui.words().not_found().into_any(),
        LineLabel::Search => ui.words().search().into_any(),
        LineLabel::Prompt(prompt) => {
            let name = terminal.with(|terminal| terminal.name.clone());
            view! {
                <span class="visually-hidden">{ui.words().terminal_line(&name)} " "</span>
                {prompt}
            }
            .into_any()
        }
    };
    let hint_text = move |hint: Hint| match hint {
        Hint::NothingToEnd => ui.words().nothing_to_end(),
        Hint::NothingToComplete => ui.words().nothing_to_complete(),
        Hint::NotStopped => ui.words().not_stopped(),
        Hint::TypedAhead => ui.words().typed_ahead(),
    };
    view! {
        <div class="term-line" data-testid="line">
            {move || correction.get().map(|line| view! { <Correction terminal=id line=line /> })}
            <label
                class="term-prompt"
                data-badge=move || badge.get().to_string()
                translate="no"
                for=field_id(id)
            >
                {label}
            </label>
            <PromptField terminal=terminal line=line scroll=scroll>
                <Ghost line=line />
            </PromptField>
            <Show when=move || running.get()>
                <button
                    class="btn btn-small term-stop"
                    type="button"
                    on:click=move |_| ui.send(PageMsg::ActInTerminals(Msg::Interrupt { terminal: id }))
                >
                    <Icon path=STOP />
                    {ui.text(Words::stop)}
                </button>
            </Show>
            {move || found.get().map(|found| view! { <p class="term-below">{found}</p> })}
            <Show when=move || menu.with(Option::is_some)>
                <Candidates terminal=id menu=menu />
            </Show>
            <Show when=move || pasted.with(Option::is_some)>
                <Pasted terminal=id pasted=pasted />
            </Show>
            <Show when=move || waits_for_clock.get()>
                <WaitsForClock />
            </Show>
            {move || hint.get().map(|hint| view! { <p class="term-below">{hint_text(hint)}</p> })}
        </div>
    }
}

/// What is typed, unseen, and dimmed behind it what → would add.
#[component]
fn Ghost(line: Memo<LineModel>) -> impl IntoView {
    view! {
        <span class="term-ghost" aria-hidden="true">
            <span class="term-typed">{move || line.with(|line| line.text.clone())}</span>
            {move || line.with(|line| line.suggestion.clone())}
        </span>
    }
}
