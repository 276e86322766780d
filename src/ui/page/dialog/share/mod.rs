//! What can be shared: a link that holds the world, a frame that shows it elsewhere, what the terminals showed as text, and the world as a file.

mod embed;
mod export;
mod link;
mod qr_code;
mod share_button;

use super::section::Section;
use crate::ui::context::use_ui;
use crate::ui::message::ShareMsg;
use crate::ui::page::widgets::SAVE;
use crate::ui::words::Words;
use embed::Embed;
use export::Export;
use leptos::prelude::*;
use link::Link;
use share_button::ShareButton;

#[component]
pub(super) fn ShareDialog() -> impl IntoView {
    let ui = use_ui();
    view! {
        <Section title=Words::share_link>
            <Link />
        </Section>
        <Section title=Words::embed>
            <Embed />
        </Section>
        <Section title=Words::share_text>
            <Export />
        </Section>
        <Section title=Words::share_file>
            <p class="dialog-hint">{ui.text(Words::share_file_hint)}</p>
            <p class="dialog-buttons">
                <ShareButton msg=ShareMsg::SaveWorld icon=SAVE label=Words::save_sandbox />
            </p>
        </Section>
    }
}
