//! What is kept in the browser between visits. Asking for the storage may already throw, as in a page embedded
//! elsewhere; then nothing is kept, and nobody is bothered.

/// `web/boot.js` knows this prefix too.
const PREFIX: &str = "nats-kv-playground.";

pub(super) fn load(name: &str) -> Option<String> {
    storage()?.get_item(&format!("{PREFIX}{name}")).ok().flatten()
}

/// False if it could not be kept: there is no storage, or it is full.
pub(super) fn save(name: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&format!("{PREFIX}{name}"), value).is_ok())
}

pub(super) fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&format!("{PREFIX}{name}"));
    }
}

/// The names of everything that is kept.
pub(super) fn names() -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let name = |at| storage.key(at).ok().flatten()?.strip_prefix(PREFIX).map(str::to_owned);
    (0..storage.length().unwrap_or(0)).filter_map(name).collect()
}

/// What this tab alone remembers, until it is closed.
pub(super) fn load_here(name: &str) -> Option<String> {
    tab()?.get_item(&format!("{PREFIX}{name}")).ok().flatten()
}

pub(super) fn save_here(name: &str, value: &str) {
    if let Some(tab) = tab() {
        let _ = tab.set_item(&format!("{PREFIX}{name}"), value);
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn tab() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
