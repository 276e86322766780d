//! A browser that translates the page puts an element of its own in the place of each text. Where the page changes such a text, it takes
//! its place again, in the page's own words: else the change would not be seen.

use leptos::prelude::document;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MutationObserver, MutationObserverInit, MutationRecord, Node};

/// What translators put in the place of a text.
const TRANSLATED: &str = "FONT";

thread_local! {
    /// Texts that were replaced, with what stands in their place.
    static REPLACED: RefCell<Vec<(Node, Node)>> = const { RefCell::new(Vec::new()) };
}

/// Watches the whole page from now on.
pub(super) fn listen() {
    let changed = Closure::<dyn Fn(js_sys::Array, MutationObserver)>::new(
        |records: js_sys::Array, observer: MutationObserver| {
            for record in records.iter() {
                follow(&record.unchecked_into(), &observer);
            }
        },
    );
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    options.set_subtree(true);
    if let (Ok(observer), Some(body)) =
        (MutationObserver::new(changed.as_ref().unchecked_ref()), document().body())
    {
        // Fails only for options that contradict each other.
        let _ = observer.observe_with_options(&body, &options);
        changed.forget();
    }
}

fn follow(record: &MutationRecord, observer: &MutationObserver) {
    if record.type_() == "characterData" {
        if let Some(text) = record.target() {
            put_back(&text);
        }
        return;
    }
    let (Some(removed), Some(added)) = (record.removed_nodes().get(0), record.added_nodes().get(0)) else {
        return;
    };
    if removed.node_type() != Node::TEXT_NODE || added.node_name() != TRANSLATED {
        return;
    }
    let options = MutationObserverInit::new();
    options.set_character_data(true);
    let _ = observer.observe_with_options(&removed, &options);
    REPLACED.with_borrow_mut(|replaced| {
        // What is gone with what was around it is forgotten.
        replaced.retain(|(_, translated)| translated.is_connected());
        replaced.push((removed, added));
    });
}

/// Puts a text that has changed into its place.
fn put_back(text: &Node) {
    let translated = REPLACED.with_borrow_mut(|replaced| {
        let at = replaced.iter().position(|(replaced, _)| replaced == text)?;
        Some(replaced.swap_remove(at).1)
    });
    if let Some(translated) = translated
        && let Some(parent) = translated.parent_node()
    {
        // It is a child of its parent.
        let _ = parent.replace_child(text, &translated);
    }
}
