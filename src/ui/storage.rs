//! What is kept in the browser between visits, by `web/window.js`. Asking for the storage may already throw, as in a page
//! embedded elsewhere; then nothing is kept, and nobody is bothered.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(js_namespace = playgroundWindow)]
extern "C" {
    pub(super) fn load(name: &str) -> Option<String>;
    /// False if it could not be kept: there is no storage, or it is full.
    pub(super) fn save(name: &str, value: &str) -> bool;
    pub(super) fn remove(name: &str);
    /// The names of everything that is kept, a line each.
    pub(super) fn names() -> String;
    /// What this tab alone remembers, until it is closed.
    pub(super) fn load_here(name: &str) -> Option<String>;
    pub(super) fn save_here(name: &str, value: &str);
}
