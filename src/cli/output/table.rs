//! Tables in boxes, as the real command draws them: a centred title, and lines cut at the terminal's width.

use crate::cli::text::char_width;

/// A table that is being filled.
pub struct Table {
    title: String,
    headers: Vec<String>,
    rows: Vec<Vec<Cell>>,
    style: Style,
}

/// A cell: text goes to the left, numbers to the right if their column holds nothing else.
pub enum Cell {
    Text(String),
    Number(String),
}

/// How tables are drawn.
#[derive(Clone, Default)]
pub struct Style {
    /// The width that no line may pass, if there is a terminal.
    pub width: Option<usize>,
    pub double: bool,
    /// The number of the borders' foreground colour.
    pub colour: Option<&'static str>,
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Cell {
        Cell::Number(number.to_string())
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

/// What ends a line that was cut.
const UNFINISHED: &str = " ≈";

impl Table {
    pub fn new(title: impl Into<String>, headers: &[&str], style: Style) -> Table {
        let headers = headers.iter().map(|header| (*header).to_owned()).collect();
        Table { title: title.into(), headers, rows: Vec::new(), style }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().map(Cell::tidy).collect());
    }

    /// The drawn table, with the end of its last line.
    pub fn render(&self) -> String {
        let lines = if self.style.double { &DOUBLE } else { &ROUNDED };
        let widths = self.widths();
        let right = self.right_aligned(widths.len());
        let mut out = Vec::new();
        if !self.title.is_empty() {
            self.title(lines, &widths, &mut out);
        }
        let top = if self.title.is_empty() { lines.top } else { lines.below_title };
        out.push(self.separator(lines, top, &widths));
        let headers: Vec<&str> = self.headers.iter().map(String::as_str).collect();
        self.cells(lines, &headers, &widths, &right, &mut out);
        out.push(self.separator(lines, lines.middle, &widths));
        for row in &self.rows {
            let cells: Vec<&str> = row.iter().map(Cell::text).collect();
            self.cells(lines, &cells, &widths, &right, &mut out);
        }
        out.push(self.separator(lines, lines.bottom, &widths));
        out.into_iter().map(|line| line.trim_end().to_owned() + "\n").collect()
    }

    fn widths(&self) -> Vec<usize> {
        let longest = |text: &str| text.split('\n').map(width).max().unwrap_or(0);
        let mut widths: Vec<usize> = self.headers.iter().map(|header| longest(header)).collect();
        for row in &self.rows {
            for (column, cell) in row.iter().enumerate() {
                widths[column] = widths[column].max(longest(cell.text()));
            }
        }
        widths
    }

    fn right_aligned(&self, columns: usize) -> Vec<bool> {
        let is_text = |row: &Vec<Cell>, column: usize| matches!(row.get(column), Some(Cell::Text(_)));
        (0..columns).map(|column| !self.rows.iter().any(|row| is_text(row, column))).collect()
    }

    fn title(&self, lines: &Lines, widths: &[usize], out: &mut Vec<String>) {
        let full = widths.iter().map(|width| width + 3).sum::<usize>() + 1;
        let full = self.style.width.filter(|width| *width > 0).map_or(full, |width| full.min(width));
        let [left, _, right] = lines.top;
        let inner = full.saturating_sub(2);
        out.push(self.paint(left) + &self.paint(&lines.horizontal.repeat(inner)) + &self.paint(right));
        let room = inner.saturating_sub(2);
        for line in wrap(&self.title, room).split('\n') {
            let line = line.trim();
            let padding = room.saturating_sub(width(line));
            let (before, after) = (" ".repeat(padding - padding / 2), " ".repeat(padding / 2));
            let border = self.paint(lines.vertical);
            out.push(format!("{border} {before}{line}{after} {border}"));
        }
    }

    fn separator(&self, lines: &Lines, [left, joint, right]: [&str; 3], widths: &[usize]) -> String {
        let mut line = self.paint(left);
        for (column, width) in widths.iter().enumerate() {
            if column > 0 {
                line.push_str(&self.paint(joint));
            }
            line.push_str(&self.paint(&lines.horizontal.repeat(width + 2)));
        }
        self.cut(line + &self.paint(right))
    }

    /// One row of the table, which is several lines when a cell is.
    fn cells(&self, lines: &Lines, cells: &[&str], widths: &[usize], right: &[bool], out: &mut Vec<String>) {
        let height = cells.iter().map(|cell| cell.split('\n').count()).max().unwrap_or(1);
        let border = self.paint(lines.vertical);
        for index in 0..height {
            let mut line = border.clone();
            for (column, width) in widths.iter().enumerate() {
                let text = cells.get(column).and_then(|cell| cell.split('\n').nth(index)).unwrap_or("");
                line.push_str(&format!(" {} {border}", aligned(text, *width, right[column])));
            }
            out.push(self.cut(line));
        }
    }

    fn paint(&self, border: &str) -> String {
        match self.style.colour {
            Some(_) if border.is_empty() => String::new(),
            Some(colour) => format!("\x1b[{colour}m{border}\x1b[0m"),
            None => border.to_owned(),
        }
    }

    /// The line as far as the terminal has room, with a sign that it goes on.
    fn cut(&self, line: String) -> String {
        let Some(limit) = self.style.width.filter(|limit| *limit > 0) else { return line };
        if width(&line) <= limit {
            return line;
        }
        let Some(room) = limit.checked_sub(2).filter(|room| *room > 0) else { return String::new() };
        let (mut out, mut taken, mut full) = (String::new(), 0, false);
        for (c, seen) in visible(&line) {
            full |= seen && taken + char_width(c) > room;
            if seen && !full {
                taken += char_width(c);
            }
            if !seen || !full {
                out.push(c);
            }
        }
        out + UNFINISHED
    }
}

impl Cell {
    fn text(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Number(text) => text,
        }
    }

