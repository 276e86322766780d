//! The clipboard.

use super::focus;
use crate::ui::message::PageMsg;
use crate::ui::runtime::Runtime;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlDocument, HtmlElement, HtmlTextAreaElement};

/// Puts text into the clipboard; where the new way is not allowed, by the old one.
pub(super) fn copy(runtime: Runtime, text: String) {
    spawn_local(async move {
        // There is no clipboard outside of a secure context.
        let clipboard = window().navigator().clipboard();
        let taken = !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(&text)).await.is_ok();
        runtime.send(PageMsg::Copied(taken || copy_selected(&text).unwrap_or(false)));
    });
}

/// Selects the text in a field and copies that. `false` if the browser does not, or copies something else.
fn copy_selected(text: &str) -> Option<bool> {
    let document: HtmlDocument = document().unchecked_into();
    let before = document.active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.unchecked_into();
    field.set_value(text);
    // While a dialog is open, nothing around it can be selected.
    let place = document.query_selector("dialog[open]").ok().flatten();
    place.or_else(|| document.body().map(Into::into))?.append_child(&field).ok()?;
    field.focus().ok()?;
    field.select();
    let is_selected =
        document.active_element().is_some_and(|active| active == *field.unchecked_ref::<Element>());
    let taken = is_selected && document.exec_command("copy").unwrap_or(false);
    field.remove();
    if let Some(before) = before {
        focus::give(&before);
    }
    Some(taken)
}
