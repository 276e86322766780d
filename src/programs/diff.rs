//! `diff`: how two files differ.

use std::ops::Range;

use similar::{Algorithm, DiffOp, TextDiff};

use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running};

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
    let diff =
        TextDiff::configure().algorithm(Algorithm::Myers).diff_lines(texts[0].as_str(), texts[1].as_str());
    if options.has('u') || options.has('U') {
        let context = options.value('U').and_then(|text| text.parse().ok()).unwrap_or(3);
        let unified = diff.unified_diff().context_radius(context).header(first, second).to_string();
        out.print(&unified);
        return Ok(1);
    }
    let line = |side: usize, sign: char, at: usize| {
        let line = texts[side].split_inclusive('\n').nth(at).unwrap_or("");
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

/// Lines as `diff` writes them.
fn shown(lines: &Range<usize>) -> String {
    if lines.len() == 1 { lines.end.to_string() } else { format!("{},{}", lines.start + 1, lines.end) }
}
