//! A sandbox that is kept, and what can be done with it. Its name is a field that can be written into.

use crate::app::journal::Unreadable;
use crate::keep::{FileForm, SandboxId};
use crate::ui::browser::clock;
use crate::ui::context::use_ui;
use crate::ui::message::SandboxMsg;
use crate::ui::page::widgets::{CLOSE, COPY, Icon, PLAY, SAVE, projection};
use crate::ui::words::Words;
use leptos::prelude::*;

/// A sandbox as it is listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Item {
    /// None where nothing was done in it yet, so that it is not kept.
    pub(super) id: Option<SandboxId>,
    pub(super) name: String,
    pub(super) is_open: bool,
    /// When it was used last, in milliseconds since 1970.
    pub(super) used: u64,
    /// Why it cannot be opened.
    pub(super) trouble: Option<Unreadable>,
}

/// One of the list; its name is a field that can be written into.
#[component]
pub(super) fn SandboxItem(item: Memo<Item>) -> impl IntoView {
    let ui = use_ui();
    let id = item.with_untracked(|item| item.id);
    let hint = move || {
        let (words, Item { is_open, used, trouble, .. }) = (ui.words(), item.get());
        match (id, trouble) {
            (None, _) => words.open_unused().to_owned(),
            (_, Some(Unreadable::Foreign | Unreadable::Damaged(_))) => words.cannot_be_read().to_owned(),
            (_, Some(why)) => words.cannot_be_opened(&words.wrong(&why)),
            (_, None) => {
                let when = clock::told(used, words.0.code());
                if is_open { words.open_used(&when) } else { words.used(&when) }
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
    let is_whole = projection(item, |item| item.trouble.is_none());
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
            <span class="visually-hidden">{move || item.with(|item| ui.words().aside(&item.name))}</span>
        </button>
    }
}
