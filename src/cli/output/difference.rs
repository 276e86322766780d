//! What differs between two values, as Go's package go-cmp shows it: each field on a line, removed and inserted ones with their
//! signs, and of what is the same only the two neighbours.

use std::collections::BTreeMap;

use crate::gofmt::{Nanos, quote};

/// How many neighbours of a difference are shown on either side.
const CONTEXT: usize = 2;

/// Columns that a list in one value may take before it goes on in the next line, or is written in lines of its own.
const LIST_COLUMNS: usize = 80;

/// A field of a struct, an item of a list or an entry of a map.
pub struct Record {
    /// With its quotes, if it has some; empty for an item.
    pub key: String,
    pub state: State,
}

/// A value may have several lines, the first and the last of which stand where the key does.
pub enum State {
    Same(String),
    Changed {
        old: String,
        new: String,
    },
    Removed(String),
    Inserted(String),
    /// What differs is within: between an opening and a closing text.
    Within {
        open: String,
        records: Vec<Record>,
        close: &'static str,
        what: &'static str,
    },
}

enum Row<'a> {
    Line {
        sign: char,
        key: &'a str,
        value: &'a str,
    },
    Within {
        key: &'a str,
        open: &'a str,
        rows: Vec<Row<'a>>,
        close: &'static str,
    },
    /// How many of what are left out.
    Left(usize, &'static str),
}

/// The fields of a struct of this type, of which at least one differs.
pub fn render(go_type: &str, records: &[Record]) -> String {
    let mut out = format!("  {go_type}{{\n");
    write(&rows(records, "fields"), 1, &mut out);
    out.push_str("  }\n");
    out
}

fn rows<'a>(records: &'a [Record], what: &'static str) -> Vec<Row<'a>> {
    let is_same = |record: &Record| matches!(record.state, State::Same(_));
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(record) = records.get(at) {
        if !is_same(record) {
            add(record, &mut all);
            at += 1;
            continue;
        }
        let count = records[at..].iter().take_while(|record| is_same(record)).count();
        let before = if at == 0 { 0 } else { CONTEXT.min(count) };
        let mut after = if at + count == records.len() { 0 } else { CONTEXT.min(count - before) };
        // A single one takes no more room than the line that says so.
        after += usize::from(count - before - after == 1);
        let same = &records[at..at + count];
        same[..before].iter().for_each(|record| add(record, &mut all));
        if count > before + after {
            all.push(Row::Left(count - before - after, what));
        }
        same[count - after..].iter().for_each(|record| add(record, &mut all));
        at += count;
    }
    all
}

fn add<'a>(record: &'a Record, all: &mut Vec<Row<'a>>) {
    let key = record.key.as_str();
    let mut line = |sign, value: &'a str| all.push(Row::Line { sign, key, value });
    match &record.state {
        State::Same(value) => line(' ', value),
        State::Removed(value) => line('-', value),
        State::Inserted(value) => line('+', value),
        State::Changed { old, new } => {
            line('-', old);
            line('+', new);
        }
        State::Within { open, records, close, what } => {
            all.push(Row::Within { key, open, rows: rows(records, what), close });
        }
    }
}

