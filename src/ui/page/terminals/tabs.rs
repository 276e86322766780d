//! The tabs of the terminals, and how many of them stand side by side.

use super::columns_choice::ColumnsChoice;
use super::tab::TabItem;
use super::tab_menu::TabMenu;
use crate::app::{Msg, TerminalId};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::{ADD, Icon, Rows};
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
        <ColumnsChoice />
    }
}
