//! How many terminals stand side by side.

use crate::app::MOST_TERMINALS;
use crate::ui::context::use_ui;
use crate::ui::message::Setting;
use crate::ui::page::widgets::{Segment, SegmentedControl};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn ColumnsChoice() -> impl IntoView {
    let ui = use_ui();
    let item = move |count: usize| {
        let label = match count {
            1 => Words::one_terminal,
            2 => Words::two_terminals,
            3 => Words::three_terminals,
            4 => Words::four_terminals,
            _ => Words::all_side_by_side,
        };
        let shown = move || match count {
            MOST_TERMINALS => ui.words().all().to_owned(),
            count => count.to_string(),
        };
        view! {
            <Segment
                chosen=Signal::derive(move || ui.model.columns.get() == count)
                label=ui.text(label)
                choose=move || ui.send(Setting::Columns(count))
            >
                {shown}
            </Segment>
        }
    };
    view! {
        <SegmentedControl class="segmented tabs-columns" label=ui.text(Words::side_by_side)>
            {[1, 2, 3, 4, MOST_TERMINALS].map(item).collect_view()}
        </SegmentedControl>
    }
}
