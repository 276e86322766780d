//! What a terminal shows: a block for each command, with its output in chunks of about a hundred lines, so
//! that whoever draws it can keep what has not changed and leave out what is far away.
//!
//! Numbers are stable: a block's `id`, a chunk's `number` and a line's place in its block stay when older
//! output is forgotten, and whatever changes gets a new `version`.

use std::collections::VecDeque;

use super::ansi::{Op, Parser, Style};
use super::row::Row;
use crate::base::{Link, LinkedText, Time};

/// Older lines than this are forgotten, in whole chunks. A block counts one for its command.
pub const LINES_KEPT: usize = 100_000;

/// How many lines a chunk holds at most.
pub const CHUNK_LINES: usize = 100;

/// What one terminal shows.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    blocks: VecDeque<Block>,
    next_block: u64,
    /// Counts changes.
    version: u64,
    /// All that are kept.
    lines: usize,
    /// All that ever were.
    printed: u64,
    /// Blocks with lower ids are there, but were cleared from view.
    cleared_below: u64,
}

/// One command and what it printed, or what was printed while no command was running in front.
#[derive(Clone, Debug)]
pub struct Block {
    pub id: u64,
    /// `None` for output of programs in the background.
    pub command: Option<Command>,
    pub began: Time,
    /// When and with which status it ended.
    pub ended: Option<(Time, i32)>,
    /// What was done to the program, in order.
    pub notes: Vec<Note>,
    pub version: u64,
    chunks: VecDeque<Chunk>,
    /// From which line on lines were begun at which time; both ascend.
    times: Vec<(usize, Time)>,
    /// The last line is complete: what comes next begins another one.
    line_is_over: bool,
    /// Where in the last line the next character goes; `None` is its end.
    column: Option<usize>,
    /// How many lines were cleared from view, and the command with them.
    cleared: Option<usize>,
    has_links: bool,
    parser: Parser,
}

/// A command as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    pub prompt: String,
    /// May have several lines.
    pub text: String,
    /// Given up with Ctrl-C before it was run.
    pub cancelled: bool,
}

/// Something that was done to a running program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The place in the block of the next line that was printed.
    pub line: usize,
    pub at: Time,
    pub kind: NoteKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A question was answered so.
    Answer(String),
    /// Ctrl-C.
    Interrupt,
}

/// Some lines of a block that are drawn together.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// Counted from 0 in its block.
    pub number: usize,
    pub version: u64,
    rows: Vec<Row>,
}

/// How much of a screen somebody has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    block: u64,
    lines: usize,
}

impl Screen {
    /// Begins a block for a command.
    pub fn begin(&mut self, command: Command, now: Time) {
        self.add(Some(command), now);
    }

    /// Writes into the last block. What comes after its command has ended begins a block of its own.
    pub fn write(&mut self, bytes: &[u8], now: Time) {
        self.write_linked(&LinkedText::from(bytes), now);
    }

    /// The same with links.
    pub fn write_linked(&mut self, text: &LinkedText, now: Time) {
        if text.is_empty() {
            return;
        }
        if self.blocks.back().is_none_or(|block| block.command.is_some() && block.ended.is_some()) {
            self.add(None, now);
        }
        self.version += 1;
        let version = self.version;
        if let Some(block) = self.blocks.back_mut() {
            let (id, before) = (block.id, block.line_count());
            block.times_from(now);
            if block.write(text, version) {
                self.cleared_below = id;
            }
            let new = block.line_count() - before;
            self.lines += new;
            self.printed += new as u64;
        }
        self.forget();
    }

    /// The last block, if its command is still running.
    pub fn running(&mut self) -> Option<&mut Block> {
        self.blocks.back_mut().filter(|block| block.command.is_some() && block.ended.is_none())
    }

    /// Notes that something was done to the running command.
    pub fn note(&mut self, kind: NoteKind, at: Time) {
        self.version += 1;
        let version = self.version;
        if let Some(block) = self.running() {
            let line = block.first_line() + block.line_count();
            block.notes.push(Note { line, at, kind });
            block.version = version;
        }
    }

    /// Ends the running command.
    pub fn end(&mut self, status: i32, now: Time) {
        self.version += 1;
        let version = self.version;
        if let Some(block) = self.running() {
            block.ended = Some((now, status));
            block.version = version;
        }
    }

