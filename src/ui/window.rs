//! What the page asks of the window around it, apart from time and storage.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlTextAreaElement, Window};

/// Whether the page stands in a frame of another: then it takes no focus by itself.
pub(super) fn is_embedded() -> bool {
    window().is_some_and(|window| window.top().ok().flatten().is_none_or(|top| top != window))
}

/// Whether fingers are used: then a keyboard is not called up unasked.
pub(super) fn is_touched() -> bool {
    matches("(pointer: coarse)")
}

/// Whether the parts of the page are shown one at a time, as `style/layout.css` says.
pub(super) fn is_narrow() -> bool {
    matches("(max-width: 56.24rem)")
}

fn matches(query: &str) -> bool {
    let query = window().and_then(|window| window.match_media(query).ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// Sets an attribute of the whole document.
pub(super) fn mark(name: &str, value: &str) {
    if let Some(root) = window().and_then(|window| window.document()?.document_element()) {
        let _ = root.set_attribute(name, value);
    }
}

/// What stands behind `?` in the address.
pub(super) fn query() -> String {
    window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The language that the browser speaks, as in `de-AT`.
pub(super) fn language() -> String {
    window().and_then(|window| window.navigator().language()).unwrap_or_default()
}

/// Scrolls what is around `inner` so far that its begin is at the top, if it is not all in sight. Nothing around
/// that moves.
pub(super) fn reveal(inner: &str, around: &str) -> Option<()> {
    let item = window()?.document()?.query_selector(inner).ok()??;
    let list = item.closest(around).ok()??;
    let (item, frame) = (item.get_bounding_client_rect(), list.get_bounding_client_rect());
    if item.top() < frame.top() || item.bottom() > frame.bottom() {
        list.set_scroll_top(list.scroll_top() + (item.top() - frame.top()) as i32 - 12);
    }
    Some(())
}

/// Gives an element the focus if what had it is gone, so that nobody who uses the keyboard begins at the top again.
pub(super) fn focus_if_lost(selector: &str) -> Option<()> {
    let document = window()?.document()?;
    let lost = document.active_element().is_none_or(|element| element.tag_name() == "BODY");
    if lost && !is_embedded() {
        let element: HtmlElement = document.query_selector(selector).ok()??.dyn_into().ok()?;
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        element.focus_with_options(&options).ok()?;
    }
    Some(())
}

/// The line of output at a place in the window, and where in it that is, in bytes. None while text is selected.
pub(super) fn spot(x: i32, y: i32) -> Option<(String, usize)> {
    let window = window()?;
    if !window.get_selection().ok()??.is_collapsed() {
        return None;
    }
    let document = window.document()?;
    let ask = |name: &str| {
        let ask: js_sys::Function = js_sys::Reflect::get(&document, &name.into()).ok()?.dyn_into().ok()?;
        ask.call2(&document, &x.into(), &y.into()).ok()
    };
    // The standard's way, and the older one.
    let (caret, node, offset) = match ask("caretPositionFromPoint") {
        Some(caret) => (caret, "offsetNode", "offset"),
        None => (ask("caretRangeFromPoint")?, "startContainer", "startOffset"),
    };
    let of = |name: &str| js_sys::Reflect::get(&caret, &name.into()).ok();
    let mut node: web_sys::Node = of(node)?.dyn_into().ok()?;
    if node.node_type() != web_sys::Node::TEXT_NODE {
        return None;
    }
    let mut text = node.text_content()?;
    let mut before = super::field::bytes(&text, of(offset)?.as_f64()? as u32);
    // Lines are runs of text and spans.
    while node.node_name() != "PRE" {
        let parent = node.parent_node()?;
        text = parent.text_content()?;
        while let Some(earlier) = node.previous_sibling() {
            before += earlier.text_content()?.len();
            node = earlier;
        }
        node = parent;
    }
    let begin = text.get(..before)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text[before..].find('\n').map_or(text.len(), |at| before + at);
    Some((text[begin..end].to_owned(), before - begin))
}

/// Puts text into the clipboard; where the new way is not allowed, by the old one.
pub(super) fn copy(text: String) {
    let Some(window) = window() else { return };
    let written = window.navigator().clipboard().write_text(&text);
    leptos::task::spawn_local(async move {
        if JsFuture::from(written).await.is_err() {
            copy_selected(&text);
        }
    });
}

fn copy_selected(text: &str) -> Option<()> {
    let document = window()?.document()?.dyn_into::<web_sys::HtmlDocument>().ok()?;
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    let focused: Option<HtmlElement> = document.active_element().and_then(|element| element.dyn_into().ok());
    field.set_value(text);
    document.body()?.append_child(&field).ok()?;
    field.select();
    let _ = document.exec_command("copy");
    field.remove();
    focused?.focus().ok()
}

fn window() -> Option<Window> {
    web_sys::window()
}
