//! `sed`: a script that changes lines.

use std::rc::Rc;

use regex_lite::Regex;

use super::inputs::{Inputs, text};
use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running, yield_now};
use super::sed_script::{Action, Address, Command, NO_LABEL, parse};
use crate::base::stdio::BUFFER_LIMIT;
use crate::base::{Cost, Meter};

/// What a command and a match cost in bytes, and how many matches there may be in a line.
const COMMAND_COST: u64 = 8;
const MATCH_COST: u64 = 64;
const MATCHES_MAX: usize = 200_000;

/// Lines of a file edited in place between two moments at which others may run.
const LINES_PER_YIELD: usize = 256;

pub(super) fn run(call: Invocation) -> Running {
    Box::pin(async move { call.end(edit(&call).await) })
}

async fn edit(call: &Invocation) -> Outcome {
    let long = [
        ("quiet", 'n'),
        ("silent", 'n'),
        ("expression", 'e'),
        ("file", 'f'),
        ("regexp-extended", 'E'),
        ("in-place", 'i'),
        ("unbuffered", 'u'),
    ];
    // -i may have the ending of a copy, without a blank.
    let args: Vec<String> = call
        .args
        .iter()
        .map(|arg| if arg.starts_with("-i") { "-i".to_owned() } else { arg.clone() })
        .collect();
    let mut options = Options::read(&args, "ne:f:Eriu", &long, 1)?;
    let commands = script(call, &mut options).await?;
    let mut editor = Editor {
        commands,
        is_silent: options.has('n'),
        number: 0,
        in_range: Vec::new(),
        hold: String::new(),
        appended: Vec::new(),
    };
    editor.in_range = vec![None; editor.commands.len()];
    if options.has('i') {
        return in_place(call, &options.rest, &mut editor).await;
    }
    let mut inputs = Inputs::new(call, &options.rest);
    inputs.prefix = "can't read ";
    // Only a script that asks for the last line waits for the one behind.
    let asks_for_last = editor.commands.iter().any(Command::asks_for_last);
    let mut next = inputs.line().await?;
    while let Some(line) = next {
        next = if asks_for_last { inputs.line().await? } else { None };
        let mut space = Space::default();
        editor.read(&line, &mut space);
        loop {
            let mut out = String::new();
            let is_last = asks_for_last && next.is_none();
            let step = editor.run(call, &mut space, is_last, &mut out)?;
            call.stdio.stdout.print(&out);
            match (step, next.take()) {
                (Step::Stop, _) => {
                    return Ok(editor.commands.iter().find_map(Command::exit_status).unwrap_or(0));
                }
                (Step::Read, Some(line)) => {
                    editor.read(&line, &mut space);
                    next = inputs.line().await?;
                }
                (Step::Read | Step::Done, behind) => {
                    next = behind;
                    break;
                }
            }
        }
        if !asks_for_last {
            next = inputs.line().await?;
        }
    }
    Ok(if inputs.failed { 2 } else { 0 })
}

/// The commands of the script that the options give, or else the first argument.
async fn script(call: &Invocation, options: &mut Options) -> Result<Rc<[Command]>, Complaint> {
    let mut script: Vec<String> = options.values('e').map(str::to_owned).collect();
    for name in options.values('f') {
        let read = call
            .input(name)
            .await?
            .map_err(|error| Complaint::new(format!("couldn't open file {name}: {error}"), 1))?;
        script.push(String::from_utf8_lossy(&read).into_owned());
    }
    if script.is_empty() {
        if options.rest.is_empty() {
            return Err(Complaint::new("no script: sed [-nEi] script [file …]", 1));
        }
        script.push(options.rest.remove(0));
    }
    let is_extended = options.has('E') || options.has('r');
    let commands =
        parse(&script.join("\n"), is_extended).map_err(|text| match text.starts_with(NO_LABEL) {
            true => Complaint::new(text, 4),
            false => Complaint::new(format!("-e expression #1: {text}"), 1),
        })?;
    Ok(commands.into())
}

/// Edits the files themselves.
async fn in_place(call: &Invocation, names: &[String], editor: &mut Editor) -> Outcome {
    let mut status = 0;
    for name in names {
        match call.machine.files.read(&call.path(name)) {
            Ok(bytes) => {
                editor.number = 0;
                let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
                let (mut out, mut space) = (String::new(), Space::default());
                for (at, line) in lines.iter().enumerate() {
                    if at.is_multiple_of(LINES_PER_YIELD) {
                        yield_now().await;
                    }
                    editor.read(line, &mut space);
                    match editor.run(call, &mut space, at + 1 == lines.len(), &mut out)? {
                        Step::Done => space = Space::default(),
                        Step::Read => {}
                        Step::Stop => break,
                    }
                }
                let written = call.machine.files.write(&call.path(name), out.as_bytes(), false);
                written.map_err(|error| Complaint::new(format!("couldn't write {name}: {error}"), 4))?;
            }
            Err(error) => status = call.complain(&format!("can't read {name}: {error}"), 2),
        }
    }
    Ok(status)
}

