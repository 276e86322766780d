//! What a terminal has shown, as markup: a block a command, its output in chunks that are drawn once.

use std::collections::BTreeMap;

use super::click::{Click, Turn};
use super::icons::{COPY, icon};
use super::markup::{Node, button, classed, el, text};
use super::state::{Aside, State};
use super::things;
use super::why;
use super::words::Words;
use crate::app::TerminalId;
use crate::app::model::{Badge, Tab};
use crate::term::screen::{Block, CHUNK_LINES, Chunk, Screen};
use crate::term::style::{Colour, Style};

/// What was drawn last of each terminal, so that what has not changed is not made again.
#[derive(Default)]
pub(super) struct Drawn(BTreeMap<TerminalId, Sheet>);

struct Sheet {
    stamp: Stamp,
    /// What is said at a block of it, and the state of the world that this was drawn from.
    aside: Option<(u64, u64, Aside)>,
    list: Node,
    blocks: BTreeMap<u64, Known>,
    chunks: BTreeMap<Place, (u64, Node)>,
}

/// All that a transcript looks like depends on: the world, the terminal's look and the language; the screen's version,
/// and the lines that are wanted.
type Stamp = ((u64, Badge, Words), u64, usize);

/// A block that was drawn whole: its version, its lines, and what came of it.
type Known = (u64, usize, Node);

/// The block at which something is said, whether that is why it failed, and what is said.
type Explained = Option<(u64, bool, Node)>;

/// Block and chunk.
type Place = (u64, usize);

/// What is said at a block of a terminal: the block, whether that is why it failed, and what is said.
fn explained(state: &State, id: TerminalId) -> Explained {
    let (_, block, aside) = state.aside.as_ref().filter(|(terminal, ..)| *terminal == id)?;
    let node = match aside {
        Aside::Why => why::why(state.words, &state.app.diagnose(id, *block)?),
        Aside::Things(list, chosen) => things::things(state, list, *chosen),
    };
    Some((*block, *aside == Aside::Why, node))
}

impl Drawn {
    /// The newest blocks of a terminal, oldest first, `limit` lines of them.
    pub(super) fn transcript(&mut self, state: &State, tab: &Tab, screen: &Screen) -> Node {
        let (words, limit) = (state.words, state.lines(tab.id));
        let stamp = ((state.app.journal().began, tab.badge, words), screen.version(), limit);
        let aside = state.aside.as_ref().filter(|(terminal, ..)| *terminal == tab.id);
        let aside = aside.map(|(_, block, aside)| (state.stamp(), *block, aside.clone()));
        let last = self.0.remove(&tab.id).filter(|last| last.stamp.0 == stamp.0);
        let sheet = match last {
            // A key that was typed changes none of it.
            Some(last) if last.stamp == stamp && last.aside == aside => last,
            last => {
                let known = last.map(|last| (last.blocks, last.chunks)).unwrap_or_default();
                let why = explained(state, tab.id);
                let drawing = Drawing { words, tab, left: limit, why, known, now: Default::default() };
                drawing.sheet(stamp, aside, screen)
            }
        };
        let list = sheet.list.clone();
        self.0.insert(tab.id, sheet);
        list
    }
}

/// A transcript that is being drawn.
struct Drawing<'a> {
    words: Words,
    tab: &'a Tab,
    /// How many lines may still be drawn.
    left: usize,
    why: Explained,
    /// What was drawn last, and what is used of it or new.
    known: (BTreeMap<u64, Known>, BTreeMap<Place, (u64, Node)>),
    now: (BTreeMap<u64, Known>, BTreeMap<Place, (u64, Node)>),
}

