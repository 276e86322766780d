//! One command and what it printed, in chunks of lines.

use std::collections::VecDeque;

use crate::base::{Link, Time};
use crate::term::ansi::{Erase, Op, Parser};
use crate::term::row::Row;
use crate::term::style::Style;

/// How many lines a chunk holds at most.
pub const CHUNK_LINES: usize = 100;

/// A line with more bytes than this goes on in the next one.
const ROW_BYTES_MAX: usize = 64 << 10;

/// What goes back in a line with more bytes than this goes on in the next one. A real terminal goes back only to where such
/// a line was wrapped last.
const ROW_EDITED_MAX: usize = 4 << 10;

/// How far up lines can be written over: those of a screen.
const UP_MAX: usize = 23;

/// One command and what it printed, or what was printed while no command was running in front.
#[derive(Clone, Debug)]
pub struct Block {
    /// Ascends from block to block.
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
    /// From which line on lines were begun at which time.
    ///
    /// INVARIANT: both ascend.
    times: Vec<(usize, Time)>,
    /// The last line is complete: what comes next begins another one.
    line_is_over: bool,
    /// Where in its line the next character goes; `None` is its end.
    column: Option<usize>,
    /// How many lines above the last one that is.
    up: usize,
    /// How many lines were cleared from view, and the command with them.
    cleared: Option<usize>,
    has_links: bool,
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
    /// Bytes that were written into it.
    bytes: usize,
}

impl Block {
    pub(super) fn new(id: u64, command: Option<Command>, began: Time, version: u64) -> Block {
        Block {
            id,
            command,
            began,
            ended: None,
            notes: Vec::new(),
            version,
            chunks: VecDeque::new(),
            times: Vec::new(),
            line_is_over: true,
            column: None,
            up: 0,
            cleared: None,
            has_links: false,
        }
    }

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

    /// What was typed and printed, as it stands on the screen.
    pub fn to_text(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        if let Some(command) = &self.command {
            let cancelled = if command.cancelled { "^C" } else { "" };
            lines.push(format!("{}{}{cancelled}\n", command.prompt, command.text.replace('\n', "\n> ")));
        }
        lines.extend(self.rows_from(0).map(|row| format!("{}\n", row.text())));
        lines.concat()
    }

    /// Whether its command runs: neither has it ended, nor is the block output of the background.
    pub fn is_running(&self) -> bool {
        self.command.is_some() && self.ended.is_none()
    }

    pub(super) fn clear_up_to(&mut self, lines: Option<usize>) {
        self.cleared = lines;
    }

    pub(super) fn is_in_view(&self) -> bool {
        let shows_rows = self.cleared.is_none_or(|cleared| cleared < self.first_line() + self.line_count());
        shows_rows || self.ended.is_none()
    }

    /// How many lines are kept.
    pub(super) fn line_count(&self) -> usize {
        self.chunks.back().map_or(0, |last| (self.chunks.len() - 1) * CHUNK_LINES + last.rows.len())
    }

    /// Notes that the next line is begun at `now`.
    fn times_from(&mut self, now: Time) {
        if self.times.last().is_none_or(|(_, last)| *last < now) {
            let next = self.first_line() + self.line_count();
            while self.times.pop_if(|(from, _)| *from >= next).is_some() {}
            self.times.push((next, now));
        }
    }

    /// Appends bytes that have one link or none; returns whether they clear the screen.
    pub(super) fn write(
        &mut self,
        parser: &mut Parser,
        (bytes, link): (&[u8], Option<&Link>),
        now: Time,
        version: u64,
    ) -> bool {
        self.version = version;
        self.times_from(now);
        let mut clears = false;
        self.has_links |= link.is_some();
        parser.feed(bytes, &mut |op| {
            self.apply(op, link, version);
            clears |= op == Op::ClearScreen;
        });
        if let Some(chunk) = self.chunks.back_mut() {
            chunk.bytes += bytes.len();
        }
        clears
    }

