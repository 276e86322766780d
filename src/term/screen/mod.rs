//! What a terminal shows: a block for each command, with its output in chunks of about a hundred lines, so
//! that whoever draws it can keep what has not changed and leave out what is far away.
//!
//! Numbers are stable: a block's `id`, a chunk's `number` and a line's place in its block stay when older
//! output is forgotten, and whatever changes gets a new `version`.

mod block;
mod mark;

use std::collections::VecDeque;
use std::rc::Rc;

pub use block::{Block, CHUNK_LINES, Chunk, Command, Note, NoteKind};
pub use mark::Mark;

use super::ansi::Parser;
use super::row::Row;
use crate::base::{Link, LinkedText, Time};

/// Older lines than this are forgotten, in whole chunks. A block counts one for its command.
pub const LINES_KEPT: usize = 100_000;

/// The same for bytes.
pub const BYTES_KEPT: usize = 16 << 20;

/// Bytes that are written before older lines are forgotten.
const PIECE: usize = 16 << 10;

/// What one terminal shows. A copy shares the blocks that neither changes.
#[derive(Clone, Default)]
pub struct Screen {
    blocks: VecDeque<Rc<Block>>,
    /// Of the last block.
    parser: Parser,
    next_block: u64,
    /// Counts changes.
    version: u64,
    /// All that are kept.
    lines: usize,
    /// Bytes that were written into them.
    bytes: usize,
    /// All that ever were.
    printed: u64,
    /// Blocks with lower ids are there, but were cleared from view.
    cleared_below: u64,
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
        for (bytes, link) in text.parts() {
            bytes.chunks(PIECE).for_each(|piece| self.write_piece(piece, link, now));
        }
    }

    fn write_piece(&mut self, piece: &[u8], link: Option<&Link>, now: Time) {
        let Some(block) = self.blocks.back_mut().map(Rc::make_mut) else { return };
        let before = block.line_count();
        if block.write(&mut self.parser, (piece, link), now, self.version) {
            self.cleared_below = block.id;
        }
        let new = block.line_count() - before;
        self.lines += new;
        self.printed += new as u64;
        self.bytes += piece.len();
        if self.bytes > BYTES_KEPT {
            self.bytes = self.blocks.iter_mut().map(|block| Rc::make_mut(block).count_bytes()).sum();
        }
        self.forget();
    }

    /// The last block, if its command is still running.
    pub fn running(&mut self) -> Option<&mut Block> {
        self.blocks.back_mut().filter(|block| block.is_running()).map(Rc::make_mut)
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

    /// Takes everything from view. It is still there for exports.
    pub fn clear(&mut self) {
        self.version += 1;
        let running = self.blocks.back().filter(|block| block.is_running());
        self.cleared_below = running.map_or(self.next_block, |block| block.id);
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
        self.blocks.range(hidden..).map(Rc::as_ref).filter(|block| block.is_in_view())
    }

    /// Everything that is kept, oldest first.
    pub fn all_blocks(&self) -> impl DoubleEndedIterator<Item = &Block> + ExactSizeIterator {
        self.blocks.iter().map(Rc::as_ref)
    }

    /// Everything that is kept, as it stands on the screen.
    pub fn to_text(&self) -> String {
        self.all_blocks().map(Block::to_text).collect()
    }

    pub fn block(&self, id: u64) -> Option<&Block> {
        let at = self.blocks.binary_search_by_key(&id, |block| block.id).ok()?;
        self.blocks.get(at).map(Rc::as_ref)
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

    fn add(&mut self, command: Option<Command>, now: Time) {
        self.version += 1;
        self.lines += 1;
        let id = self.next_block;
        self.next_block += 1;
        self.blocks.push_back(Rc::new(Block::new(id, command, now, self.version)));
        self.parser = Parser::default();
        self.forget();
    }

    /// Drops whole chunks from the front, then the blocks that have none left.
    fn forget(&mut self) {
        while self.lines > LINES_KEPT || self.bytes > BYTES_KEPT {
            let is_last = self.blocks.len() == 1;
            let Some(oldest) = self.blocks.front_mut().map(Rc::make_mut) else { return };
            if is_last && oldest.chunks().len() <= 1 {
                return;
            }
            self.version += 1;
            oldest.version = self.version;
            match oldest.forget_chunk() {
                Some((lines, bytes)) => {
                    self.lines -= lines;
                    self.bytes = self.bytes.saturating_sub(bytes);
                }
                None => {
                    self.blocks.pop_front();
                    self.lines -= 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
