//! The tabs of the terminals, and how many of them stand side by side.

use super::tab::TabItem;
use super::tab_menu::TabMenu;
use crate::app::{MOST_TERMINALS, Msg, TerminalId};
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, Setting};
use crate::ui::page::widgets::{ADD, Icon, Rows, Segment, SegmentedControl};
use crate::ui::words::Words;
use leptos::html::Ul;
use leptos::prelude::*;

#[component]
pub(super) fn Tabs() -> impl IntoView {
    let ui = use_ui();
    let list = NodeRef::<Ul>::new();
    let dragged = RwSignal::new(None::<TerminalId>);
    let numbered = Memo::new(move |_| ui.model.tabs.get().into_iter().enumerate().collect::<Vec<_>>());
    view! {
        <ul class="tabs-list" node_ref=list aria-label=ui.text(Words::terminals)>
            <Rows each=numbered key=|(_, tab)| tab.id let:tab>
                <TabItem tab=tab dragged=dragged list=list />
            </Rows>
        </ul>
        <button
            class="tabs-add"
            type="button"
            aria-label=ui.text(Words::open_another)
            title=ui.text(Words::open_another)
            on:click=move |_| ui.send(PageMsg::ProposeLine(Msg::Open { name: None }))
        >
            <Icon path=ADD />
        </button>
        <TabMenu />
        <Columns />
    }
}

#[component]
fn Columns() -> impl IntoView {
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
                label=Signal::derive(move || label(ui.words()).to_owned())
                choose=move || ui.send(Setting::Columns(count))
            >
                {shown}
            </Segment>
        }
    };
    view! {
        <SegmentedControl class="segmented tabs-columns" label=Signal::derive(move || ui.words().side_by_side().to_owned())>
            {[1, 2, 3, 4, MOST_TERMINALS].map(item).collect_view()}
        </SegmentedControl>
    }
}
