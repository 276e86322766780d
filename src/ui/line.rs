//! Where commands are typed: a native text field, with what could follow dimmed behind it, and below it what could
//! stand here, what was pasted, and what there is to say about the line.

use super::click::Click;
use super::icons::{NEXT, PLAY, STOP, icon};
use super::markup::{Builder, Node, button, classed, el, text, unseen};
use super::state::State;
use super::transcript::prompt;
use super::window::field_id;
use super::words::Words;
use crate::app::model::Tab;
use crate::app::msg::Pasted;
use crate::app::{Hint, Msg, PastedList, TerminalId};
use crate::term::View;
use crate::term::menu::Menu;

pub(super) fn line(state: &State, tab: &Tab) -> Option<Node> {
    let view = state.app.field(tab.id)?;
    let words = state.words;
    let stop = tab.running.then(|| {
        button("btn btn-small term-stop", Click::Do(Msg::Interrupt { terminal: tab.id }))
            .child(icon(STOP))
            .text(words.stop())
            .node()
    });
    let found = view.search.map(|search| classed("p", "term-below").text(search.shown().to_owned()).node());
    let menu = view.menu.map(|open| candidates(words, tab.id, open));
    let pasted = state.app.pasted(tab.id).map(|list| pasted(words, tab.id, list));
    let hint = state.app.hint(tab.id).map(|hint| classed("p", "term-below").text(said(words, hint)).node());
    let meant = state.app.correction(tab.id).map(|line| meant(words, tab.id, line));
    let line = classed("div", "term-line")
        .test_id("line")
        .children(meant)
        .child(label(state, tab, &view))
        .child(field(tab.id, &view))
        .children(stop)
        .children([found, menu, pasted, hint].into_iter().flatten());
    Some(line.node())
}

/// The last command as it may have been meant. It stands beside the terminal's text, which is the real tool's.
fn meant(words: Words, terminal: TerminalId, line: &str) -> Node {
    let take = button("put", Click::Type(Msg::Correct { terminal }))
        .attr("title", words.puts(line))
        .text(line.to_owned());
    classed("p", "term-meant")
        .test_id("correction")
        .text(format!("{} ", words.did_you_mean()))
        .child(take)
        .text("?")
        .node()
}

fn label(state: &State, tab: &Tab, view: &View<'_>) -> Node {
    let label = prompt("label", tab.badge).attr("for", field_id(tab.id));
    let label = match view.search {
        Some(search) if search.failing() => label.text(state.words.not_found()),
        Some(_) => label.text(state.words.search()),
        None => label
            .child(unseen(format!("{}: ", state.words.terminal(&tab.name))))
            .text(state.app.prompt(tab.id).trim_end().to_owned()),
    };
    label.node()
}

fn field(terminal: TerminalId, view: &View<'_>) -> Builder {
    let mut field = classed("textarea", "term-input")
        .attr("id", field_id(terminal))
        .attr("data-terminal", terminal.to_string())
        .attr("rows", "1")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("autocorrect", "off")
        .attr("enterkeyhint", "send")
        .attr("aria-describedby", "term-hint");
    if let Some(menu) = view.menu {
        field = field.attr("aria-autocomplete", "list").attr("aria-controls", format!("menu-{terminal}"));
        if let Some(at) = menu.selected() {
            field = field.attr("aria-activedescendant", format!("option-{terminal}-{at}"));
        }
    }
    let ghost = classed("span", "term-ghost")
        .attr("aria-hidden", "true")
        .child(classed("span", "term-typed").text(view.text.to_owned()))
        .text(view.suggestion.to_owned());
    classed("div", "term-field").child(ghost).child(field)
}

/// What could stand at the cursor.
fn candidates(words: Words, terminal: TerminalId, menu: &Menu) -> Node {
    let options = menu.list().iter().enumerate().map(|(at, candidate)| {
        classed("li", "term-option")
            .attr("id", format!("option-{terminal}-{at}"))
            .attr("role", "option")
            .attr("data-stay", "")
            .flag("aria-selected", menu.selected() == Some(at))
            .click(Click::Send(Msg::Choose { terminal, at }))
            .child(el("code").text(candidate.text.clone()))
            .child(classed("span", "term-help").text(candidate.help.clone()))
            .node()
    });
    classed("ul", "term-menu")
        .attr("id", format!("menu-{terminal}"))
        .attr("role", "listbox")
        .attr("aria-label", words.candidates())
        .children(options)
        .node()
}

/// Commands picked out of a paste: nothing of it runs unasked.
fn pasted(words: Words, terminal: TerminalId, list: &PastedList) -> Node {
    let commands = list.commands.iter().enumerate().map(|(place, command)| {
        let state = if place < list.next { "done" } else { "open" };
        classed("li", "paste-command")
            .attr("data-state", state)
            .child(el("code").text(command.clone()))
            .node()
    });
    let act = |what| Click::Send(Msg::Pasted { terminal, what });
    let buttons = if list.running {
        vec![button("btn btn-small", act(Pasted::Stop)).child(icon(STOP)).text(words.stop()).node()]
    } else {
        vec![
            button("btn btn-small btn-main", act(Pasted::Step))
                .child(icon(NEXT))
                .text(words.pasted_next())
                .node(),
            button("btn btn-small", act(Pasted::Run)).child(icon(PLAY)).text(words.pasted_all()).node(),
            button("btn btn-small btn-quiet", act(Pasted::Drop)).text(words.pasted_drop()).node(),
        ]
    };
    classed("section", "paste")
        .attr("aria-label", words.pasted())
        .child(classed("p", "paste-title").child(text(words.pasted())))
        .child(classed("ol", "paste-list").children(commands))
        .child(classed("p", "paste-buttons").children(buttons))
        .node()
}

fn said(words: Words, hint: Hint) -> &'static str {
    match hint {
        Hint::NothingToEnd => words.nothing_to_end(),
        Hint::NothingToComplete => words.nothing_to_complete(),
        Hint::TypedAhead => words.typed_ahead(),
    }
}