    /// Without tabs and carriage returns, which a table cannot hold.
    fn tidy(self) -> Cell {
        match self {
            Cell::Text(text) if text.contains(['\t', '\r']) => {
                let text = text.replace('\t', "    ").replace("\r\n", "\n");
                let lines: Vec<String> = text.split('\n').map(overwritten).collect();
                Cell::Text(lines.join("\n"))
            }
            cell => cell,
        }
    }
}

/// A line after its carriage returns, each of which writes over what stands at the line's start.
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

/// The characters of a line, and whether each is seen: the escape sequences of colour are not.
fn visible(line: &str) -> impl Iterator<Item = (char, bool)> {
    let mut escaped = false;
    line.chars().map(move |c| {
        let starts = c == '\x1b';
        let hidden = escaped || starts;
        escaped = starts || (escaped && c != 'm');
        (c, !hidden)
    })
}

/// Columns that a text takes on a screen, whatever colours a value brings along.
fn width(text: &str) -> usize {
    visible(text).map(|(c, seen)| if seen { char_width(c) } else { 0 }).sum()
}

fn aligned(text: &str, room: usize, right: bool) -> String {
    let text = if right { text.trim_start_matches(' ') } else { text.trim_end_matches(' ') };
    let padding = " ".repeat(room.saturating_sub(width(text)));
    if right { padding + text } else { format!("{text}{padding}") }
}

/// The text in lines of at most `limit` columns. Words that are longer than a line are broken.
fn wrap(text: &str, limit: usize) -> String {
    if limit == 0 {
        return String::new();
    }
    let text = text.replace('\t', "    ");
    if width(&text) <= limit {
        return text;
    }
    text.split('\n').map(|line| wrap_line(line, limit)).collect::<Vec<_>>().join("\n")
}

fn wrap_line(line: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut taken = 0;
    let words: Vec<&str> = line.split_whitespace().collect();
    for (index, word) in words.iter().enumerate() {
        if taken > 0 {
            out.push(' ');
            taken += 1;
        }
        if taken + width(word) <= limit {
            out.push_str(word);
            taken += width(word);
        } else {
            for c in word.chars() {
                if taken >= limit {
                    out.push('\n');
                    taken = 0;
                }
                out.push(c);
                taken += char_width(c);
            }
        }
        if taken == limit && index + 1 < words.len() {
            out.push('\n');
            taken = 0;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(width: Option<usize>, title: &str, want: &str) {
        let mut table = Table::new(title, &["Key", "Revision"], Style { width, ..Style::default() });
        table.row(["k".into(), 7.into()]);
        table.row(["wide鍵".into(), 12.into()]);
        let want: String = want.lines().map(|line| line.trim_start().to_owned() + "\n").collect();
        assert_eq!(table.render(), want);
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
    fn a_cell_of_several_lines_makes_a_row_of_several_lines() {
        let mut table = Table::new("", &["A", "B"], Style { colour: Some("31"), ..Style::default() });
        table.row(["a\tb\nc\rd".into(), "x".into()]);
        let plain = table.render().replace("\x1b[31m", "").replace("\x1b[0m", "");
        assert_eq!(
            plain,
            "╭────────┬───╮\n│ A      │ B │\n├────────┼───┤\n│ a    b │ x │\n│ d      │   │\n╰────────┴───╯\n"
        );
    }
}
