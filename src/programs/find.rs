//! `find`: files and folders below others that meet conditions, and what is done with them.

use regex_lite::Regex;

use super::find_expression::{self, Expression, Test};
use super::program::{Complaint, Invocation, Outcome, Running, yield_now};
use super::regex;
use crate::base::FileError;
use crate::base::files::FileInfo;

/// Files that are looked at between two moments at which others may run.
const FILES_PER_YIELD: usize = 64;

/// How many arguments one command of `-exec … +` gets.
const ARGS_MAX: usize = 1000;

pub(super) fn find(call: Invocation) -> Running {
    Box::pin(async move {
        let outcome = search(&call).await;
        call.end(outcome)
    })
}

/// A file that is looked at.
struct Found<'a> {
    /// As it is printed.
    name: &'a str,
    path: &'a str,
    info: &'a FileInfo,
}

/// How the search goes on.
#[derive(Default)]
struct State {
    status: i32,
    pruned: bool,
    is_over: bool,
    /// The files for each of the batches.
    waiting: Vec<Vec<String>>,
}

async fn search(call: &Invocation) -> Outcome {
    let is_start = |arg: &&String| !arg.starts_with('-') && !["!", "("].contains(&arg.as_str());
    let count = call.args.iter().take_while(is_start).count();
    let (starts, args) = call.args.split_at(count);
    let expression = find_expression::read(call, args)?;
    let here = [".".to_owned()];
    let mut state = State { waiting: vec![Vec::new(); expression.batches.len()], ..State::default() };
    for start in if starts.is_empty() { &here[..] } else { starts } {
        walk(call, &expression, start, &mut state).await?;
    }
    for batch in 0..expression.batches.len() {
        run_batch(call, &expression, batch, &mut state).await?;
    }
    Ok(state.status)
}

/// Looks at a file, and at everything in it if it is a folder.
async fn walk(
    call: &Invocation,
    expression: &Expression,
    start: &str,
    state: &mut State,
) -> Result<(), Complaint> {
    // Each with its depth, and whether what is in it was looked at already.
    let mut open = vec![(start.to_owned(), 0, false)];
    let mut seen = 0;
    while let Some((name, depth, is_done)) = open.pop() {
        if state.is_over {
            return Ok(());
        }
        seen += 1;
        if seen % FILES_PER_YIELD == 0 {
            yield_now().await;
        }
        let path = call.path(&name);
        let Some(info) = call.machine.files.info(&path) else {
            if depth == 0 {
                state.status = call.complain(&format!("‘{name}’: {}", FileError::NotFound), 1);
            }
            continue;
        };
        let enters = info.is_folder && depth < expression.max_depth && !is_done;
        let is_wanted = depth >= expression.min_depth && (is_done || !(expression.is_deep && enters));
        state.pruned = false;
        if is_wanted {
            let found = Found { name: &name, path: &path, info: &info };
            Box::pin(holds(call, &expression.test, &found, expression, state)).await?;
        }
        if !enters || state.pruned && !expression.is_deep {
            continue;
        }
        if expression.is_deep {
            open.push((name.clone(), depth, true));
        }
        let inside = call.machine.files.names(&path);
        let joint = if name.ends_with('/') { "" } else { "/" };
        open.extend(inside.iter().rev().map(|inner| (format!("{name}{joint}{inner}"), depth + 1, false)));
    }
    Ok(())
}

