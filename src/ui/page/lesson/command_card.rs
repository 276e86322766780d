//! A command of a step, with its buttons.

use super::in_sight::keep_in_sight;
use crate::app::model::{Command, CommandKind, CommandTerminal, Next};
use crate::app::{LessonMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::{CHECK, CLOCK, INSERT, Icon, PLAY, Shape};
use crate::ui::words::Words;
use leptos::html::Div;
use leptos::prelude::*;

#[component]
pub(super) fn CommandCard(command: Memo<Command>) -> impl IntoView {
    let ui = use_ui();
    let done = Memo::new(move |_| command.with(|command| command.done));
    let text = move || command.with(|command| command.text.clone());
    let terminal = Memo::new(move |_| command.with(|command| command.terminal.clone()));
    let place = move || match terminal.get() {
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
                {place}
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
                        <About command=command />
                    </button>
                </Show>
            </p>
        </div>
    }
}

/// The button that does what a command says.
#[component]
fn RunButton(
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
            <About command=command />
        </button>
    }
}

/// What the button is called that does what such a command says.
pub(in crate::ui::page) fn run_label(words: Words, kind: CommandKind) -> &'static str {
    match kind {
        CommandKind::Type => words.run(),
        CommandKind::Answer => words.answer(),
        CommandKind::Interrupt => words.press_ctrl_c(),
        CommandKind::Wait => words.move_clock(),
    }
}

/// For ears: where and what.
#[component]
fn About(command: Memo<Command>) -> impl IntoView {
    let ui = use_ui();
    let about = move || {
        command.with(|command| {
            let place = command.terminal.as_ref().map(|terminal| terminal.name.as_str());
            let place = place.unwrap_or(ui.words().clock_simulated());
            Words::aside(&format!("{place}: {}", command.text))
        })
    };
    view! { <span class="visually-hidden">{about}</span> }
}
