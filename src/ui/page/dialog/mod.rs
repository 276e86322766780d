//! The one dialog of the page: what it holds is chosen by a button of the bar. The browser keeps the focus in it and closes it with Escape.

mod explorer;
mod help;
mod lesson_editor;
mod lessons;
mod more;
mod opening;
mod sandboxes;
mod section;
mod share;

use super::widgets::{CLOSE, Icon};
use crate::ui::browser::focus;
use crate::ui::browser::frame::use_next_frame;
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::shown::Dialog;
use crate::ui::words::Words;
use explorer::ExplorerDialog;
use help::HelpDialog;
use leptos::html;
use leptos::prelude::*;
use lesson_editor::LessonEditorDialog;
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
    let close = move || {
        if let Some(shown) = shown.get_untracked() {
            ui.send(dismissal(shown));
        }
    };
    // The browser has closed it, as by Escape. It tells so later, and also where the page has closed it, and may have opened it again.
    let closed = move |_| {
        if dialog.get_untracked().is_some_and(|dialog| !dialog.open()) {
            close();
        }
    };
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
            close();
        }
    };
    // What was said before it was opened has nothing to do with it.
    let before = Memo::new(move |_| {
        shown.track();
        ui.model.notice.get_untracked()
    });
    let notice = move || {
        // Looked at first, so that it is what was said when the dialog opened.
        let before = before.get();
        shown.get()?;
        ui.model.notice.get().filter(|now| before.as_ref() != Some(now)).map(|now| now.text)
    };
    view! {
        <div class="page-dialog">
            <dialog
                class="dialog"
                data-wide=move || (shown.get() == Some(Dialog::Explorer)).to_string()
                node_ref=dialog
                aria-labelledby="dialog-title"
                on:click=click
                on:close=closed
            >
                {move || shown.get().map(|dialog| view! { <Head dialog=dialog /> })}
                // What is around is out of reach, so that a notice is said here.
                <p class="dialog-said" role="status">
                    {notice}
                </p>
                {move || shown.get().map(content)}
            </dialog>
        </div>
    }
}

/// What closing a dialog means.
fn dismissal(dialog: Dialog) -> PageMsg {
    match dialog {
        Dialog::Opening => PageMsg::StopOpening,
        Dialog::More
        | Dialog::Share
        | Dialog::Sandboxes
        | Dialog::Lessons
        | Dialog::LessonEditor
        | Dialog::Explorer
        | Dialog::Help => PageMsg::CloseDialog,
    }
}

/// Its title, and the button that closes it.
#[component]
fn Head(dialog: Dialog) -> impl IntoView {
    let ui = use_ui();
    let title: fn(Words) -> &'static str = match dialog {
        Dialog::Opening => Words::opening_title,
        Dialog::More => Words::further,
        Dialog::Share => Words::share,
        Dialog::Sandboxes => Words::sandboxes,
        Dialog::Lessons => Words::lessons,
        Dialog::LessonEditor => Words::write_lesson,
        Dialog::Explorer => Words::every_order,
        Dialog::Help => Words::help,
    };
    // Where another dialog was open before, what had the focus is gone with it.
    let heading = NodeRef::<html::H2>::new();
    let keep_focus = use_next_frame(move || {
        if let Some(heading) = heading.get_untracked().filter(|_| focus::is_lost()) {
            focus::give(&heading);
        }
    });
    heading.on_load(move |_| keep_focus());
    view! {
        <header class="dialog-head">
            <h2 class="dialog-title" id="dialog-title" tabindex="-1" node_ref=heading>
                {ui.text(title)}
            </h2>
            <button
                class="dialog-close"
                type="button"
                aria-label=ui.text(Words::dismiss)
                on:click=move |_| ui.send(dismissal(dialog))
            >
                <Icon path=CLOSE />
            </button>
        </header>
    }
}

fn content(dialog: Dialog) -> AnyView {
    match dialog {
        Dialog::Opening => view! { <OpeningDialog /> }.into_any(),
        Dialog::More => view! { <MoreDialog /> }.into_any(),
        Dialog::Share => view! { <ShareDialog /> }.into_any(),
        Dialog::Sandboxes => view! { <SandboxesDialog /> }.into_any(),
        Dialog::Lessons => view! { <LessonsDialog /> }.into_any(),
        Dialog::LessonEditor => view! { <LessonEditorDialog /> }.into_any(),
        Dialog::Explorer => view! { <ExplorerDialog /> }.into_any(),
        Dialog::Help => view! { <HelpDialog /> }.into_any(),
    }
}
