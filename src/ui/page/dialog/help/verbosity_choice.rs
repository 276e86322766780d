//! How much is said of what is printed.

use crate::app::Verbosity;
use crate::ui::context::use_ui;
use crate::ui::message::Setting;
use crate::ui::page::widgets::{Segment, SegmentedControl};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn VerbosityChoice() -> impl IntoView {
    let ui = use_ui();
    let item = move |verbosity: Verbosity| {
        let label: fn(Words) -> &'static str = match verbosity {
            Verbosity::All => Words::verbosity_all,
            Verbosity::Some => Words::verbosity_some,
            Verbosity::Nothing => Words::verbosity_nothing,
        };
        view! {
            <Segment
                chosen=Signal::derive(move || ui.model.verbosity.get() == verbosity)
                choose=move || ui.send(Setting::Verbosity(verbosity))
            >
                {ui.text(label)}
            </Segment>
        }
    };
    view! {
        <SegmentedControl class="segmented dialog-choice" label=ui.text(Words::verbosity)>
            {Verbosity::ALL.map(item).collect_view()}
        </SegmentedControl>
    }
}
