//! When the page is left or hidden: what is not saved then may be lost, since a telephone ends hidden pages without a word.

use crate::ui::message::PageMsg;
use crate::ui::runtime::Runtime;
use leptos::ev;
use leptos::prelude::{document, window_event_listener};

pub(super) fn listen(runtime: Runtime) {
    // Both listen for as long as the page is there.
    _ = window_event_listener(ev::pagehide, move |_| runtime.send(PageMsg::Leave));
    _ = window_event_listener(ev::visibilitychange, move |_| {
        if document().hidden() {
            runtime.send(PageMsg::Leave);
        }
    });
}
