//! Reports of labelled values: a heading, sections, and rows whose labels are right-aligned.

use std::collections::BTreeMap;

use crate::base::{Link, LinkedText};
use crate::gofmt::ibytes;

/// A report.
pub struct Columns {
    heading: String,
    items: Vec<Item>,
    /// The escape sequence that colours the colons.
    colour: Option<&'static str>,
}

enum Item {
    Row {
        label: String,
        value: String,
        link: Option<Link>,
    },
    Title(String),
    /// A line of its own; `None` is an empty one.
    Line(Option<String>),
    Indent(usize),
}

impl Columns {
    /// `colour` is the number of a terminal's foreground colour.
    pub fn new(heading: impl Into<String>, colour: Option<&'static str>) -> Columns {
        Columns { heading: heading.into(), items: Vec::new(), colour }
    }

    pub fn row(&mut self, label: &str, value: impl ToString) {
        self.add_row(label, value.to_string(), None);
    }

    /// A row whose value refers to something.
    pub fn row_linked(&mut self, label: &str, value: impl ToString, link: &Link) {
        self.add_row(label, value.to_string(), Some(link.clone()));
    }

    fn add_row(&mut self, label: &str, value: String, link: Option<Link>) {
        let label = label.strip_suffix(':').unwrap_or(label).to_owned();
        self.items.push(Item::Row { label, value, link });
    }

    pub fn row_if(&mut self, condition: bool, label: &str, value: impl ToString) {
        if condition {
            self.row(label, value);
        }
    }

    /// A row, unless the value is empty.
    pub fn row_if_any(&mut self, label: &str, value: &str) {
        self.row_if(!value.is_empty(), label, value);
    }

    /// A row for each key. Values longer than the screen's `width` less 30 columns are cut in the middle.
    pub fn map(&mut self, values: &BTreeMap<String, String>, width: Option<usize>) {
        let limit = width.map_or(80, |width| if width <= 40 { 10 } else { width - 30 });
        for (key, value) in values {
            let runes: Vec<char> = value.chars().collect();
            if runes.len() <= limit || limit <= 20 {
                self.row(key, value);
                continue;
            }
            let half = limit / 2 - 10;
            let (start, end): (String, String) =
                (runes[..half].iter().collect(), runes[runes.len() - half..].iter().collect());
            self.row(key, format!("{start} ... {end}"));
        }
    }

    pub fn section(&mut self, title: impl Into<String>) {
        self.items.push(Item::Title(title.into()));
    }

    pub fn line(&mut self, text: impl Into<String>) {
        self.items.push(Item::Line(Some(text.into())));
    }

    pub fn empty_line(&mut self) {
        self.items.push(Item::Line(None));
    }

    /// Indents whatever follows by this many spaces.
    pub fn indent(&mut self, width: usize) {
        self.items.push(Item::Indent(width));
    }

    /// The text of the report.
    pub fn render(&self) -> LinkedText {
        let longest = |item: &Item| if let Item::Row { label, .. } = item { label.len() } else { 0 };
        let longest = self.items.iter().map(longest).max().unwrap_or(0);
        let colon = self.colour.map_or(":".to_owned(), |colour| format!("\x1b[{colour}m:\x1b[0m"));
        let mut out = LinkedText::default();
        if !self.heading.is_empty() {
            out.push(format!("{}\n\n", self.heading));
        }
        let mut indent = String::new();
        // An empty line goes before a title, unless there is one already.
        let mut above = Above::Nothing;
        for (index, item) in self.items.iter().enumerate() {
            match item {
                Item::Indent(width) => indent = " ".repeat(*width),
                Item::Title(title) => {
                    let row_above = matches!(above, Above::Row | Above::Nothing) && index > 0;
                    if row_above || above == Above::Line {
                        out.push("\n");
                    }
                    let colon = if title.ends_with(':') { "" } else { ":" };
                    out.push(format!("{indent}{title}{colon}\n\n"));
                    above = Above::Title;
                }
                Item::Row { label, value, link } => {
                    let padding = " ".repeat((longest + 2).saturating_sub(label.chars().count()));
                    out.push(match label.as_str() {
                        "" => format!("{indent}{padding}  "),
                        _ => format!("{indent}{padding}{label}{colon} "),
                    });
                    match link {
                        Some(link) => out.push_linked(value, link),
                        None => out.push(value),
                    }
                    out.push("\n");
                    above = Above::Row;
                }
                Item::Line(None) if above == Above::Title => {}
                Item::Line(text) => {
                    let text = text.as_ref().map_or(String::new(), |text| format!(" {text}"));
                    out.push(format!("{indent}{text}\n"));
                    above = if text.is_empty() { Above::Empty } else { Above::Line };
                }
            }
        }
        out
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Above {
    Nothing,
    Row,
    Title,
    Line,
    Empty,
}

/// The number of a colour scheme's foreground colour; `None` for schemes without one.
pub fn colour(scheme: &str) -> Option<&'static str> {
    Some(match scheme {
        "red" => "31",
        "green" => "32",
        "yellow" => "33",
        "blue" => "34",
        "magenta" => "35",
        "cyan" => "36",
        _ => return None,
    })
}

/// A maximum as reports show it: `unlimited`, or a byte size.
pub fn size_limit(size: i64) -> String {
    if size == -1 { "unlimited".to_owned() } else { ibytes(size as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_end_in_one_column_and_sections_stand_apart() {
        let mut columns = Columns::new("Information", None);
        columns.section("Configuration");
        columns.row("Bucket", "b");
        columns.row("Long Name", 12);
        columns.section("Cluster");
        columns.indent(2);
        columns.row("Name", "");
        columns.row("", "more");
        columns.empty_line();
        columns.line("said");
        columns.section("Last:");
        assert_eq!(
            String::from_utf8_lossy(columns.render().bytes()),
            "Information\n\nConfiguration:\n\n     Bucket: b\n  Long Name: 12\n\nCluster:\n\n         Name: \n\
             \x20              more\n  \n   said\n\n  Last:\n\n"
        );
    }
}
