//! The slider over everything that was done: a native one, which keys, fingers and screen readers know.

use super::deed::moment_text;
use crate::ui::context::use_ui;
use crate::ui::message::PastMsg;
use crate::ui::past_model::PastModel;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Slider(model: Memo<PastModel>) -> impl IntoView {
    let ui = use_ui();
    let choose = move |event| {
        if let Ok(moment) = event_target_value(&event).parse() {
            ui.send(PastMsg::GoTo(moment));
        }
    };
    view! {
        <input
            class="past-slider"
            type="range"
            min="0"
            step="1"
            // Before the value, which it bounds.
            max=move || model.with(|past| past.deeds).to_string()
            prop:value=move || {
                model.with(|past| (past.deeds, past.moment)).1.to_string()
            }
            disabled=move || model.with(|past| past.deeds == 0)
            aria-label=ui.text(Words::past_slider)
            aria-valuetext=move || model.with(|past| moment_text(ui.words(), past))
            on:input=choose
        />
    }
}
