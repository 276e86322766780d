//! The terminals: tabs above, and as many side by side as the user wants and the screen has room for.

use super::click::Click;
use super::icons::{ADD, CLOSE, icon, shape};
use super::layout::{badge, choice, item};
use super::line::line;
use super::markup::{Node, button, classed, unseen};
use super::region::Projection;
use super::state::{Aside, State, Turn};
use super::things;
use super::transcript::Drawn;
use super::why;
use super::words::Words;
use crate::app::model::Tab;
use crate::app::{Msg, TerminalId};
use crate::term::Key;

pub(super) fn tabs((words, tabs, columns): &(Words, Vec<Tab>, usize)) -> Vec<Node> {
    let counts = [(1, words.one_terminal()), (2, words.two_terminals()), (3, words.three_terminals())];
    let counts = counts.map(|(count, label)| {
        item(count == *columns, label, Turn::Columns(count)).text(count.to_string()).node()
    });
    let only = tabs.len() == 1;
    let list = tabs.iter().map(|it| tab(*words, it, only));
    vec![
        classed("ul", "tabs-list").attr("aria-label", words.terminals()).children(list).node(),
        button("tabs-add", Click::Type(Msg::Open { name: None }))
            .attr("aria-label", words.open_another())
            .attr("title", words.open_another())
            .child(icon(ADD))
            .node(),
        choice("choice tabs-columns", words.side_by_side(), counts),
    ]
}

fn tab(words: Words, tab: &Tab, only: bool) -> Node {
    let select = Click::Type(Msg::Select { terminal: tab.id });
    let mut name = button("tab-name", select).child(shape(tab.look)).text(format!("{} ", tab.name));
    if tab.active {
        name = name.attr("aria-current", "true");
    }
    let running = tab
        .running
        .then(|| classed("span", "tab-running").child(unseen(Words::aside(words.is_running()))).node());
    let news = (tab.unread > 0).then(|| badge(words, tab.unread));
    let close = (!only).then(|| {
        button("tab-close", Click::Send(Msg::Close { terminal: tab.id }))
            .attr("aria-label", words.close(&tab.name))
            .child(icon(CLOSE))
            .node()
    });
    classed("li", "tab")
        .key(tab.id.into())
        .flag("data-active", tab.active)
        .child(name.children(running).children(news))
        .children(close)
        .node()
}

/// The terminals that are shown.
pub(super) fn terminals() -> Projection {
    let mut drawn = Drawn::default();
    Box::new(move |state| {
        let shown = state.side_by_side();
        Some(shown.into_iter().filter_map(|id| terminal(state, id, &mut drawn)).collect())
    })
}

fn terminal(state: &State, id: TerminalId, drawn: &mut Drawn) -> Option<Node> {
    let (tab, screen) = (state.app.tab(id)?, state.app.screen(id)?);
    let aside = state.aside.as_ref().filter(|(terminal, ..)| *terminal == id);
    let aside = aside.and_then(|(_, block, aside)| {
        let node = match aside {
            Aside::Why => why::why(state.words, &state.app.why(id, *block)?),
            Aside::Things(list, chosen) => things::things(state, list, *chosen),
        };
        Some((*block, *aside == Aside::Why, node))
    });
    let transcript = drawn.transcript(state, &tab, screen, aside);
    let inside = classed("div", "term-inside").child(transcript).children(line(state, &tab));
    let scroll = classed("div", "term-scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", state.words.output_of(&tab.name))
        .child(inside);
    let terminal = classed("article", "term")
        .key(id.into())
        .attr("data-terminal", tab.name.clone())
        .flag("data-active", tab.active)
        .flag("data-running", tab.running)
        .child(classed("h3", "term-name").child(shape(tab.look)).text(tab.name))
        .child(scroll);
    Some(terminal.node())
}

/// Keys that a telephone's keyboard does not have.
pub(super) fn touch((words, ctrl): &(Words, bool)) -> Vec<Node> {
    let keys = [("Tab", "Tab"), ("Esc", "Escape"), ("↑", "Up"), ("↓", "Down"), ("←", "Left"), ("→", "Right")];
    let key = |(label, name): (&'static str, &'static str)| {
        let key = Key::from_browser(name, "", false, false, false)?;
        let button = button("touch-key", Click::Press(key)).attr("data-stay", "").text(label);
        Some(if label.is_ascii() { button } else { button.attr("aria-label", name) }.node())
    };
    let ctrl = button("touch-key", Click::Page(Turn::Ctrl))
        .flag("aria-pressed", *ctrl)
        .attr("data-stay", "")
        .text("Ctrl");
    let keys = [ctrl.node()].into_iter().chain(keys.into_iter().filter_map(key));
    vec![
        classed("div", "touch-keys")
            .attr("role", "group")
            .attr("aria-label", words.touch_keys())
            .children(keys)
            .node(),
    ]
}