impl Drawing<'_> {
    fn sheet(mut self, stamp: Stamp, aside: Option<(u64, u64, Aside)>, screen: &Screen) -> Sheet {
        let mut nodes = Vec::new();
        for block in screen.blocks().rev() {
            if self.left == 0 {
                let more = Click::Page(Turn::MoreLines(self.tab.id));
                let more = button("btn btn-small", more).text(self.words.earlier_lines());
                nodes.push(classed("li", "term-more").key(u64::MAX).child(more).node());
                break;
            }
            nodes.push(self.block(block));
        }
        nodes.reverse();
        let list = classed("ol", "term-transcript").test_id("transcript").children(nodes).node();
        Sheet { stamp, aside, list, blocks: self.now.0, chunks: self.now.1 }
    }

    fn block(&mut self, block: &Block) -> Node {
        let version = block.version;
        let explained = self.why.as_ref().is_some_and(|(explained, ..)| *explained == block.id);
        let known = self.known.0.remove(&block.id).filter(|_| !explained);
        let known = known.filter(|(drawn, lines, _)| *drawn == version && *lines <= self.left);
        let (lines, node) = match known {
            Some((_, lines, node)) => (lines, node),
            None => self.draw(block),
        };
        self.left = self.left.saturating_sub(lines);
        if self.left > 0 && !explained {
            self.now.0.insert(block.id, (version, lines, node.clone()));
        }
        node
    }

    /// How many lines a block takes, and the block.
    fn draw(&mut self, block: &Block) -> (usize, Node) {
        let mut chunks = Vec::new();
        let mut lines = 1;
        for chunk in block.chunks().rev() {
            if lines > self.left {
                break;
            }
            lines += chunk.rows().len();
            chunks.push(self.chunk(block, chunk));
        }
        chunks.reverse();
        let failed = block.ended.map(|(_, status)| status).filter(|status| *status != 0);
        let command = block.command.as_ref().filter(|_| block.cleared().is_none()).map(|command| {
            classed("p", "term-command")
                .test_id("command")
                .attr("translate", "no")
                .child(prompt("span", self.tab.badge).text(command.prompt.trim_end().to_owned()))
                .text(format!(" {}", command.text))
                .node()
        });
        let aside = self.why.take_if(|(explained, ..)| *explained == block.id);
        let explains = aside.as_ref().map(|(_, why, _)| *why);
        let copy = button("term-copy", Click::Copy(self.tab.id, block.id))
            .attr("aria-label", self.words.copy_block())
            .attr("title", self.words.copy_block())
            .child(icon(COPY));
        let status =
            failed.map(|status| classed("p", "term-status").text(self.words.exit_status(status)).node());
        let node = classed("li", "term-block")
            .test_id("block")
            .key(block.id)
            .attr("tabindex", "-1")
            .flag("data-failed", failed.is_some())
            .flag("data-ended", block.ended.is_some())
            .children(command)
            .child(
                classed("div", "term-output")
                    .test_id("output")
                    .attr("lang", "en")
                    .click(Click::Spot(self.tab.id, block.id))
                    .children(chunks),
            )
            .children(status)
            .children(failed.and_then(|_| why::ask(self.words, self.tab.id, block, explains == Some(true))))
            .children(aside.map(|(_, _, node)| node))
            .children(things::ask(self.words, self.tab.id, block, explains == Some(false)))
            .child(copy)
            .node();
        (lines, node)
    }

    fn chunk(&mut self, block: &Block, chunk: &Chunk) -> Node {
        let place = (block.id, chunk.number);
        let version = chunk.version;
        let known = self.known.1.remove(&place).filter(|(drawn, _)| *drawn == version);
        let node = known.map_or_else(|| draw(block, chunk), |(_, node)| node);
        self.now.1.insert(place, (version, node.clone()));
        node
    }
}

/// The prompt of a terminal, in its colour.
pub(super) fn prompt(tag: &'static str, look: Badge) -> super::markup::Builder {
    el(tag).attr("class", format!("term-prompt look-{look}")).attr("translate", "no")
}

fn draw(block: &Block, chunk: &Chunk) -> Node {
    let first = chunk.number * CHUNK_LINES;
    let hidden = block.cleared().unwrap_or(0).saturating_sub(first);
    let mut runs: Vec<Run> = Vec::new();
    for row in chunk.rows().iter().skip(hidden) {
        let run = run(&mut runs, is_table(row.text()));
        run.rows += 1;
        for (text, style) in row.spans() {
            run.add(text, style);
        }
        run.add("\n", Style::default());
    }
    let runs = runs.into_iter().map(Run::node);
    classed("div", "term-chunk").key(chunk.number as u64).children(runs).node()
}

/// How many lines are laid out as one text: each that comes has all of them laid out again.
const RUN_LINES: usize = 20;

/// Lines that are laid out alike.
struct Run {
    table: bool,
    rows: usize,
    spans: Vec<Node>,
    plain: String,
}

/// The run that the next line belongs to.
fn run(runs: &mut Vec<Run>, table: bool) -> &mut Run {
    if runs.last().is_none_or(|last| last.table != table || (last.rows == RUN_LINES && !table)) {
        runs.push(Run { table, rows: 0, spans: Vec::new(), plain: String::new() });
    }
    runs.last_mut().expect("one was pushed if there was none")
}

impl Run {
    fn add(&mut self, plain: &str, style: Style) {
        if style == Style::default() {
            self.plain.push_str(plain);
            return;
        }
        self.flush();
        self.spans.push(span(plain, style));
    }

    fn flush(&mut self) {
        if !self.plain.is_empty() {
            self.spans.push(text(std::mem::take(&mut self.plain)));
        }
    }

    fn node(mut self) -> Node {
        // Its own end ends the last line, if that has anything in it; else who copies it would get an empty one more.
        if self.plain.ends_with('\n')
            && !self.plain.ends_with("\n\n")
            && !(self.spans.is_empty() && self.plain == "\n")
        {
            self.plain.pop();
        }
        self.flush();
        classed("pre", "term-run").flag("data-table", self.table).children(self.spans).node()
    }
}

fn span(plain: &str, style: Style) -> Node {
    let mut span = classed("span", "term-span").text(plain.to_owned());
    if let Colour::Indexed(colour @ 0..16) = style.colour {
        span = span.attr("data-colour", (colour % 8).to_string());
    }
    if style.bold {
        span = span.attr("data-bold", "");
    }
    if style.dim {
        span = span.attr("data-dim", "");
    }
    span.node()
}

/// Whether a line is drawn with box characters, so that it must not be wrapped.
fn is_table(line: &str) -> bool {
    line.trim_start().starts_with(|first| ('\u{2500}'..='\u{257f}').contains(&first))
}
