//! Builtins that read lines: `read`, `mapfile`.

use std::time::Duration;

use super::call::Call;
use crate::base::pty::END_OF_INPUT;
use crate::base::{Stdin, Stdio};
use crate::programs::INTERRUPTED;
use crate::shell::descriptors::Descriptor;
use crate::shell::outcome::{Outcome, Stop};
use crate::shell::state::Value;

/// Lines that a list may take.
const LINES_MAX: usize = 100_000;

/// The options of `read`.
#[derive(Default)]
struct Options {
    raw: bool,
    prompt: String,
    limit: Option<Duration>,
    list: Option<String>,
    delimiter: Option<char>,
    /// `-u`: the number of a stream.
    stream: Option<u32>,
    names: Vec<String>,
}

pub(super) async fn read(call: Call<'_>) -> Outcome {
    let options = match options(call.args) {
        Ok(options) => options,
        Err(text) => return call.fail(&text, 2),
    };
    let io = match options.stream {
        None => call.io.clone(),
        Some(number) => match call.shell.state().descriptors.get(number, call.io) {
            Some(Descriptor::Read(stdin)) => Stdio { stdin, ..call.io.clone() },
            _ => return call.fail(&format!("{number}: invalid file descriptor: Bad file descriptor"), 1),
        },
    };
    let call = Call { io: &io, ..call };
    let line = read_line(&call, &options);
    let line = match options.limit {
        None => line.await,
        Some(limit) => match call.shell.machine.clock.wait(limit).limit(line).await {
            Ok(line) => line,
            Err(_) => return Ok(142),
        },
    };
    let line = line.map_err(|_| Stop::Exit(INTERRUPTED))?;
    let ended = options.delimiter.unwrap_or('\n');
    let is_whole = line.ends_with(ended);
    let line = line.strip_suffix(ended).unwrap_or(&line);
    let separators = call.shell.separators();
    if let Some(name) = &options.list {
        let items = split(line, usize::MAX, &separators, options.raw);
        call.shell.put(name, Value::List(items.into()))?;
    } else if options.names.is_empty() {
        let whole = split(line, 1, "", options.raw).pop().unwrap_or_default();
        call.shell.assign("REPLY", &whole)?;
    } else {
        let mut parts = split(line, options.names.len(), &separators, options.raw).into_iter();
        for name in &options.names {
            call.shell.assign(name, &parts.next().unwrap_or_default())?;
        }
    }
    Ok(i32::from(!is_whole))
}

fn options(args: &[String]) -> Result<Options, String> {
    let mut options = Options::default();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let Some(letters) = arg.strip_prefix('-').filter(|letters| !letters.is_empty()) else {
            options.names.push(arg.clone());
            continue;
        };
        for (at, letter) in letters.char_indices() {
            let mut value = || match &letters[at + 1..] {
                "" => args.next().cloned().ok_or_else(|| format!("-{letter}: option requires an argument")),
                rest => Ok(rest.to_owned()),
            };
            match letter {
                'r' => options.raw = true,
                's' | 'e' => {}
                'p' => options.prompt = value()?,
                'a' => options.list = Some(value()?),
                'u' => {
                    let text = value()?;
                    let wrong = || format!("{text}: invalid file descriptor specification");
                    options.stream = Some(text.parse().map_err(|_| wrong())?);
                }
                'd' => options.delimiter = Some(value()?.chars().next().unwrap_or('\0')),
                't' => {
                    let text = value()?;
                    let seconds =
                        text.parse::<f64>().ok().and_then(|it| Duration::try_from_secs_f64(it).ok());
                    options.limit = Some(seconds.ok_or(format!("{text}: invalid timeout specification"))?);
                }
                other => return Err(format!("-{other} is not simulated")),
            }
            if matches!(letter, 'p' | 'a' | 'd' | 't' | 'u') {
                break;
            }
        }
    }
    Ok(options)
}

/// A line with its end, and with the lines behind a backslash at its end.
async fn read_line(call: &Call<'_>, options: &Options) -> Result<String, crate::base::Interrupt> {
    let mut text = String::new();
    loop {
        let line = match &call.io.stdin {
            Stdin::Terminal(terminal) => {
                let line = terminal.read_line(&options.prompt).await?;
                if line == END_OF_INPUT {
                    return Ok(text);
                }
                terminal.write(format!("{}{line}\n", options.prompt).as_bytes());
                format!("{line}\n")
            }
            Stdin::Pipe(pipe) => String::from_utf8_lossy(&pipe.line().await).into_owned(),
        };
        let is_over = line.is_empty();
        text.push_str(&line);
        if let Some(delimiter) = options.delimiter {
            if is_over || text.contains(delimiter) {
                return Ok(text);
            }
        } else if options.raw || is_over || !text.ends_with("\\\n") {
            return Ok(text);
        } else {
            text.truncate(text.len() - 2);
        }
    }
}

/// The first words of a line, the last with everything that follows. A backslash makes the next character plain, unless
/// the line is raw.
fn split(line: &str, count: usize, separators: &str, raw: bool) -> Vec<String> {
    let is_blank = |char: char| char.is_ascii_whitespace() && separators.contains(char);
    let mut rest = line.trim_start_matches(is_blank);
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let is_last = parts.len() + 1 == count;
        let mut part = String::new();
        let mut end = rest.len();
        let mut chars = rest.char_indices();
        let mut kept = 0; // the length up to the last character that was escaped
        while let Some((at, char)) = chars.next() {
            if char == '\\' && !raw {
                part.extend(chars.next().map(|(_, char)| char));
                kept = part.len();
            } else if separators.contains(char) && !is_last {
                end = at;
                break;
            } else {
                part.push(char);
            }
        }
        if is_last {
            let trimmed = part.trim_end_matches(is_blank).len().max(kept);
            part.truncate(trimmed);
        }
        parts.push(part);
        rest = rest[end..].trim_start_matches(is_blank);
        if let Some(char) = rest.chars().next().filter(|char| separators.contains(*char) && !is_last) {
            rest = rest[char.len_utf8()..].trim_start_matches(is_blank);
        }
        if is_last {
            break;
        }
    }
    parts
}

pub(super) async fn mapfile(call: Call<'_>) -> Outcome {
    let trims = call.args.iter().any(|arg| arg == "-t");
    let mut names = call.args.iter().filter(|arg| *arg != "-t");
    let name = names.next().map_or("MAPFILE", String::as_str);
    if name.starts_with('-') || names.next().is_some() {
        return call.fail(&format!("{name} is not simulated"), 2);
    }
    let mut items = Vec::new();
    loop {
        let line = call.io.stdin.line().await.map_err(|_| Stop::Exit(INTERRUPTED))?;
        if line.is_empty() {
            break;
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        items.push(if trims { line.trim_end_matches('\n').to_owned() } else { line });
        if items.len() > LINES_MAX {
            return call.fail(&format!("more than {LINES_MAX} lines are not simulated"), 1);
        }
    }
    call.shell.put(name, Value::List(items.into()))?;
    Ok(0)
}
