//! "In code": what the lesson does, as a small program in the programming language of one's choice.

use crate::app::model::{CodeLanguage, LessonCode};
use crate::ui::context::use_ui;
use crate::ui::message::{PageMsg, Setting};
use crate::ui::page::widgets::{COPY, Icon, Segment, SegmentedControl};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn InCode(code: LessonCode) -> impl IntoView {
    let ui = use_ui();
    let language = ui.model.code_language;
    let program = Memo::new(move |_| code.program(language.get()));
    let segment = move |it: CodeLanguage| {
        view! {
            <Segment
                chosen=Signal::derive(move || language.get() == it)
                choose=move || ui.send(Setting::CodeLanguage(it))
            >
                {it.name()}
            </Segment>
        }
    };
    view! {
        <section class="in-code" data-testid="in-code" aria-labelledby="in-code">
            <h3 class="lesson-end-title" id="in-code">
                {ui.text(Words::in_code)}
            </h3>
            <p class="lesson-text">{ui.text(Words::in_code_hint)}</p>
            <div class="in-code-bar">
                <SegmentedControl class="segmented segmented-spelled" label=ui.text(Words::code_language)>
                    {CodeLanguage::ALL.map(segment).collect_view()}
                </SegmentedControl>
                <button class="btn" type="button" on:click=move |_| ui.send(PageMsg::Copy(program.get().to_owned()))>
                    <Icon path=COPY />
                    {ui.text(Words::copy_text)}
                </button>
            </div>
            <Listing label=Signal::derive(move || ui.words().code_program(language.get().name()))>
                {move || program.get()}
            </Listing>
            <p class="lesson-text">{move || ui.words().code_file(language.get().file())}</p>
            <Listing label=Signal::derive(move || ui.words().code_commands().to_owned())>
                {move || language.get().commands()}
            </Listing>
            <p class="lesson-text">{ui.text(Words::code_prints)}</p>
            <Listing label=Signal::derive(move || ui.words().code_output().to_owned())>{code.prints}</Listing>
        </section>
    }
}

/// Text of a machine, which is scrolled where its lines are too long: by keyboard as well.
#[component]
fn Listing(label: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <pre class="lesson-code" translate="no" tabindex="0" role="region" aria-label=move || label.get()>
            <code>{children()}</code>
        </pre>
    }
}
