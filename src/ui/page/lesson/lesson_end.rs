//! What the lesson says once all is done.

use super::in_sight::keep_in_sight;
use super::prose::{Prose, TextLanguage};
use crate::app::model::Part;
use crate::ui::context::use_ui;
use crate::ui::message::SandboxMsg;
use crate::ui::page::widgets::{Icon, ONWARD};
use leptos::html::Li;
use leptos::prelude::*;

#[component]
pub(super) fn LessonEnd(
    /// Headings with their texts.
    end: Memo<Vec<(String, Vec<Part>)>>,
    following: Memo<Option<(&'static str, String)>>,
) -> impl IntoView {
    let ui = use_ui();
    let TextLanguage(language) = expect_context();
    let place = NodeRef::<Li>::new();
    keep_in_sight(place, true.into());
    view! {
        <li class="lesson-end" node_ref=place data-testid="lesson-end">
            {move || {
                let section = |(heading, parts): (String, Vec<Part>)| {
                    view! {
                        <h3 class="lesson-end-title" lang=language>
                            {heading}
                        </h3>
                        <Prose parts=Signal::stored(parts) />
                    }
                };
                end.get().into_iter().map(section).collect_view()
            }}
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
