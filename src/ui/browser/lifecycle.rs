//! The last that is heard of a page, on a telephone or elsewhere.

use crate::ui::context::Ui;
use crate::ui::message::PageMsg;
use leptos::ev;
use leptos::prelude::{document, window_event_listener};

pub(super) fn listen(ui: Ui) {
    let left = window_event_listener(ev::pagehide, move |_| ui.send(PageMsg::Leave));
    let hidden = window_event_listener(ev::visibilitychange, move |_| {
        if document().hidden() {
            ui.send(PageMsg::Leave);
        }
    });
    std::mem::forget((left, hidden));
}
