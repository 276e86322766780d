//! Programs that pick and replace characters and fields of lines: `cut`, `tr`, `paste`, `base64`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::inputs::Inputs;
use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running, yield_now};

pub(super) fn cut(call: Invocation) -> Running {
    Box::pin(async move { call.end(pick(&call).await) })
}

/// First and last of `1,3-5,7-`, counted from 1.
fn ranges(text: &str) -> Option<Vec<(usize, usize)>> {
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let first = if first.is_empty() { 1 } else { first.parse().ok()? };
        let last = if last.is_empty() { usize::MAX } else { last.parse().ok()? };
        (first > 0 && first <= last && part != "-").then_some((first, last))
    };
    text.split(',').map(range).collect()
}

async fn pick(call: &Invocation) -> Outcome {
    let long = [
        ("fields", 'f'),
        ("delimiter", 'd'),
        ("characters", 'c'),
        ("bytes", 'b'),
        ("only-delimited", 's'),
        ("complement", 'v'),
        ("output-delimiter", 'o'),
    ];
    let options = Options::read(&call.args, "f:d:c:b:snvo:", &long, 1)?;
    let list = options.value('f').or(options.value('c')).or(options.value('b'));
    let Some(list) = list else {
        return Err(Complaint::new("you must specify a list of bytes, characters, or fields", 1));
    };
    let Some(ranges) = ranges(list) else {
        return Err(Complaint::new(format!("invalid field value ‘{list}’"), 1));
    };
    let delimiter = options.value('d').unwrap_or("\t");
    if delimiter.chars().count() != 1 {
        return Err(Complaint::new("the delimiter must be a single character", 1));
    }
    let joint = options.value('o').unwrap_or(delimiter);
    let is_picked = |number: usize| {
        ranges.iter().any(|(first, last)| (*first..=*last).contains(&number)) != options.has('v')
    };
    let mut inputs = Inputs::new(call, &options.rest);
    while let Some(line) = inputs.text().await? {
        if !options.has('f') {
            let picked = line.chars().enumerate().filter(|(at, _)| is_picked(at + 1));
            call.stdio.stdout.line(&picked.map(|(_, char)| char).collect::<String>());
        } else if line.contains(delimiter) {
            let fields = line.split(delimiter).enumerate().filter(|(at, _)| is_picked(at + 1));
            call.stdio.stdout.line(&fields.map(|(_, field)| field).collect::<Vec<_>>().join(joint));
        } else if !options.has('s') {
            call.stdio.stdout.line(&line);
        }
    }
    Ok(i32::from(inputs.failed))
}

pub(super) fn tr(call: Invocation) -> Running {
    Box::pin(async move { call.end(translate(&call).await) })
}

/// The characters of `a-z`, `[:upper:]`, `\n`.
fn set(text: &str) -> Vec<char> {
    let mut chars = text.chars().peekable();
    let mut set = Vec::new();
    while let Some(char) = chars.next() {
        let rest: String = chars.clone().collect();
        if char == '['
            && let Some((name, _)) = rest.strip_prefix(':').and_then(|rest| rest.split_once(":]"))
        {
            let is_in: fn(&char) -> bool = match name {
                "upper" => char::is_ascii_uppercase,
                "lower" => char::is_ascii_lowercase,
                "digit" => char::is_ascii_digit,
                "alpha" => char::is_ascii_alphabetic,
                "alnum" => char::is_ascii_alphanumeric,
                "space" => |char| matches!(char, ' ' | '\t'..='\r'),
                "blank" => |char| matches!(char, ' ' | '\t'),
                "punct" => char::is_ascii_punctuation,
                "cntrl" => char::is_ascii_control,
                "xdigit" => char::is_ascii_hexdigit,
                "print" => |char| matches!(char, ' '..='~'),
                "graph" => char::is_ascii_graphic,
                _ => |_| false,
            };
            set.extend((0..128_u8).map(char::from).filter(is_in));
            chars.nth(name.len() + 2);
            continue;
        }
        let char = if char == '\\' { escaped(&mut chars) } else { char };
        let mut ahead = chars.clone();
        match (ahead.next(), ahead.next()) {
            (Some('-'), Some(last)) => {
                chars.nth(1);
                set.extend(char..=last);
            }
            _ => set.push(char),
        }
    }
    set
}

