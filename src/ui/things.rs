//! What can be done with the buckets, keys, values and revisions of a block of output: copied, or made into commands.

use super::click::{Click, Turn};
use super::icons::{MORE, icon};
use super::markup::{Node, button, classed};
use super::state::State;
use super::words::Words;
use crate::app::{App, Msg, OutputRef, RefAction, TerminalId};
use crate::term::screen::Block;

/// The button at a block that may show such things.
pub(super) fn ask(words: Words, terminal: TerminalId, block: &Block, open: bool) -> Option<Node> {
    let ask = || {
        button("term-copy term-use", Click::Page(Turn::Things(terminal, block.id)))
            .flag("aria-expanded", open)
            .attr("aria-label", words.use_output())
            .attr("title", words.use_output())
            .child(icon(MORE))
            .node()
    };
    App::has_output_refs(block).then(ask)
}

/// The things, of which one is chosen, and what can be done with that.
pub(super) fn things(state: &State, list: &[OutputRef], chosen: usize) -> Node {
    let words = state.words;
    let names = list.iter().enumerate().map(|(at, thing)| {
        button("choice-item", Click::Page(Turn::Thing(at)))
            .flag("aria-pressed", at == chosen)
            .text(name(words, thing))
            .node()
    });
    let names = match list {
        [] => classed("p", "pic-none").text(words.nothing_to_use()).node(),
        [thing] => classed("p", "things-name").text(name(words, thing)).node(),
        _ => classed("div", "choice").children(names).node(),
    };
    let chosen = list.get(chosen);
    let uses = chosen.map(|thing| state.app.ref_actions(thing)).unwrap_or_default().into_iter().map(
        |(what, command)| {
            button("btn btn-small", Click::Type(Msg::Propose(command.clone())))
                .attr("title", words.puts(&command))
                .text(label(words, what))
                .node()
        },
    );
    let parts = chosen.into_iter().flat_map(|thing| {
        let name = if thing.key.is_empty() { &thing.bucket } else { &thing.key };
        [Some(name), thing.value.as_ref()]
            .into_iter()
            .flatten()
            .cloned()
            .chain(thing.revision.map(|it| it.to_string()))
    });
    let copies = parts.map(|part| {
        let mut short: String = part.chars().take(24).collect();
        if short.len() < part.len() {
            short.push('…');
        }
        button("btn btn-small btn-quiet", Click::CopyText(part)).text(words.copy(&short)).node()
    });
    let close = button("btn btn-small btn-quiet", Click::Page(Turn::NoAside)).text(words.dismiss());
    classed("section", "why things")
        .attr("aria-label", words.use_output())
        .child(names)
        .child(classed("div", "things-uses").test_id("uses").children(uses).children(copies).child(close))
        .node()
}

fn name(words: Words, thing: &OutputRef) -> String {
    let mut name = thing.bucket.clone();
    if !thing.key.is_empty() {
        name = format!("{name} > {}", thing.key);
    }
    match thing.revision {
        Some(revision) => format!("{name}, {}", words.of_revision(revision)),
        None => name,
    }
}

fn label(words: Words, what: RefAction) -> String {
    match what {
        RefAction::Get => words.use_get().to_owned(),
        RefAction::GetRevision(revision) => words.use_get_revision(revision),
        RefAction::History => words.use_history().to_owned(),
        RefAction::Update(revision) => words.use_update(revision),
        RefAction::Info => words.use_info().to_owned(),
        RefAction::List => words.use_list().to_owned(),
        RefAction::Watch => words.use_watch().to_owned(),
    }
}
