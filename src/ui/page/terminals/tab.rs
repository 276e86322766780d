//! The tab of a terminal: its name, whether something runs there, and what came while nobody looked. A click brings the terminal to the front,
//! a second one renames it, dragging moves it.

use super::name_field::NameField;
use super::tab_buttons::TabButtons;
use crate::app::model::Tab;
use crate::app::{Msg, TerminalId};
use crate::ui::browser::viewport;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::projection;
use leptos::html::{Li, Ul};
use leptos::prelude::*;
use web_sys::DragEvent;

#[component]
pub(super) fn TabItem(
    /// With its place among the others.
    tab: Memo<(usize, Tab)>,
    dragged: RwSignal<Option<TerminalId>>,
    list: NodeRef<Ul>,
) -> impl IntoView {
    let ui = use_ui();
    let id = tab.with_untracked(|(_, tab)| tab.id);
    let active = projection(tab, |(_, tab)| tab.active);
    let renaming = Memo::new(move |_| ui.model.renaming.get() == Some(id));
    let item = NodeRef::<Li>::new();
    Effect::new(move |_| {
        if active.get()
            && let (Some(item), Some(list)) = (item.get(), list.get())
        {
            viewport::reveal_sideways(&item, &list);
        }
    });
    let begin_drag = move |event: DragEvent| {
        dragged.set(Some(id));
        // Firefox drags nothing that carries nothing.
        if let Some(data) = event.data_transfer() {
            let _ = data.set_data("application/x-tab", "");
        }
    };
    let drag_over = move |event: DragEvent| {
        if dragged.get_untracked().is_some() {
            event.prevent_default();
        }
    };
    let drop = move |event: DragEvent| {
        if let Some(terminal) = dragged.get_untracked() {
            event.prevent_default();
            ui.send(Msg::Move { terminal, place: tab.with_untracked(|(place, _)| *place) });
        }
    };
    view! {
        <li
            class="tab"
            node_ref=item
            data-testid="tab"
            data-active=move || active.get().to_string()
            draggable=move || (!renaming.get()).then_some("true")
            on:dragstart=begin_drag
            on:dragend=move |_| dragged.set(None)
            on:dragover=drag_over
            on:drop=drop
        >
            <Show when=move || renaming.get() fallback=move || view! { <TabButtons tab=tab /> }>
                <NameField tab=tab />
            </Show>
        </li>
    }
}
