//! Keys of somebody who presents: the next thing, as a clicker sends it too, or the end.

use crate::app::{LessonMsg, Msg};
use crate::ui::message::PageMsg;
use crate::ui::runtime::Runtime;
use crate::ui::state::State;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::KeyboardEvent;

/// Listens to these keys while somebody presents, wherever the focus is, and before the line that is typed into.
pub(super) fn listen(runtime: Runtime) {
    let keydown = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if !runtime.read(|state| state.presenting) || event.is_composing() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "PageDown" => runtime.send(Msg::Lesson(LessonMsg::RunNext)),
            "Escape" if !runtime.read(is_for_line) => runtime.send(PageMsg::Present(false)),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    });
    let listener = keydown.as_ref().unchecked_ref();
    // Adding a listener to the window cannot fail.
    let _ = window().add_event_listener_with_callback_and_bool("keydown", listener, true);
    // It listens as long as the page is there.
    keydown.forget();
}

/// Whether Escape is for the line that is typed: it closes a list or a search, or gives up a name.
fn is_for_line(state: &State) -> bool {
    let view = state.app.field(state.app.active());
    view.is_some_and(|view| view.menu.is_some() || view.search.is_some()) || state.renaming.is_some()
}
