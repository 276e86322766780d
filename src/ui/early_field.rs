//! The text field that was there before the program, until a terminal takes it over.

use leptos::prelude::*;
use web_sys::HtmlTextAreaElement;

/// From the context: the field, for whoever asks first.
#[derive(Clone, Copy)]
pub(super) struct EarlyField(StoredValue<Option<HtmlTextAreaElement>, LocalStorage>);

impl EarlyField {
    /// `None` where the page had no field before its program.
    pub(super) fn new(field: Option<HtmlTextAreaElement>) -> EarlyField {
        EarlyField(StoredValue::new_local(field))
    }

    /// Hands it out, once.
    pub(super) fn take(self) -> Option<HtmlTextAreaElement> {
        self.0.try_update_value(Option::take).flatten()
    }
}
