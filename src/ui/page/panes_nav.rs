//! On a narrow screen: which pane is shown.

use super::widgets::UnreadBadge;
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::shown::Pane;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn PanesNav() -> impl IntoView {
    let ui = use_ui();
    let shown = ui.model.pane;
    let tab = move |pane: Pane| {
        let label = match pane {
            Pane::Lesson => Words::lesson,
            Pane::Terminals => Words::terminals,
            Pane::Inspector => Words::inspector,
        };
        let unread = move || match pane {
            Pane::Terminals if shown.get() != pane => ui.model.unread.get(),
            _ => 0,
        };
        view! {
            <button
                class="pane-tab"
                type="button"
                aria-current=move || (shown.get() == pane).then_some("true")
                on:click=move |_| ui.send(PageMsg::ShowPane(pane))
            >
                {ui.text(label)}
                <UnreadBadge count=Signal::derive(unread) />
            </button>
        }
    };
    view! { <div class="panes-nav">{Pane::ALL.map(tab).collect_view()}</div> }
}
