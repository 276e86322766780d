//! Programs that pick and count lines: `head`, `tail`, `wc`, `uniq`, `tee`.

use std::collections::VecDeque;

use super::inputs::{Inputs, text};
use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running, yield_now};
use crate::base::files::FileWriter;

/// A count with a sign before it.
enum Count {
    First(usize),
    /// All but so many at the end, or from so many on.
    Other(usize),
}

/// Reads `5`, `-5` or `+5`, with `K` or `M` behind it.
fn count(text: &str, other: char) -> Result<Count, Complaint> {
    let (is_other, digits) = match text.strip_prefix(other) {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix(['-', '+']).unwrap_or(text)),
    };
    let (digits, unit) = match digits.strip_suffix(['K', 'k']) {
        Some(digits) => (digits, 1024),
        None => (digits, 1),
    };
    let number = digits
        .parse::<usize>()
        .map_err(|_| Complaint::new(format!("invalid number of lines: ‘{text}’"), 1))?;
    Ok(if is_other { Count::Other(number * unit) } else { Count::First(number * unit) })
}

/// `-5` as `-n 5`.
fn with_number(args: &[String]) -> Vec<String> {
    let mut args = args.to_vec();
    let digits = args.first().and_then(|arg| arg.strip_prefix('-')).unwrap_or("");
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        args[0] = format!("-n{digits}");
    }
    args
}

/// The name of a file above its lines.
fn heading(call: &Invocation, inputs: &Inputs<'_>, options: &Options) {
    let is_shown = (options.rest.len() > 1 || options.has('v')) && !options.has('q');
    if is_shown {
        let name = if inputs.name == "-" { "standard input" } else { &inputs.name };
        let blank = if inputs.opened > 1 { "\n" } else { "" };
        call.stdio.stdout.line(&format!("{blank}==> {name} <=="));
    }
}

pub(super) fn head(call: Invocation) -> Running {
    Box::pin(async move { call.end(first(&call).await) })
}

async fn first(call: &Invocation) -> Outcome {
    let long = [("lines", 'n'), ("bytes", 'c'), ("quiet", 'q'), ("silent", 'q'), ("verbose", 'v')];
    let options = Options::read(&with_number(&call.args), "n:c:qv", &long, 1)?;
    let mut inputs = Inputs::new(call, &options.rest);
    if let Some(bytes) = options.value('c') {
        let all = inputs.all().await?;
        let end = match count(bytes, '-')? {
            Count::First(count) => count.min(all.len()),
            Count::Other(count) => all.len().saturating_sub(count),
        };
        call.stdio.stdout.write(&all[..end]);
        return Ok(i32::from(inputs.failed));
    }
    let count = count(options.value('n').unwrap_or("10"), '-')?;
    while inputs.next_file() {
        heading(call, &inputs, &options);
        let (mut waiting, mut taken) = (VecDeque::new(), 0);
        loop {
            match count {
                Count::First(count) if taken >= count => {
                    inputs.skip_file();
                    break;
                }
                Count::First(_) => match inputs.line_here().await? {
                    Some(line) => call.stdio.stdout.write(&line),
                    None => break,
                },
                Count::Other(count) => match inputs.line_here().await? {
                    Some(line) => {
                        waiting.push_back(line);
                        if waiting.len() > count
                            && let Some(line) = waiting.pop_front()
                        {
                            call.stdio.stdout.write(&line);
                        }
                    }
                    None => break,
                },
            }
            taken += 1;
        }
    }
    Ok(i32::from(inputs.failed))
}

pub(super) fn tail(call: Invocation) -> Running {
    Box::pin(async move { call.end(last(&call).await) })
}

async fn last(call: &Invocation) -> Outcome {
    let long = [("lines", 'n'), ("bytes", 'c'), ("quiet", 'q'), ("verbose", 'v'), ("follow", 'f')];
    let options = Options::read(&with_number(&call.args), "n:c:qvfF", &long, 1)?;
    let mut inputs = Inputs::new(call, &options.rest);
    if let Some(bytes) = options.value('c') {
        let all = inputs.all().await?;
        let begin = match count(bytes, '+')? {
            Count::First(count) => all.len().saturating_sub(count),
            Count::Other(count) => count.saturating_sub(1).min(all.len()),
        };
        call.stdio.stdout.write(&all[begin..]);
        return Ok(i32::from(inputs.failed));
    }
    let count = count(options.value('n').unwrap_or("10"), '+')?;
    while inputs.next_file() {
        heading(call, &inputs, &options);
        let (mut kept, mut number) = (VecDeque::new(), 0);
        while let Some(line) = inputs.line_here().await? {
            number += 1;
            match count {
                Count::Other(from) if number >= from => call.stdio.stdout.write(&line),
                Count::Other(_) => {}
                Count::First(count) => {
                    kept.push_back(line);
                    if kept.len() > count {
                        kept.pop_front();
                    }
                }
            }
        }
        kept.iter().for_each(|line| call.stdio.stdout.write(line));
    }
    if let Some(name) = options.rest.last().filter(|_| options.has('f') || options.has('F')) {
        follow(call, name).await;
    }
    Ok(i32::from(inputs.failed))
}

/// Prints what is added to a file, for ever.
async fn follow(call: &Invocation, name: &str) {
    let path = call.path(name);
    let mut seen = call.machine.files.info(&path).map_or(0, |info| info.size);
    loop {
        call.machine.clock.wait(std::time::Duration::from_millis(500)).await;
        let all = call.machine.files.read(&path).unwrap_or_default();
        if all.len() > seen {
            call.stdio.stdout.write(&all[seen..]);
        }
        seen = all.len();
    }
}

