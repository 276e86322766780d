//! Connections of the page around us to the server of this world. `web/socket.js` makes something like a WebSocket
//! of them, for the official client.

#![expect(unreachable_pub, reason = "JavaScript reaches what is exported")]

use std::collections::BTreeMap;

use std::cell::{Cell, RefCell};

use super::bridge::Bridge;
use crate::app::{App, Came, Msg};
use js_sys::{Function, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    /// The page, once it is there.
    static PAGE: Cell<Option<Bridge>> = const { Cell::new(None) };
    /// Whom to tell what comes on a channel.
    static LISTENERS: RefCell<BTreeMap<u32, Function>> = const { RefCell::new(BTreeMap::new()) };
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
    LISTENERS.with_borrow_mut(|listeners| listeners.insert(channel, listener));
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
    LISTENERS.with_borrow_mut(|listeners| listeners.remove(&channel));
    with_app(|app| app.close_channel(channel));
}

fn with_app<T>(change: impl FnOnce(&mut App) -> T) -> Option<T> {
    with_page(|bridge| bridge.with_app(change))?
}

/// Does something to the page, if it is there.
pub(super) fn with_page<T>(act: impl FnOnce(Bridge) -> T) -> Option<T> {
    PAGE.get().map(act)
}

/// Hands out what came on the channels, after whatever is going on now: a listener may send at once.
pub(super) fn deliver(app: &mut App) {
    let news = app.take_from_channels();
    if !news.is_empty() {
        wasm_bindgen_futures::spawn_local(async move { news.into_iter().for_each(tell) });
    }
}

fn tell((channel, came): (u32, Came)) {
    let listener = LISTENERS.with_borrow(|listeners| listeners.get(&channel).cloned());
    let Some(listener) = listener else { return };
    let what = match came {
        Came::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        Came::Closed => {
            LISTENERS.with_borrow_mut(|listeners| listeners.remove(&channel));
            JsValue::UNDEFINED
        }
    };
    // What a listener throws is its own affair.
    let _ = listener.call1(&JsValue::NULL, &what);
}
