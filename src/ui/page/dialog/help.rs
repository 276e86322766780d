//! Help: how to get about, each key, each command there is, and what it all was checked against.

use super::section::Section;
use crate::app::{COMMANDS, VERSIONS, Verbosity};
use crate::term::keymap::{KEYS, spelled};
use crate::ui::context::use_ui;
use crate::ui::message::Setting;
use crate::ui::page::widgets::{Segment, SegmentedControl};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn HelpDialog() -> impl IntoView {
    let ui = use_ui();
    view! {
        <div class="dialog-section">
            <p>{ui.text(Words::help_lesson)}</p>
            <p>{ui.text(Words::help_terminals)}</p>
            <p>{ui.text(Words::help_keyboard)}</p>
            <p>{ui.text(Words::help_commands)}</p>
        </div>
        <Section title=Words::verbosity>
            <VerbosityChoice />
        </Section>
        <Section title=Words::help_all_keys>
            <Keys />
        </Section>
        <Section title=Words::help_all_commands>
            <Commands />
            <p>{ui.text(Words::help_refused)}</p>
            <p>{move || ui.words().help_checked(VERSIONS[0], VERSIONS[1])}</p>
        </Section>
    }
}

/// How much is said of what is printed.
#[component]
fn VerbosityChoice() -> impl IntoView {
    let ui = use_ui();
    let item = move |verbosity: Verbosity| {
        let label: fn(Words) -> &'static str = match verbosity {
            Verbosity::All => Words::verbosity_all,
            Verbosity::Some => Words::verbosity_some,
            Verbosity::Nothing => Words::verbosity_nothing,
        };
        view! {
            <Segment
                chosen=Signal::derive(move || ui.model.verbosity.get() == verbosity)
                choose=move || ui.send(Setting::Verbosity(verbosity))
            >
                {ui.text(label)}
            </Segment>
        }
    };
    view! {
        <SegmentedControl class="segmented dialog-choice" label=Signal::derive(move || ui.words().verbosity().to_owned())>
            {Verbosity::ALL.map(item).collect_view()}
        </SegmentedControl>
    }
}

#[component]
fn Keys() -> impl IntoView {
    let ui = use_ui();
    let key = move |at: usize| {
        view! {
            <dt>{move || spelled(KEYS[at].keys, ui.words().0)}</dt>
            <dd>{move || KEYS[at].help(ui.words().0)}</dd>
        }
    };
    view! { <dl class="help-list">{(0..KEYS.len()).map(key).collect_view()}</dl> }
}

/// A line for each first word.
#[component]
fn Commands() -> impl IntoView {
    let words = COMMANDS.chunk_by(|one, next| first_word(one) == first_word(next));
    let line = |commands: &[&'static str]| {
        let verbs: Vec<&str> = commands.iter().filter_map(|path| Some(path.split_once(' ')?.1)).collect();
        view! {
            <dt>
                <code translate="no">{format!("nats {}", first_word(commands[0]))}</code>
            </dt>
            <dd>
                <code translate="no">{verbs.join(", ")}</code>
            </dd>
        }
    };
    view! { <dl class="help-list">{words.map(line).collect_view()}</dl> }
}

fn first_word(path: &str) -> &str {
    path.split(' ').next().unwrap_or_default()
}
