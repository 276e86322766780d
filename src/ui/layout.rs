//! The frame of the page: the bar at the top, its three parts, and the way between them on a narrow screen.

use super::bridge::Bridge;
use super::click::{Click, SandboxAct, ShareAct, Turn};
use super::icons::{BOXES, CLOSE, MORE, SCREEN, SHARE, icon};
use super::markup::{Builder, Node, Text, button, classed, el, text};
use super::region::{Region, draw, room, shows, since};
use super::settings::{colours, languages};
use super::state::{Dialog, Notice, Offer, Part, State, Theme};
use super::widgets::badge;
use super::words::Words;
use super::{browser, dialog, field, lesson, picture, terminals, window};
use crate::app::{TerminalId, VERSIONS};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{ClipboardEvent, Event, InputEvent, KeyboardEvent};

/// The whole page, which `index.html` has a first sketch of.
pub(super) fn page(bridge: Bridge) {
    let root = document().query_selector(".page").ok().flatten().expect_throw("index.html has the page");
    let (mut draw_all, click) =
        draw(bridge, &root, shows(|state| (state.words, state.wire), frame), regions());
    listen("click", click);
    listen("keydown", move |event: &KeyboardEvent| field::keydown(bridge, event));
    listen("input", move |event: &Event| field::input(bridge, event));
    listen("paste", move |event: &ClipboardEvent| field::paste(bridge, event));
    listen("mousedown", |event: &Event| field::mousedown(event));
    listen("focusout", move |event: &Event| field::focusout(bridge, event));
    listen("beforeinput", move |event: &InputEvent| field::beforeinput(bridge, event));
    Effect::new(move |last: Option<Seen>| {
        // First: what is not shown cannot be brought into sight.
        show_part(bridge, &root);
        draw_all();
        bridge.look(show_fields);
        browser::show_dialog(bridge.look(|state| state.dialog.is_some()));
        let seen = bridge.look(|state| (state.app.open_step(), state.app.active()));
        reveal(last, seen);
        seen
    });
}

/// Hears what happens anywhere in the page.
fn listen<E: JsCast + 'static>(name: &str, hear: impl Fn(&E) + 'static) {
    window_event_listener_untyped(name, move |event| hear(event.unchecked_ref()));
}

/// What stands around the regions.
fn frame((words, wire): &(Words, bool)) -> Vec<Node> {
    let part = |class| classed("section", class);
    let passing = classed("div", "pic-scroll")
        .flag("data-wire", *wire)
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", words.picture_label())
        .child(room("pic-body"));
    let parts = classed("main", "page-parts")
        .child(
            part("page-part page-lesson")
                .test_id("part-lesson")
                .attr("aria-labelledby", "lesson-title")
                .child(room("lesson")),
        )
        .child(
            part("page-part page-terminals")
                .test_id("part-terminals")
                .attr("aria-label", words.terminals())
                .child(room("tabs"))
                .child(room("terms"))
                .child(room("touch"))
                .child(classed("p", "unseen").attr("id", "term-hint").text(words.leaving_hint())),
        )
        .child(
            part("page-part page-picture")
                .test_id("part-picture")
                .attr("aria-labelledby", "picture-title")
                .child(room("pic-head"))
                .child(passing),
        )
        .child(classed("aside", "page-coach").attr("aria-label", words.coach()).child(room("coach")));
    vec![
        el("header").child(room("bar")).node(),
        el("nav").attr("aria-label", words.parts()).child(room("parts")).node(),
        parts.node(),
        el("div")
            .attr("role", "status")
            .child(room("unseen").test_id("announcement"))
            .child(room("toast"))
            .node(),
        room("page-dialog").node(),
    ]
}

fn regions() -> Vec<Region> {
    vec![
        ("bar", shows(|state| (state.words, state.theme, state.presenting, state.kept.name.clone()), bar)),
        ("parts", shows(|state| (state.words, state.part, state.app.unread()), parts)),
        ("lesson", since(State::stamp, shows(|state| (state.words, state.app.lesson()), lesson::lesson))),
        (
            "tabs",
            shows(|state| (state.words, state.app.tabs(), state.columns, state.renaming), terminals::tabs),
        ),
        ("terms", terminals::terminals()),
        ("touch", shows(|state| (state.words, state.ctrl), terminals::touch)),
        ("pic-head", shows(|state| (state.words, state.app.clock(), state.wire), picture::head)),
        ("pic-body", since(State::stamp, shows(picture::Shown::of, picture::picture))),
        ("coach", since(State::stamp, shows(|state| (state.words, state.app.lesson()), lesson::coach))),
        ("unseen", shows(terminals::said, |said| vec![text(said.clone())])),
        (
            "toast",
            shows(|state| (state.words, state.notice.clone().filter(|_| state.dialog.is_none())), toast),
        ),
        ("page-dialog", shows(dialog::shown, dialog::dialog)),
    ]
}

/// Text fields are written to when the regions around them are drawn.
fn show_fields(state: &State) {
    for terminal in state.side_by_side() {
        if let Some(view) = state.app.field(terminal) {
            field::show(terminal, view.text, view.selection);
        }
    }
}

