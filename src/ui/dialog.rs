//! The one dialog of the page: what it holds is chosen by a button of the bar. The browser keeps the focus in it and
//! closes it with Escape.

use super::click::{Click, Turn};
use super::help;
use super::icons::{CLOSE, icon};
use super::markup::{Node, button, classed};
use super::settings::{colours, languages};
use super::state::{Dialog, SandboxList, Sharing, State, Theme};
use super::widgets::section;
use super::words::Words;
use super::{sandboxes, share};
use crate::app::Verbosity;

/// What an open dialog shows.
#[derive(PartialEq)]
pub(super) enum Shown {
    More(Theme),
    Share(Sharing),
    Sandboxes(SandboxList),
    Help(Verbosity),
}

/// What there is to draw: the words, the notice, which is said inside since what is around is out of reach, and the
/// dialog.
pub(super) type Drawn = (Words, Option<String>, Option<Shown>);

pub(super) fn shown(state: &State) -> Drawn {
    let shown = state.dialog.map(|dialog| match dialog {
        Dialog::More => Shown::More(state.theme),
        Dialog::Share => Shown::Share(share::sharing(state)),
        Dialog::Sandboxes => Shown::Sandboxes(state.sandboxes.clone()),
        Dialog::Help => Shown::Help(state.app.verbosity()),
    });
    (state.words, state.notice.as_ref().map(|notice| notice.text.clone()), shown)
}

pub(super) fn dialog((words, notice, shown): &Drawn) -> Vec<Node> {
    let dialog = classed("dialog", "dialog").attr("aria-labelledby", "dialog-title").attr("closedby", "any");
    let Some(shown) = shown else { return vec![dialog.node()] };
    let (title, inside) = match shown {
        Shown::More(theme) => (words.further(), more(*words, *theme)),
        Shown::Share(sharing) => (words.share(), share::inside(*words, sharing)),
        Shown::Sandboxes(list) => (words.sandboxes(), sandboxes::inside(*words, list)),
        Shown::Help(voice) => (words.help(), help::inside(*words, *voice)),
    };
    let close = button("dialog-close", Click::Page(Turn::Dialog(None)))
        .attr("aria-label", words.dismiss())
        .child(icon(CLOSE));
    let head = classed("header", "dialog-head")
        .child(classed("h2", "dialog-title").attr("id", "dialog-title").text(title))
        .child(close);
    let said = classed("p", "dialog-said").attr("role", "status").text(notice.clone().unwrap_or_default());
    vec![dialog.child(head).child(said).children(inside).node()]
}

fn more(words: Words, theme: Theme) -> Vec<Node> {
    vec![section(words.language(), [languages(words)]), section(words.colours(), [colours(words, theme)])]
}
