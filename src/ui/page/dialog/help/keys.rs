//! Each key that does something in a terminal.

use crate::term::keymap::{KEYS, spelled};
use crate::ui::context::use_ui;
use leptos::prelude::*;

#[component]
pub(super) fn Keys() -> impl IntoView {
    let ui = use_ui();
    let key = move |at: usize| {
        view! {
            <dt>{move || spelled(KEYS[at].keys, ui.words().0)}</dt>
            <dd>{move || KEYS[at].help(ui.words().0)}</dd>
        }
    };
    view! { <dl class="help-list">{(0..KEYS.len()).map(key).collect_view()}</dl> }
}
