//! One line of output: its text, and which parts of it look how.

use unicode_width::UnicodeWidthStr;

use super::ansi::Erase;
use super::style::Style;
use super::text;
use crate::base::Link;

/// One line of output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    text: String,
    styles: Runs<Style>,
    links: Runs<Option<Link>>,
}

/// A value for each byte of a text, kept as runs of equal values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Runs<T> {
    /// Where each run ends; it begins where the one before ends.
    ///
    /// INVARIANT: ends ascend, and neighbours differ. What is behind the last end has the default value.
    runs: Vec<(usize, T)>,
}

impl<T: Clone + Default + PartialEq> Runs<T> {
    /// Gives a value to the bytes `start..end`, behind all that have one.
    fn push(&mut self, start: usize, end: usize, value: &T) {
        let behind = self.runs.last().map_or(0, |run| run.0);
        if behind == 0 && *value == T::default() {
            return;
        }
        if behind < start {
            self.runs.push((start, T::default()));
        }
        match self.runs.last_mut().filter(|run| run.1 == *value) {
            Some(run) => run.0 = end,
            None => self.runs.push((end, value.clone())),
        }
    }

    fn at(&self, byte: usize) -> T {
        let run = self.runs.partition_point(|(end, _)| *end <= byte);
        self.runs.get(run).map_or_else(T::default, |run| run.1.clone())
    }

    /// The parts of `text` that have equal values.
    fn parts<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, T)> {
        let behind = self.runs.last().map_or(0, |run| run.0);
        let rest = (behind < text.len()).then(|| (text.len(), T::default()));
        let mut start = 0;
        self.runs.iter().cloned().chain(rest).map(move |(end, value)| {
            let part = &text[start..end];
            start = end;
            (part, value)
        })
    }
}

impl Row {
    /// Without styles.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text with the sequences that make it look as it does.
    pub fn to_ansi(&self) -> String {
        let span = |(text, style): (&str, Style)| match style.sequence() {
            plain if plain.is_empty() => text.to_owned(),
            sequence => format!("{sequence}{text}\x1b[0m"),
        };
        self.spans().map(span).collect()
    }

    /// In columns; wide characters take two.
    pub fn width(&self) -> usize {
        self.text.width()
    }

    /// The parts of the row that look the same, in order.
    pub fn spans(&self) -> impl Iterator<Item = (&str, Style)> {
        self.styles.parts(&self.text)
    }

    /// The parts of the row that have a link, in order.
    pub fn links(&self) -> impl Iterator<Item = (&str, Link)> {
        self.links.parts(&self.text).filter_map(|(part, link)| Some((part, link?)))
    }

    /// The link of the character that begins at this byte.
    pub fn link_at(&self, byte: usize) -> Option<Link> {
        self.links.at(byte)
    }

    /// Puts text over what is at `column`, or at the end if that is `None`; tells the column behind it.
    pub fn put(&mut self, column: Option<usize>, text: &str, style: Style, link: Option<&Link>) -> usize {
        let link = link.cloned();
        let Some(column) = column.filter(|column| *column < self.width()) else {
            let missing = column.map_or(0, |column| column - self.width());
            self.push(&" ".repeat(missing), Style::default(), &None);
            self.push(text, style, &link);
            return column.map_or(0, |column| column + text.width());
        };
        let end = column + text.width();
        let mut row = self.part(0, column);
        row.push(text, style, &link);
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
            Erase::ToStart => _ = self.put(Some(0), &" ".repeat(column), Style::default(), None),
        }
    }

    fn push(&mut self, text: &str, style: Style, link: &Option<Link>) {
        let start = self.text.len();
        self.text.push_str(text);
        if start < self.text.len() {
            self.styles.push(start, self.text.len(), &style);
            self.links.push(start, self.text.len(), link);
        }
    }

    fn append(&mut self, other: &Row) {
        for (text, style, link) in other.pieces() {
            self.push(text, style, &link);
        }
    }

    /// The parts of the row that have one style and one link.
    fn pieces(&self) -> impl Iterator<Item = (&str, Style, Option<Link>)> {
        let mut start = 0;
        self.spans().flat_map(move |(span, style)| {
            let end = start + span.len();
            let ends =
                self.links.runs.iter().map(|run| run.0).filter(move |at| (start + 1..end).contains(at));
            let mut from = std::mem::replace(&mut start, end);
            let pieces = ends.chain([end]).map(move |to| {
                let piece = (&self.text[from..to], style, self.links.at(from));
                from = to;
                piece
            });
            pieces.collect::<Vec<_>>()
        })
    }

    /// The columns from `begin` to before `end`. Of a wide character that is cut, a blank remains.
    fn part(&self, begin: usize, end: usize) -> Row {
        let (mut row, mut column) = (Row::default(), 0);
        for (piece, style, link) in self.pieces() {
            let mut at = 0;
            while at < piece.len() {
                let next = text::next(piece, at);
                let cell = &piece[at..next];
                let width = cell.width();
                let inside = (column..column + width).filter(|column| (begin..end).contains(column)).count();
                if inside == width && (begin..end).contains(&column) {
                    row.push(cell, style, &link);
                } else {
                    row.push(&" ".repeat(inside), style, &link);
                }
                column += width;
                at = next;
            }
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_over_a_link_takes_its_place() {
        let link = Link::new("b > k");
        let mut row = Row::default();
        row.put(None, "key ", Style::default(), None);
        row.put(None, "abc鍵", Style { bold: true, ..Style::default() }, Some(&link));
        row.put(None, " end", Style::default(), None);
        let shown = |row: &Row| row.links().map(|(text, _)| text.to_owned()).collect::<Vec<_>>();
        assert_eq!(shown(&row), ["abc鍵"]);
        assert_eq!((row.link_at(3), row.link_at(4)), (None, Some(link.clone())));
        row.put(Some(5), "-", Style::default(), None);
        assert_eq!((row.text(), shown(&row)), ("key a-c鍵 end", vec!["a".to_owned(), "c鍵".to_owned()]));
        row.erase(Some(6), Erase::ToEnd);
        assert_eq!((row.text(), shown(&row)), ("key a-", vec!["a".to_owned()]));
    }
}
