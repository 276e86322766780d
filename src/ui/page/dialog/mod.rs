//! The one dialog of the page: what it holds is chosen by a button of the bar. The browser keeps the focus in it and closes it with Escape.

mod embed;
mod help;
mod lessons;
mod more;
mod opening;
mod qr_code;
mod sandboxes;
mod section;
mod share;

use super::widgets::{CLOSE, Icon};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::state::Dialog;
use crate::ui::words::Words;
use help::HelpDialog;
use leptos::html;
use leptos::prelude::*;
use lessons::LessonsDialog;
use more::MoreDialog;
use opening::OpeningDialog;
use sandboxes::SandboxesDialog;
use share::ShareDialog;
use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

#[component]
pub(super) fn PageDialog() -> impl IntoView {
    let ui = use_ui();
    let shown = ui.model.dialog;
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let is_open = shown.get().is_some();
        if let Some(dialog) = dialog.get() {
            match (is_open, dialog.open()) {
                // It is in the document and closed.
                (true, false) => _ = dialog.show_modal(),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    // A click beside it closes it.
    let click = move |event: MouseEvent| {
        let Some(dialog) = dialog.get_untracked() else { return };
        let bounds = dialog.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let is_inside =
            (bounds.left()..=bounds.right()).contains(&x) && (bounds.top()..=bounds.bottom()).contains(&y);
        let is_on_dialog =
            event.target().is_some_and(|target| target == *dialog.unchecked_ref::<web_sys::EventTarget>());
        if is_on_dialog && !is_inside {
            ui.send(PageMsg::Dialog(None));
        }
    };
    view! {
        <div class="page-dialog">
            <dialog
                class="dialog"
                node_ref=dialog
                aria-labelledby="dialog-title"
                on:click=click
                on:close=move |_| ui.send(PageMsg::Dialog(None))
            >
                {move || shown.get().map(|dialog| view! { <Content dialog=dialog /> })}
            </dialog>
        </div>
    }
}

#[component]
fn Content(dialog: Dialog) -> impl IntoView {
    let ui = use_ui();
    let (title, content): (fn(Words) -> &'static str, _) = match dialog {
        Dialog::Opening => (Words::opening_title, view! { <OpeningDialog /> }.into_any()),
        Dialog::More => (Words::further, view! { <MoreDialog /> }.into_any()),
        Dialog::Share => (Words::share, view! { <ShareDialog /> }.into_any()),
        Dialog::Sandboxes => (Words::sandboxes, view! { <SandboxesDialog /> }.into_any()),
        Dialog::Lessons => (Words::lessons, view! { <LessonsDialog /> }.into_any()),
        Dialog::Help => (Words::help, view! { <HelpDialog /> }.into_any()),
    };
    // What was said before it was opened has nothing to do with it.
    let before = ui.model.notice.get_untracked();
    let notice = move || ui.model.notice.get().filter(|now| before.as_ref() != Some(now)).map(|now| now.text);
    view! {
        <header class="dialog-head">
            <h2 class="dialog-title" id="dialog-title">
                {ui.text(title)}
            </h2>
            <button
                class="dialog-close"
                type="button"
                aria-label=ui.text(Words::dismiss)
                on:click=move |_| ui.send(PageMsg::Dialog(None))
            >
                <Icon path=CLOSE />
            </button>
        </header>
        // What is around is out of reach, so that a notice is said here.
        <p class="dialog-said" role="status">
            {notice}
        </p>
        {content}
    }
}
