//! Programs that compare files: `comm` by sorted lines, `cmp` by bytes.

use std::cmp::Ordering;

use super::inputs::text;
use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running, yield_now};

/// Lines that are compared between two moments at which others may run.
const LINES_PER_YIELD: usize = 256;

pub(super) fn comm(call: Invocation) -> Running {
    Box::pin(async move { call.end(common(&call).await) })
}

pub(super) fn cmp(call: Invocation) -> Running {
    Box::pin(async move { call.end(first_difference(&call).await) })
}

/// The contents of two files.
async fn two(call: &Invocation, names: &[String], status: i32) -> Result<[Vec<u8>; 2], Complaint> {
    let mut contents = Vec::new();
    for name in names {
        let read = call.input(name).await?;
        contents.push(read.map_err(|error| Complaint::new(format!("{name}: {error}"), status))?);
    }
    contents.try_into().map_err(|_| Complaint::new("missing operand", status))
}

async fn common(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "123zi", &[("output-delimiter", 'z')], 1)?;
    let [first, second] = &options.rest[..] else {
        let text = match &options.rest[..] {
            [] => "missing operand".to_owned(),
            [one] => format!("missing operand after ‘{one}’"),
            [_, _, extra, ..] | [extra, ..] => format!("extra operand ‘{extra}’"),
        };
        return Err(Complaint::new(text, 1));
    };
    let [left, right] = two(call, &[first.clone(), second.clone()], 1).await?;
    let mut left = left.split_inclusive(|byte| *byte == b'\n').map(text).peekable();
    let mut right = right.split_inclusive(|byte| *byte == b'\n').map(text).peekable();
    let shows = ['1', '2', '3'].map(|column| !options.has(column));
    let mut count = 0;
    loop {
        count += 1;
        if count % LINES_PER_YIELD == 0 {
            yield_now().await;
        }
        let order = match (left.peek(), right.peek()) {
            (None, None) => return Ok(0),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => one.cmp(other),
        };
        let line = match order {
            Ordering::Less => left.next(),
            Ordering::Greater => right.next(),
            Ordering::Equal => {
                left.next();
                right.next()
            }
        };
        let column = match order {
            Ordering::Less => 0,
            Ordering::Greater => 1,
            Ordering::Equal => 2,
        };
        if shows[column] {
            let tabs = shows[..column].iter().filter(|shown| **shown).count();
            call.stdio.stdout.line(&format!("{}{}", "\t".repeat(tabs), line.unwrap_or_default()));
        }
    }
}

async fn first_difference(call: &Invocation) -> Outcome {
    let long = [("silent", 's'), ("quiet", 's'), ("verbose", 'l'), ("bytes", 'n')];
    let options = Options::read(&call.args, "sln:", &long, 2)?;
    let names = match &options.rest[..] {
        [] => return Err(Complaint::new("missing operand after 'cmp'", 2)),
        [first] => [first.clone(), "-".to_owned()],
        [first, second, ..] => [first.clone(), second.clone()],
    };
    let [mut left, mut right] = two(call, &names, 2).await?;
    if let Some(most) = options.value('n').and_then(|text| text.parse().ok()) {
        left.truncate(most);
        right.truncate(most);
    }
    let is_silent = options.has('s');
    let differing: Vec<usize> =
        (0..left.len().min(right.len())).filter(|at| left[*at] != right[*at]).collect();
    let [one, other] = &names;
    if let (Some(at), false, false) = (differing.first(), is_silent, options.has('l')) {
        let line = 1 + left[..*at].iter().filter(|byte| **byte == b'\n').count();
        call.stdio.stdout.line(&format!("{one} {other} differ: byte {}, line {line}", at + 1));
        return Ok(1);
    }
    if options.has('l') {
        for at in &differing {
            call.stdio.stdout.line(&format!("{} {:>3o} {:>3o}", at + 1, left[*at], right[*at]));
        }
    }
    if left.len() != right.len() && !is_silent {
        let (name, short) = if left.len() < right.len() { (one, &left) } else { (other, &right) };
        let lines = short.iter().filter(|byte| **byte == b'\n').count();
        let place = match (short.is_empty(), short.last()) {
            (true, _) => "which is empty".to_owned(),
            (false, Some(b'\n')) => format!("after byte {}, line {lines}", short.len()),
            (false, _) => format!("after byte {}, in line {}", short.len(), lines + 1),
        };
        call.stdio.stderr.line(&format!("cmp: EOF on {name} {place}"));
    }
    Ok(i32::from(!differing.is_empty() || left.len() != right.len()))
}
