//! On a narrow screen: which part is shown.

use super::widgets::UnreadBadge;
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::shown::Part;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn PartsNav() -> impl IntoView {
    let ui = use_ui();
    let shown = ui.model.part;
    let tab = move |part: Part| {
        let label = match part {
            Part::Lesson => Words::lesson,
            Part::Terminals => Words::terminals,
            Part::Picture => Words::picture,
        };
        let unread = move || match part {
            Part::Terminals if shown.get() != part => ui.model.unread.get(),
            _ => 0,
        };
        view! {
            <button
                class="parts-tab"
                type="button"
                aria-current=move || (shown.get() == part).then_some("page")
                on:click=move |_| ui.send(PageMsg::Show(part))
            >
                {ui.text(label)}
                <UnreadBadge count=Signal::derive(unread) />
            </button>
        }
    };
    view! { <div class="parts">{Part::ALL.map(tab).collect_view()}</div> }
}
