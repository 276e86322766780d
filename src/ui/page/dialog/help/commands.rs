//! The commands of `nats` that are simulated, a line for each first word.

use crate::app::COMMANDS;
use leptos::prelude::*;

/// A line for each first word.
#[component]
pub(super) fn Commands() -> impl IntoView {
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
