//! Keys of somebody who presents: the next thing, as a clicker sends it too, or the end.

use crate::app::{LessonMsg, Msg};
use crate::ui::context::Ui;
use crate::ui::message::PageMsg;
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;

/// Listens to these keys while somebody presents. The page gets the focus where nothing else has it, so that keys arrive.
pub(super) fn use_presenter(ui: Ui) -> NodeRef<Div> {
    let page = NodeRef::new();
    let listening = window_event_listener(ev::keydown, move |event| {
        // Escape first closes a list or a search in the line that is typed, or gives up a name.
        let is_taken = event.default_prevented() || event.is_composing() || event.meta_key();
        if is_taken || !ui.read(|state| state.presenting) {
            return;
        }
        match event.key().as_str() {
            "PageDown" => ui.send(Msg::Lesson(LessonMsg::RunNext)),
            "Escape" => ui.send(PageMsg::Present(false)),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
    page
}
