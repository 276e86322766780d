//! Sharing: a link that holds the world, and what the terminals showed as text.

use super::bridge::Bridge;
use super::browser;
use super::click::{Click, ShareAct};
use super::icons::{COPY, SAVE, icon};
use super::markup::{Builder, Node, button, classed};
use super::state::{Dialog, ExportChoice, Sharing, State};
use super::widgets::{buttons, choice, section};
use super::words::Words;
use crate::app::export::Format;
use crate::app::link;

/// Longer links are refused by some programs, and by most; in characters.
const LONG: usize = 2_000;
const TOO_LONG: usize = 8_000;

/// What files with a whole world end with.
pub(super) const WORLD: &str = "natskv";

pub(super) fn act(bridge: Bridge, act: ShareAct) {
    match act {
        ShareAct::Open => {
            bridge.change(|state| {
                let link = browser::address() + &link::pack(&state.app.saved());
                state.sharing = Sharing { link, ..Sharing::default() };
                state.dialog = Some(Dialog::Share);
            });
        }
        ShareAct::CopyLink => copy(bridge, |state| state.sharing.link.clone()),
        ShareAct::CopyMarkdownLink => copy(bridge, |state| {
            let title = format!("{}: {}", state.words.title(), state.kept.name);
            format!("[{}]({})", bracketed(&title), state.sharing.link)
        }),
        ShareAct::Choose(chosen) => bridge.change(|state| state.sharing.chosen = chosen),
        ShareAct::CopyText => copy(bridge, text),
        ShareAct::SaveText => bridge.glance(|state| {
            let end = state.sharing.chosen.format.extension();
            browser::save_file(&file_name(&state.kept.name, end), &text(state));
        }),
        ShareAct::SaveWorld => bridge.glance(|state| {
            browser::save_file(&file_name(&state.kept.name, WORLD), &state.app.saved().write());
        }),
    }
}

fn copy(bridge: Bridge, text: impl FnOnce(&State) -> String) {
    bridge.copy(bridge.glance(text));
}

fn text(state: &State) -> String {
    let ExportChoice { terminal, format } = state.sharing.chosen;
    state.app.export(format, terminal)
}

/// Brackets and backslashes would end the text of a Markdown link.
fn bracketed(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '[' | ']' | '\\').then_some('\\').into_iter().chain([c])).collect()
}

/// The name of a file, for every system.
pub(super) fn file_name(name: &str, end: &str) -> String {
    let is_plain = |c: &char| !c.is_whitespace() && !c.is_control() && !"\"'*/:<>?\\|…".contains(*c);
    let plain: String =
        name.chars().map(|c| if is_plain(&c) { c.to_ascii_lowercase() } else { '-' }).collect();
    let plain = plain.trim_matches(['-', '.']);
    format!("{}.{end}", if plain.is_empty() { "nats-kv" } else { plain })
}

pub(super) fn sharing(state: &State) -> Sharing {
    let terminals = state.app.tabs().into_iter().map(|tab| (tab.id, tab.name)).collect();
    Sharing { terminals, ..state.sharing.clone() }
}

pub(super) fn inside(words: Words, sharing: &Sharing) -> Vec<Node> {
    vec![
        section(words.share_link(), link(words, &sharing.link)),
        section(words.share_text(), session(words, sharing)),
        section(
            words.share_file(),
            [
                classed("p", "dialog-hint").text(words.share_file_hint()).node(),
                buttons([does(ShareAct::SaveWorld, SAVE, words.save_sandbox()).node()]),
            ],
        ),
    ]
}

fn link(words: Words, link: &str) -> [Node; 3] {
    let length = link.len();
    let warning = match length {
        ..=LONG => "",
        length if length <= TOO_LONG => words.link_long(),
        _ => words.link_too_long(),
    };
    let field = classed("input", "dialog-field")
        .attr("readonly", "")
        .attr("aria-label", words.share_link())
        .attr("aria-describedby", "link-length")
        .attr("value", link.to_owned());
    let told = classed("p", "dialog-hint")
        .attr("id", "link-length")
        .flag("data-warn", !warning.is_empty())
        .text(format!("{} {warning} {}", words.link_length(length), words.link_holds()));
    let copy = does(ShareAct::CopyLink, COPY, words.copy_link()).attr("autofocus", "");
    [
        field.node(),
        told.node(),
        buttons([copy.node(), does(ShareAct::CopyMarkdownLink, COPY, words.copy_markdown_link()).node()]),
    ]
}

fn session(words: Words, sharing: &Sharing) -> [Node; 3] {
    let chosen = sharing.chosen;
    let pick = |is: bool, label: String, chosen: ExportChoice| {
        button("choice-item", Click::Share(ShareAct::Choose(chosen)))
            .flag("aria-pressed", is)
            .text(label)
            .node()
    };
    let every = pick(
        chosen.terminal.is_none(),
        words.all_terminals().to_owned(),
        ExportChoice { terminal: None, ..chosen },
    );
    let each = sharing.terminals.iter().map(|(id, name)| {
        pick(chosen.terminal == Some(*id), name.clone(), ExportChoice { terminal: Some(*id), ..chosen })
    });
    let formats = Format::ALL.map(|format| {
        let label = match format {
            Format::Markdown => words.format_markdown(),
            Format::Text => words.format_text(),
            Format::Asciicast => words.format_film(),
        };
        pick(chosen.format == format, label.to_owned(), ExportChoice { format, ..chosen })
    });
    [
        choice("choice dialog-choice", words.terminals(), [every].into_iter().chain(each)),
        choice("choice dialog-choice", words.format(), formats),
        buttons([
            does(ShareAct::CopyText, COPY, words.copy_text()).node(),
            does(ShareAct::SaveText, SAVE, words.save()).node(),
        ]),
    ]
}

fn does(act: ShareAct, path: &'static str, label: &'static str) -> Builder {
    button("btn", Click::Share(act)).child(icon(path)).text(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_where_they_stand() {
        assert_eq!(bracketed("a [b] \\"), "a \\[b\\] \\\\");
        assert_eq!(file_name(" Spielwiese: 1/2 ", "md"), "spielwiese--1-2.md");
        assert_eq!(file_name("…", "cast"), "nats-kv.cast");
    }
}
