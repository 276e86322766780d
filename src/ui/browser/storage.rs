//! What is kept in the browser between visits. Asking for a storage may already fail, as in a page embedded elsewhere; then
//! nothing is kept, and nobody is bothered.

use leptos::prelude::window;
use web_sys::Storage;

/// Everything that the page keeps begins with this.
const PREFIX: &str = "nats-kv-playground.";

fn lasting() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn of_this_tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn key(name: &str) -> String {
    format!("{PREFIX}{name}")
}

pub(in crate::ui) fn load(name: &str) -> Option<String> {
    lasting()?.get_item(&key(name)).ok().flatten()
}

/// False if it could not be kept: there is no storage, or it is full.
pub(in crate::ui) fn save(name: &str, value: &str) -> bool {
    lasting().is_some_and(|storage| storage.set_item(&key(name), value).is_ok())
}

/// What this tab alone remembers, until it is closed.
pub(in crate::ui) fn load_here(name: &str) -> Option<String> {
    of_this_tab()?.get_item(&key(name)).ok().flatten()
}

pub(in crate::ui) fn save_here(name: &str, value: &str) {
    if let Some(storage) = of_this_tab() {
        // Then this tab begins anew when it is loaded again.
        let _ = storage.set_item(&key(name), value);
    }
}
