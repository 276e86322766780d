//! The way into a presentation and out of it.

use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::{CLOSE, Icon, SCREEN};
use leptos::prelude::*;

/// The way into the presenter's mode and out of it.
#[component]
pub(super) fn PresentButton() -> impl IntoView {
    let ui = use_ui();
    let presenting = ui.model.presenting;
    let label = move || if presenting.get() { ui.words().present_no_more() } else { ui.words().present() };
    let icon = Signal::derive(move || if presenting.get() { CLOSE } else { SCREEN });
    view! {
        <button
            class="btn bar-present"
            type="button"
            aria-label=label
            title=label
            on:click=move |_| ui.send(PageMsg::Present(!presenting.get_untracked()))
        >
            <Icon path=icon />
        </button>
    }
}
