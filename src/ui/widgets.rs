//! Small pieces that several parts of the page are made of.

use super::click::{Click, Turn};
use super::markup::{Builder, Node, button, classed, el, unseen};
use super::words::Words;
use crate::app::{self, Msg};

/// A row of buttons of which one is chosen.
pub(super) fn choice(
    class: &'static str,
    label: &'static str,
    items: impl IntoIterator<Item = Node>,
) -> Node {
    classed("div", class).attr("role", "group").attr("aria-label", label).children(items).node()
}

/// A button of such a row.
pub(super) fn item(chosen: bool, label: &'static str, turn: Turn) -> Builder {
    button("choice-item", Click::Page(turn)).attr("aria-label", label).flag("aria-pressed", chosen)
}

/// How many lines came while nobody looked.
pub(super) fn badge(words: Words, count: usize) -> Node {
    let shown = if count > 99 { "99+".to_owned() } else { count.to_string() };
    classed("span", "badge")
        .test_id("unread")
        .text(shown)
        .child(unseen(format!(" {}", words.new_lines())))
        .node()
}

/// A part of a dialog under a heading.
pub(super) fn section(title: &'static str, inside: impl IntoIterator<Item = Node>) -> Node {
    classed("section", "dialog-part")
        .child(classed("h3", "dialog-heading").text(title))
        .children(inside)
        .node()
}

/// Buttons beside each other.
pub(super) fn buttons(buttons: impl IntoIterator<Item = Node>) -> Node {
    classed("p", "dialog-buttons").children(buttons).node()
}

/// A link that leaves the page, which therefore opens elsewhere.
pub(super) fn link(words: Words, text: &str, url: &str) -> Node {
    el("a")
        .attr("href", url.to_owned())
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text(text.trim_start_matches("https://").to_owned())
        .child(unseen(Words::aside(words.opens_elsewhere())))
        .node()
}

/// A button that puts a command of these words into the terminal.
pub(super) fn put(words: Words, label: &str, command: &[&str]) -> Node {
    propose(words, label, &app::command(command))
}

/// A button that puts a command into the terminal.
pub(super) fn propose(words: Words, label: &str, command: &str) -> Node {
    button("put", Click::Type(Msg::Propose(command.to_owned())))
        .attr("title", words.puts(command))
        .text(label.to_owned())
        .node()
}
