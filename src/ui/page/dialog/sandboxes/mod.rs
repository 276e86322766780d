//! The sandboxes that are kept, and what can be done with each.

mod sandbox_item;

use super::section::Section;
use crate::keep::Listed;
use crate::ui::browser::focus;
use crate::ui::browser::frame::use_next_frame;
use crate::ui::context::use_ui;
use crate::ui::message::SandboxMsg;
use crate::ui::page::widgets::{ADD, Icon, OPEN, Rows, projection};
use crate::ui::words::Words;
use leptos::html::Button;
use leptos::prelude::*;
use sandbox_item::{Item, SandboxItem};

#[component]
pub(super) fn SandboxesDialog() -> impl IntoView {
    let ui = use_ui();
    let items = projection(ui.model.sandboxes, |sandboxes| {
        let open = sandboxes.open.as_ref().and_then(|open| open.id);
        let unused = sandboxes.open.as_ref().filter(|open| open.id.is_none());
        let unkept = unused.map(|open| Item { name: open.name.clone(), is_open: true, ..Item::default() });
        let item = |listed: &Listed| Item {
            id: Some(listed.id),
            name: if listed.name.is_empty() { listed.id.to_string() } else { listed.name.clone() },
            is_open: open == Some(listed.id),
            used: listed.used,
            trouble: listed.trouble.clone(),
        };
        unkept.into_iter().chain(sandboxes.list.iter().map(item)).collect::<Vec<Item>>()
    });
    let deleted = projection(ui.model.sandboxes, |sandboxes| sandboxes.deleted);
    // Where the button is gone that had the focus, the way back gets it.
    let undelete = NodeRef::<Button>::new();
    let keep_focus = use_next_frame(move || {
        if let Some(undelete) = undelete.get_untracked().filter(|_| focus::is_lost()) {
            focus::give(&undelete);
        }
    });
    Effect::new(move |_| {
        items.with(Vec::len);
        keep_focus();
    });
    view! {
        <Section title=Words::kept_here>
            <Show when=move || deleted.get()>
                <p class="sandbox-deleted">
                    {ui.text(Words::deleted)} " "
                    <button
                        class="btn btn-small"
                        type="button"
                        node_ref=undelete
                        on:click=move |_| ui.send(SandboxMsg::Undelete)
                    >
                        {ui.text(Words::undelete)}
                    </button>
                </p>
            </Show>
            <ul class="cards">
                <Rows each=items key=|item| item.id let:item>
                    <SandboxItem item=item />
                </Rows>
            </ul>
        </Section>
        <Section title=Words::another>
            <p class="dialog-hint">{ui.text(Words::drop_hint)}</p>
            <p class="dialog-buttons">
                <button
                    class="btn btn-main"
                    type="button"
                    autofocus
                    on:click=move |_| ui.send(SandboxMsg::New)
                >
                    <Icon path=ADD />
                    {ui.text(Words::new_sandbox)}
                </button>
                <button class="btn" type="button" on:click=move |_| ui.send(SandboxMsg::Import)>
                    <Icon path=OPEN />
                    {ui.text(Words::open_file)}
                </button>
            </p>
        </Section>
    }
}
