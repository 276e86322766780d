//! `sort`

use std::cmp::Ordering;

use super::inputs::Inputs;
use super::lines::texts;
use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running};

pub(super) fn run(call: Invocation) -> Running {
    Box::pin(async move { call.end(sort(&call).await) })
}

/// By what lines are compared: `-k 2,3n`.
struct Key {
    first: usize,
    last: Option<usize>,
    order: Order,
}

#[derive(Clone, Copy, Default)]
struct Order {
    numeric: bool,
    human: bool,
    version: bool,
    reverse: bool,
    ignore_case: bool,
    blanks: bool,
}

impl Order {
    fn with(mut self, letters: &str) -> Option<Order> {
        for letter in letters.chars() {
            match letter {
                'n' | 'g' => self.numeric = true,
                'h' => self.human = true,
                'V' => self.version = true,
                'r' => self.reverse = true,
                'f' => self.ignore_case = true,
                'b' => self.blanks = true,
                'd' | 'i' => {}
                _ => return None,
            }
        }
        Some(self)
    }
}

async fn sort(call: &Invocation) -> Outcome {
    let long = [
        ("numeric-sort", 'n'),
        ("human-numeric-sort", 'h'),
        ("version-sort", 'V'),
        ("reverse", 'r'),
        ("unique", 'u'),
        ("ignore-case", 'f'),
        ("key", 'k'),
        ("field-separator", 't'),
        ("check", 'c'),
        ("output", 'o'),
        ("stable", 's'),
    ];
    let options = Options::read(&call.args, "nghVrufbdik:t:co:s", &long, 2)?;
    let letters: String = "nghVrfb".chars().filter(|letter| options.has(*letter)).collect();
    let order = Order::default().with(&letters).unwrap_or_default();
    let separator = options.value('t').and_then(|text| text.chars().next());
    let mut keys = Vec::new();
    for text in options.values('k') {
        let wrong = || Complaint::new(format!("invalid key: ‘{text}’"), 2);
        keys.push(key(text, order).ok_or_else(wrong)?);
    }
    let mut inputs = Inputs::new(call, &options.rest);
    let mut lines = texts(&mut inputs).await?;
    let compare = |one: &String, other: &String| {
        for key in &keys {
            let [one, other] = [one, other].map(|line| field(line, key, separator));
            let ordering = compare(one, other, key.order);
            if ordering != Ordering::Equal {
                return if key.order.reverse { ordering.reverse() } else { ordering };
            }
        }
        let ordering = if keys.is_empty() { compare(one, other, order) } else { Ordering::Equal };
        if order.reverse { ordering.reverse() } else { ordering }
    };
    let last_resort =
        |one: &String, other: &String| if order.reverse { other.cmp(one) } else { one.cmp(other) };
    if options.has('c') {
        let wrong = lines.windows(2).position(|pair| compare(&pair[0], &pair[1]) == Ordering::Greater);
        return Ok(match wrong {
            Some(at) => call.complain(&format!("-:{}: disorder: {}", at + 2, lines[at + 1]), 1),
            None => 0,
        });
    }
    let is_stable = options.has('s') || options.has('u');
    lines.sort_by(|one, other| {
        let ordering = compare(one, other);
        if is_stable { ordering } else { ordering.then_with(|| last_resort(one, other)) }
    });
    if options.has('u') {
        lines.dedup_by(|one, other| compare(one, other) == Ordering::Equal);
    }
    let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    match options.value('o') {
        Some(name) => {
            let written = call.machine.files.write(&call.path(name), text.as_bytes(), false);
            written.map_err(|error| Complaint::new(format!("open failed: {name}: {error}"), 2))?;
        }
        None => call.stdio.stdout.print(&text),
    }
    Ok(if inputs.failed { 2 } else { 0 })
}

fn key(text: &str, order: Order) -> Option<Key> {
    let (first, last) = text.split_once(',').map_or((text, None), |(first, last)| (first, Some(last)));
    let read = |text: &str| {
        let end = text.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(text.len());
        let (number, letters) = text.split_at(end);
        let number = number.split('.').next()?.parse::<usize>().ok().filter(|number| *number > 0)?;
        Some((number, letters.to_owned()))
    };
    let (first, mut letters) = read(first)?;
    let mut end = None;
    if let Some(last) = last {
        let (last, more) = read(last)?;
        end = Some(last);
        letters.push_str(&more);
    }
    // A key with an order of its own does not have that of all.
    let order = if letters.is_empty() { order } else { Order::default().with(&letters)? };
    Some(Key { first, last: end, order })
}

/// The part of a line that a key compares.
fn field<'a>(line: &'a str, key: &Key, separator: Option<char>) -> &'a str {
    let mut starts = vec![0];
    match separator {
        Some(separator) => starts.extend(line.match_indices(separator).map(|(at, sign)| at + sign.len())),
        None => {
            // A field begins with the blanks before it.
            let bytes = line.as_bytes();
            let is_blank = |at: usize| bytes[at] == b' ' || bytes[at] == b'\t';
            starts.extend((1..bytes.len()).filter(|at| is_blank(*at) && !is_blank(at - 1)));
        }
    }
    let Some(begin) = starts.get(key.first - 1) else { return "" };
    let end = key
        .last
        .and_then(|last| starts.get(last))
        .map_or(line.len(), |end| end - usize::from(separator.is_some()));
    let text = line.get(*begin..end.max(*begin)).unwrap_or("");
    if key.order.blanks { text.trim_start_matches([' ', '\t']) } else { text }
}

fn compare(one: &str, other: &str, order: Order) -> Ordering {
    if order.numeric || order.human {
        return number(one, order.human).total_cmp(&number(other, order.human));
    }
    if order.version {
        return version(one).cmp(&version(other));
    }
    if order.ignore_case {
        return one.to_uppercase().cmp(&other.to_uppercase());
    }
    one.cmp(other)
}

/// The number that a text begins with; with its unit, if it is for people.
fn number(text: &str, human: bool) -> f64 {
    let text = text.trim_start();
    let digits =
        |text: &str| text.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(text.len());
    let sign = usize::from(text.starts_with('-'));
    let end = sign + digits(&text[sign..]);
    let number: f64 = text[..end].parse().unwrap_or(0.0);
    let unit = text[end..]
        .chars()
        .next()
        .filter(|_| human)
        .and_then(|unit| "KMGTPE".find(unit.to_ascii_uppercase()));
    number * unit.map_or(1.0, |power| 1024_f64.powi(power as i32 + 1))
}

/// A text in parts, so that numbers in it are compared as numbers.
fn version(text: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find(|char: char| char.is_ascii_digit()).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(word);
        let digits = behind.find(|char: char| !char.is_ascii_digit()).unwrap_or(behind.len());
        parts.push((word.to_owned(), behind[..digits].parse().unwrap_or(0)));
        rest = &behind[digits..];
    }
    parts
}
