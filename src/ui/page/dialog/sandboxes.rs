//! The sandboxes that are kept, and what can be done with each.

use super::section::Section;
use crate::app::journal::Unreadable;
use crate::keep::{FileForm, Listed, SandboxId};
use crate::ui::browser::frame::use_next_frame;
use crate::ui::browser::{clock, focus};
use crate::ui::context::use_ui;
use crate::ui::message::SandboxMsg;
use crate::ui::page::widgets::{ADD, CLOSE, COPY, Icon, OPEN, PLAY, Rows, SAVE};
use crate::ui::words::Words;
use leptos::html::Button;
use leptos::prelude::*;

/// A sandbox as it is listed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Item {
    /// None where nothing was done in it yet, so that it is not kept.
    id: Option<SandboxId>,
    name: String,
    is_open: bool,
    /// When it was used last, in milliseconds since 1970.
    used: u64,
    /// Why it cannot be opened.
    trouble: Option<Unreadable>,
}

#[component]
pub(super) fn SandboxesDialog() -> impl IntoView {
    let ui = use_ui();
    let items = Memo::new(move |_| {
        ui.model.sandboxes.with(|sandboxes| {
            let open = sandboxes.open.as_ref().and_then(|(id, _)| *id);
            let unused = sandboxes.open.as_ref().filter(|(id, _)| id.is_none());
            let unkept =
                unused.map(|(_, name)| Item { name: name.clone(), is_open: true, ..Item::default() });
            let item = |listed: &Listed| Item {
                id: Some(listed.id),
                name: if listed.name.is_empty() { listed.id.to_string() } else { listed.name.clone() },
                is_open: open == Some(listed.id),
                used: listed.used,
                trouble: listed.trouble.clone(),
            };
            unkept.into_iter().chain(sandboxes.list.iter().map(item)).collect::<Vec<Item>>()
        })
    });
    let deleted = Memo::new(move |_| ui.model.sandboxes.with(|sandboxes| sandboxes.deleted));
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

/// One of the list; its name is a field that can be written into.
#[component]
fn SandboxItem(item: Memo<Item>) -> impl IntoView {
    let ui = use_ui();
    let id = item.with_untracked(|item| item.id);
    let hint = move || {
        let (words, Item { is_open, used, trouble, .. }) = (ui.words(), item.get());
        match (id, trouble) {
            (None, _) => format!("{} {}", words.is_open(), words.kept_once_used()),
            (_, Some(Unreadable::Foreign | Unreadable::Damaged(_))) => words.cannot_be_read().to_owned(),
            (_, Some(why)) => words.cannot_be_opened(&words.wrong(&why)),
            (_, None) => {
                let when = words.used(&clock::told(used, words.0.code()));
                if is_open { format!("{} {when}", words.is_open()) } else { when }
            }
        }
    };
    view! {
        <li class="card">
            <input
                class="dialog-field card-name"
                aria-label=ui.text(Words::name_of_sandbox)
                prop:value=move || item.with(|item| item.name.clone())
                on:change=move |event| ui.send(SandboxMsg::Rename(id, event_target_value(&event)))
            />
            <p class="dialog-hint">{hint}</p>
            <p class="dialog-buttons">{id.map(|id| view! { <Actions id=id item=item /> })}</p>
        </li>
    }
}

#[component]
fn Actions(id: SandboxId, item: Memo<Item>) -> impl IntoView {
    let is_whole = Memo::new(move |_| item.with(|item| item.trouble.is_none()));
    let can_be_opened = Memo::new(move |_| is_whole.get() && !item.with(|item| item.is_open));
    view! {
        <Show when=move || can_be_opened.get()>
            <Action msg=SandboxMsg::Open(id) icon=PLAY label=Words::open item=item />
        </Show>
        <Show when=move || is_whole.get()>
            <Action msg=SandboxMsg::Duplicate(id) icon=COPY label=Words::duplicate item=item />
        </Show>
        <Action msg=SandboxMsg::Save(id, FileForm::Journal) icon=SAVE label=Words::save item=item />
        <Show when=move || !is_whole.get()>
            <Action msg=SandboxMsg::Save(id, FileForm::Commands) icon=SAVE label=Words::save_commands item=item />
        </Show>
        <Action msg=SandboxMsg::Delete(id) icon=CLOSE label=Words::delete item=item />
    }
}

#[component]
fn Action(
    msg: SandboxMsg,
    icon: &'static str,
    label: fn(Words) -> &'static str,
    item: Memo<Item>,
) -> impl IntoView {
    let ui = use_ui();
    view! {
        <button class="btn btn-small" type="button" on:click=move |_| ui.send(msg.clone())>
            <Icon path=icon />
            {ui.text(label)}
            <span class="visually-hidden">{move || item.with(|item| Words::aside(&item.name))}</span>
        </button>
    }
}
