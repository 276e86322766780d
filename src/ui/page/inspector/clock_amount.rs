//! A field for how far the clock is to be moved. What cannot be read is told there.

use crate::app::{AmountError, ClockMsg, Msg, clock_amount};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{Icon, ONWARD};
use crate::ui::words::Words;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

#[component]
pub(super) fn ClockAmount() -> impl IntoView {
    let ui = use_ui();
    let field = NodeRef::<Input>::new();
    let wrong = RwSignal::new(None::<AmountError>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else { return };
        let amount = clock_amount(&field.value());
        wrong.set(amount.err());
        if let Ok(millis) = amount {
            field.set_value("");
            ui.send(Msg::Clock(ClockMsg::Skip(millis)));
        }
    };
    let told = move |wrong: AmountError| match wrong {
        AmountError::NotATime => ui.words().amount_not_a_time(),
        AmountError::NotOnward => ui.words().amount_not_onward(),
        AmountError::TooFar => ui.words().amount_too_far(),
    };
    view! {
        <form class="clock-amount" on:submit=submit>
            <input
                class="clock-field"
                type="text"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="none"
                placeholder="1h30m"
                node_ref=field
                aria-label=ui.text(Words::move_clock_by)
                aria-invalid=move || wrong.get().map(|_| "true")
                aria-describedby=move || wrong.get().map(|_| "clock-wrong")
                on:input=move |_| wrong.set(None)
            />
            <button
                class="btn btn-small clock-button"
                type="submit"
                aria-label=ui.text(Words::move_clock)
                title=ui.text(Words::move_clock)
            >
                <Icon path=ONWARD />
            </button>
            {move || wrong.get().map(|wrong| {
                view! { <p class="clock-wrong" id="clock-wrong" role="alert">{told(wrong)}</p> }
            })}
        </form>
    }
}
