//! The walkthrough: its steps, what each wants done, and the player.

use super::click::{Click, SandboxAct, Turn};
use super::icons::{AGAIN, CHECK, CLOCK, INSERT, NEXT, ONWARD, PAUSE, PLAY, icon, shape};
use super::markup::{Builder, Node, button, classed, el, text, unseen};
use super::state::Part as Shown;
use super::widgets::link;
use super::words::Words;
use crate::app::model::{Check, Command, CommandKind, Inline, Lesson, Part, Step, StepLine, StepState};
use crate::app::{LessonMsg, Msg};

pub(super) fn lesson((words, lesson): &(Words, Option<Lesson>)) -> Vec<Node> {
    let Some(lesson) = lesson else {
        return vec![classed("h2", "lesson-title").attr("id", "lesson-title").text(words.no_lesson()).node()];
    };
    let count = lesson.steps.len();
    let is_done = |number: usize, line: &StepLine| match &lesson.opened {
        Some(step) if step.number == number => step.done,
        _ => line.state == StepState::Done,
    };
    let done = lesson.steps.iter().enumerate().filter(|(number, line)| is_done(*number, line)).count();
    let progress = classed("p", "lesson-progress")
        .child(
            classed("progress", "lesson-bar")
                .attr("aria-label", words.steps_done_label())
                .attr("max", count.to_string())
                .attr("value", done.to_string()),
        )
        .child(classed("span", "lesson-count").test_id("steps-done").text(words.steps_done(done, count)));
    let intro = (!lesson.intro.is_empty()).then(|| {
        classed("li", "lesson-intro").children(lesson.intro.iter().map(|it| part(*words, it))).node()
    });
    let rows = lesson.steps.iter().enumerate().flat_map(|(number, line)| {
        let chapter = line.chapter.clone().map(|title| classed("li", "lesson-chapter").text(title).node());
        let opened = lesson.opened.as_ref().filter(|step| step.number == number);
        let body = opened.map(|step| body(*words, step, number + 1 < count));
        chapter.into_iter().chain([row(*words, number, line, is_done(number, line), body)])
    });
    vec![
        classed("header", "lesson-head")
            .child(
                classed("h2", "lesson-title")
                    .test_id("lesson-title")
                    .attr("id", "lesson-title")
                    .text(lesson.title.clone()),
            )
            .child(progress)
            .node(),
        classed("ol", "lesson-steps").children(intro).children(rows).node(),
        player(*words, lesson.playing),
    ]
}

fn row(words: Words, number: usize, line: &StepLine, done: bool, opened: Option<Vec<Node>>) -> Node {
    let state = match line.state {
        StepState::Open => "open",
        StepState::Current => "current",
        StepState::Done => "done",
    };
    let mark = if done { icon(CHECK) } else { text((number + 1).to_string()) };
    let id = format!("step-{number}");
    let open = button("lesson-open", Click::Send(Msg::Lesson(LessonMsg::OpenStep(number))))
        .flag("aria-expanded", opened.is_some())
        .attr("aria-controls", id.clone())
        .child(classed("span", "lesson-number").attr("aria-hidden", "true").child(mark))
        .text(line.title.clone())
        .children(done.then(|| unseen(Words::aside(words.done()))));
    classed("li", "lesson-step")
        .test_id("step")
        .attr("data-state", state)
        .flag("data-done", done)
        .child(el("h3").child(open))
        .child(classed("div", "lesson-body").attr("id", id).children(opened.unwrap_or_default()))
        .node()
}

fn body(words: Words, step: &Step, goes_on: bool) -> Vec<Node> {
    let mut all: Vec<Node> = step.parts.iter().map(|it| part(words, it)).collect();
    if !step.checks.is_empty() {
        all.push(checks(words, &step.checks));
    }
    if !step.hint.is_empty() && !step.done {
        let hint = classed("details", "lesson-hint").child(el("summary").text(words.hint()));
        all.push(hint.children(step.hint.iter().map(|it| part(words, it))).node());
    }
    if step.done && goes_on {
        all.push(el("p").child(onward(words, step.number + 1)).node());
    }
    all.extend(step.links.iter().map(|url| {
        let lead = format!("{} ", words.in_the_documentation());
        classed("p", "lesson-link").text(lead).child(link(words, url, url)).node()
    }));
    all
}

fn onward(words: Words, step: usize) -> Builder {
    button("btn btn-main", Click::Send(Msg::Lesson(LessonMsg::OpenStep(step))))
        .text(words.next_step())
        .child(icon(ONWARD))
}

fn part(words: Words, part: &Part) -> Node {
    match part {
        Part::Paragraph(text) => {
            classed("p", "lesson-text").test_id("lesson-text").children(inlines(words, text)).node()
        }
        Part::List { ordered, items } => {
            let items = items.iter().map(|item| el("li").children(inlines(words, item)).node());
            classed(if *ordered { "ol" } else { "ul" }, "lesson-list").children(items).node()
        }
        Part::Code(code) => classed("pre", "lesson-code").text(code.clone()).node(),
        Part::Command(command) => card(words, command),
        Part::Note(parts) => classed("aside", "lesson-note")
            .attr("aria-label", words.differs())
            .child(classed("p", "lesson-note-label").text(words.differs()))
            .children(parts.iter().map(|it| self::part(words, it)))
            .node(),
    }
}

