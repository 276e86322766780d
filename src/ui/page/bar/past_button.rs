//! What opens the way along everything that was done, and closes it.

use crate::ui::context::use_ui;
use crate::ui::message::PastMsg;
use crate::ui::page::widgets::{Icon, TIME_TRAVEL};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn PastButton() -> impl IntoView {
    let ui = use_ui();
    let is_open = Memo::new(move |_| ui.model.past.with(Option::is_some));
    view! {
        <button
            class="btn bar-button"
            type="button"
            title=ui.text(Words::past_hint)
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| ui.send(PastMsg::Open(!is_open.get_untracked()))
        >
            <Icon path=TIME_TRAVEL />
            <span class="bar-label">{ui.text(Words::past)}</span>
        </button>
    }
}
