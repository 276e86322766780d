//! Keys that a telephone's keyboard does not have.

use crate::term::Key;
use crate::term::keymap::key_name;
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::words::Words;
use leptos::prelude::*;

/// What stands on a key, and the browser's name of it.
const KEYS: [(&str, &str); 6] =
    [("Tab", "Tab"), ("Esc", "Escape"), ("↑", "Up"), ("↓", "Down"), ("←", "Left"), ("→", "Right")];

#[component]
pub(super) fn TouchKeys() -> impl IntoView {
    let ui = use_ui();
    let held = ui.model.ctrl_held;
    let key = move |(label, name): (&'static str, &'static str)| {
        let key = Key::from_browser(name, "", false, false, false)?;
        // The focus stays where it is, and with it the keyboard.
        Some(view! {
            <button
                class="touch-key"
                type="button"
                aria-label=move || (!label.is_ascii()).then(|| key_name(name, ui.words().0))
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| ui.send(PageMsg::TouchKey(key))
            >
                {label}
            </button>
        })
    };
    view! {
        <div class="touch-keys" role="group" aria-label=ui.text(Words::touch_keys)>
            <button
                class="touch-key"
                type="button"
                aria-pressed=move || held.get().to_string()
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| ui.send(PageMsg::HoldCtrl(!held.get_untracked()))
            >
                {move || key_name("Ctrl", ui.words().0)}
            </button>
            {KEYS.map(key).collect_view()}
        </div>
    }
}
