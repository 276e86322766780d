//! What the bar has no room for on a narrow screen.

use super::section::Section;
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, PastMsg};
use crate::ui::page::widgets::{ColourChoice, Icon, LanguageChoice, TIME_TRAVEL};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn MoreDialog() -> impl IntoView {
    let ui = use_ui();
    // It is shown beneath the bar, which the dialog covers.
    let go = move |_| {
        ui.send(PageMsg::CloseDialog);
        ui.send(PastMsg::Open(true));
    };
    view! {
        <Section title=Words::past>
            <p class="dialog-hint">{ui.text(Words::past_hint)}</p>
            <p class="dialog-buttons">
                <button class="btn" type="button" on:click=go>
                    <Icon path=TIME_TRAVEL />
                    {ui.text(Words::past)}
                </button>
            </p>
        </Section>
        <Section title=Words::language>
            <LanguageChoice spelled=true />
        </Section>
        <Section title=Words::colours>
            <ColourChoice spelled=true />
        </Section>
    }
}