/// Which of its parts a narrow page shows, and whether it is held up by a presenter's keys.
fn show_part(bridge: Bridge, root: &web_sys::Element) {
    let (part, presenting) = bridge.look(|state| (state.part, state.presenting));
    root.set_attribute("data-part", part.name()).expect_throw("an attribute can be set");
    match presenting {
        true => root.set_attribute("tabindex", "-1"),
        false => root.remove_attribute("tabindex"),
    }
    .expect_throw("an attribute can be set");
}

/// The step that is open, and the terminal that is in front.
type Seen = (Option<usize>, TerminalId);

/// Brings the step that was just opened into sight, and the tab that just came to the front.
fn reveal(last: Option<Seen>, (step, active): Seen) {
    if let Some(number) = step.filter(|_| last.is_some_and(|last| last.0 != step)) {
        window::reveal(&format!(".lesson-step:has(#step-{number})"), ".lesson-steps");
        window::focus_if_lost(&format!("[aria-controls=step-{number}]"));
    }
    if last.is_none_or(|last| last.1 != active) {
        window::reveal(".tab[data-active=true]", ".tabs-list");
    }
}

fn bar((words, theme, presenting, sandbox): &(Words, Theme, bool, String)) -> Vec<Node> {
    let mark = classed("svg", "bar-mark")
        .attr("viewBox", "0 0 32 32")
        .attr("aria-hidden", "true")
        .child(classed("path", "bar-mark-ground").attr("d", GROUND))
        .child(classed("path", "bar-mark-line").attr("d", "M8 9l5.5 5L8 19M16 19h8"));
    let [command, server] = VERSIONS.map(|version| version.trim_start_matches('v'));
    let facts =
        [format!("nats {command}"), format!("nats-server {server}"), words.simulated_here().to_owned()];
    vec![
        mark.node(),
        classed("h1", "bar-title").text(words.title()).node(),
        classed("p", "bar-facts")
            .children(facts.map(|fact| classed("span", "bar-fact").text(fact).node()))
            .node(),
        bar_button(Click::Share(ShareAct::Open), SHARE, words.share(), words.share_hint()).node(),
        bar_button(Click::Sandbox(SandboxAct::Show), BOXES, sandbox.clone(), words.sandboxes_hint())
            .attr("aria-label", words.sandboxes_open(sandbox))
            .node(),
        classed("div", "bar-wide").children([languages(*words), colours(*words, *theme)]).node(),
        present(*words, *presenting),
        bar_button(Click::Page(Turn::Dialog(Some(Dialog::More))), MORE, words.further(), words.further())
            .attr("data-narrow", "")
            .node(),
        button("btn bar-help", Click::Page(Turn::Dialog(Some(Dialog::Help))))
            .attr("aria-label", words.help())
            .attr("title", words.help())
            .text("?")
            .node(),
    ]
}

/// A button of the bar; on a narrow screen its label is for ears only.
fn bar_button(click: Click, path: &'static str, label: impl Into<Text>, hint: &'static str) -> Builder {
    button("btn bar-button", click)
        .attr("title", hint)
        .child(icon(path))
        .child(classed("span", "bar-label").text(label))
}

/// The way into the presenter's mode and out of it.
fn present(words: Words, presenting: bool) -> Node {
    let label = if presenting { words.present_no_more() } else { words.present() };
    button("btn bar-present", Click::Page(Turn::Present(!presenting)))
        .attr("aria-label", label)
        .attr("title", label)
        .child(icon(if presenting { CLOSE } else { SCREEN }))
        .node()
}

/// The ground of the mark: a speech bubble, as NATS has it.
const GROUND: &str = "M8 1h16a7 7 0 017 7v12a7 7 0 01-7 7h-3v4l-6-4H8a7 7 0 01-7-7V8a7 7 0 017-7z";

/// On a narrow screen: which part is shown.
fn parts((words, part, unread): &(Words, Part, usize)) -> Vec<Node> {
    let all = [
        (Part::Lesson, words.lesson()),
        (Part::Terminals, words.terminals()),
        (Part::Picture, words.picture()),
    ];
    all.map(|(value, label)| {
        let mut tab = button("parts-tab", Click::Page(Turn::Part(value))).text(label);
        if value == *part {
            tab = tab.attr("aria-current", "page");
        }
        let news = value == Part::Terminals && value != *part && *unread > 0;
        tab.children(news.then(|| badge(*words, *unread))).node()
    })
    .into()
}

/// One quiet line.
fn toast((words, notice): &(Words, Option<Notice>)) -> Vec<Node> {
    let Some(notice) = notice else { return Vec::new() };
    let close = button("toast-close", Click::Page(Turn::Dismiss))
        .attr("aria-label", words.dismiss())
        .child(icon(CLOSE));
    let offer = notice.offer.map(|offer| {
        let label = match offer {
            Offer::Open(_) => words.to_my_sandbox(),
            Offer::TakeBack => words.take_back(),
            Offer::Reload => words.reload(),
        };
        button("btn btn-small", Click::Page(Turn::Accept(offer))).text(label).node()
    });
    let line = classed("p", "toast-line").test_id("notice").child(el("span").text(notice.text.clone()));
    vec![line.children(offer).child(close).node()]
}
