//! The document around the page: its language and title, and what its style goes by.

use crate::ui::browser::viewport;
use crate::ui::context::use_ui;
use leptos::prelude::*;

/// Draws nothing. What stands in `<html>` and `<head>` is in no component's place; `leptos_meta` has one for a title and attributes, but needs a
/// context for rendering on a server beside it.
#[component]
pub(super) fn Document() -> impl IntoView {
    let model = use_ui().model;
    Effect::new(move |_| viewport::set_title(model.words.get().title()));
    Effect::new(move |_| viewport::set_root_attribute("lang", model.words.get().0.code()));
    Effect::new(move |_| viewport::set_root_attribute("data-theme", model.theme.get().name()));
    Effect::new(move |_| {
        viewport::set_root_attribute("data-presenting", &model.presenting.get().to_string());
    });
}
