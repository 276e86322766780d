//! The program's side of `web/browser.js`: what is asked of the browser there, and what comes back.

#![expect(unreachable_pub, reason = "JavaScript reaches what is exported")]

use wasm_bindgen::prelude::wasm_bindgen;

use super::bridge::Bridge;
use super::gateway::with_page;
use super::state::{Notice, Offer};
use super::{keep, sandboxes, share};

#[wasm_bindgen(js_namespace = playgroundBrowser)]
extern "C" {
    /// The journal in the address; `new` for an empty world; nothing where the address says nothing.
    pub(super) fn linked() -> Option<String>;
    pub(super) fn forget_link();
    /// Makes a link of a journal; `link_made` has it then.
    pub(super) fn make_link(journal: &str);
    /// Calls `go_on` after whatever else the browser has to do now.
    pub(super) fn soon();
    pub(super) fn show_dialog(open: bool);
    pub(super) fn save_file(name: &str, text: &str);
    /// Lets somebody choose a file; `file_chosen` has it then.
    pub(super) fn choose_file();
    /// Loads the new version of the page.
    pub(super) fn take_update();
}

#[wasm_bindgen]
pub fn go_on() {
    with_page(Bridge::wake);
}

#[wasm_bindgen]
pub fn link_made(link: String) {
    with_page(|bridge| bridge.change(|state| share::link_made(state, link)));
}

#[wasm_bindgen]
pub fn dialog_closed() {
    with_page(|bridge| bridge.change(|state| state.dialog = None));
}

/// A file was chosen, or dropped on the page.
#[wasm_bindgen]
pub fn file_chosen(name: &str, text: &str) {
    with_page(|bridge| bridge.change(|state| sandboxes::import(state, name, text)));
}

/// What stands in a field of a dialog was changed.
#[wasm_bindgen]
pub fn renamed(id: &str, name: &str) {
    with_page(|bridge| bridge.change(|state| sandboxes::rename(state, id.parse().ok(), name)));
}

/// There is a new version of the page.
#[wasm_bindgen]
pub fn update_ready() {
    with_page(|bridge| {
        bridge.change(|state| {
            let text = state.words.new_version().to_owned();
            state.notice = Some(Notice { text, offer: Some(Offer::Reload) });
        });
    });
}

/// Nobody may look at the page again.
#[wasm_bindgen]
pub fn keep() {
    with_page(|bridge| bridge.change(keep::leave));
}
