//! What was done while the page had no program yet: `web/early.js` lets one type then.

use super::viewport;
use crate::ui::shown::Pane;
use crate::ui::visit::EarlyInput;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlTextAreaElement;

#[wasm_bindgen(js_namespace = playgroundEarly)]
extern "C" {
    /// The pane of the page that was turned to before, or that the address names.
    fn pane() -> String;
    /// What was typed before, which from now on is the program's.
    fn take_typed() -> Typed;
    /// Whether it was told that the page is still loading.
    pub(in crate::ui) fn has_told() -> bool;
}

#[wasm_bindgen]
extern "C" {
    type Typed;
    /// Each line that was entered.
    #[wasm_bindgen(method, getter)]
    fn entered(this: &Typed) -> Vec<String>;
    /// What stands in the field before the cursor.
    #[wasm_bindgen(method, getter)]
    fn before(this: &Typed) -> String;
    /// What stands there behind it.
    #[wasm_bindgen(method, getter)]
    fn after(this: &Typed) -> String;
    /// Whether that is to be completed.
    #[wasm_bindgen(method, getter)]
    fn completes(this: &Typed) -> bool;
}

/// The page as it stood before the program, and the text field in it.
pub(in crate::ui) struct Sketch {
    page: web_sys::Element,
    pub(in crate::ui) field: Option<HtmlTextAreaElement>,
}

impl Sketch {
    /// `None` where there is none.
    pub(in crate::ui) fn find() -> Option<Sketch> {
        let page = document().get_element_by_id("early-page")?;
        let field = document().get_element_by_id("early-field").and_then(|field| field.dyn_into().ok());
        Some(Sketch { page, field })
    }

    /// Takes it away, once the page stands in its place.
    pub(in crate::ui) fn remove(self) {
        self.page.remove();
    }
}

/// What was done before. What is typed from now on is the program's.
pub(super) fn take() -> EarlyInput {
    let (typed, pane) = (take_typed(), pane());
    EarlyInput {
        pane: Pane::ALL.into_iter().find(|known| known.name() == pane),
        alone: !viewport::root_attribute("data-layout").is_empty(),
        entered: typed.entered(),
        before: typed.before(),
        after: typed.after(),
        completes: typed.completes(),
    }
}
