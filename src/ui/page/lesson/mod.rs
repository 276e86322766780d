//! The lesson: its steps, and the player below them.

mod about_command;
mod checks;
mod command_card;
mod in_code;
mod in_sight;
mod lesson_end;
mod next;
mod next_step;
mod pace_choice;
mod passages;
mod play_button;
mod player;
mod progress;
mod prose;
mod question;
mod run_button;
mod step;
mod step_body;
mod step_row;
mod steps;

use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::shown::Dialog;
use crate::ui::words::Words;
use leptos::prelude::*;
use player::Player;
use progress::Progress;
use prose::TextLanguage;
use steps::Steps;

#[component]
pub(super) fn LessonPane() -> impl IntoView {
    let ui = use_ui();
    let lesson = ui.model.lesson;
    let title = move || lesson.with(|lesson| lesson.as_ref().map(|lesson| lesson.title.clone()));
    let language = Memo::new(move |_| {
        let language = lesson.with(|lesson| lesson.as_ref()?.language)?;
        (language != ui.words().0).then(|| language.code())
    });
    let is_own = move || lesson.with(|lesson| lesson.as_ref().is_some_and(|lesson| lesson.is_own));
    provide_context(TextLanguage(language));
    view! {
        <section class="pane pane-lesson" data-testid="pane-lesson" aria-labelledby="lesson-title">
            <div class="lesson">
                <Show
                    when=move || lesson.with(Option::is_some)
                    fallback=move || {
                        view! {
                            <h2 class="lesson-title" id="lesson-title" tabindex="-1">
                                {ui.text(Words::no_lesson)}
                            </h2>
                        }
                    }
                >
                    <header class="lesson-head">
                        <div class="lesson-name">
                            <h2 class="lesson-title" data-testid="lesson-title" id="lesson-title" tabindex="-1" lang=language>
                                {title}
                            </h2>
                            <button
                                class="put lesson-others"
                                type="button"
                                on:click=move |_| ui.send(PageMsg::OpenDialog(Dialog::Lessons))
                            >
                                {ui.text(Words::lessons)}
                            </button>
                        </div>
                        <Show when=is_own>
                            <p class="lesson-origin" data-testid="lesson-origin">{ui.text(Words::own_lesson)}</p>
                        </Show>
                        <Progress />
                    </header>
                    <Steps />
                    <Player />
                </Show>
            </div>
        </section>
    }
}