pub(super) fn wc(call: Invocation) -> Running {
    Box::pin(async move { call.end(counts(&call).await) })
}

async fn counts(call: &Invocation) -> Outcome {
    let long = [("lines", 'l'), ("words", 'w'), ("bytes", 'c'), ("chars", 'm'), ("max-line-length", 'L')];
    let options = Options::read(&call.args, "lwcmL", &long, 1)?;
    let shown: Vec<char> = "lwmcL".chars().filter(|letter| options.has(*letter)).collect();
    let shown = if shown.is_empty() { vec!['l', 'w', 'c'] } else { shown };
    let mut inputs = Inputs::new(call, &options.rest);
    let (mut rows, mut total, mut bytes_of_all) = (Vec::new(), [0; 5], 0);
    while inputs.next_file() {
        let mut numbers = [0; 5];
        while let Some(line) = inputs.line_here().await? {
            let text = String::from_utf8_lossy(&line);
            numbers[0] += usize::from(line.ends_with(b"\n"));
            numbers[1] += text.split_whitespace().count();
            numbers[2] += text.chars().count();
            numbers[3] += line.len();
            numbers[4] = numbers[4].max(text.trim_end_matches('\n').chars().count());
        }
        for (at, number) in numbers.iter().enumerate() {
            total[at] = if at == 4 { total[at].max(*number) } else { total[at] + number };
        }
        bytes_of_all += numbers[3];
        let name = if options.rest.is_empty() { String::new() } else { format!(" {}", inputs.name) };
        rows.push((numbers, name));
    }
    if options.rest.len() > 1 {
        rows.push((total, " total".to_owned()));
    }
    // As wide as the size of all files; a pipe has no size.
    let has_pipe = options.rest.is_empty() || options.rest.iter().any(|name| name == "-");
    let width = match (shown.len(), options.rest.len()) {
        (1, 0 | 1) => 1,
        _ if has_pipe => 7,
        _ => bytes_of_all.to_string().len(),
    };
    for (numbers, name) in rows {
        let number = |letter: &char| numbers["lwmcL".find(*letter).unwrap_or(0)];
        let cells: Vec<String> = shown.iter().map(|letter| format!("{:>width$}", number(letter))).collect();
        call.stdio.stdout.line(&format!("{}{name}", cells.join(" ")));
    }
    Ok(i32::from(inputs.failed))
}

pub(super) fn uniq(call: Invocation) -> Running {
    Box::pin(async move { call.end(once(&call).await) })
}

async fn once(call: &Invocation) -> Outcome {
    let long = [("count", 'c'), ("repeated", 'd'), ("unique", 'u'), ("ignore-case", 'i')];
    let options = Options::read(&call.args, "cduif:", &long, 1)?;
    let fields: usize = options.value('f').and_then(|text| text.parse().ok()).unwrap_or(0);
    let key = |line: &str| {
        let mut rest = line;
        for _ in 0..fields {
            rest = rest.trim_start_matches([' ', '\t']);
            rest = &rest[rest.find([' ', '\t']).unwrap_or(rest.len())..];
        }
        if options.has('i') { rest.to_lowercase() } else { rest.to_owned() }
    };
    let print = |line: &str, count: usize| {
        let is_shown = !(options.has('d') && count == 1 || options.has('u') && count > 1);
        if is_shown {
            let head = if options.has('c') { format!("{count:7} ") } else { String::new() };
            call.stdio.stdout.line(&format!("{head}{line}"));
        }
    };
    let mut inputs = Inputs::new(call, &options.rest);
    let mut last: Option<(String, usize)> = None;
    while let Some(line) = inputs.text().await? {
        match &mut last {
            Some((same, count)) if key(same) == key(&line) => *count += 1,
            _ => {
                if let Some((line, count)) = last.replace((line, 1)) {
                    print(&line, count);
                }
            }
        }
    }
    if let Some((line, count)) = last {
        print(&line, count);
    }
    Ok(i32::from(inputs.failed))
}

pub(super) fn tee(call: Invocation) -> Running {
    Box::pin(async move { call.end(copy(&call).await) })
}

async fn copy(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "ai", &[("append", 'a'), ("ignore-interrupts", 'i')], 1)?;
    let (mut files, mut status) = (Vec::new(), 0);
    for name in &options.rest {
        match FileWriter::open(&call.machine.files, &call.path(name), options.has('a')) {
            Ok(file) => files.push((name, file)),
            Err(error) => status = call.complain(&format!("{name}: {error}"), 1),
        }
    }
    loop {
        let chunk = call.stdio.stdin.chunk().await?;
        if chunk.is_empty() {
            return Ok(status);
        }
        call.stdio.stdout.write(&chunk);
        for (name, file) in &files {
            file.write(&chunk);
            if let Some(error) = file.take_error() {
                status = call.complain(&format!("{name}: {error}"), 1);
            }
        }
        yield_now().await;
    }
}

/// For other programs that read lines as text.
pub(super) async fn texts(inputs: &mut Inputs<'_>) -> Result<Vec<String>, Complaint> {
    let all = inputs.all().await?;
    Ok(all.split_inclusive(|byte| *byte == b'\n').map(text).collect())
}
