//! Programs about files and folders: `ls`, `rm`, `mktemp`, `mkdir`, `rmdir`, `touch`, `cp`, `mv`, `chmod`, `basename`,
//! `dirname`.

use jiff::Timestamp;

use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running};
use crate::base::{FileError, FileLink, Link, LinkedText};

/// A row of the table for a function that does not wait.
macro_rules! done {
    ($name:ident, $work:ident) => {
        pub(super) fn $name(call: Invocation) -> Running {
            Box::pin(async move { call.end($work(&call)) })
        }
    };
}

done!(ls, list);
done!(rm, remove);
done!(rmdir, remove_folders);
done!(mktemp, temporary);
done!(mkdir, make_folders);
done!(touch, touch_files);
done!(cp, copy);
done!(mv, rename);
done!(chmod, change_mode);
done!(basename, base);
done!(dirname, folder_of);

fn list(call: &Invocation) -> Outcome {
    let long =
        [("all", 'a'), ("almost-all", 'A'), ("human-readable", 'h'), ("reverse", 'r'), ("directory", 'd')];
    let args: Vec<String> = call.args.iter().filter(|arg| !arg.starts_with("--color")).cloned().collect();
    let options = Options::read(&args, "1laAhrdtSFpo", &long, 2)?;
    let files = &call.machine.files;
    let names = if options.rest.is_empty() { vec![".".to_owned()] } else { options.rest.clone() };
    let (mut plain, mut folders, mut status) = (Vec::new(), Vec::new(), 0);
    for name in names {
        match files.info(&call.path(&name)) {
            Some(info) if info.is_folder && !options.has('d') => folders.push(name),
            Some(_) => plain.push(name),
            None => status = call.complain(&format!("cannot access '{name}': {}", FileError::NotFound), 2),
        }
    }
    let has_headings = folders.len() + plain.len() > 1;
    print_names(call, &options, "", plain.clone());
    for (at, folder) in folders.iter().enumerate() {
        if has_headings {
            let blank = if at > 0 || !plain.is_empty() { "\n" } else { "" };
            call.stdio.stdout.line(&format!("{blank}{folder}:"));
        }
        let mut inside = files.names(&call.path(folder));
        inside.retain(|name| !name.starts_with('.') || options.has('a') || options.has('A'));
        if options.has('a') {
            inside.splice(0..0, [".".to_owned(), "..".to_owned()]);
        }
        if options.has('l') {
            call.stdio.stdout.line(&format!("total {}", inside.len() * 4));
        }
        print_names(call, &options, folder, inside);
    }
    Ok(status)
}

