//! How far a sandbox is that is being opened. Closing the dialog stops it there.

use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn OpeningDialog() -> impl IntoView {
    let ui = use_ui();
    let name = Memo::new(move |_| ui.model.opening.get().map(|opening| opening.name).unwrap_or_default());
    let percent = Memo::new(move |_| ui.model.opening.get().map_or(100, |opening| opening.percent));
    view! {
        <div class="dialog-section">
            <p id="opening-about">{move || ui.words().opening_about(&name.get())}</p>
            <progress
                class="opening-bar"
                aria-labelledby="opening-about"
                max="100"
                value=move || percent.get().to_string()
            ></progress>
            <p class="dialog-buttons">
                <button class="btn" type="button" autofocus on:click=move |_| ui.send(PageMsg::StopOpening)>
                    {ui.text(Words::opening_stop)}
                </button>
            </p>
        </div>
    }
}
