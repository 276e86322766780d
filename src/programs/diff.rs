//! `diff`: how two files differ.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use similar::{Algorithm, DiffOp, TextDiff};

use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running};
use crate::base::Cost;

pub(super) fn run(call: Invocation) -> Running {
    Box::pin(async move {
        let outcome = compare(&call).await;
        call.end(outcome)
    })
}

async fn compare(call: &Invocation) -> Outcome {
    let long = [
        ("brief", 'q'),
        ("unified", 'u'),
        ("report-identical-files", 's'),
        ("ignore-case", 'i'),
        ("ignore-all-space", 'w'),
        ("ignore-space-change", 'b'),
    ];
    let args: Vec<String> = call.args.iter().filter(|arg| !arg.starts_with("--color")).cloned().collect();
    let options = Options::read(&args, "qusU:", &long[..3], 2)?;
    let [first, second] = &options.rest[..] else {
        return Err(Complaint::new("two files are compared: diff [-u] file file", 2));
    };
    let mut texts = Vec::new();
    for name in [first, second] {
        let read = call.input(name).await?.map_err(|error| Complaint::new(format!("{name}: {error}"), 2))?;
        texts.push(String::from_utf8_lossy(&read).into_owned());
    }
    let out = &call.stdio.stdout;
    if texts[0] == texts[1] {
        if options.has('s') {
            out.line(&format!("Files {first} and {second} are identical"));
        }
        return Ok(0);
    }
    if options.has('q') {
        out.line(&format!("Files {first} and {second} differ"));
        return Ok(1);
    }
    if !is_comparable(call, &texts[0], &texts[1]) {
        return Err(Complaint::new("files that differ so much are not simulated", 2));
    }
    let diff =
        TextDiff::configure().algorithm(Algorithm::Myers).diff_lines(texts[0].as_str(), texts[1].as_str());
    if options.has('u') || options.has('U') {
        let context = options.value('U').and_then(|text| text.parse().ok()).unwrap_or(3);
        let unified = diff.unified_diff().context_radius(context).header(first, second).to_string();
        out.print(&unified);
        return Ok(1);
    }
    let lines: Vec<Vec<&str>> = texts.iter().map(|text| text.split_inclusive('\n').collect()).collect();
    let line = |side: usize, sign: char, at: usize| {
        let line = lines[side].get(at).copied().unwrap_or("");
        let end = if line.ends_with('\n') { "" } else { "\n\\ No newline at end of file\n" };
        out.print(&format!("{sign} {line}{end}"));
    };
    for op in diff.ops() {
        let (old, new) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => continue,
            DiffOp::Delete { .. } => out.line(&format!("{}d{}", shown(&old), new.start)),
            DiffOp::Insert { .. } => out.line(&format!("{}a{}", old.start, shown(&new))),
            DiffOp::Replace { .. } => out.line(&format!("{}c{}", shown(&old), shown(&new))),
        }
        old.clone().for_each(|at| line(0, '<', at));
        if !old.is_empty() && !new.is_empty() {
            out.line("---");
        }
        new.for_each(|at| line(1, '>', at));
    }
    Ok(1)
}

/// Comparisons of lines, which take longer the more the files differ and cannot be interrupted; and how many of them cost
/// as much as a command of the shell.
const COMPARISONS_MAX: u64 = 10_000_000;
const COMPARISONS_PER_COMMAND: u64 = 1024;

/// Whether two texts are compared within the bounds, which is paid for.
fn is_comparable(call: &Invocation, old: &str, new: &str) -> bool {
    let (mut numbers, left) = (HashMap::new(), Cell::new(COMPARISONS_MAX));
    let mut counted = |text: &str| -> Vec<CountedLine<'_>> {
        let lines = text.split_inclusive('\n').map(|line| {
            let next = numbers.len();
            CountedLine { number: *numbers.entry(line.to_owned()).or_insert(next), left: &left }
        });
        lines.collect()
    };
    let (old, new) = (counted(old), counted(new));
    similar::capture_diff_slices(Algorithm::Myers, &old, &new);
    let taken = COMPARISONS_MAX - left.get();
    left.get() > 0 && call.machine.meter.spend(Cost::Commands, taken / COMPARISONS_PER_COMMAND)
}

/// A line by its number, which counts how often it is compared. Once none is left it is equal to all, so that the
/// comparison ends.
struct CountedLine<'a> {
    number: usize,
    left: &'a Cell<u64>,
}

impl PartialEq for CountedLine<'_> {
    fn eq(&self, other: &CountedLine<'_>) -> bool {
        self.left.set(self.left.get().saturating_sub(1));
        self.left.get() == 0 || self.number == other.number
    }
}

impl Eq for CountedLine<'_> {}

impl PartialOrd for CountedLine<'_> {
    fn partial_cmp(&self, other: &CountedLine<'_>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CountedLine<'_> {
    fn cmp(&self, other: &CountedLine<'_>) -> Ordering {
        self.number.cmp(&other.number)
    }
}

impl Hash for CountedLine<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

/// Lines as `diff` writes them.
fn shown(lines: &Range<usize>) -> String {
    if lines.len() == 1 { lines.end.to_string() } else { format!("{},{}", lines.start + 1, lines.end) }
}
