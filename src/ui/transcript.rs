//! What a terminal has shown, as markup: a block a command, its output in chunks that are drawn once.

use super::click::Click;
use super::icons::{COPY, icon};
use super::markup::{Node, button, classed, el, text};
use super::state::Turn;
use super::why;
use super::words::Words;
use crate::app::Map;
use crate::app::TerminalId;
use crate::app::model::{Look, Tab};
use crate::term::ansi::{Colour, Style};
use crate::term::screen::{Block, CHUNK_LINES, Chunk, Screen};

/// How many lines of a terminal are in the document. More would make each key slow, and they are still there:
/// a button brings more of them.
pub(super) const LINES_DRAWN: usize = 1000;

/// Blocks as they were drawn last, so that what has not changed is not made again.
#[derive(Default)]
pub(super) struct Drawn {
    chunks: Map<Place, (u64, Node)>,
    next: Map<Place, (u64, Node)>,
}

/// The failed block of which it is said why it failed.
pub(super) type Explained = Option<(u64, Node)>;

/// Terminal, block and chunk.
type Place = (TerminalId, u64, usize);

impl Drawn {
    /// Ends a round of drawing: what it did not use is forgotten.
    pub(super) fn end(&mut self) {
        self.chunks = std::mem::take(&mut self.next);
    }

    /// The newest blocks of a terminal, oldest first, `limit` lines of them.
    pub(super) fn transcript(
        &mut self,
        words: Words,
        tab: &Tab,
        screen: &Screen,
        limit: usize,
        mut why: Explained,
    ) -> Vec<Node> {
        let mut left = limit;
        let mut nodes = Vec::new();
        for block in screen.blocks().rev() {
            if left == 0 {
                let more =
                    button("btn btn-small", Click::Page(Turn::MoreLines(tab.id))).text(words.earlier_lines());
                nodes.push(classed("li", "term-more").key(u64::MAX).child(more).node());
                break;
            }
            nodes.push(self.block(words, tab, block, &mut left, &mut why));
        }
        nodes.reverse();
        nodes
    }

    fn block(
        &mut self,
        words: Words,
        tab: &Tab,
        block: &Block,
        left: &mut usize,
        why: &mut Explained,
    ) -> Node {
        let mut chunks = Vec::new();
        for chunk in block.chunks().rev() {
            if *left == 0 {
                break;
            }
            *left = left.saturating_sub(chunk.rows().len());
            chunks.push(self.chunk(tab.id, block, chunk));
        }
        chunks.reverse();
        *left = left.saturating_sub(1);
        let failed = block.ended.map(|(_, status)| status).filter(|status| *status != 0);
        let command = block.command.as_ref().filter(|_| block.cleared().is_none()).map(|command| {
            classed("p", "term-command")
                .child(prompt("span", tab.look).text(command.prompt.trim_end().to_owned()))
                .text(format!(" {}", command.text))
                .node()
        });
        let why = why.take_if(|(explained, _)| *explained == block.id).map(|(_, why)| why);
        let copy = button("term-copy", Click::Copy(tab.id, block.id))
            .attr("aria-label", words.copy_block())
            .attr("title", words.copy_block())
            .child(icon(COPY));
        classed("li", "term-block")
            .key(block.id)
            .flag("data-failed", failed.is_some())
            .flag("data-ended", block.ended.is_some())
            .children(command)
            .child(classed("div", "term-output").children(chunks))
            .children(failed.map(|status| classed("p", "term-status").text(words.exit_status(status)).node()))
            .children(failed.and_then(|_| why::ask(words, tab.id, block, why.is_some())))
            .children(why)
            .child(copy)
            .node()
    }

    fn chunk(&mut self, id: TerminalId, block: &Block, chunk: &Chunk) -> Node {
        let place = (id, block.id, chunk.number);
        let version = chunk.version;
        let known = self.chunks.remove(&place).filter(|(drawn, _)| *drawn == version);
        let node = known.map_or_else(|| draw(block, chunk), |(_, node)| node);
        self.next.insert(place, (version, node.clone()));
        node
    }
}

/// The prompt of a terminal, in its colour.
pub(super) fn prompt(tag: &'static str, look: Look) -> super::markup::Builder {
    el(tag).attr("class", format!("term-prompt look-{look}"))
}

fn draw(block: &Block, chunk: &Chunk) -> Node {
    let first = chunk.number * CHUNK_LINES;
    let hidden = block.cleared().unwrap_or(0).saturating_sub(first);
    let mut runs: Vec<Run> = Vec::new();
    for row in chunk.rows().iter().skip(hidden) {
        let run = run(&mut runs, is_table(row.text()));
        for (text, style) in row.spans() {
            run.add(text, style);
        }
        run.add("\n", Style::default());
    }
    let runs = runs.into_iter().map(Run::node);
    classed("div", "term-chunk").key(chunk.number as u64).children(runs).node()
}

/// Lines that are laid out alike.
struct Run {
    table: bool,
    spans: Vec<Node>,
    plain: String,
}

/// The run that the next line belongs to.
fn run(runs: &mut Vec<Run>, table: bool) -> &mut Run {
    if runs.last().is_none_or(|last| last.table != table) {
        runs.push(Run { table, spans: Vec::new(), plain: String::new() });
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
