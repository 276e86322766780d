//! Whom to tell what the server sends on the channels that JavaScript has opened.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::app::{App, ChannelEvent};
use js_sys::{Function, Uint8Array};
use wasm_bindgen::JsValue;

thread_local! {
    /// Whom to tell what comes on a channel.
    static LISTENERS: RefCell<BTreeMap<u32, Function>> = const { RefCell::new(BTreeMap::new()) };
}

/// Calls `listener` from now on with what comes on a channel.
pub(in crate::ui) fn listen(channel: u32, listener: Function) {
    LISTENERS.with_borrow_mut(|listeners| listeners.insert(channel, listener));
}

/// Calls nobody any more.
pub(in crate::ui) fn forget(channel: u32) {
    LISTENERS.with_borrow_mut(|listeners| listeners.remove(&channel));
}

/// Hands out what came on the channels, after whatever is going on now: a listener may send at once.
pub(in crate::ui) fn deliver(app: &mut App) {
    let news = app.take_from_channels();
    if !news.is_empty() {
        wasm_bindgen_futures::spawn_local(async move { news.into_iter().for_each(tell) });
    }
}

fn tell((channel, came): (u32, ChannelEvent)) {
    let listener = LISTENERS.with_borrow(|listeners| listeners.get(&channel).cloned());
    let Some(listener) = listener else { return };
    let what = match came {
        ChannelEvent::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        ChannelEvent::Closed => {
            forget(channel);
            JsValue::UNDEFINED
        }
    };
    // What a listener throws is its own affair.
    let _ = listener.call1(&JsValue::NULL, &what);
}
