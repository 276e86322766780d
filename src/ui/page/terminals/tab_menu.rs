//! What can be done with the active terminal, besides typing.

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
    // Place, terminal, name.
    let active = projection(tabs, |tabs| {
        let place = tabs.iter().position(|tab| tab.active).unwrap_or(0);
        tabs.get(place).map(|tab| (place, tab.id, tab.name.clone()))
    });
    let name = move || active.get().map(|(_, _, name)| ui.words().about_terminal(&name));
    let is_first = move || active.with(|active| active.as_ref().is_none_or(|(place, ..)| *place == 0));
    let is_last = move || {
        active.with(|active| active.as_ref().is_none_or(|(place, ..)| place + 1 >= tabs.with(Vec::len)))
    };
    let rename = move |_| {
        if let Some((_, terminal, _)) = active.get_untracked() {
            ui.send(PageMsg::Rename(terminal, RenameMsg::Begin));
        }
    };
    let move_by = move |by: isize| {
        if let Some((place, terminal, _)) = active.get_untracked() {
            ui.send(Msg::Move { terminal, place: place.saturating_add_signed(by) });
        }
    };
    view! {
        <div class="tab-menu" id="tab-menu" popover="">
            <div class="tab-acts" role="group" aria-label=name>
                <button
                    class="btn btn-small btn-quiet"
                    type="button"
                    popovertarget="tab-menu"
                    popovertargetaction="hide"
                    on:click=rename
                >
                    {ui.text(Words::rename)}
                </button>
                <button
                    class="btn btn-small btn-quiet"
                    type="button"
                    popovertarget="tab-menu"
                    popovertargetaction="hide"
                    disabled=is_first
                    on:click=move |_| move_by(-1)
                >
                    {ui.text(Words::move_left)}
                </button>
                <button
                    class="btn btn-small btn-quiet"
                    type="button"
                    popovertarget="tab-menu"
                    popovertargetaction="hide"
                    disabled=is_last
                    on:click=move |_| move_by(1)
                >
                    {ui.text(Words::move_right)}
                </button>
            </div>
        </div>
    }
}
