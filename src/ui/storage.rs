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

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
