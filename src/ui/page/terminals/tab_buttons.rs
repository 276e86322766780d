//! The name of a terminal in its tab, and what can be done with it there.

use crate::app::Msg;
use crate::app::model::Tab;
use crate::ui::browser::focus;
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, RenameMsg};
use crate::ui::page::widgets::{CLOSE, Icon, MORE_OF_TAB, Shape, UnreadBadge, projection};
use leptos::prelude::*;

#[component]
pub(super) fn TabButtons(tab: Memo<(usize, Tab)>) -> impl IntoView {
    let ui = use_ui();
    let terminal = tab.with_untracked(|(_, tab)| tab.id);
    let active = projection(tab, |(_, tab)| tab.active);
    let name = projection(tab, |(_, tab)| tab.name.clone());
    let running = projection(tab, |(_, tab)| tab.running);
    let unread = projection(tab, |(_, tab)| tab.unread);
    let can_close = Memo::new(move |_| active.get() && ui.model.tabs.with(Vec::len) > 1);
    view! {
        <button
            class="tab-name"
            id=focus::tab_id(terminal)
            type="button"
            data-testid="tab-name"
            aria-current=move || active.get().then_some("true")
            on:click=move |_| ui.send(PageMsg::ProposeLine(Msg::Select { terminal }))
            on:dblclick=move |_| ui.send(PageMsg::Rename(terminal, RenameMsg::Begin))
        >
            <Shape badge=projection(tab, |(_, tab)| tab.badge) />
            {move || format!("{} ", name.get())}
            <Show when=move || running.get()>
                <span class="tab-running">
                    <span class="visually-hidden">{move || ui.words().aside(ui.words().is_running())}</span>
                </span>
            </Show>
            <UnreadBadge count=unread />
        </button>
        <Show when=move || active.get()>
            <button
                class="tab-more"
                type="button"
                popovertarget="tab-menu"
                aria-label=move || ui.words().about_terminal(&name.get())
            >
                <Icon path=MORE_OF_TAB />
            </button>
        </Show>
        <Show when=move || can_close.get()>
            <button
                class="tab-close"
                type="button"
                aria-label=move || ui.words().close(&name.get())
                on:click=move |_| ui.send(PageMsg::CloseTerminal(terminal))
            >
                <Icon path=CLOSE />
            </button>
        </Show>
    }
}