async fn holds(
    call: &Invocation,
    test: &Test,
    found: &Found<'_>,
    expression: &Expression,
    state: &mut State,
) -> Result<bool, Complaint> {
    Ok(match test {
        Test::Not(test) => !Box::pin(holds(call, test, found, expression, state)).await?,
        Test::All(tests) => {
            for test in tests {
                if !Box::pin(holds(call, test, found, expression, state)).await? {
                    return Ok(false);
                }
            }
            true
        }
        Test::Any(tests) => {
            for test in tests {
                if Box::pin(holds(call, test, found, expression, state)).await? {
                    return Ok(true);
                }
            }
            false
        }
        Test::Print(end) => {
            call.stdio.stdout.print(&format!("{}{end}", found.name));
            true
        }
        Test::PrintFormat(format) => {
            call.stdio.stdout.print(&formatted(format, found));
            true
        }
        Test::Delete => match call.machine.files.remove(found.path) {
            Ok(()) => true,
            Err(_) if found.name == "." => true,
            Err(error) => {
                state.status = call.complain(&format!("cannot delete ‘{}’: {error}", found.name), 1);
                false
            }
        },
        Test::Prune => {
            state.pruned = true;
            true
        }
        Test::Quit => {
            state.is_over = true;
            true
        }
        Test::Exec(command, None) => {
            let command: Vec<String> = command.iter().map(|word| word.replace("{}", found.name)).collect();
            run(call, &command).await? == 0
        }
        Test::Exec(_, Some(batch)) => {
            state.waiting[*batch].push(found.name.to_owned());
            if state.waiting[*batch].len() >= ARGS_MAX {
                run_batch(call, expression, *batch, state).await?;
            }
            true
        }
        other => is_met(call, other, found)?,
    })
}

/// Whether a condition is met that does nothing.
fn is_met(call: &Invocation, test: &Test, found: &Found<'_>) -> Result<bool, Complaint> {
    let files = &call.machine.files;
    let matches = |regex: &Regex, text: &str| match regex::pay(regex, text, &call.machine.meter) {
        Ok(()) => Ok(regex.is_match(text)),
        Err(why) => Err(Complaint::new(why, 1)),
    };
    Ok(match test {
        Test::Always(holds) => *holds,
        Test::Name(regex) => {
            let name = found.name.trim_end_matches('/');
            matches(regex, name.rsplit('/').next().unwrap_or(name))?
        }
        Test::Path(regex) => matches(regex, found.name)?,
        Test::Type(kinds) => kinds.contains(if found.info.is_folder { &'d' } else { &'f' }),
        Test::Empty => match found.info.is_folder {
            true => files.names(found.path).is_empty(),
            false => found.info.size == 0,
        },
        Test::Size(order, count, unit) => {
            let size = if found.info.is_folder { 4096 } else { found.info.size as u64 };
            size.div_ceil(*unit).cmp(count) == *order
        }
        Test::Modified(order, count, unit) => {
            let age = call.machine.clock.now().since(found.info.modified).as_secs();
            (age / unit).cmp(count) == *order
        }
        Test::Newer(than) => found.info.modified > *than,
        _ => true,
    })
}

/// Runs the command of a batch with the files that wait for it.
async fn run_batch(
    call: &Invocation,
    expression: &Expression,
    batch: usize,
    state: &mut State,
) -> Result<(), Complaint> {
    let files = std::mem::take(&mut state.waiting[batch]);
    if files.is_empty() {
        return Ok(());
    }
    let command: Vec<String> = expression.batches[batch].iter().cloned().chain(files).collect();
    if run(call, &command).await? != 0 {
        state.status = 1;
    }
    Ok(())
}

async fn run(call: &Invocation, command: &[String]) -> Outcome {
    let Some((name, args)) = command.split_first() else { return Ok(0) };
    match call.start(name, args) {
        Some(running) => Ok(running.await),
        None => Ok(call.complain(&format!("‘{name}’: {}", FileError::NotFound), 1)),
    }
}

/// `-printf`, with the parts of it that scripts use.
fn formatted(format: &str, found: &Found<'_>) -> String {
    let name = found.name.trim_end_matches('/');
    let (folder, last) = name.rsplit_once('/').unwrap_or((".", name));
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(char) = chars.next() {
        match (char, char == '%' || char == '\\') {
            (_, false) => out.push(char),
            ('%', _) => match chars.next() {
                Some('p') => out.push_str(found.name),
                Some('f') => out.push_str(last),
                Some('h') => out.push_str(folder),
                Some('s') => {
                    out.push_str(&if found.info.is_folder { 4096 } else { found.info.size }.to_string())
                }
                Some('y') => out.push(if found.info.is_folder { 'd' } else { 'f' }),
                other => out.extend(other),
            },
            (_, true) => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('0') => out.push('\0'),
                other => out.extend(other),
            },
        }
    }
    out
}
