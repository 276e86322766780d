//! The button that does what a command of the lesson says.

use super::about_command::AboutCommand;
use crate::app::model::Command;
use crate::app::{LessonMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::{Icon, PLAY, run_label};
use leptos::prelude::*;

/// The button that does what a command says.
#[component]
pub(super) fn RunButton(
    command: Memo<Command>,
    /// It is what comes next.
    main: Memo<bool>,
) -> impl IntoView {
    let ui = use_ui();
    let label = move || run_label(ui.words(), command.with(|command| command.kind));
    let run = move |_| {
        let index = command.with_untracked(|command| command.index);
        ui.send(PageMsg::ActInTerminals(Msg::Lesson(LessonMsg::RunAction(index))));
    };
    view! {
        <button class="btn" class:btn-main=main type="button" on:click=run>
            <Icon path=PLAY />
            {label}
            <AboutCommand command=command />
        </button>
    }
}