fn print_names(call: &Invocation, options: &Options, folder: &str, mut names: Vec<String>) {
    let files = &call.machine.files;
    let path =
        |name: &str| call.path(&if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") });
    if options.has('t') {
        names.sort_by_key(|name| std::cmp::Reverse(files.info(&path(name)).map(|info| info.modified)));
    } else if options.has('S') {
        names.sort_by_key(|name| std::cmp::Reverse(files.info(&path(name)).map_or(0, |info| info.size)));
    }
    if options.has('r') {
        names.reverse();
    }
    let mark = |name: &String| {
        let is_folder = files.is_folder(&path(name));
        if is_folder && (options.has('F') || options.has('p')) { format!("{name}/") } else { name.clone() }
    };
    // Links to what they name.
    let linked = |name: &String| {
        let path = path(name);
        let link = Link::new(FileLink { is_folder: files.is_folder(&path), path });
        let mut text = LinkedText::default();
        text.push_linked(mark(name), &link);
        text
    };
    let shown: Vec<LinkedText> = names.iter().map(linked).collect();
    let print = |mut line: LinkedText| {
        line.push("\n");
        call.stdio.stdout.write_linked(&line);
    };
    if options.has('l') {
        for (name, shown) in names.iter().zip(shown) {
            let Some(info) = files.info(&path(name)) else { continue };
            let time =
                Timestamp::from_nanosecond(i128::from(info.modified.nanos())).unwrap_or(Timestamp::MAX);
            let time = time.to_zoned_datetime(call.machine.zone.clone()).strftime("%b %e %H:%M").to_string();
            let (kind, size) = if info.is_folder { ("drwxr-xr-x", 4096) } else { ("-rw-r--r--", info.size) };
            let mut line = LinkedText::from(format!("{kind} 1 you you {size:>7} {time} "));
            line.append(&shown);
            print(line);
        }
    } else if let (Some(_), false) = (call.stdio.stdout.terminal(), options.has('1')) {
        let joined = shown.into_iter().reduce(|mut line, name| {
            line.push("  ");
            line.append(&name);
            line
        });
        joined.into_iter().for_each(print);
    } else {
        shown.into_iter().for_each(print);
    }
}

fn remove(call: &Invocation) -> Outcome {
    let options =
        Options::read(&call.args, "rRfvdi", &[("recursive", 'r'), ("force", 'f'), ("verbose", 'v')], 1)?;
    if options.rest.is_empty() && !options.has('f') {
        return Err(Complaint::new("missing operand", 1));
    }
    let is_recursive = options.has('r') || options.has('R');
    let mut status = 0;
    for name in &options.rest {
        let path = call.path(name);
        let removed = match call.machine.files.info(&path) {
            None if options.has('f') => continue,
            Some(info) if info.is_folder && !is_recursive => Err(FileError::IsFolder),
            Some(info) if info.is_folder => remove_all(call, &path),
            _ => call.machine.files.remove(&path),
        };
        match removed {
            Ok(()) if options.has('v') => call.stdio.stdout.line(&format!("removed '{name}'")),
            Ok(()) => {}
            Err(error) => status = call.complain(&format!("cannot remove '{name}': {error}"), 1),
        }
    }
    Ok(status)
}

/// Removes a folder with everything in it.
fn remove_all(call: &Invocation, path: &str) -> Result<(), FileError> {
    let files = &call.machine.files;
    let mut folders = vec![path.to_owned()];
    let mut at = 0;
    while let Some(folder) = folders.get(at).cloned() {
        for name in files.names(&folder) {
            let inner = format!("{}/{name}", folder.trim_end_matches('/'));
            if files.is_folder(&inner) { folders.push(inner) } else { files.remove(&inner)? }
        }
        at += 1;
    }
    folders.iter().rev().try_for_each(|folder| files.remove(folder))
}

fn remove_folders(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "", &[], 1)?;
    let mut status = 0;
    for name in &options.rest {
        let path = call.path(name);
        let removed = match call.machine.files.info(&path) {
            Some(info) if !info.is_folder => Err(FileError::NotFolder),
            _ => call.machine.files.remove(&path),
        };
        if let Err(error) = removed {
            status = call.complain(&format!("failed to remove '{name}': {error}"), 1);
        }
    }
    Ok(status)
}

fn temporary(call: &Invocation) -> Outcome {
    let long = [("directory", 'd'), ("tmpdir", 'p'), ("dry-run", 'u'), ("suffix", 's')];
    let options = Options::read(&call.args, "dp:tu", &long, 1)?;
    let template = options.rest.first().map_or("tmp.XXXXXXXXXX", String::as_str);
    let count = template.len() - template.trim_end_matches('X').len();
    if count < 3 {
        return Err(Complaint::new(format!("too few X's in template ‘{template}’"), 1));
    }
    let random = call.machine.ids.short(count);
    let name = format!("{}{random}", &template[..template.len() - count]);
    let name = match options.value('p') {
        Some(folder) => format!("{folder}/{name}"),
        None if options.rest.is_empty() || options.has('t') => format!("/tmp/{name}"),
        None => name,
    };
    let path = call.path(&name);
    let made = match (options.has('u'), options.has('d')) {
        (true, _) => Ok(()),
        (_, true) => call.machine.files.make_folder(&path),
        (_, false) => call.machine.files.create(&path),
    };
    made.map_err(|error| {
        Complaint::new(format!("failed to create file via template ‘{template}’: {error}"), 1)
    })?;
    call.stdio.stdout.line(&name);
    Ok(0)
}

fn make_folders(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "pvm:", &[("parents", 'p'), ("verbose", 'v'), ("mode", 'm')], 1)?;
    if options.rest.is_empty() {
        return Err(Complaint::new("missing operand", 1));
    }
    let mut status = 0;
    for name in &options.rest {
        let path = call.path(name);
        if options.has('p') {
            for (end, _) in path.match_indices('/').skip(1) {
                let _ = call.machine.files.make_folder(&path[..end]);
            }
        }
        match call.machine.files.make_folder(&path) {
            Ok(()) => {}
            Err(FileError::Exists) if options.has('p') && call.machine.files.is_folder(&path) => {}
            Err(error) => status = call.complain(&format!("cannot create directory ‘{name}’: {error}"), 1),
        }
    }
    Ok(status)
}

