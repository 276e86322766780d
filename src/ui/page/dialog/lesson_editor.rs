//! Where a lesson is written: its text, what is wrong with it, and what can be done with it.

use super::section::Section;
use crate::app::OwnLesson;
use crate::lesson_check;
use crate::ui::context::use_ui;
use crate::ui::message::EditorMsg;
use crate::ui::page::widgets::{Icon, PLAY, Rows};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn LessonEditorDialog() -> impl IntoView {
    let ui = use_ui();
    let text = RwSignal::new(ui.model.draft.get_untracked());
    // What doing the whole lesson has found, until the text is another one.
    let found = RwSignal::new(None::<Vec<String>>);
    let is_lesson = Memo::new(move |_| text.with(|text| OwnLesson::read(text).is_ok()));
    let findings = Memo::new(move |_| {
        let lines = found.get().unwrap_or_else(|| text.with(|text| wrong(text)));
        lines.into_iter().enumerate().collect::<Vec<_>>()
    });
    let verdict = move || match (is_lesson.get(), found.with(|found| found.as_ref().map(Vec::len))) {
        (false, _) => ui.words().lesson_is_none(),
        (true, None) => ui.words().lesson_not_checked(),
        (true, Some(0)) => ui.words().lesson_is_right(),
        (true, Some(_)) => ui.words().lesson_has_findings(),
    };
    let check = move |_| {
        let lines = text.with_untracked(|text| {
            lesson_check::check(text)
                .into_iter()
                .map(|finding| format!("{}: {}", finding.line, finding.problem))
                .collect()
        });
        found.set(Some(lines));
    };
    view! {
        <Section title=Words::lesson_text>
            <textarea
                class="lesson-editor"
                data-testid="lesson-editor"
                aria-label=ui.text(Words::lesson_text)
                rows="16"
                spellcheck="false"
                translate="no"
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    found.set(None);
                }
                on:change=move |_| ui.send(EditorMsg::Keep(text.get_untracked()))
            ></textarea>
            <p class="dialog-buttons">
                <button
                    class="btn btn-main"
                    type="button"
                    disabled=move || !is_lesson.get()
                    on:click=move |_| ui.send(EditorMsg::Run(text.get_untracked()))
                >
                    <Icon path=PLAY />
                    {ui.text(Words::lesson_begin)}
                </button>
                <button class="btn" type="button" on:click=check>
                    {ui.text(Words::lesson_check)}
                </button>
                <button
                    class="btn"
                    type="button"
                    disabled=move || !is_lesson.get()
                    on:click=move |_| ui.send(EditorMsg::CopyLink(text.get_untracked()))
                >
                    {ui.text(Words::copy_link)}
                </button>
            </p>
            <p class="dialog-hint" role="status" data-testid="lesson-verdict">{verdict}</p>
            <ol class="lesson-findings" data-testid="lesson-findings" lang="en">
                <Rows each=findings key=|(place, _)| *place let:finding>
                    <li>{move || finding.get().1}</li>
                </Rows>
            </ol>
            <p class="dialog-hint">{ui.text(Words::lesson_editor_hint)}</p>
        </Section>
    }
}

/// What keeps a text from being a lesson, a line each.
fn wrong(text: &str) -> Vec<String> {
    let errors = OwnLesson::read(text).err().unwrap_or_default();
    errors.iter().map(ToString::to_string).collect()
}
