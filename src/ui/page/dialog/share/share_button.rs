//! A button of the dialog for sharing.

use crate::ui::context::use_ui;
use crate::ui::message::ShareMsg;
use crate::ui::page::widgets::Icon;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn ShareButton(
    msg: ShareMsg,
    icon: &'static str,
    label: fn(Words) -> &'static str,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let ui = use_ui();
    view! {
        <button class="btn" type="button" autofocus=autofocus on:click=move |_| ui.send(msg)>
            <Icon path=icon />
            {ui.text(label)}
        </button>
    }
}
