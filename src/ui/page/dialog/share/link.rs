//! The link that holds the world, and a QR code of it.

use super::qr_code::QrCode;
use super::share_button::ShareButton;
use crate::ui::context::use_ui;
use crate::ui::message::ShareMsg;
use crate::ui::page::widgets::{COPY, projection};
use crate::ui::words::Words;
use leptos::prelude::*;

/// Longer links are refused by some programs, and by most; in characters.
const LONG: usize = 2_000;
const TOO_LONG: usize = 8_000;

#[component]
pub(super) fn Link() -> impl IntoView {
    let ui = use_ui();
    let link = projection(ui.model.sharing, |sharing| sharing.link.clone());
    let length = projection(link, String::len);
    let warning = move || match length.get() {
        ..=LONG => "",
        length if length <= TOO_LONG => ui.words().link_long(),
        _ => ui.words().link_too_long(),
    };
    view! {
        <input
            class="dialog-field"
            readonly
            aria-label=ui.text(Words::share_link)
            aria-describedby="link-length"
            value=move || link.get()
        />
        <p class="dialog-hint" id="link-length" data-warn=move || (length.get() > LONG).to_string()>
            {move || ui.words().link_length(length.get())} " " {warning} " " {ui.text(Words::link_holds)}
        </p>
        <p class="dialog-buttons">
            <ShareButton msg=ShareMsg::CopyLink icon=COPY label=Words::copy_link autofocus=true />
            <ShareButton msg=ShareMsg::CopyMarkdownLink icon=COPY label=Words::copy_markdown_link />
        </p>
        <QrCode link=link />
    }
}
