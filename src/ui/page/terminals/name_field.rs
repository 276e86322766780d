//! Where another name of a terminal is typed. Leaving it takes the name.

use crate::app::model::Tab;
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, RenameMsg};
use leptos::html::Input;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// Where another name is typed. Leaving it takes the name.
#[component]
pub(super) fn NameField(tab: Memo<(usize, Tab)>) -> impl IntoView {
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