fn escaped(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> char {
    match chars.next() {
        Some('n') => '\n',
        Some('t') => '\t',
        Some('r') => '\r',
        Some('0') => {
            let mut value = 0;
            while let Some(digit) = chars.peek().and_then(|char| char.to_digit(8)) {
                value = value * 8 + digit;
                chars.next();
            }
            char::from_u32(value).unwrap_or('\0')
        }
        Some(other) => other,
        None => '\\',
    }
}

async fn translate(call: &Invocation) -> Outcome {
    let long = [("delete", 'd'), ("squeeze-repeats", 's'), ("complement", 'c')];
    let options = Options::read(&call.args, "+dscC", &long, 1)?;
    let deletes = options.has('d');
    let (from, to) = match &options.rest[..] {
        [from] => (set(from), None),
        [from, to] => (set(from), Some(set(to))),
        [] => return Err(Complaint::new("missing operand", 1)),
        [_, _, extra, ..] => return Err(Complaint::new(format!("extra operand ‘{extra}’"), 1)),
    };
    if to.is_none() && !deletes && !options.has('s') {
        let text = format!(
            "missing operand after ‘{}’\nTwo strings must be given when translating.",
            options.rest[0]
        );
        return Err(Complaint::new(text, 1));
    }
    let is_complement = options.has('c') || options.has('C');
    let is_in = |char: char| from.contains(&char) != is_complement;
    let squeezed = match (&to, deletes) {
        (Some(to), _) => to.clone(),
        (None, _) => from.clone(),
    };
    let is_squeezed = |char: char| match to.is_some() {
        true => squeezed.contains(&char),
        false => is_in(char),
    };
    let mapped = |char: char| match &to {
        Some(to) if !deletes && is_in(char) => {
            let at = if is_complement {
                usize::MAX
            } else {
                from.iter().position(|from| *from == char).unwrap_or(0)
            };
            to.get(at).or(to.last()).copied().unwrap_or(char)
        }
        _ => char,
    };
    let mut last = None;
    loop {
        let chunk = call.stdio.stdin.line().await?;
        if chunk.is_empty() {
            return Ok(0);
        }
        let mut out = String::new();
        for char in String::from_utf8_lossy(&chunk).chars() {
            if deletes && is_in(char) {
                continue;
            }
            let char = mapped(char);
            if options.has('s') && last == Some(char) && is_squeezed(char) {
                continue;
            }
            last = Some(char);
            out.push(char);
        }
        call.stdio.stdout.print(&out);
        yield_now().await;
    }
}

pub(super) fn paste(call: Invocation) -> Running {
    Box::pin(async move { call.end(join(&call).await) })
}

async fn join(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "d:s", &[("delimiters", 'd'), ("serial", 's')], 1)?;
    let delimiter: String = options.value('d').unwrap_or("\t").chars().take(1).collect();
    let mut files = Vec::new();
    let names = if options.rest.is_empty() { vec!["-".to_owned()] } else { options.rest.clone() };
    for name in &names {
        let read = call.input(name).await?.map_err(|error| Complaint::new(format!("{name}: {error}"), 1))?;
        files.push(String::from_utf8_lossy(&read).lines().map(str::to_owned).collect::<Vec<String>>());
    }
    if options.has('s') {
        files.iter().for_each(|lines| call.stdio.stdout.line(&lines.join(&delimiter)));
        return Ok(0);
    }
    for at in 0..files.iter().map(Vec::len).max().unwrap_or(0) {
        let cells: Vec<&str> = files.iter().map(|lines| lines.get(at).map_or("", String::as_str)).collect();
        call.stdio.stdout.line(&cells.join(&delimiter));
    }
    Ok(0)
}

pub(super) fn base64(call: Invocation) -> Running {
    Box::pin(async move { call.end(code(&call).await) })
}

async fn code(call: &Invocation) -> Outcome {
    let long = [("decode", 'd'), ("wrap", 'w'), ("ignore-garbage", 'i')];
    let options = Options::read(&call.args, "dDw:i", &long, 1)?;
    let mut inputs = Inputs::new(call, &options.rest);
    let bytes = inputs.all().await?;
    if inputs.failed {
        return Ok(1);
    }
    if options.has('d') || options.has('D') {
        let text: Vec<u8> = bytes.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let decoded = STANDARD.decode(&text).map_err(|_| Complaint::new("invalid input", 1))?;
        call.stdio.stdout.write(&decoded);
        return Ok(0);
    }
    let wrap: usize =
        options.value('w').map_or(Ok(76), str::parse).map_err(|_| Complaint::new("invalid wrap size", 1))?;
    let text = STANDARD.encode(bytes);
    if wrap == 0 {
        call.stdio.stdout.print(&text);
        return Ok(0);
    }
    for line in text.as_bytes().chunks(wrap) {
        call.stdio.stdout.write(line);
        call.stdio.stdout.write(b"\n");
    }
    Ok(0)
}
