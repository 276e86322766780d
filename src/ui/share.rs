//! Sharing: a link that holds the world, a frame that shows it elsewhere, and what the terminals showed as text.

use super::embedding::{self, Embeddable};
use super::message::{Command, ShareMsg};
use super::shown::{Dialog, ExportChoice, Sharing};
use super::state::State;
use crate::app::{LessonSource, catalog, link};

/// What files with a whole world end with.
pub(super) const WORLD: &str = "natskv";

/// What files with the commands of a world end with.
pub(super) const COMMANDS: &str = "txt";

pub(super) fn update(state: &mut State, msg: ShareMsg) {
    match msg {
        ShareMsg::Open => {
            let fragment = link::pack(&state.app.saved());
            let link = state.visit.address.clone() + &fragment;
            state.sharing = Sharing { link, fragment, ..Sharing::default() };
            state.notice = None;
            state.dialog = Some(Dialog::Share);
        }
        ShareMsg::Choose(chosen) => state.sharing.chosen = chosen,
        ShareMsg::CopyLink => state.ask(Command::Copy(state.sharing.link.clone())),
        ShareMsg::CopyMarkdownLink => {
            let title = state.words.link_title(state.sandbox_name());
            let link = format!("[{}]({})", bracketed(&title), state.sharing.link);
            state.ask(Command::Copy(link));
        }
        ShareMsg::Embed(choice) => state.sharing.embed = choice,
        ShareMsg::CopyFrame => state.ask(Command::Copy(frame(state))),
        ShareMsg::CopyText => state.ask(Command::Copy(text(state))),
        ShareMsg::SaveText => {
            let name = file_name(state.sandbox_name(), state.sharing.chosen.format.extension());
            state.ask(Command::SaveFile { name, text: text(state) });
        }
        ShareMsg::SaveWorld => {
            let name = file_name(state.sandbox_name(), WORLD);
            state.ask(Command::SaveFile { name, text: state.app.saved().write() });
        }
    }
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
    let is_plain =
        |c: &char| (*c == ' ' || !c.is_whitespace()) && !c.is_control() && !"\"'*/:<>?\\|…".contains(*c);
    let plain: String = name.chars().map(|c| if is_plain(&c) { c } else { '-' }).collect();
    let plain = plain.trim_matches(['-', '.', ' ']);
    format!("{}.{end}", if plain.is_empty() { "nats-kv" } else { plain })
}

pub(super) fn sharing(state: &State) -> Sharing {
    let terminals = state.app.tabs().into_iter().map(|tab| (tab.id, tab.name)).collect();
    let step = state.app.open_step().unwrap_or_default() + 1;
    Sharing { terminals, frame: frame(state), step, ..state.sharing.clone() }
}

/// The text of a frame that shows what is open.
fn frame(state: &State) -> String {
    let lesson = match &state.app.journal().lesson {
        LessonSource::Catalog(catalog::FIRST) | LessonSource::Own(_) => None,
        LessonSource::Catalog(name) => Some(*name),
    };
    let what = Embeddable {
        page: state.visit.address.split('?').next().unwrap_or_default(),
        fragment: &state.sharing.fragment,
        lesson,
        step: state.app.open_step().unwrap_or_default() + 1,
        title: state.words.title(),
    };
    embedding::frame(&what, state.sharing.embed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_where_they_stand() {
        assert_eq!(bracketed("a [b] \\"), "a \\[b\\] \\\\");
        assert_eq!(file_name(" Spielwiese: 1/2 ", "md"), "Spielwiese- 1-2.md");
        assert_eq!(file_name("…", "cast"), "nats-kv.cast");
    }
}
