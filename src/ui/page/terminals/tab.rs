//! The tab of a terminal: its name, whether something runs there, and what came while nobody looked. A click brings the terminal to the front,
//! a second one renames it, dragging moves it.

use crate::app::model::Tab;
use crate::app::{Msg, TerminalId};
use crate::ui::browser::viewport;
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, RenameMsg};
use crate::ui::page::widgets::{CLOSE, Icon, MORE_OF_TAB, Shape, UnreadBadge};
use crate::ui::words::Words;
use leptos::html::{Input, Li, Ul};
use leptos::prelude::*;
use web_sys::{DragEvent, KeyboardEvent};

#[component]
pub(super) fn TabItem(
    /// With its place among the others.
    tab: Memo<(usize, Tab)>,
    dragged: RwSignal<Option<TerminalId>>,
    list: NodeRef<Ul>,
) -> impl IntoView {
    let ui = use_ui();
    let id = tab.with_untracked(|(_, tab)| tab.id);
    let active = Memo::new(move |_| tab.with(|(_, tab)| tab.active));
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

#[component]
fn TabButtons(tab: Memo<(usize, Tab)>) -> impl IntoView {
    let ui = use_ui();
    let terminal = tab.with_untracked(|(_, tab)| tab.id);
    let active = Memo::new(move |_| tab.with(|(_, tab)| tab.active));
    let name = Memo::new(move |_| tab.with(|(_, tab)| tab.name.clone()));
    let running = Memo::new(move |_| tab.with(|(_, tab)| tab.running));
    let unread = Memo::new(move |_| tab.with(|(_, tab)| tab.unread));
    let can_close = Memo::new(move |_| active.get() && ui.model.tabs.with(Vec::len) > 1);
    view! {
        <button
            class="tab-name"
            type="button"
            data-testid="tab-name"
            aria-current=move || active.get().then_some("true")
            on:click=move |_| ui.send(PageMsg::ProposeLine(Msg::Select { terminal }))
            on:dblclick=move |_| ui.send(PageMsg::Rename(terminal, RenameMsg::Begin))
        >
            {move || view! { <Shape badge=tab.with(|(_, tab)| tab.badge) /> }}
            {move || format!("{} ", name.get())}
            <Show when=move || running.get()>
                <span class="tab-running">
                    <span class="visually-hidden">{move || Words::aside(ui.words().is_running())}</span>
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

/// Where another name is typed. Leaving it takes the name.
#[component]
fn NameField(tab: Memo<(usize, Tab)>) -> impl IntoView {
    let ui = use_ui();
    let (terminal, name) = tab.with_untracked(|(_, tab)| (tab.id, tab.name.clone()));
    let field = NodeRef::<Input>::new();
    field.on_load(|field| {
        request_animation_frame(move || {
            // It is in the document, and can have the focus.
            let _ = field.focus();
            field.select();
        });
    });
    let keydown = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let name = match event.key().as_str() {
            "Enter" => Some(event_target_value(&event)),
            "Escape" => None,
            _ => return,
        };
        event.prevent_default();
        ui.send(PageMsg::Rename(terminal, RenameMsg::End(name)));
    };
    view! {
        <input
            class="tab-field"
            id="tab-field"
            node_ref=field
            aria-label=ui.words().name_of(&name)
            maxlength="20"
            spellcheck="false"
            autocapitalize="off"
            value=name
            on:keydown=keydown
            on:focusout=move |event| {
                ui.send(PageMsg::Rename(terminal, RenameMsg::Leave(event_target_value(&event))));
            }
        />
    }
}
