//! The program's side of `web/browser.js`: what is asked of the browser there. What comes back goes to `exports`.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(js_namespace = playgroundBrowser)]
extern "C" {
    /// The fragment of the address that holds a world; `#new` for an empty one.
    pub(super) fn linked() -> Option<String>;
    /// The address without its fragment.
    pub(super) fn address() -> String;
    pub(super) fn forget_link();
    /// Calls `go_on` after whatever else the browser has to do now.
    pub(super) fn soon();
    pub(super) fn show_dialog(open: bool);
    pub(super) fn save_file(name: &str, text: &str);
    /// Lets somebody choose a file; `file_chosen` has it then.
    pub(super) fn choose_file();
    /// Loads the new version of the page.
    pub(super) fn take_update();
}