    fn apply(&mut self, op: Op<'_>, link: Option<&Link>, version: u64) {
        match op {
            Op::Text(text, style) => {
                let is_over = match self.column {
                    None => self.row(version).text().len() > ROW_BYTES_MAX,
                    Some(_) => self.is_long(),
                };
                if is_over {
                    self.line_is_over = true;
                    self.column = self.column.map(|_| 0);
                }
                let column = self.column;
                let end = self.row(version).put(column, text, style, link);
                self.column = column.map(|_| end);
            }
            Op::Back | Op::Erase(Erase::ToEnd | Erase::ToStart) if self.is_long() => {}
            Op::Tab if self.is_long() => _ = self.row(version).put(None, " ", Style::default(), None),
            Op::Tab => {
                let column = self.column_now(version);
                let stop = column + 8 - column % 8;
                match self.column {
                    None => {
                        let blanks = " ".repeat(stop - column);
                        self.row(version).put(None, &blanks, Style::default(), None);
                    }
                    Some(_) => self.column = Some(stop),
                }
            }
            Op::NewLine => {
                self.row(version);
                match self.up.checked_sub(1) {
                    Some(up) => (self.up, self.column) = (up, Some(0)),
                    None => (self.line_is_over, self.column) = (true, None),
                }
            }
            Op::Up(lines) => self.move_up(lines.into(), version),
            Op::Return => self.column = Some(0),
            Op::Back => self.column = Some(self.column_now(version).saturating_sub(1)),
            Op::Erase(_) if self.line_is_over => {}
            Op::Erase(erase) => {
                let column = self.column;
                self.row(version).erase(column, erase);
            }
            Op::ClearScreen => self.cleared = Some(self.first_line() + self.line_count()),
        }
    }

    /// Whether the line that is written to is too long to go back in it.
    fn is_long(&self) -> bool {
        let row = self.rows_upwards().nth(self.up);
        !self.line_is_over && row.is_some_and(|row| row.text().len() > ROW_EDITED_MAX)
    }

    /// The last line, if it is still being written.
    pub(super) fn open_row(&self) -> Option<&Row> {
        self.chunks.back().filter(|_| !self.line_is_over)?.rows.last()
    }

    /// Takes back what was written and done since it had so many lines, counted from the first that ever was, of which the last
    /// was this one if it was still being written.
    pub(super) fn cut(&mut self, lines: usize, open_row: Option<&Row>) {
        let kept = lines.saturating_sub(self.first_line());
        self.chunks.truncate(kept.div_ceil(CHUNK_LINES).max(usize::from(!self.chunks.is_empty())));
        let above = self.chunks.len().saturating_sub(1) * CHUNK_LINES;
        if let Some(last) = self.chunks.back_mut() {
            last.rows.truncate(kept.saturating_sub(above));
        }
        if let (Some(row), Some(last)) =
            (open_row, self.chunks.back_mut().and_then(|chunk| chunk.rows.last_mut()))
        {
            row.clone_into(last);
        }
    }

    /// Drops the oldest chunk; returns how many lines it had, and how many bytes had been written into it.
    pub(super) fn forget_chunk(&mut self) -> Option<(usize, usize)> {
        self.chunks.pop_front().map(|chunk| (chunk.rows.len(), chunk.bytes))
    }

    /// Counts the bytes that its lines hold in fact: what was overwritten counts no more. Returns their number.
    pub(super) fn count_bytes(&mut self) -> usize {
        for chunk in &mut self.chunks {
            chunk.bytes = chunk.rows.iter().map(|row| row.text().len()).sum();
        }
        self.chunks.iter().map(|chunk| chunk.bytes).sum()
    }

    fn column_now(&mut self, version: u64) -> usize {
        self.column.unwrap_or_else(|| self.row(version).width())
    }

    /// The lines that are kept, from the last one upwards.
    fn rows_upwards(&self) -> impl Iterator<Item = &Row> {
        self.chunks.iter().rev().flat_map(|chunk| chunk.rows.iter().rev())
    }

    fn move_up(&mut self, lines: usize, version: u64) {
        let column = if self.line_is_over { 0 } else { self.column_now(version) };
        let from = if self.line_is_over { 0 } else { self.up + 1 };
        let highest = self.line_count().min(UP_MAX);
        if highest > 0 {
            self.up = (from + lines - 1).min(highest - 1);
            (self.line_is_over, self.column) = (false, Some(column));
        }
    }

    /// The line that is written to, begun if there is none.
    fn row(&mut self, version: u64) -> &mut Row {
        if self.line_is_over {
            self.push_row(version);
            self.line_is_over = false;
        }
        let mut up = self.up.min(self.line_count() - 1);
        let holds = |chunk: &&mut Chunk| {
            let is_here = up < chunk.rows.len();
            up -= if is_here { 0 } else { chunk.rows.len() };
            is_here
        };
        let chunk = self.chunks.iter_mut().rev().find(holds).expect("there is a chunk");
        chunk.version = version;
        let last = chunk.rows.len() - 1;
        &mut chunk.rows[last - up]
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
        self.chunks.push_back(Chunk { number, version, rows: vec![Row::default()], bytes: 0 });
    }
}

impl Chunk {
    /// Its lines, in order; the last one of a block is still being written.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}
