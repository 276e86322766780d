//! Commands picked out of a paste: nothing of it runs unasked.

use crate::app::msg::Pasted as Act;
use crate::app::{Msg, PastedList, TerminalId};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{Icon, NEXT, PLAY, Rows, STOP, projection};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Pasted(terminal: TerminalId, pasted: Memo<Option<PastedList>>) -> impl IntoView {
    let ui = use_ui();
    let commands = Memo::new(move |_| pasted.get().map(pasted_commands).unwrap_or_default());
    let running = projection(pasted, |list| list.as_ref().is_some_and(|list| list.running));
    let send = move |what: Act| ui.send(Msg::Pasted { terminal, what });
    view! {
        <section class="paste" aria-label=ui.text(Words::pasted)>
            <p class="paste-title">{ui.text(Words::pasted)}</p>
            <ol class="paste-list">
                <Rows each=commands key=|command| command.place let:command>
                    <li
                        class="paste-command"
                        data-state=move || if command.get().has_run { "done" } else { "open" }
                    >
                        <code translate="no">{move || command.get().text}</code>
                    </li>
                </Rows>
            </ol>
            <p class="paste-buttons">
                <Show
                    when=move || running.get()
                    fallback=move || {
                        view! {
                            <button
                                class="btn btn-small btn-main"
                                type="button"
                                on:click=move |_| send(Act::Step)
                            >
                                <Icon path=NEXT />
                                {ui.text(Words::pasted_next)}
                            </button>
                            <button class="btn btn-small" type="button" on:click=move |_| send(Act::Run)>
                                <Icon path=PLAY />
                                {ui.text(Words::pasted_all)}
                            </button>
                            <button
                                class="btn btn-small btn-quiet"
                                type="button"
                                on:click=move |_| send(Act::Drop)
                            >
                                {ui.text(Words::pasted_drop)}
                            </button>
                        }
                    }
                >
                    <button class="btn btn-small" type="button" on:click=move |_| send(Act::Stop)>
                        <Icon path=STOP />
                        {ui.text(Words::stop)}
                    </button>
                </Show>
            </p>
        </section>
    }
}

/// A command of the list.
#[derive(Clone, PartialEq)]
struct PastedCommand {
    place: usize,
    text: String,
    has_run: bool,
}

fn pasted_commands(list: PastedList) -> Vec<PastedCommand> {
    let next = list.next;
    let command = |(place, text)| PastedCommand { place, text, has_run: place < next };
    list.commands.into_iter().enumerate().map(command).collect()
}