struct Editor {
    commands: Rc<[Command]>,
    is_silent: bool,
    number: usize,
    /// For each command whether its range is open, and the line where a counted one ends.
    in_range: Vec<Option<usize>>,
    hold: String,
    appended: Vec<String>,
}

/// The pattern space, and what happened to it.
#[derive(Default)]
struct Space {
    text: String,
    /// The last line in it has an end.
    ends: bool,
    /// A line is read already: the next one goes behind it.
    is_open: bool,
    /// The next command.
    at: usize,
    replaced: bool,
    /// Commands that were run.
    commands: u32,
}

/// Why the commands have ended.
enum Step {
    /// The line is done.
    Done,
    /// They go on when another line is read.
    Read,
    /// No further line is read.
    Stop,
}

/// Commands at one line; more are a loop without end.
const COMMANDS_MAX: u32 = 200_000;

impl Editor {
    /// Reads a line, to be added to the space where it is open.
    fn read(&mut self, line: &[u8], space: &mut Space) {
        self.number += 1;
        if std::mem::replace(&mut space.is_open, true) {
            space.text.push('\n');
        }
        space.text.push_str(&text(line));
        space.ends = line.ends_with(b"\n");
    }

    /// Prints the space, unless it was deleted, and what was to come behind it.
    fn end(&mut self, space: &Space, is_deleted: bool, out: &mut String) {
        if !is_deleted && !self.is_silent {
            out.push_str(&space.text);
            out.push_str(if space.ends { "\n" } else { "" });
        }
        for text in self.appended.drain(..) {
            out.push_str(&format!("{text}\n"));
        }
    }

    /// Does what changes or prints the text, and nothing else. Returns whether something was replaced.
    fn change(
        &mut self,
        action: &Action,
        space: &mut String,
        call: &Invocation,
        out: &mut String,
    ) -> Result<bool, Complaint> {
        match action {
            Action::Substitute { regex, with, nth, all, print } => {
                let changed = substitute(regex, space, with, *nth, *all, &call.machine.meter)?;
                let Some(changed) = changed else { return Ok(false) };
                *space = changed;
                if *print {
                    out.push_str(&format!("{space}\n"));
                }
                return Ok(true);
            }
            Action::Transliterate(pairs) => *space = transliterate(space, pairs),
            Action::Append(text) => self.appended.push(text.clone()),
            Action::Insert(text) => out.push_str(&format!("{text}\n")),
            Action::Number => out.push_str(&format!("{}\n", self.number)),
            Action::Print => out.push_str(&format!("{space}\n")),
            Action::PrintFirst => out.push_str(&format!("{}\n", space.lines().next().unwrap_or(""))),
            Action::Hold => self.hold.clone_from(space),
            Action::HoldAppend => self.hold.push_str(&format!("\n{space}")),
            Action::Get => space.clone_from(&self.hold),
            Action::GetAppend => space.push_str(&format!("\n{}", self.hold)),
            Action::Exchange => std::mem::swap(&mut self.hold, space),
            // Those that lead elsewhere.
            _ => {}
        }
        Ok(false)
    }

    /// Runs the commands from the next one on.
    fn run(
        &mut self,
        call: &Invocation,
        pattern: &mut Space,
        is_last: bool,
        out: &mut String,
    ) -> Result<Step, Complaint> {
        let (mut deleted, mut stops) = (false, false);
        let Space { text: space, at, replaced, commands, .. } = &mut *pattern;
        while *at < self.commands.len() {
            let here = *at;
            *at += 1;
            *commands += 1;
            if *commands > COMMANDS_MAX {
                return Err(Complaint::new(
                    format!("more than {COMMANDS_MAX} commands at a line are not simulated"),
                    4,
                ));
            }
            self.pay(here, space, out, call)?;
            if !self.selects(here, space, is_last) {
                if let Action::Block(count) = self.commands[here].action {
                    *at += count;
                }
                continue;
            }
            let script = self.commands.clone();
            match &script[here].action {
                Action::Block(_) => {}
                Action::Delete => {
                    deleted = true;
                    break;
                }
                Action::Quit { silent, .. } => {
                    stops = true;
                    deleted = *silent;
                    break;
                }
                Action::Change(text) => {
                    if self.in_range[here].is_none() || is_last {
                        out.push_str(&format!("{text}\n"));
                    }
                    deleted = true;
                    break;
                }
                // Without another line, what there is is printed, and nothing more is done.
                Action::Next | Action::AddNext if is_last => {
                    stops = true;
                    break;
                }
                Action::AddNext => return Ok(Step::Read),
                Action::Next => {
                    self.end(pattern, false, out);
                    pattern.text.clear();
                    pattern.is_open = false;
                    return Ok(Step::Read);
                }
                Action::DeleteFirst => match space.find('\n') {
                    Some(end) => {
                        space.drain(..=end);
                        *at = 0;
                    }
                    None => {
                        deleted = true;
                        break;
                    }
                },
                Action::Branch { to, when } if when.holds(replaced) => *at = *to,
                Action::Branch { .. } => {}
                action => *replaced |= self.change(action, space, call, out)?,
            }
            self.hold.truncate(1 << 20);
        }
        self.end(pattern, deleted, out);
        Ok(if stops { Step::Stop } else { Step::Done })
    }

