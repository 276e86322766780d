//! What JavaScript calls: connections of the page around us to the server of this world, of which `web/socket.js` makes
//! something like a WebSocket for the official client; and the beginning of all.

#![expect(unreachable_pub, reason = "JavaScript reaches what is exported")]

use std::cell::Cell;

use super::channels;
use crate::app::App;
use crate::ui::runtime::Runtime;
use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    /// What makes the page go, once it is there: JavaScript calls without a handle on it.
    static RUNTIME: Cell<Option<Runtime>> = const { Cell::new(None) };
}

/// Lets clients connect from now on.
pub(super) fn open(runtime: Runtime) {
    RUNTIME.set(Some(runtime));
}

/// Draws the page, once what is kept is read.
#[wasm_bindgen]
pub async fn open_page() {
    crate::ui::start().await;
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

#[wasm_bindgen]
pub fn channel_close(channel: u32) {
    channels::forget(channel);
    with_app(|app| app.close_channel(channel));
}

fn with_app<T>(change: impl FnOnce(&mut App) -> T) -> Option<T> {
    RUNTIME.get()?.with_app(change)
}
