//! What the bar has no room for on a narrow screen.

use super::section::Section;
use crate::ui::page::widgets::{ColourChoice, LanguageChoice};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn MoreDialog() -> impl IntoView {
    view! {
        <Section title=Words::language>
            <LanguageChoice spelled=true />
        </Section>
        <Section title=Words::colours>
            <ColourChoice spelled=true />
        </Section>
    }
}