fn touch_files(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "c", &[], 1)?;
    let mut status = 0;
    for name in &options.rest {
        let path = call.path(name);
        let is_there = call.machine.files.info(&path).is_some();
        if !call.machine.files.is_folder(&path)
            && (is_there || !options.has('c'))
            && let Err(error) = call.machine.files.touch(&path)
        {
            status = call.complain(&format!("cannot touch '{name}': {error}"), 1);
        }
    }
    Ok(status)
}

/// The target of a copy: in the folder, if it is one.
fn target(call: &Invocation, from: &str, to: &str) -> String {
    let path = call.path(to);
    match call.machine.files.is_folder(&path) {
        true => format!("{}/{}", path.trim_end_matches('/'), last_name(from)),
        false => path,
    }
}

fn last_name(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}

fn copy(call: &Invocation) -> Outcome {
    transfer(call, &Options::read(&call.args, "rRapfv", &[("recursive", 'r')], 1)?, false)
}

fn rename(call: &Invocation) -> Outcome {
    transfer(call, &Options::read(&call.args, "fnv", &[("force", 'f')], 1)?, true)
}

/// Copies files, or moves them.
fn transfer(call: &Invocation, options: &Options, moves: bool) -> Outcome {
    let Some((to, names)) = options.rest.split_last().filter(|(_, names)| !names.is_empty()) else {
        return Err(Complaint::new("missing destination file operand", 1));
    };
    if names.len() > 1 && !call.machine.files.is_folder(&call.path(to)) {
        return Err(Complaint::new(format!("target '{to}': {}", FileError::NotFolder), 1));
    }
    let mut status = 0;
    for name in names {
        let (path, to_path) = (call.path(name), target(call, name, to));
        match call.machine.files.info(&path) {
            None => {
                status = call.complain(&format!("cannot stat '{name}': {}", FileError::NotFound), 1);
                continue;
            }
            Some(info) if info.is_folder => {
                status = call.complain(&format!("{name}: folders are not copied or moved here"), 1);
                continue;
            }
            Some(_) if path == to_path => {
                status = call.complain(&format!("'{name}' and '{to}' are the same file"), 1);
                continue;
            }
            Some(_) => {}
        }
        let bytes = call.machine.files.read(&path).unwrap_or_default();
        // What is moved makes room for itself.
        if moves {
            let _ = call.machine.files.remove(&path);
        }
        if let Err(error) = call.machine.files.write(&to_path, &bytes, false) {
            if moves {
                let _ = call.machine.files.write(&path, &bytes, false);
            }
            status = call.complain(&format!("cannot create regular file '{to}': {error}"), 1);
        }
    }
    Ok(status)
}

/// There are no permissions, so that every mode is fine.
fn change_mode(call: &Invocation) -> Outcome {
    let mut status = 0;
    for name in call.args.iter().filter(|arg| !arg.starts_with('-')).skip(1) {
        if call.machine.files.info(&call.path(name)).is_none() {
            status = call.complain(&format!("cannot access '{name}': {}", FileError::NotFound), 1);
        }
    }
    Ok(status)
}

fn base(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "as:", &[("multiple", 'a'), ("suffix", 's')], 1)?;
    let (names, suffix) = match (&options.rest[..], options.value('s')) {
        ([], _) => return Err(Complaint::new("missing operand", 1)),
        (names, Some(suffix)) => (names, suffix),
        ([name, suffix], None) if !options.has('a') => (std::slice::from_ref(name), suffix.as_str()),
        (names, None) => (names, ""),
    };
    for name in names {
        let last = if name.trim_matches('/').is_empty() && !name.is_empty() { "/" } else { last_name(name) };
        let last = last.strip_suffix(suffix).filter(|rest| !rest.is_empty()).unwrap_or(last);
        call.stdio.stdout.line(last);
    }
    Ok(0)
}

fn folder_of(call: &Invocation) -> Outcome {
    if call.args.is_empty() {
        return Err(Complaint::new("missing operand", 1));
    }
    for name in &call.args {
        let path = name.trim_end_matches('/');
        let folder = match path.rfind('/') {
            None if name.starts_with('/') => "/",
            None => ".",
            Some(0) => "/",
            Some(at) => path[..at].trim_end_matches('/'),
        };
        call.stdio.stdout.line(if folder.is_empty() { "/" } else { folder });
    }
    Ok(0)
}