fn inlines(words: Words, inlines: &[Inline]) -> impl Iterator<Item = Node> {
    inlines.iter().map(move |inline| match inline {
        Inline::Text(plain) => text(plain.clone()),
        Inline::Code(code) => el("code").text(code.clone()).node(),
        Inline::Strong(strong) => el("strong").text(strong.clone()).node(),
        Inline::Emphasis(emphasis) => el("em").text(emphasis.clone()).node(),
        Inline::Link { text, url } => link(words, text, url),
    })
}

/// A command with its buttons.
fn card(words: Words, command: &Command) -> Node {
    let mut place = classed("p", "cmd-place");
    place = match &command.terminal {
        Some((name, look)) => place.child(shape(*look)).text(name.clone()),
        None => place.child(icon(CLOCK)).text(words.clock_simulated()),
    };
    if command.done {
        place = place.child(classed("span", "cmd-done").child(icon(CHECK)).text(words.done()));
    }
    let about = || {
        let place = command.terminal.as_ref().map_or(words.clock_simulated(), |(name, _)| name);
        unseen(Words::aside(&format!("{place}: {}", command.text)))
    };
    let mut buttons = classed("p", "cmd-buttons").child(run(words, command).child(about()));
    if matches!(command.kind, CommandKind::Type | CommandKind::Answer) {
        let put = button("btn", Click::Type(Msg::Lesson(LessonMsg::ProposeAction(command.index))))
            .child(icon(INSERT))
            .text(words.put());
        buttons = buttons.child(put.child(about()));
    }
    classed("div", "cmd")
        .test_id("lesson-command")
        .flag("data-done", command.done)
        .child(place)
        .child(classed("code", "cmd-text").test_id("lesson-command-text").text(command.text.clone()))
        .child(buttons)
        .node()
}

/// The button that does what a command says.
fn run(words: Words, command: &Command) -> Builder {
    let label = match command.kind {
        CommandKind::Type => words.run(),
        CommandKind::Answer => words.answer(),
        CommandKind::Interrupt => words.press_ctrl_c(),
        CommandKind::Wait => words.move_clock(),
    };
    button("btn btn-main", Click::Do(Msg::Lesson(LessonMsg::RunAction(command.index))))
        .child(icon(PLAY))
        .text(label)
}

/// What the step wants to be so; what is missing is said, not only marked.
fn checks(words: Words, checks: &[Check]) -> Node {
    let lines = checks.iter().map(|check| {
        let missing = (!check.done && !check.missing.is_empty())
            .then(|| classed("p", "check-missing").children(inlines(words, &check.missing)).node());
        let mark = check.done.then(|| icon(CHECK));
        let said = Words::aside(if check.done { words.is_so() } else { words.not_yet() });
        classed("li", "check")
            .flag("data-done", check.done)
            .child(classed("span", "check-mark").attr("aria-hidden", "true").children(mark))
            .child(el("div").children(inlines(words, &check.wanted)).child(unseen(said)).children(missing))
            .node()
    });
    let all = checks.iter().all(|check| check.done);
    classed("div", "checks")
        .test_id("checks")
        .child(classed("p", "checks-title").text(if all { words.step_is_done() } else { words.to_be_done() }))
        .child(classed("ul", "checks-list").children(lines))
        .node()
}

/// Where the lesson itself is not in sight: what comes next in it.
pub(super) fn coach((words, lesson): &(Words, Option<Lesson>)) -> Vec<Node> {
    let Some((lesson, step)) = lesson.as_ref().and_then(|lesson| Some((lesson, lesson.opened.as_ref()?)))
    else {
        return Vec::new();
    };
    let title = lesson.steps.get(step.number).map(|line| line.title.clone()).unwrap_or_default();
    let next = step.parts.iter().find_map(|part| match part {
        Part::Command(command) if !command.done => Some(command),
        _ => None,
    });
    let (said, button) = match next {
        Some(command) => (el("code").text(command.text.clone()), run(*words, command)),
        None if step.number + 1 < lesson.steps.len() => {
            let said = if step.done { words.step_done_sentence() } else { words.something_missing() };
            (el("span").text(said), onward(*words, step.number + 1))
        }
        None => {
            let back =
                button("btn coach-back", Click::Page(Turn::Part(Shown::Lesson))).text(words.to_the_lesson());
            (el("span").text(words.that_was_all()), back)
        }
    };
    let button = if lesson.playing { play(*words, true) } else { button.node() };
    vec![classed("p", "coach-words").child(el("strong").text(title)).child(said).node(), button]
}

/// Plays the whole walkthrough, or one command of it after the other.
fn player(words: Words, playing: bool) -> Node {
    classed("div", "player")
        .attr("role", "group")
        .attr("aria-label", words.player())
        .child(play(words, playing))
        .child(
            button("btn", Click::Do(Msg::Lesson(LessonMsg::RunNext)))
                .child(icon(NEXT))
                .text(words.next_command()),
        )
        .child(
            button("btn btn-quiet", Click::Sandbox(SandboxAct::StartOver))
                .child(icon(AGAIN))
                .text(words.start_over()),
        )
        .node()
}

fn play(words: Words, playing: bool) -> Node {
    let (path, label) = if playing { (PAUSE, words.pause()) } else { (PLAY, words.play()) };
    button("btn btn-main", Click::Do(Msg::Lesson(LessonMsg::TogglePlay))).child(icon(path)).text(label).node()
}
