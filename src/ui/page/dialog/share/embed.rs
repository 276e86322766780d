//! The text of a frame that shows this playground in another page, with what can be chosen of it.

use crate::ui::context::use_ui;
use crate::ui::message::ShareMsg;
use crate::ui::page::widgets::{COPY, Icon, projection};
use crate::ui::shown::{EmbedChoice, Pane, Theme};
use crate::ui::words::{Language, Words};
use leptos::prelude::*;

#[component]
pub(super) fn Embed() -> impl IntoView {
    let ui = use_ui();
    let chosen = projection(ui.model.sharing, |sharing| sharing.embed);
    let frame = projection(ui.model.sharing, |sharing| sharing.frame.clone());
    let step = projection(ui.model.sharing, |sharing| sharing.step);
    let choose = move |choice: EmbedChoice| ui.send(ShareMsg::Embed(choice));
    view! {
        <p class="dialog-hint">{ui.text(Words::embed_hint)}</p>
        <div class="embed-choices">
            <Select
                label=Words::embed_what
                options=move || whats(ui.words(), step.get())
                chosen=Signal::derive(move || chosen.get().step)
                choose=move |step| choose(EmbedChoice { step, ..chosen.get_untracked() })
            />
            <Select
                label=Words::panes
                options=move || panes(ui.words())
                chosen=Signal::derive(move || chosen.get().pane)
                choose=move |pane| choose(EmbedChoice { pane, ..chosen.get_untracked() })
            />
            <Select
                label=Words::language
                options=move || languages(ui.words())
                chosen=Signal::derive(move || chosen.get().language)
                choose=move |language| choose(EmbedChoice { language, ..chosen.get_untracked() })
            />
            <Select
                label=Words::colours
                options=move || themes(ui.words())
                chosen=Signal::derive(move || chosen.get().theme)
                choose=move |theme| choose(EmbedChoice { theme, ..chosen.get_untracked() })
            />
        </div>
        <textarea
            class="dialog-field embed-frame"
            readonly
            rows="4"
            spellcheck="false"
            aria-label=ui.text(Words::embed_frame)
            prop:value=frame
        ></textarea>
        <p class="dialog-buttons">
            <button class="btn" type="button" on:click=move |_| ui.send(ShareMsg::CopyFrame)>
                <Icon path=COPY />
                {ui.text(Words::embed_copy)}
            </button>
        </p>
    }
}

fn whats(words: Words, step: usize) -> Vec<(bool, String)> {
    vec![(false, words.embed_sandbox().to_owned()), (true, words.embed_step(step))]
}

fn panes(words: Words) -> Vec<(Option<Pane>, String)> {
    vec![
        (None, words.embed_all_panes().to_owned()),
        (Some(Pane::Lesson), words.lesson().to_owned()),
        (Some(Pane::Terminals), words.terminals().to_owned()),
        (Some(Pane::Inspector), words.inspector().to_owned()),
    ]
}

fn languages(words: Words) -> Vec<(Option<Language>, String)> {
    let all = Language::all().map(|language| (Some(language), language.name().to_owned()));
    [(None, words.embed_readers_language().to_owned())].into_iter().chain(all).collect()
}

fn themes(words: Words) -> Vec<(Option<Theme>, String)> {
    vec![
        (None, words.embed_colours_around().to_owned()),
        (Some(Theme::Light), words.colours_light().to_owned()),
        (Some(Theme::Dark), words.colours_dark().to_owned()),
        (Some(Theme::Contrast), words.colours_contrast().to_owned()),
    ]
}

/// One of several values, in the browser's own list.
#[component]
fn Select<T: Clone + PartialEq + Send + Sync + 'static>(
    label: fn(Words) -> &'static str,
    options: impl Fn() -> Vec<(T, String)> + Send + Sync + 'static,
    chosen: Signal<T>,
    choose: impl Fn(T) + 'static,
) -> impl IntoView {
    let ui = use_ui();
    let options = Signal::derive(options);
    let choose = move |place: String| {
        let option =
            options.with_untracked(|all| place.parse().ok().and_then(|at: usize| all.get(at).cloned()));
        if let Some((value, _)) = option {
            choose(value);
        }
    };
    let items = move || {
        let all = options.get().into_iter().enumerate();
        all.map(|(place, (value, text))| {
            let selected = move || chosen.with(|chosen| *chosen == value);
            view! { <option value=place.to_string() prop:selected=selected>{text}</option> }
        })
        .collect_view()
    };
    view! {
        <label class="embed-choice">
            {ui.text(label)}
            <select class="btn" on:change:target=move |event| choose(event.target().value())>
                {items}
            </select>
        </label>
    }
}
