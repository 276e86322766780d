//! What goes along everything that was done: a deed back and onward, a slider, what each deed has changed, and how two moments differ.

mod changes;
mod comparison;
mod deed;
mod slider;

use super::widgets::{CLOSE, Icon, ONWARD, projection};
use crate::ui::context::use_ui;
use crate::ui::message::PastMsg;
use crate::ui::past_model::PastModel;
use crate::ui::words::Words;
use changes::ChangesLine;
use comparison::ComparisonTable;
use deed::moment_text;
use leptos::prelude::*;
use slider::Slider;

/// Shown while somebody goes along what was done.
#[component]
pub(super) fn PastStrip() -> impl IntoView {
    let ui = use_ui();
    let is_open = projection(ui.model.past, Option::is_some);
    view! {
        <Show when=move || is_open.get()>
            <Strip />
        </Show>
    }
}

#[component]
fn Strip() -> impl IntoView {
    let ui = use_ui();
    let model = Memo::new(move |last: Option<&PastModel>| {
        ui.model.past.get().or_else(|| last.cloned()).unwrap_or_default()
    });
    let is_first = projection(model, |past| past.moment == 0);
    let is_present = projection(model, |past| past.moment == past.deeds);
    let is_marked = projection(model, |past| past.mark.is_some());
    let text = move || model.with(|past| moment_text(ui.words(), past));
    let made = projection(model, |past| past.made);
    let is_being_made = projection(model, |past| past.made < 100);
    view! {
        <section class="past" aria-label=ui.text(Words::past)>
            <div class="past-controls">
                <Step label=Words::past_back icon=BACK disabled=is_first msg=PastMsg::Back />
                <Step label=Words::past_onward icon=ONWARD disabled=is_present msg=PastMsg::Onward />
                <Slider model=model />
                <button
                    class="btn btn-small"
                    type="button"
                    disabled=move || is_present.get()
                    on:click=move |_| ui.send(PastMsg::ToPresent)
                >
                    {ui.text(Words::past_to_present)}
                </button>
                <button
                    class="btn btn-small"
                    type="button"
                    aria-pressed=move || is_marked.get().to_string()
                    on:click=move |_| ui.send(PastMsg::Mark(!is_marked.get_untracked()))
                >
                    {ui.text(Words::past_compare)}
                </button>
                <button
                    class="past-close"
                    type="button"
                    aria-label=ui.text(Words::past_close)
                    title=ui.text(Words::past_close)
                    on:click=move |_| ui.send(PastMsg::Open(false))
                >
                    <Icon path=CLOSE />
                </button>
            </div>
            <p class="past-moment" data-testid="past-moment" role="status">
                {text}
            </p>
            <ChangesLine model=model />
            <Show when=move || is_being_made.get()>
                <p class="past-made">{move || ui.words().past_made(made.get())}</p>
            </Show>
            <Show when=move || is_marked.get()>
                <ComparisonTable model=model />
            </Show>
        </section>
    }
}

/// A deed back or onward.
#[component]
fn Step(
    label: fn(Words) -> &'static str,
    icon: &'static str,
    disabled: Memo<bool>,
    msg: PastMsg,
) -> impl IntoView {
    let ui = use_ui();
    view! {
        <button class="btn btn-small" type="button" disabled=move || disabled.get() on:click=move |_| ui.send(msg)>
            <Icon path=icon />
            {ui.text(label)}
        </button>
    }
}

const BACK: &str = "M13 8H3M7 4L3 8l4 4";
