//! The terminals: tabs above, and as many side by side as the user wants and the screen has room for.

use super::click::{Click, Turn};
use super::icons::{ADD, CLOSE, MORE_OF_TAB, icon, shape};
use super::line::line;
use super::markup::{Builder, Node, button, classed, unseen};
use super::region::Projection;
use super::state::State;
use super::transcript::Drawn;
use super::widgets::{badge, choice, item};
use super::words::Words;
use crate::app::model::Tab;
use crate::app::{Announcement, MOST_TERMINALS, Msg, TerminalId};
use crate::term::Key;

type Tabs = (Words, Vec<Tab>, usize, Option<TerminalId>);

pub(super) fn tabs((words, tabs, columns, renaming): &Tabs) -> Vec<Node> {
    let counts = [
        (1, words.one_terminal()),
        (2, words.two_terminals()),
        (3, words.three_terminals()),
        (4, words.four_terminals()),
        (MOST_TERMINALS, words.all_side_by_side()),
    ];
    let counts = counts.map(|(count, label)| {
        let shown = if count == MOST_TERMINALS { words.all().to_owned() } else { count.to_string() };
        item(count == *columns, label, Turn::Columns(count)).text(shown).node()
    });
    let list = tabs.iter().map(|it| match *renaming == Some(it.id) {
        true => name_field(*words, it),
        false => tab(*words, it, tabs.len() == 1),
    });
    let place = tabs.iter().position(|tab| tab.active).unwrap_or(0);
    vec![
        classed("ul", "tabs-list").attr("aria-label", words.terminals()).children(list).node(),
        button("tabs-add", Click::Type(Msg::Open { name: None }))
            .attr("aria-label", words.open_another())
            .attr("title", words.open_another())
            .child(icon(ADD))
            .node(),
        classed("div", "tab-menu")
            .attr("id", "tab-menu")
            .attr("popover", "")
            .children(tabs.get(place).map(|tab| menu(*words, tab, place, tabs.len())))
            .node(),
        choice("choice tabs-columns", words.side_by_side(), counts),
    ]
}

fn tab(words: Words, tab: &Tab, only: bool) -> Node {
    let select = Click::Type(Msg::Select { terminal: tab.id });
    let mut name =
        button("tab-name", select).test_id("tab-name").child(shape(tab.badge)).text(format!("{} ", tab.name));
    if tab.active {
        name = name.attr("aria-current", "true");
    }
    let running = tab
        .running
        .then(|| classed("span", "tab-running").child(unseen(Words::aside(words.is_running()))).node());
    let news = (tab.unread > 0).then(|| badge(words, tab.unread));
    let more = tab.active.then(|| {
        classed("button", "tab-more")
            .attr("type", "button")
            .attr("popovertarget", "tab-menu")
            .attr("aria-label", words.about_terminal(&tab.name))
            .child(icon(MORE_OF_TAB))
            .node()
    });
    let close = (tab.active && !only).then(|| {
        button("tab-close", Click::Send(Msg::Close { terminal: tab.id }))
            .attr("aria-label", words.close(&tab.name))
            .child(icon(CLOSE))
            .node()
    });
    a_tab(tab)
        .attr("draggable", "true")
        .child(name.children(running).children(news))
        .children(more)
        .children(close)
        .node()
}

fn a_tab(tab: &Tab) -> Builder {
    classed("li", "tab")
        .test_id("tab")
        .key(tab.id.into())
        .attr("data-terminal", tab.id.to_string())
        .flag("data-active", tab.active)
}

/// What can be done with the active terminal, besides typing.
fn menu(words: Words, tab: &Tab, place: usize, count: usize) -> Node {
    let terminal = tab.id;
    let act = |click, label| {
        button("btn btn-small btn-quiet", click)
            .attr("popovertarget", "tab-menu")
            .attr("popovertargetaction", "hide")
            .text(label)
    };
    let moved = |place| Click::Send(Msg::Move { terminal, place });
    classed("div", "tab-acts")
        .attr("role", "group")
        .attr("aria-label", words.about_terminal(&tab.name))
        .child(act(Click::Rename(terminal), words.rename()))
        .child(act(moved(place.saturating_sub(1)), words.move_left()).attr_if("disabled", place == 0))
        .child(act(moved(place + 1), words.move_right()).attr_if("disabled", place + 1 == count))
        .node()
}

/// Where another name is typed.
fn name_field(words: Words, tab: &Tab) -> Node {
    let field = classed("input", "tab-field")
        .attr("id", "tab-field")
        .attr("data-rename", tab.id.to_string())
        .attr("aria-label", words.name_of(&tab.name))
        .attr("maxlength", "20")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("value", tab.name.clone());
    a_tab(tab).child(field).node()
}

/// What those hear who do not see it. The same sentence again differs by a blank, or it would not be read out again.
pub(super) fn said(state: &State) -> String {
    let words = state.words;
    let (count, said) = state.app.announcements();
    let sentence = |said: &Announcement| match said {
        Announcement::StepDone { done, steps } => words.said_step(*done, *steps),
        Announcement::Busy(name) => words.said_busy(name),
        Announcement::NothingAsked(name) => words.said_no_question(name),
        Announcement::TerminalLimit(most) => words.said_most(*most),
        Announcement::InvalidName => words.said_no_name().to_owned(),
        Announcement::CommandEnded { terminal, failed: false, lines: 0, .. } => words.said_done(terminal),
        Announcement::CommandEnded { terminal, failed: true, lines: 0, .. } => words.said_failed(terminal),
        Announcement::CommandEnded { terminal, lines, text, more: true, .. } => {
            words.said_begins(terminal, text, *lines)
        }
        Announcement::CommandEnded { terminal, text, .. } => words.said_printed(terminal, text),
        Announcement::DidYouMean(line) => words.said_meant(line),
        Announcement::NewOutput { terminal, lines } => words.said_news(terminal, *lines),
    };
    let mut all: Vec<String> = said.iter().map(sentence).collect();
    all.extend((count % 2 == 1).then(|| "\u{a0}".to_owned()));
    all.join(" ")
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
    let transcript = drawn.transcript(state, &tab, screen);
    let inside = classed("div", "term-inside").child(transcript).children(line(state, &tab));
    let scroll = classed("div", "term-scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", state.words.output_of(&tab.name))
        .child(inside);
    let terminal = classed("article", "term")
        .test_id("terminal")
        .key(id.into())
        .attr("data-terminal", tab.name.clone())
        .flag("data-active", tab.active)
        .flag("data-running", tab.running)
        .flag("aria-busy", tab.running && state.app.is_mid_turn())
        .child(classed("h2", "term-name").child(shape(tab.badge)).text(tab.name))
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
