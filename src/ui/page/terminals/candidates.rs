//! What could stand at the cursor.

use crate::app::{Msg, TerminalId};
use crate::term::menu::{Candidate, Menu};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{Rows, projection};
use crate::ui::words::Words;
use leptos::prelude::*;

/// The id of the list, which the field refers to.
pub(super) fn menu_id(terminal: TerminalId) -> String {
    format!("menu-{terminal}")
}

pub(super) fn option_id(terminal: TerminalId, at: usize) -> String {
    format!("option-{terminal}-{at}")
}

#[component]
pub(super) fn Candidates(terminal: TerminalId, menu: Memo<Option<Menu>>) -> impl IntoView {
    let ui = use_ui();
    let selected = projection(menu, |menu| menu.as_ref().and_then(Menu::selected));
    let candidates = Memo::new(move |_| {
        let list = menu.with(|menu| menu.as_ref().map(|menu| menu.list().to_vec())).unwrap_or_default();
        list.into_iter().enumerate().collect::<Vec<(usize, Candidate)>>()
    });
    view! {
        <ul
            class="term-menu"
            id=menu_id(terminal)
            role="listbox"
            aria-label=ui.text(Words::candidates)
        >
            <Rows each=candidates key=|(at, _)| *at let:candidate>
                {
                    let at = candidate.with_untracked(|(at, _)| *at);
                    view! {
                        // The focus stays in the line, and with it a telephone's keyboard.
                        <li
                            class="term-option"
                            id=option_id(terminal, at)
                            role="option"
                            aria-selected=move || (selected.get() == Some(at)).to_string()
                            on:mousedown=|event| event.prevent_default()
                            on:click=move |_| ui.send(Msg::Choose { terminal, at })
                        >
                            <code translate="no">{move || candidate.with(|(_, candidate)| candidate.text.clone())}</code>
                            <span class="term-help">
                                {move || candidate.with(|(_, candidate)| candidate.help.clone())}
                            </span>
                        </li>
                    }
                }
            </Rows>
        </ul>
    }
}