    /// Takes everything from view. It is still there for exports, and `show_all` brings it back.
    pub fn clear(&mut self) {
        self.version += 1;
        let running = self.blocks.back().filter(|block| block.ended.is_none() && block.command.is_some());
        self.cleared_below = running.map_or(self.next_block, |block| block.id);
    }

    /// Brings back what was cleared.
    pub fn show_all(&mut self) {
        self.version += 1;
        self.cleared_below = 0;
        for block in self.blocks.iter_mut().filter(|block| block.cleared.is_some()) {
            (block.cleared, block.version) = (None, self.version);
        }
    }

    /// How many lines of output there ever were.
    pub fn printed(&self) -> u64 {
        self.printed
    }

    /// Changes whenever anything else does.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// What is in view, oldest first.
    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = &Block> {
        let hidden = self.blocks.partition_point(|block| block.id < self.cleared_below);
        self.blocks.range(hidden..).filter(|block| block.is_in_view())
    }

    /// Everything that is kept, oldest first.
    pub fn all_blocks(&self) -> impl DoubleEndedIterator<Item = &Block> + ExactSizeIterator {
        self.blocks.iter()
    }

    pub fn block(&self, id: u64) -> Option<&Block> {
        let at = self.blocks.binary_search_by_key(&id, |block| block.id).ok()?;
        self.blocks.get(at)
    }

    /// Lines that were printed since `seen`; `seen` moves behind them. Empty ones at the end are left for the next
    /// time, unless something follows that is not on the screen, such as a question.
    pub fn fresh(&self, seen: &mut Seen, is_followed: bool) -> Vec<String> {
        let mut lines = Vec::new();
        let first = self.blocks.partition_point(|block| block.id < seen.block);
        let last = self.blocks.back().map(|block| block.id);
        for block in self.blocks.range(first..) {
            let is_followed = is_followed && Some(block.id) == last;
            let from = if block.id == seen.block { seen.lines } else { 0 };
            let new: Vec<&str> = block.rows_from(from).map(Row::text).collect();
            let is_filled = |line: &&str| is_followed || !line.trim_end().is_empty();
            let filled = new.iter().rposition(is_filled).map_or(0, |last| last + 1);
            lines.extend(new[..filled].iter().map(|line| line.trim_end().to_owned()));
            *seen = Seen { block: block.id, lines: from.max(block.first_line()) + filled };
        }
        lines
    }

    fn add(&mut self, command: Option<Command>, now: Time) -> &mut Block {
        self.version += 1;
        self.lines += 1;
        let id = self.next_block;
        self.next_block += 1;
        self.blocks.push_back(Block {
            id,
            command,
            began: now,
            ended: None,
            notes: Vec::new(),
            version: self.version,
            chunks: VecDeque::new(),
            times: Vec::new(),
            line_is_over: true,
            column: None,
            cleared: None,
            has_links: false,
            parser: Parser::default(),
        });
        self.forget();
        self.blocks.back_mut().expect("a block was just added")
    }

    /// Drops whole chunks from the front, then the blocks that have none left.
    fn forget(&mut self) {
        while self.lines > LINES_KEPT {
            let is_last = self.blocks.len() == 1;
            let Some(oldest) = self.blocks.front_mut() else { return };
            if is_last && oldest.chunks.len() <= 1 {
                return;
            }
            self.version += 1;
            oldest.version = self.version;
            match oldest.chunks.pop_front() {
                Some(chunk) => self.lines -= chunk.rows.len(),
                None => {
                    self.blocks.pop_front();
                    self.lines -= 1;
                }
            }
        }
    }
}

impl Block {
    /// The chunks that are kept, in order.
    pub fn chunks(&self) -> impl DoubleEndedIterator<Item = &Chunk> + ExactSizeIterator {
        self.chunks.iter()
    }

    /// How many lines at the start were forgotten.
    pub fn first_line(&self) -> usize {
        self.chunks.front().map_or(0, |chunk| chunk.number * CHUNK_LINES)
    }

    /// The lines that are kept from a place in the block on.
    pub fn rows_from(&self, line: usize) -> impl Iterator<Item = &Row> {
        let skipped = line.saturating_sub(self.first_line());
        let chunk = (skipped / CHUNK_LINES).min(self.chunks.len());
        self.chunks.range(chunk..).flat_map(Chunk::rows).skip(skipped - chunk * CHUNK_LINES)
    }

