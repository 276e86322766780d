//! What the lesson says once all is done.

use super::in_code::InCode;
use super::in_sight::keep_in_sight;
use super::prose::{ProseView, TextLanguage};
use crate::app::model::{EndSection, LessonCode, NextLesson};
use crate::ui::context::use_ui;
use crate::ui::message::SandboxMsg;
use crate::ui::page::widgets::{Icon, ONWARD};
use leptos::html::Li;
use leptos::prelude::*;

#[component]
pub(super) fn LessonEnd(
    end: Memo<Vec<EndSection>>,
    code: Memo<Option<LessonCode>>,
    following: Memo<Option<NextLesson>>,
) -> impl IntoView {
    let ui = use_ui();
    let TextLanguage(language) = expect_context();
    let place = NodeRef::<Li>::new();
    keep_in_sight(place, true.into());
    view! {
        <li class="lesson-end" node_ref=place data-testid="lesson-end">
            {move || {
                let section = |EndSection { heading, text }: EndSection| {
                    view! {
                        <h3 class="lesson-end-title" lang=language>
                            {heading}
                        </h3>
                        <ProseView text=Signal::stored(text) />
                    }
                };
                end.get().into_iter().map(section).collect_view()
            }}
            {move || code.get().map(|code| view! { <InCode code=code /> })}
            {move || following.get().map(|NextLesson { name, title }| view! {
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