    /// Pays for what a command may cost, or refuses it.
    fn pay(&self, at: usize, space: &str, out: &str, call: &Invocation) -> Result<(), Complaint> {
        if space.len() > BUFFER_LIMIT || out.len() > BUFFER_LIMIT {
            return Err(Complaint::new("so much text is not simulated", 4));
        }
        let meter = &call.machine.meter;
        if !meter.spend(Cost::Bytes, COMMAND_COST) {
            return Err(Complaint::new("couldn't allocate memory", 4));
        }
        self.commands[at].pay(space, meter).map_err(|text| Complaint::new(text, 4))
    }

    fn selects(&mut self, at: usize, space: &str, is_last: bool) -> bool {
        let Command { first, last, negated, .. } = &self.commands[at];
        let number = self.number;
        let fits = |address: &Address| match address {
            Address::Line(line) => *line == number,
            Address::Last => is_last,
            Address::Match(regex) => regex.is_match(space),
            Address::Step(from, step) => match step {
                0 => number == *from,
                step => number >= *from && (number - from).is_multiple_of(*step),
            },
            Address::Count(_) => false,
        };
        let selected = match (first, last) {
            (None, _) => true,
            (Some(first), None) => fits(first),
            (Some(first), Some(last)) => match self.in_range[at] {
                Some(end) => {
                    let is_end = match last {
                        Address::Line(line) => number >= *line,
                        Address::Count(_) => number >= end,
                        other => fits(other),
                    };
                    if is_end {
                        self.in_range[at] = None;
                    }
                    !matches!(last, Address::Line(line) if number > *line)
                }
                None if fits(first) => {
                    let ends_here = match last {
                        Address::Line(line) => *line <= number,
                        Address::Count(count) => *count == 0,
                        _ => false,
                    };
                    if !ends_here {
                        let count = if let Address::Count(count) = last { *count } else { 0 };
                        self.in_range[at] = Some(number + count);
                    }
                    true
                }
                None => false,
            },
        };
        selected != *negated
    }
}

/// The text with matches replaced; `None` if there is none. What comes of it is paid for as it grows.
fn substitute(
    regex: &Regex,
    text: &str,
    with: &[super::sed_script::Piece],
    nth: usize,
    all: bool,
    meter: &Meter,
) -> Result<Option<String>, Complaint> {
    use super::sed_script::Piece;
    let mut changed = String::new();
    let (mut from, mut count, mut paid) = (0, 0, 0);
    for found in regex.captures_iter(text) {
        count += 1;
        let Some(whole) = found.get(0) else { break };
        let size = MATCH_COST + changed.len() as u64 - paid;
        paid = changed.len() as u64;
        if count > MATCHES_MAX || changed.len() > BUFFER_LIMIT || !meter.spend(Cost::Bytes, size) {
            return Err(Complaint::new("so much text is not simulated", 4));
        }
        if count < nth || count > nth && !all {
            continue;
        }
        changed.push_str(&text[from..whole.start()]);
        let mut case = None;
        for piece in with {
            let piece = match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Group(group) => found.get(*group).map_or("", |group| group.as_str()),
                Piece::Case(new) => {
                    case = *new;
                    continue;
                }
            };
            match case {
                None => changed.push_str(piece),
                Some('U') => changed.push_str(&piece.to_uppercase()),
                Some('L') => changed.push_str(&piece.to_lowercase()),
                Some(once) => {
                    let mut chars = piece.chars();
                    let first: String = chars.next().into_iter().collect();
                    changed.push_str(&if once == 'u' { first.to_uppercase() } else { first.to_lowercase() });
                    changed.push_str(chars.as_str());
                    case = None;
                }
            }
        }
        from = whole.end();
    }
    if count < nth || count == 0 {
        return Ok(None);
    }
    changed.push_str(&text[from..]);
    Ok(Some(changed))
}

fn transliterate(text: &str, pairs: &[(char, char)]) -> String {
    let mapped = |char: char| pairs.iter().find(|(from, _)| *from == char).map_or(char, |(_, to)| *to);
    text.chars().map(mapped).collect()
}
