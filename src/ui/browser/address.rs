//! The address of the page: a world behind `#`, and what whoever shows the page in a frame asks for behind `?`, as in
//! `?lang=de&theme=dark&lesson=counter&step=4&layout=terminal`. What it asks for holds for this visit and is not kept; what is unknown is
//! left alone. `web/early.js` reads language, theme and layout.

use crate::app::{Language, catalog};
use crate::ui::explorer;
use leptos::ev;
use leptos::prelude::{window, window_event_listener};
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// The fragment that asks for an empty world.
pub(in crate::ui) const NEW: &str = "#new";

/// The fragment of the address that holds a world; [`NEW`] for an empty one.
pub(in crate::ui) fn linked() -> Option<String> {
    let fragment = window().location().hash().ok()?;
    (fragment.starts_with("#v") || fragment == NEW).then_some(fragment)
}

/// The fragment of the address that holds a scenario of which every order is played.
pub(in crate::ui) fn linked_scenario() -> Option<String> {
    let fragment = window().location().hash().ok()?;
    fragment.strip_prefix('#')?.starts_with(explorer::LINK).then_some(fragment)
}

/// The address without its fragment.
pub(in crate::ui) fn without_fragment() -> String {
    let address = window().location().href().unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// What the address held is kept elsewhere now.
pub(super) fn forget_fragment() {
    if window().location().hash().is_ok_and(|fragment| !fragment.is_empty())
        && let Ok(history) = window().history()
    {
        // Where the browser refuses (a page in a sandboxed frame), the address just stays long.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&without_fragment()));
    }
}

/// Another link that was put into the address of the page opens it again.
pub(super) fn listen() {
    // It listens for as long as the page is there.
    _ = window_event_listener(ev::hashchange, |_| {
        if linked().or_else(linked_scenario).is_some() {
            let _ = window().location().reload();
        }
    });
}

/// The step of the lesson that the address names, counted from 0.
pub(in crate::ui) fn step() -> Option<usize> {
    asked("step")?.parse::<usize>().ok()?.checked_sub(1)
}

/// The lesson that the address names.
pub(in crate::ui) fn lesson() -> Option<&'static str> {
    Some(catalog::find(&asked("lesson")?, Language::ENGLISH)?.name())
}

fn asked(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}
