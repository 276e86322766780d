//! What the lesson says once all is done.

use super::in_sight::keep_in_sight;
use super::part::Parts;
use crate::app::model::Part;
use crate::ui::context::use_ui;
use crate::ui::message::SandboxMsg;
use crate::ui::page::widgets::{Icon, ONWARD};
use leptos::html::Li;
use leptos::prelude::*;

#[component]
pub(super) fn LessonEnd(
    title: String,
    parts: Vec<Part>,
    following: Memo<Option<(&'static str, String)>>,
) -> impl IntoView {
    let ui = use_ui();
    let place = NodeRef::<Li>::new();
    keep_in_sight(place, true.into());
    view! {
        <li class="lesson-end" node_ref=place data-testid="lesson-end">
            <h3 class="lesson-end-title">{title}</h3>
            <Parts parts=Signal::stored(parts) />
            {move || following.get().map(|(name, title)| view! {
                <p>
                    <button
                        class="btn btn-main"
                        type="button"
                        on:click=move |_| ui.send(SandboxMsg::BeginLesson(name))
                    >
                        {move || ui.words().lesson_following(&title)}
                        <Icon path=ONWARD />
                    </button>
                </p>
            })}
        </li>
    }
}
