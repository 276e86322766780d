//! The choice of colours.

use crate::ui::context::use_ui;
use crate::ui::message::Setting;
use crate::ui::page::widgets::{AUTO, CONTRAST, Icon, MOON, SUN, Segment, SegmentedControl};
use crate::ui::shown::Theme;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(in crate::ui) fn ColourChoice(
    /// With words beside the drawings, where there is room.
    #[prop(optional)]
    spelled: bool,
) -> impl IntoView {
    let ui = use_ui();
    let item = move |theme: Theme| {
        let (label, icon): (fn(Words) -> &'static str, _) = match theme {
            Theme::Auto => (Words::colours_auto, AUTO),
            Theme::Light => (Words::colours_light, SUN),
            Theme::Dark => (Words::colours_dark, MOON),
            Theme::Contrast => (Words::colours_contrast, CONTRAST),
        };
        let word = spelled.then(|| view! { <span>{ui.text(label)}</span> });
        let label = ui.text(label);
        view! {
            <Segment
                chosen=Signal::derive(move || ui.model.theme.get() == theme)
                label=label
                title=label
                choose=move || ui.send(Setting::Theme(theme))
            >
                <Icon path=icon />
                {word}
            </Segment>
        }
    };
    view! {
        <SegmentedControl
            class=if spelled { "segmented segmented-spelled" } else { "segmented" }
            label=ui.text(Words::colours)
        >
            {Theme::ALL.map(item).collect_view()}
        </SegmentedControl>
    }
}
