//! A command of a step, with its buttons.

use super::about_command::AboutCommand;
use super::in_sight::keep_in_sight;
use super::run_button::RunButton;
use crate::app::model::{Command, CommandKind, CommandTerminal, Next};
use crate::app::{LessonMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::{CHECK, CLOCK, INSERT, Icon, Shape, projection};
use crate::ui::words::Words;
use leptos::html::Div;
use leptos::prelude::*;

#[component]
pub(super) fn CommandCard(command: Memo<Command>) -> impl IntoView {
    let ui = use_ui();
    let done = projection(command, |command| command.done);
    let text = move || command.with(|command| command.text.clone());
    let terminal = projection(command, |command| command.terminal.clone());
    let target = move || match terminal.get() {
        Some(CommandTerminal { name, badge, open }) => view! {
            <Shape badge=badge />
            {name}
            {(!open).then(|| view! { <span class="cmd-new">{ui.text(Words::will_be_opened)}</span> })}
        }
        .into_any(),
        None => view! { <Icon path=CLOCK /> {ui.text(Words::clock_simulated)} }.into_any(),
    };
    let can_be_typed =
        move || command.with(|command| matches!(command.kind, CommandKind::Type | CommandKind::Answer));
    let card = NodeRef::<Div>::new();
    let is_next = Memo::new(move |_| {
        let index = command.with(|command| command.index);
        ui.model
            .lesson
            .with(|lesson| lesson.as_ref().is_some_and(|lesson| lesson.next == Next::Command(index)))
    });
    keep_in_sight(card, is_next.into());
    let propose = move |_| {
        let index = command.with_untracked(|command| command.index);
        ui.send(PageMsg::ProposeLine(Msg::Lesson(LessonMsg::ProposeAction(index))));
    };
    view! {
        <div class="cmd" node_ref=card data-testid="lesson-command" data-done=move || done.get().to_string() aria-current=move || is_next.get().then_some("step")>
            <p class="cmd-target">
                {target}
                <Show when=move || done.get()>
                    <span class="cmd-done">
                        <Icon path=CHECK />
                        {ui.text(Words::done)}
                    </span>
                </Show>
            </p>
            <code translate="no" class="cmd-text" data-testid="lesson-command-text">
                {text}
            </code>
            <p class="cmd-buttons">
                <RunButton command=command main=is_next />
                <Show when=can_be_typed>
                    <button class="btn" type="button" on:click=propose>
                        <Icon path=INSERT />
                        {ui.text(Words::put)}
                        <AboutCommand command=command />
                    </button>
                </Show>
            </p>
        </div>
    }
}