fn write(rows: &[Row<'_>], depth: usize, out: &mut String) {
    let indent = "\t".repeat(depth);
    let widths = widths(rows);
    for (row, width) in rows.iter().zip(widths) {
        match row {
            Row::Left(count, what) => {
                out.push_str(&format!("  {indent}... // {count} identical {what}\n"));
            }
            Row::Line { sign, key, value } if value.contains('\n') => {
                out.push_str(&format!("{sign} {indent}{key}: "));
                out.push_str(&value.replace('\n', &format!("\n{sign} {indent}")));
                out.push_str(",\n");
            }
            Row::Line { sign, key: "", value } => out.push_str(&format!("{sign} {indent}{value},\n")),
            Row::Line { sign, key, value } => {
                let key = format!("{key}:");
                out.push_str(&format!("{sign} {indent}{key:0$} {value},\n", width + 1));
            }
            Row::Within { key, open, rows, close } => {
                out.push_str(&format!("  {indent}{key}: {open}\n"));
                write(rows, depth + 1, out);
                out.push_str(&format!("  {indent}{close},\n"));
            }
        }
    }
}

/// The width of each row's key: that of the widest in a run of lines.
fn widths(rows: &[Row<'_>]) -> Vec<usize> {
    let key = |row: &Row<'_>| match row {
        Row::Line { key, value, .. } if !key.is_empty() && !value.contains('\n') => Some(key.chars().count()),
        Row::Line { .. } | Row::Within { .. } | Row::Left(..) => None,
    };
    let mut widths = Vec::new();
    for run in rows.chunk_by(|a, b| key(a).is_some() == key(b).is_some()) {
        let widest = run.iter().filter_map(key).max().unwrap_or(0);
        widths.resize(widths.len() + run.len(), widest);
    }
    widths
}

/// A field: what `show` makes of either value.
pub fn field<T>(key: &str, old: &T, new: &T, show: impl Fn(&T) -> String) -> Record {
    let (was, is) = (show(old), show(new));
    let state = if was == is { State::Same(was) } else { State::Changed { old: was, new: is } };
    Record { key: key.to_owned(), state }
}

/// A list of texts, compared in order of their names. An empty one is `nil`.
pub fn sorted(old: &[String], new: &[String]) -> State {
    let sorted = |texts: &[String]| {
        let mut texts: Vec<String> = texts.iter().map(quote).collect();
        texts.sort();
        texts
    };
    let whole = |texts: &[String]| match texts {
        [] => "Inverse(Sort, []string(nil))".to_owned(),
        texts => format!("Inverse(Sort, []string{{{}}})", texts.join(", ")),
    };
    let (was, is) = (sorted(old), sorted(new));
    if was == is {
        return State::Same(whole(&was));
    }
    let is_one = was.len().max(is.len()) == 1;
    if was.is_empty() || is.is_empty() || is_one {
        let [old, new] = [&was, &is].map(|texts| format!("[]string({})", whole(texts)));
        return State::Changed { old, new };
    }
    let open = "[]string(Inverse(Sort, []string{".to_owned();
    State::Within { open, records: items(&was, &is), close: "}))", what: "elements" }
}

/// A map of texts; `None` is `nil`. One that has at most one entry in both together is written as a whole.
pub fn entries(old: Option<&BTreeMap<String, String>>, new: Option<&BTreeMap<String, String>>) -> State {
    let joined = |map: &BTreeMap<String, String>| {
        let entries: Vec<String> =
            map.iter().map(|(key, value)| format!("{}: {}", quote(key), quote(value))).collect();
        entries.join(", ")
    };
    if old == new {
        return State::Same(old.map_or("nil".to_owned(), |map| format!("{{{}}}", joined(map))));
    }
    let nothing = BTreeMap::new();
    let mut keys: Vec<&String> = [old, new].into_iter().flatten().flat_map(BTreeMap::keys).collect();
    keys.sort();
    keys.dedup();
    if old.is_none() || new.is_none() || keys.len() == 1 {
        let whole = |map: Option<&BTreeMap<String, String>>| {
            map.map_or("nil".to_owned(), |map| format!("map[string]string{{{}}}", joined(map)))
        };
        return State::Changed { old: whole(old), new: whole(new) };
    }
    let (old, new) = (old.unwrap_or(&nothing), new.unwrap_or(&nothing));
    let entry = |key: &String| {
        let state = match (old.get(key), new.get(key)) {
            (Some(was), Some(is)) if was == is => State::Same(quote(was)),
            (Some(was), Some(is)) => State::Changed { old: quote(was), new: quote(is) },
            (Some(was), None) => State::Removed(quote(was)),
            (None, is) => State::Inserted(quote(is.map_or("", String::as_str))),
        };
        Record { key: quote(key), state }
    };
    let records = keys.into_iter().map(entry).collect();
    State::Within { open: "map[string]string{".to_owned(), records, close: "}", what: "entries" }
}

/// A list of durations, of which one is empty or both are the same.
pub fn durations(old: &[Nanos], new: &[Nanos]) -> State {
    if old == new {
        return State::Same(whole_durations(old, true));
    }
    State::Changed { old: whole_durations(old, false), new: whole_durations(new, false) }
}

fn whole_durations(durations: &[Nanos], is_same: bool) -> String {
    let items: Vec<String> = durations.iter().map(|nanos| named(&nanos.to_string())).collect();
    let joined = items.join(", ");
    match durations {
        [] => "nil".to_owned(),
        _ if is_same => format!("{{{joined}}}"),
        _ if joined.len() <= LIST_COLUMNS => format!("[]time.Duration{{{joined}}}"),
        _ => {
            let mut lines = vec![String::new()];
            for item in items {
                if lines.last().is_some_and(|line| line.len() + item.len() + 2 > LIST_COLUMNS) {
                    lines.push(String::new());
                }
                lines.last_mut().expect("there is one").push_str(&format!("{item}, "));
            }
            let lines: String = lines.iter().map(|line| format!("\n\t{}", line.trim_end())).collect();
            format!("[]time.Duration{{{lines}\n}}")
        }
    }
}

/// A value that names itself, as Go's `Stringer` does.
pub fn named(name: &str) -> String {
    format!("s{}", quote(name))
}

/// The items of two lists: what both have stands once, and what differs in a place side by side.
pub fn items(old: &[String], new: &[String]) -> Vec<Record> {
    let mut records = Vec::new();
    let record = |state| Record { key: String::new(), state };
    let (mut old, mut new) = (old, new);
    while !old.is_empty() || !new.is_empty() {
        let (gap_old, gap_new) = gap(old, new);
        let (removed, inserted) = (&old[..gap_old], &new[..gap_new]);
        for at in 0..gap_old.max(gap_new) {
            records.extend(removed.get(at).map(|item| record(State::Removed(item.clone()))));
            records.extend(inserted.get(at).map(|item| record(State::Inserted(item.clone()))));
        }
        (old, new) = (&old[gap_old..], &new[gap_new..]);
        if let ([item, rest @ ..], [_, others @ ..]) = (old, new) {
            records.push(record(State::Same(item.clone())));
            (old, new) = (rest, others);
        }
    }
    records
}

/// How many items of each list come before the nearest one that both have.
fn gap(old: &[String], new: &[String]) -> (usize, usize) {
    let pairs = old
        .iter()
        .enumerate()
        .filter_map(|(at, item)| new.iter().position(|other| other == item).map(|other| (at, other)));
    pairs.min_by_key(|(a, b)| a + b).unwrap_or((old.len(), new.len()))
}
