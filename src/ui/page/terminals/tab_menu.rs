//! What can be done with the active terminal, besides typing; and the one that was closed last can be had back.

use crate::app::Msg;
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, RenameMsg};
use crate::ui::page::widgets::projection;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn TabMenu() -> impl IntoView {
    let ui = use_ui();
    let tabs = ui.model.tabs;
    let active = projection(tabs, |tabs| tabs.iter().find(|tab| tab.active).cloned());
    let place = projection(tabs, |tabs| tabs.iter().position(|tab| tab.active));
    let name = move || active.get().map(|tab| ui.words().about_terminal(&tab.name));
    let is_first = move || place.get().is_none_or(|place| place == 0);
    let is_last = move || place.get().is_none_or(|place| place + 1 >= tabs.with(Vec::len));
    let rename = move |_| {
        if let Some(tab) = active.get_untracked() {
            ui.send(PageMsg::Rename(tab.id, RenameMsg::Begin));
        }
    };
    let move_by = move |by: isize| {
        if let (Some(tab), Some(place)) = (active.get_untracked(), place.get_untracked()) {
            ui.send(Msg::Move { terminal: tab.id, place: place.saturating_add_signed(by) });
        }
    };
    let closed = ui.model.closed;
    let reopen = move |_| {
        if let Some((terminal, _)) = closed.get_untracked() {
            ui.send(PageMsg::ReopenTerminal(terminal));
        }
    };
    view! {
        <div class="tab-menu" id="tab-menu" popover="">
            <div class="tab-acts" role="group" aria-label=name>
                <MenuButton on:click=rename>{ui.text(Words::rename)}</MenuButton>
                <MenuButton disabled=Signal::derive(is_first) on:click=move |_| move_by(-1)>
                    {ui.text(Words::move_left)}
                </MenuButton>
                <MenuButton disabled=Signal::derive(is_last) on:click=move |_| move_by(1)>
                    {ui.text(Words::move_right)}
                </MenuButton>
            </div>
            <Show when=move || closed.with(Option::is_some)>
                <div class="tab-acts">
                    <MenuButton on:click=reopen>
                        {move || closed.get().map(|(_, name)| ui.words().take_back_terminal(&name))}
                    </MenuButton>
                </div>
            </Show>
        </div>
    }
}

/// A button of the menu, which closes it.
#[component]
fn MenuButton(#[prop(optional)] disabled: Signal<bool>, children: Children) -> impl IntoView {
    view! {
        <button
            class="btn btn-small btn-quiet"
            type="button"
            popovertarget="tab-menu"
            popovertargetaction="hide"
            disabled=disabled
        >
            {children()}
        </button>
    }
}
