//! Files: saved, chosen, and dropped on the page.

use crate::ui::message::SandboxMsg;
use crate::ui::runtime::Runtime;
use gloo_timers::callback::Timeout;
use leptos::ev;
use leptos::prelude::{document, window_event_listener};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};

/// Bytes of a file that are read: more than any sandbox has.
const LONGEST: f64 = (4 * 1024 * 1024 + 1) as f64;

/// How long a file that is saved stays there for the browser to fetch, in milliseconds.
const SAVING: u32 = 60_000;

/// Saves a text as a file.
pub(super) fn save(name: &str, text: &str) {
    // Each step fails only where the browser forbids downloads, and says so itself.
    let _ = try_save(name, text);
}

fn try_save(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain");
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Timeout::new(SAVING, move || _ = Url::revoke_object_url(&url)).forget();
    Ok(())
}

/// Lets somebody choose a file.
pub(super) fn choose(runtime: Runtime) {
    let Ok(field) = document().create_element("input") else { return };
    let field: HtmlInputElement = field.unchecked_into();
    field.set_type("file");
    let chosen = field.clone();
    let read_chosen = Closure::once_into_js(move || {
        if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
            read(runtime, file);
        }
    });
    field.set_onchange(Some(read_chosen.unchecked_ref()));
    field.click();
}

/// A file may be dropped anywhere.
pub(super) fn listen(runtime: Runtime) {
    // Both listen for as long as the page is there.
    _ = window_event_listener(ev::dragover, |event| {
        let carried = event.data_transfer().map(|data| data.types());
        if carried.is_some_and(|types| types.includes(&"Files".into(), 0)) {
            event.prevent_default();
        }
    });
    _ = window_event_listener(ev::drop, move |event| {
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            event.prevent_default();
            read(runtime, file);
        }
    });
}

fn read(runtime: Runtime, file: File) {
    spawn_local(async move {
        let Ok(beginning) = file.slice_with_f64_and_f64(0.0, LONGEST) else { return };
        if let Ok(text) = JsFuture::from(beginning.text()).await {
            let text = text.as_string().unwrap_or_default();
            runtime.send(SandboxMsg::FileChosen { name: file.name(), text });
        }
    });
}
