//! The choice of the language.

use crate::ui::context::use_ui;
use crate::ui::message::Setting;
use crate::ui::page::widgets::{Segment, SegmentedControl};
use crate::ui::words::{Language, Words};
use leptos::prelude::*;

#[component]
pub(in crate::ui) fn LanguageChoice(
    /// With their whole names, where there is room.
    #[prop(optional)]
    spelled: bool,
) -> impl IntoView {
    let ui = use_ui();
    let item = move |language: Language| {
        view! {
            <Segment
                chosen=Signal::derive(move || ui.words().0 == language)
                title=language.name().to_owned()
                lang=language.code()
                choose=move || ui.send(Setting::Language(language))
            >
                <span class="bar-code">{language.code()}</span>
                <span class:visually-hidden=!spelled>{move || ui.words().aside(language.name())}</span>
            </Segment>
        }
    };
    view! {
        <SegmentedControl
            class=if spelled { "segmented segmented-spelled" } else { "segmented" }
            label=ui.text(Words::language)
        >
            {Language::all().map(item).collect_view()}
        </SegmentedControl>
    }
}
