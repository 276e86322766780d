//! What of the page's text is selected.

use leptos::prelude::window;
use web_sys::{Node, Selection};

/// Whether some text is.
pub(in crate::ui) fn is_some() -> bool {
    selected().is_some()
}

/// Whether text is that does not begin around this element.
pub(in crate::ui) fn is_elsewhere(element: &Node) -> bool {
    selected()
        .is_some_and(|selection| !selection.anchor_node().is_some_and(|node| node.contains(Some(element))))
}

fn selected() -> Option<Selection> {
    window().get_selection().ok().flatten().filter(|selection| !selection.is_collapsed())
}
