//! The choice of the language.

use crate::ui::context::use_ui;
use crate::ui::message::Setting;
use crate::ui::page::widgets::{Choice, ChoiceItem};
use crate::ui::words::Language;
use leptos::prelude::*;

#[component]
pub(in crate::ui::page) fn LanguageChoice(
    /// With their whole names, where there is room.
    #[prop(optional)]
    spelled: bool,
) -> impl IntoView {
    let ui = use_ui();
    let item = move |language: Language| {
        view! {
            <ChoiceItem
                chosen=Signal::derive(move || ui.words().0 == language)
                title=Signal::stored(language.name().to_owned())
                lang=language.code()
                choose=move || ui.send(Setting::Language(language))
            >
                <span class="bar-code">{language.code()}</span>
                <span class:unseen=!spelled>{format!(" ({})", language.name())}</span>
            </ChoiceItem>
        }
    };
    view! {
        <Choice
            class=if spelled { "choice choice-spelled" } else { "choice" }
            label=Signal::derive(move || ui.words().language().to_owned())
        >
            {Language::all().map(item).collect_view()}
        </Choice>
    }
}