    /// Whether anything with a link was ever written here.
    pub fn has_links(&self) -> bool {
        self.has_links
    }

    /// When the line at this place was begun.
    pub fn time_of(&self, line: usize) -> Time {
        let later = self.times.partition_point(|(from, _)| *from <= line);
        later.checked_sub(1).map_or(self.began, |at| self.times[at].1)
    }

    /// How many lines at the start, and the command with them, were cleared from view; `None` where nothing was.
    pub fn cleared(&self) -> Option<usize> {
        self.cleared
    }

    /// The last line, while it is not complete: what a program wrote before it asks for something.
    pub fn open_row(&self) -> Option<&Row> {
        self.chunks.back().and_then(|chunk| chunk.rows.last()).filter(|_| !self.line_is_over)
    }

    fn is_in_view(&self) -> bool {
        let shows_rows = self.cleared.is_none_or(|cleared| cleared < self.first_line() + self.line_count());
        shows_rows || self.ended.is_none()
    }

    /// How many lines are kept.
    fn line_count(&self) -> usize {
        self.chunks.back().map_or(0, |last| (self.chunks.len() - 1) * CHUNK_LINES + last.rows.len())
    }

    /// Notes that the next line is begun at `now`.
    fn times_from(&mut self, now: Time) {
        if self.times.last().is_none_or(|(_, last)| *last < now) {
            let next = self.first_line() + self.line_count();
            self.times.retain(|(from, _)| *from < next);
            self.times.push((next, now));
        }
    }

    /// True if the screen is to be cleared.
    fn write(&mut self, text: &LinkedText, version: u64) -> bool {
        let mut parser = std::mem::take(&mut self.parser);
        self.version = version;
        let mut clears = false;
        for (bytes, link) in text.parts() {
            self.has_links |= link.is_some();
            clears |= self.write_part(&mut parser, bytes, link, version);
        }
        self.parser = parser;
        clears
    }

    fn write_part(&mut self, parser: &mut Parser, bytes: &[u8], link: Option<&Link>, version: u64) -> bool {
        let mut clears = false;
        parser.feed(bytes, &mut |op| match op {
            Op::Text(text, style) => {
                let column = self.column;
                let end = self.last_row(version).put(column, text, style, link);
                self.column = column.map(|_| end);
            }
            Op::Tab => {
                let at = self.column_now(version);
                let stop = at + 8 - at % 8;
                match self.column {
                    None => {
                        _ = self.last_row(version).put(None, &" ".repeat(stop - at), Style::default(), None)
                    }
                    Some(_) => self.column = Some(stop),
                }
            }
            Op::NewLine => {
                self.last_row(version);
                (self.line_is_over, self.column) = (true, None);
            }
            Op::Return => self.column = Some(0),
            Op::Back => self.column = Some(self.column_now(version).saturating_sub(1)),
            Op::Erase(_) if self.line_is_over => {}
            Op::Erase(erase) => {
                let column = self.column;
                self.last_row(version).erase(column, erase);
            }
            Op::ClearScreen => {
                self.cleared = Some(self.first_line() + self.line_count());
                clears = true;
            }
        });
        clears
    }

    fn column_now(&mut self, version: u64) -> usize {
        self.column.unwrap_or_else(|| self.last_row(version).width())
    }

    /// The line that is written to, begun if there is none.
    fn last_row(&mut self, version: u64) -> &mut Row {
        if self.line_is_over {
            self.push_row(version);
            self.line_is_over = false;
        }
        let chunk = self.chunks.back_mut().expect("there is a chunk");
        chunk.version = version;
        chunk.rows.last_mut().expect("a chunk has a line")
    }

    fn push_row(&mut self, version: u64) {
        let number = match self.chunks.back_mut() {
            Some(chunk) if chunk.rows.len() < CHUNK_LINES => {
                chunk.rows.push(Row::default());
                chunk.version = version;
                return;
            }
            Some(chunk) => chunk.number + 1,
            None => 0,
        };
        self.chunks.push_back(Chunk { number, version, rows: vec![Row::default()] });
    }
}

impl Chunk {
    /// Its lines, in order; the last one of a block is still being written.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

#[cfg(test)]
#[path = "screen_tests.rs"]
mod tests;
