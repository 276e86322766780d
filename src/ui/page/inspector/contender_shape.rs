//! The shape of a client that contends for a key.

use crate::app::model::Contender;
use crate::ui::page::widgets::Shape;
use leptos::prelude::*;

#[component]
pub(super) fn ContenderShape(contender: Memo<Option<Contender>>) -> impl IntoView {
    move || contender.get().and_then(|it| it.badge).map(|badge| view! { <Shape badge=badge /> })
}
