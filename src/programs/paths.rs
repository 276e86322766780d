//! Programs that say what is known of files: `stat`, `realpath`, `readlink`.

use jiff::Timestamp;

use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running};
use crate::base::FileError;
use crate::base::files::FileInfo;

/// A folder's size.
const FOLDER_SIZE: usize = 4096;

pub(super) fn stat(call: Invocation) -> Running {
    let outcome = describe(&call);
    Box::pin(std::future::ready(call.end(outcome)))
}

pub(super) fn realpath(call: Invocation) -> Running {
    let outcome = resolve(&call, "esmqLP", 1);
    Box::pin(std::future::ready(call.end(outcome)))
}

/// There are no links, so that only `-f` and the like find something.
pub(super) fn readlink(call: Invocation) -> Running {
    let is_asked = call.args.iter().any(|arg| arg.starts_with('-') && arg.contains(['f', 'e', 'm']));
    let outcome = if is_asked { resolve(&call, "femnqsv", 1) } else { Ok(1) };
    Box::pin(std::future::ready(call.end(outcome)))
}

fn resolve(call: &Invocation, letters: &str, failure: i32) -> Outcome {
    let long = [
        ("canonicalize", 'f'),
        ("canonicalize-existing", 'e'),
        ("canonicalize-missing", 'm'),
        ("no-symlinks", 's'),
        ("quiet", 'q'),
    ];
    let options = Options::read(&call.args, letters, &long, failure)?;
    if options.rest.is_empty() {
        return Err(Complaint::new("missing operand", failure));
    }
    let files = &call.machine.files;
    let mut status = 0;
    for name in &options.rest {
        let path = call.path(name);
        let folder =
            path.rsplit_once('/').map_or("/", |(folder, _)| if folder.is_empty() { "/" } else { folder });
        let is_there = match (options.has('m'), options.has('e')) {
            (true, _) => true,
            (_, true) => files.info(&path).is_some(),
            _ => files.is_folder(folder),
        };
        match is_there {
            true => call.stdio.stdout.line(&path),
            false if call.name == "readlink" || options.has('q') => status = failure,
            false => status = call.complain(&format!("{name}: {}", FileError::NotFound), failure),
        }
    }
    Ok(status)
}

fn describe(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "c:Lt", &[("format", 'c'), ("printf", 'c'), ("terse", 't')], 1)?;
    if options.rest.is_empty() {
        return Err(Complaint::new("missing operand", 1));
    }
    let Some(format) = options.value('c') else {
        return Err(Complaint::new("only the option -c with a format is simulated", 1));
    };
    let mut status = 0;
    for name in &options.rest {
        match call.machine.files.info(&call.path(name)) {
            Some(info) => call.stdio.stdout.line(&formatted(call, format, name, &info)?),
            None => {
                status = call.complain(&format!("cannot statx '{name}': {}", FileError::NotFound), 1);
            }
        }
    }
    Ok(status)
}

fn formatted(call: &Invocation, format: &str, name: &str, info: &FileInfo) -> Result<String, Complaint> {
    let nanos = i128::from(info.modified.nanos());
    let modified = Timestamp::from_nanosecond(nanos).unwrap_or(Timestamp::MAX);
    let modified = modified.to_zoned_datetime(call.machine.zone.clone());
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(char) = chars.next() {
        if char != '%' {
            out.push(char);
            continue;
        }
        let letter = chars.next();
        out.push_str(&match (letter, info.is_folder) {
            (Some('n'), _) => name.to_owned(),
            (Some('N'), _) => format!("'{name}'"),
            (Some('s'), false) => info.size.to_string(),
            (Some('s'), true) => FOLDER_SIZE.to_string(),
            (Some('F'), true) => "directory".to_owned(),
            (Some('F'), false) if info.size == 0 => "regular empty file".to_owned(),
            (Some('F'), false) => "regular file".to_owned(),
            (Some('a'), true) => "755".to_owned(),
            (Some('a'), false) => "644".to_owned(),
            (Some('A'), true) => "drwxr-xr-x".to_owned(),
            (Some('A'), false) => "-rw-r--r--".to_owned(),
            (Some('U' | 'G'), _) => "you".to_owned(),
            (Some('u' | 'g'), _) => "1000".to_owned(),
            (Some('h'), _) => "1".to_owned(),
            (Some('X' | 'Y' | 'Z' | 'W'), _) => modified.timestamp().as_second().to_string(),
            (Some('x' | 'y' | 'z' | 'w'), _) => modified.strftime("%Y-%m-%d %H:%M:%S.%9f %z").to_string(),
            (Some('%'), _) => "%".to_owned(),
            (Some(other), _) => {
                return Err(Complaint::new(format!("the format %{other} is not simulated"), 1));
            }
            (None, _) => "%".to_owned(),
        });
    }
    Ok(out)
}
