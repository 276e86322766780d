//! One line of output: its text, and which parts of it look how.

use unicode_width::UnicodeWidthStr;

use super::ansi::{Erase, Op, Parser, Style};
use super::text;

/// One line of output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    text: String,
    /// INVARIANT: ends ascend; what is behind the last end looks plain.
    runs: Vec<Run>,
}

/// A part of a row that looks the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// Byte offset where it ends; it begins where the one before ends.
    end: usize,
    style: Style,
}

impl Row {
    /// The row that a text with escape sequences makes, without line ends.
    pub fn styled(text: &str) -> Row {
        let mut row = Row::default();
        Parser::default().feed(text.as_bytes(), &mut |op| {
            if let Op::Text(text, style) = op {
                row.push(text, style);
            }
        });
        row
    }

    /// Without styles.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// In columns; wide characters take two.
    pub fn width(&self) -> usize {
        self.text.width()
    }

    /// The parts of the row that look the same, in order.
    pub fn spans(&self) -> impl Iterator<Item = (&str, Style)> {
        let ends = self.runs.iter().map(|run| (run.end, run.style));
        let plain_end = (self.runs.last().map_or(0, |run| run.end) < self.text.len())
            .then(|| (self.text.len(), Style::default()));
        let mut begin = 0;
        ends.chain(plain_end).map(move |(end, style)| {
            let span = &self.text[begin..end];
            begin = end;
            (span, style)
        })
    }

    /// Puts text over what is at `column`, or at the end if that is `None`; tells the column behind it.
    pub fn put(&mut self, column: Option<usize>, text: &str, style: Style) -> usize {
        let Some(column) = column.filter(|column| *column < self.width()) else {
            let missing = column.map_or(0, |column| column - self.width());
            self.push(&" ".repeat(missing), Style::default());
            self.push(text, style);
            return column.map_or(0, |column| column + text.width());
        };
        let end = column + text.width();
        let mut row = self.part(0, column);
        row.push(text, style);
        row.append(&self.part(end, usize::MAX));
        *self = row;
        end
    }

    /// Erases a part of the row, seen from `column` or from its end.
    pub fn erase(&mut self, column: Option<usize>, erase: Erase) {
        let column = column.unwrap_or_else(|| self.width());
        match erase {
            Erase::All => *self = Row::default(),
            Erase::ToEnd => *self = self.part(0, column),
            Erase::ToStart => _ = self.put(Some(0), &" ".repeat(column), Style::default()),
        }
    }

    fn push(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        let plain = Style::default();
        let begin = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        let behind_runs = self.runs.last().map_or(0, |run| run.end);
        if style == plain && behind_runs == 0 {
            return;
        }
        if behind_runs < begin {
            self.runs.push(Run { end: begin, style: plain });
        }
        match self.runs.last_mut().filter(|run| run.style == style) {
            Some(run) => run.end = end,
            None => self.runs.push(Run { end, style }),
        }
    }

    fn append(&mut self, other: &Row) {
        for (text, style) in other.spans() {
            self.push(text, style);
        }
    }

    /// The columns from `begin` to before `end`. Of a wide character that is cut, a blank remains.
    fn part(&self, begin: usize, end: usize) -> Row {
        let (mut row, mut column) = (Row::default(), 0);
        for (span, style) in self.spans() {
            let mut at = 0;
            while at < span.len() {
                let next = text::next(span, at);
                let cell = &span[at..next];
                let width = cell.width();
                let inside = (column..column + width).filter(|column| (begin..end).contains(column)).count();
                if inside == width && (begin..end).contains(&column) {
                    row.push(cell, style);
                } else {
                    row.push(&" ".repeat(inside), style);
                }
                column += width;
                at = next;
            }
        }
        row
    }
}
