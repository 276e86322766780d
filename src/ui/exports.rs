//! What JavaScript calls: connections of the page around us to the server of this world, of which `web/socket.js` makes
//! something like a WebSocket for the official client; and what `web/browser.js` and `web/terminals.js` report.

#![expect(unreachable_pub, reason = "JavaScript reaches what is exported")]

use std::cell::Cell;

use super::bridge::Bridge;
use super::state::{Notice, Offer};
use super::{channels, keep, sandboxes};
use crate::app::{App, Msg};
use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    /// The page, once it is there.
    static PAGE: Cell<Option<Bridge>> = const { Cell::new(None) };
}

/// Lets clients connect from now on.
pub(super) fn open(bridge: Bridge) {
    PAGE.set(Some(bridge));
}

/// Opens a connection; `listener` is called with the bytes that come, and with nothing when the server has ended it.
/// `undefined` if no server runs.
#[wasm_bindgen]
pub fn channel_open(listener: Function) -> Option<u32> {
    let channel = with_app(App::open_channel)??;
    channels::listen(channel, listener);
    Some(channel)
}

#[wasm_bindgen]
pub fn channel_send(channel: u32, bytes: &[u8]) -> bool {
    with_app(|app| app.send_on_channel(channel, bytes)).unwrap_or(false)
}

/// A tab was dragged to another place.
#[wasm_bindgen]
pub fn terminal_moved(terminal: u32, place: usize) {
    with_page(|bridge| bridge.send(Msg::Move { terminal, place }));
}

/// So many columns of each terminal are in sight.
#[wasm_bindgen]
pub fn terminals_fit(columns: usize) {
    with_page(|bridge| bridge.send(Msg::Width(columns)));
}

/// A tab was clicked twice: the terminal gets another name.
#[wasm_bindgen]
pub fn rename_terminal(terminal: u32) {
    with_page(|bridge| bridge.rename(terminal));
}

#[wasm_bindgen]
pub fn channel_close(channel: u32) {
    channels::forget(channel);
    with_app(|app| app.close_channel(channel));
}

fn with_app<T>(change: impl FnOnce(&mut App) -> T) -> Option<T> {
    with_page(|bridge| bridge.with_app(change))?
}

/// Does something to the page, if it is there.
fn with_page<T>(act: impl FnOnce(Bridge) -> T) -> Option<T> {
    PAGE.get().map(act)
}

#[wasm_bindgen]
pub fn go_on() {
    with_page(Bridge::wake);
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
