//! Tables in boxes, as the real command draws them: a centred title, and lines cut at the terminal's width.

use std::borrow::Cow;
use std::ops::Range;

use super::char_width::char_width;
use super::wrap::{visible, width, wrap};
use crate::base::{Link, LinkedText};

/// A table.
pub struct Table {
    title: String,
    headers: Vec<String>,
    rows: Vec<Vec<Cell>>,
    style: Style,
}

/// A cell: text goes to the left, numbers to the right if their column holds nothing else.
pub struct Cell {
    text: String,
    is_number: bool,
    /// What the text refers to.
    link: Option<Link>,
}

/// How tables are drawn.
#[derive(Clone, Default)]
pub struct Style {
    /// The terminal's width, at which lines are cut; `None` if the output is no terminal.
    pub width: Option<usize>,
    pub double: bool,
    /// The number of the borders' foreground colour.
    pub colour: Option<&'static str>,
}

impl Cell {
    /// A text that stands where numbers stand.
    pub fn as_number(text: String) -> Cell {
        Cell { is_number: true, ..Cell::from(text) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { text, is_number: false, link: None }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::from(text.to_owned())
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Cell {
        Cell { is_number: true, ..Cell::from(number.to_string()) }
    }
}

/// The characters of a box: corners, joints, and the two lines.
struct Lines {
    top: [&'static str; 3],
    below_title: [&'static str; 3],
    middle: [&'static str; 3],
    bottom: [&'static str; 3],
    horizontal: &'static str,
    vertical: &'static str,
}

const ROUNDED: Lines = Lines {
    top: ["╭", "┬", "╮"],
    below_title: ["├", "┬", "┤"],
    middle: ["├", "┼", "┤"],
    bottom: ["╰", "┴", "╯"],
    horizontal: "─",
    vertical: "│",
};
const DOUBLE: Lines = Lines {
    top: ["╔", "╦", "╗"],
    below_title: ["╠", "╦", "╣"],
    middle: ["╠", "╬", "╣"],
    bottom: ["╚", "╩", "╝"],
    horizontal: "═",
    vertical: "║",
};

/// The end of a line that was cut.
const CUT_MARK: &str = " ≈";

impl Table {
    pub fn new(title: impl Into<String>, headers: &[&str], style: Style) -> Table {
        let headers = headers.iter().map(|header| (*header).to_owned()).collect();
        Table { title: title.into(), headers, rows: Vec::new(), style }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().map(Cell::tidy).collect());
    }

    /// The drawn table, with its last line end.
    pub fn render(&self) -> LinkedText {
        let lines = if self.style.double { &DOUBLE } else { &ROUNDED };
        let widths = self.widths();
        let right = self.right_aligned(widths.len());
        let mut out = LinkedText::default();
        if !self.title.is_empty() {
            self.title(lines, &widths, &mut out);
        }
        let top = if self.title.is_empty() { lines.top } else { lines.below_title };
        self.separator(lines, top, &widths, &mut out);
        let headers: Vec<Cell> = self.headers.iter().map(|header| header.as_str().into()).collect();
        self.cells(lines, &headers, &widths, &right, &mut out);
        self.separator(lines, lines.middle, &widths, &mut out);
        for row in &self.rows {
            self.cells(lines, row, &widths, &right, &mut out);
        }
        self.separator(lines, lines.bottom, &widths, &mut out);
        out
    }

    fn widths(&self) -> Vec<usize> {
        let longest = |text: &str| text.split('\n').map(width).max().unwrap_or(0);
        let mut widths: Vec<usize> = self.headers.iter().map(|header| longest(header)).collect();
        for row in &self.rows {
            for (column, cell) in row.iter().enumerate() {
                widths[column] = widths[column].max(longest(&cell.text));
            }
        }
        widths
    }

    fn right_aligned(&self, columns: usize) -> Vec<bool> {
        let is_text = |row: &Vec<Cell>, column: usize| row.get(column).is_some_and(|cell| !cell.is_number);
        (0..columns).map(|column| !self.rows.iter().any(|row| is_text(row, column))).collect()
    }

    fn title(&self, lines: &Lines, widths: &[usize], out: &mut LinkedText) {
        let full = widths.iter().map(|width| width + 3).sum::<usize>() + 1;
        let full = self.style.width.filter(|width| *width > 0).map_or(full, |width| full.min(width));
        let [left, _, right] = lines.top;
        let inner = full.saturating_sub(2);
        out.push(self.paint(left) + &self.paint(&lines.horizontal.repeat(inner)) + &self.paint(right) + "\n");
        let room = inner.saturating_sub(2);
        for line in wrap(&self.title, room).split('\n') {
            let line = line.trim();
            let padding = room.saturating_sub(width(line));
            let (before, after) = (" ".repeat(padding - padding / 2), " ".repeat(padding / 2));
            let border = self.paint(lines.vertical);
            out.push(format!("{border} {before}{line}{after} {border}\n"));
        }
    }

    fn separator(
        &self,
        lines: &Lines,
        [left, joint, right]: [&str; 3],
        widths: &[usize],
        out: &mut LinkedText,
    ) {
        let mut line = self.paint(left);
        for (column, width) in widths.iter().enumerate() {
            if column > 0 {
                line.push_str(&self.paint(joint));
            }
            line.push_str(&self.paint(&lines.horizontal.repeat(width + 2)));
        }
        self.end_line(line + &self.paint(right), &[], out);
    }

    /// Draws a row, which has as many lines as its highest cell.
    fn cells(&self, lines: &Lines, cells: &[Cell], widths: &[usize], right: &[bool], out: &mut LinkedText) {
        let height = cells.iter().map(|cell| cell.text.split('\n').count()).max().unwrap_or(1);
        let border = self.paint(lines.vertical);
        for index in 0..height {
            let (mut line, mut links) = (border.clone(), Vec::new());
            for (column, width) in widths.iter().enumerate() {
                let cell = cells.get(column);
                let text = cell.and_then(|cell| cell.text.split('\n').nth(index)).unwrap_or("");
                let [before, text, after] = aligned(text, *width, right[column]);
                line.push_str(&format!(" {before}"));
                let start = line.len();
                line.push_str(&text);
                if let Some(link) = cell.and_then(|cell| cell.link.as_ref()) {
                    links.push((start..line.len(), link));
                }
                line.push_str(&format!("{after} {border}"));
            }
            self.end_line(line, &links, out);
        }
    }

    /// Adds a line with the links of its parts, cut at the terminal's width.
    fn end_line(&self, line: String, links: &[(Range<usize>, &Link)], out: &mut LinkedText) {
        let (text, uncut) = self.cut(line);
        let mut at = 0;
        for (range, link) in links {
            let range = range.start.min(uncut)..range.end.min(uncut);
            out.push(&text[at..range.start]);
            out.push_linked(&text[range.clone()], link);
            at = range.end;
        }
        out.push(text[at..].trim_end());
        out.push("\n");
    }

    fn paint(&self, border: &str) -> String {
        match self.style.colour {
            Some(_) if border.is_empty() => String::new(),
            Some(colour) => format!("\x1b[{colour}m{border}\x1b[0m"),
            None => border.to_owned(),
        }
    }

    /// The line cut at the terminal's width, and how many bytes of it were kept.
    fn cut(&self, line: String) -> (String, usize) {
        let all = line.len();
        let Some(limit) = self.style.width.filter(|limit| *limit > 0) else { return (line, all) };
        if width(&line) <= limit {
            return (line, all);
        }
        let Some(room) = limit.checked_sub(2).filter(|room| *room > 0) else { return (String::new(), 0) };
        let (mut out, mut taken, mut uncut) = (String::new(), 0, None);
        for (c, seen) in visible(&line) {
            if seen && uncut.is_none() {
                match taken + char_width(c) > room {
                    true => uncut = Some(out.len()),
                    false => taken += char_width(c),
                }
            }
            if !seen || uncut.is_none() {
                out.push(c);
            }
        }
        (out + CUT_MARK, uncut.unwrap_or(all))
    }
}

impl Cell {
    /// The same cell, whose text refers to something.
    pub fn linked(self, link: &Link) -> Cell {
        Cell { link: Some(link.clone()), ..self }
    }

    /// Replaces tabs and carriage returns, which would break the table.
    fn tidy(self) -> Cell {
        if !self.text.contains(['\t', '\r']) {
            return self;
        }
        let text = self.text.replace('\t', "    ").replace("\r\n", "\n");
        let lines: Vec<String> = text.split('\n').map(overwritten).collect();
        Cell { text: lines.join("\n"), ..self }
    }
}

/// A line in which carriage returns have overwritten its start.
fn overwritten(line: &str) -> String {
    let mut shown: Vec<char> = Vec::new();
    let mut at = 0;
    for c in line.chars() {
        if c == '\r' {
            at = 0;
            continue;
        }
        match shown.get_mut(at) {
            Some(place) => *place = c,
            None => shown.push(c),
        }
        at += 1;
    }
    shown.into_iter().collect()
}

/// The padding before a cell's text, the text, and the padding behind it.
fn aligned(text: &str, column_width: usize, right: bool) -> [Cow<'_, str>; 3] {
    let text = if right { text.trim_start_matches(' ') } else { text.trim_end_matches(' ') };
    let padding = " ".repeat(column_width.saturating_sub(width(text)));
    if right { [padding.into(), text.into(), "".into()] } else { ["".into(), text.into(), padding.into()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(table: &Table) -> String {
        String::from_utf8_lossy(table.render().bytes()).into_owned()
    }

    #[track_caller]
    fn check(width: Option<usize>, title: &str, want: &str) {
        let mut table = Table::new(title, &["Key", "Revision"], Style { width, ..Style::default() });
        table.row(["k".into(), 7.into()]);
        table.row(["wide鍵".into(), 12.into()]);
        let want: String = want.lines().map(|line| line.trim_start().to_owned() + "\n").collect();
        assert_eq!(text_of(&table), want);
    }

    #[test]
    fn a_title_is_centred_and_wide_characters_count_twice() {
        check(
            None,
            "History",
            "╭───────────────────╮
             │      History      │
             ├────────┬──────────┤
             │ Key    │ Revision │
             ├────────┼──────────┤
             │ k      │        7 │
             │ wide鍵 │       12 │
             ╰────────┴──────────╯",
        );
    }

    #[test]
    fn lines_are_cut_at_the_width_of_the_terminal() {
        check(
            Some(15),
            "A title that is long",
            "╭─────────────╮
             │ A title tha │
             │  t is long  │
             ├────────┬─── ≈
             │ Key    │ Re ≈
             ├────────┼─── ≈
             │ k      │    ≈
             │ wide鍵 │    ≈
             ╰────────┴─── ≈",
        );
    }

    #[test]
    fn links_are_of_cells_as_far_as_they_are_shown() {
        let style = Style { width: Some(13), ..Style::default() };
        let mut table = Table::new("", &["Key", "Value"], style);
        table.row([Cell::from("k").linked(&Link::new(1)), Cell::from("a value").linked(&Link::new(2))]);
        let out = table.render();
        let linked: Vec<_> = out.parts().filter(|(_, link)| link.is_some()).map(|(text, _)| text).collect();
        assert_eq!(linked, [b"k".as_slice(), b"a v"]);
    }

    #[test]
    fn a_cell_of_several_lines_makes_a_row_of_several_lines() {
        let mut table = Table::new("", &["A", "B"], Style { colour: Some("31"), ..Style::default() });
        table.row(["a\tb\nc\rd".into(), "x".into()]);
        let plain = text_of(&table).replace("\x1b[31m", "").replace("\x1b[0m", "");
        assert_eq!(
            plain,
            "╭────────┬───╮\n│ A      │ B │\n├────────┼───┤\n│ a    b │ x │\n│ d      │   │\n╰────────┴───╯\n"
        );
    }
}
