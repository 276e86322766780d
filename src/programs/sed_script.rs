//! Reads the scripts of `sed`.

use std::collections::BTreeMap;

use regex_lite::Regex;

use super::program::Status;
use super::regex::{Syntax, compile, pay};
use crate::base::Meter;

pub(super) struct Command {
    pub first: Option<Address>,
    pub last: Option<Address>,
    pub negated: bool,
    pub action: Action,
}

pub(super) enum Address {
    Line(usize),
    /// `$`
    Last,
    Match(Regex),
    /// `first~step`
    Step(usize, usize),
    /// `+count`
    Count(usize),
}

pub(super) enum Action {
    /// `{`: the number of commands in it.
    Block(usize),
    Delete,
    Print,
    Quit {
        silent: bool,
        status: Status,
    },
    Substitute {
        regex: Regex,
        with: Vec<Piece>,
        nth: usize,
        all: bool,
        print: bool,
    },
    Transliterate(Vec<(char, char)>),
    Append(String),
    Insert(String),
    Change(String),
    Number,
    Hold,
    HoldAppend,
    Get,
    GetAppend,
    Exchange,
    /// `n`: goes on with the next line.
    Next,
    /// `N`: adds the next line.
    AddNext,
    /// `P`: prints the first line of several.
    PrintFirst,
    /// `D`: deletes the first line of several, and begins again.
    DeleteFirst,
    /// `b`, `t` and `T`: goes on with the command of this number.
    Branch {
        to: usize,
        when: When,
    },
}

/// When a branch is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Always,
    Replaced,
    NotReplaced,
}

impl When {
    /// Whether it is so; who asks whether something was replaced starts anew with that.
    pub(super) fn holds(&self, replaced: &mut bool) -> bool {
        match self {
            When::Always => true,
            When::Replaced => std::mem::take(replaced),
            When::NotReplaced => !std::mem::take(replaced),
        }
    }
}

/// A piece of what replaces a match.
pub(super) enum Piece {
    Text(String),
    Group(usize),
    /// `\U`, `\L`, `\u`, `\l`, `\E`
    Case(Option<char>),
}

impl Command {
    /// Whether it has to know which line is the last one.
    pub(super) fn asks_for_last(&self) -> bool {
        let is_last = |address: &Option<Address>| matches!(address, Some(Address::Last));
        let reads_on = matches!(self.action, Action::Change(_) | Action::Next | Action::AddNext);
        is_last(&self.first) || is_last(&self.last) || reads_on
    }

    /// Pays for what matching a text costs at most.
    pub(super) fn pay(&self, text: &str, meter: &Meter) -> Result<(), &'static str> {
        let of_address = |address: &'_ Option<Address>| match address {
            Some(Address::Match(regex)) => pay(regex, text, meter),
            _ => Ok(()),
        };
        of_address(&self.first)?;
        of_address(&self.last)?;
        match &self.action {
            Action::Substitute { regex, .. } => pay(regex, text, meter),
            _ => Ok(()),
        }
    }

    pub(super) fn exit_status(&self) -> Option<Status> {
        if let Action::Quit { status, .. } = self.action { Some(status) } else { None }
    }
}

struct Reader<'a> {
    rest: &'a str,
    syntax: Syntax,
    /// The label of the branch that was read last; empty for the end.
    label: String,
}

pub(super) fn parse(script: &str, is_extended: bool) -> Result<Vec<Command>, String> {
    let syntax = if is_extended { Syntax::Extended } else { Syntax::Basic };
    let mut reader = Reader { rest: script, syntax, label: String::new() };
    let mut commands = Vec::new();
    let (mut labels, mut branches) = (BTreeMap::new(), Vec::new());
    let mut open: Vec<usize> = Vec::new();
    loop {
        reader.rest = reader.rest.trim_start_matches([' ', '\t', '\n', ';']);
        if let Some(rest) = reader.rest.strip_prefix('#') {
            reader.rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
            continue;
        }
        if let Some(rest) = reader.rest.strip_prefix('}') {
            reader.rest = rest;
            let begin = open.pop().ok_or("unexpected `}'")?;
            let count = commands.len() - begin - 1;
            if let Some(Command { action: Action::Block(inside), .. }) = commands.get_mut(begin) {
                *inside = count;
            }
            continue;
        }
        if reader.rest.is_empty() {
            if !open.is_empty() {
                return Err("unmatched `{'".to_owned());
            }
            return resolved(commands, &labels, branches);
        }
        if reader.rest.starts_with(':') {
            reader.next();
            labels.insert(reader.label(), commands.len());
            continue;
        }
        let command = reader.command()?;
        if matches!(command.action, Action::Block(_)) {
            open.push(commands.len());
        }
        if matches!(command.action, Action::Branch { .. }) {
            branches.push((commands.len(), std::mem::take(&mut reader.label)));
        }
        commands.push(command);
    }
}

/// How the complaint about a branch to nowhere begins.
pub(super) const NO_LABEL: &str = "can't find label for jump to";

/// The commands with each branch leading to its label.
fn resolved(
    mut commands: Vec<Command>,
    labels: &BTreeMap<String, usize>,
    branches: Vec<(usize, String)>,
) -> Result<Vec<Command>, String> {
    let end = commands.len();
    for (at, label) in branches {
        let target = if label.is_empty() { Some(&end) } else { labels.get(&label) };
        let target = *target.ok_or_else(|| format!("{NO_LABEL} `{label}'"))?;
        if let Action::Branch { to, .. } = &mut commands[at].action {
            *to = target;
        }
    }
    Ok(commands)
}

impl Reader<'_> {
    /// The name of a label, up to the end of the line or the next command.
    fn label(&mut self) -> String {
        self.blanks();
        let end = self.rest.find([';', '\n', '}']).unwrap_or(self.rest.len());
        let label = self.rest[..end].trim().to_owned();
        self.rest = &self.rest[end..];
        label
    }

    fn next(&mut self) -> Option<char> {
        let char = self.rest.chars().next()?;
        self.rest = &self.rest[char.len_utf8()..];
        Some(char)
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    fn number(&mut self) -> Option<usize> {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = self.rest[..count].parse().ok();
        self.rest = &self.rest[count..];
        number
    }

    fn command(&mut self) -> Result<Command, String> {
        let first = self.address()?;
        self.blanks();
        let mut last = None;
        if first.is_some() && self.rest.starts_with(',') {
            self.next();
            self.blanks();
            last = Some(self.address()?.ok_or("unexpected `,'")?);
            self.blanks();
        }
        let negated = self.rest.starts_with('!');
        if negated {
            self.next();
            self.blanks();
        }
        let letter = self.next().ok_or("missing command")?;
        let action = match letter {
            '{' => return Ok(Command { first, last, negated, action: Action::Block(0) }),
            's' => self.substitution()?,
            'y' => self.transliteration()?,
            'a' => Action::Append(self.text()),
            'i' => Action::Insert(self.text()),
            'c' => Action::Change(self.text()),
            'q' | 'Q' => {
                self.blanks();
                Action::Quit { silent: letter == 'Q', status: self.number().unwrap_or(0) as Status }
            }
            'd' => Action::Delete,
            'p' => Action::Print,
            '=' => Action::Number,
            'h' => Action::Hold,
            'H' => Action::HoldAppend,
            'g' => Action::Get,
            'G' => Action::GetAppend,
            'x' => Action::Exchange,
            'n' => Action::Next,
            'N' => Action::AddNext,
            'P' => Action::PrintFirst,
            'D' => Action::DeleteFirst,
            'b' | 't' | 'T' => {
                self.label = self.label();
                let when = match letter {
                    'b' => When::Always,
                    't' => When::Replaced,
                    _ => When::NotReplaced,
                };
                Action::Branch { to: 0, when }
            }
            'r' | 'w' | 'R' | 'W' | 'e' | 'l' | 'F' | 'z' => {
                return Err(format!("the command {letter} is not simulated"));
            }
            other => return Err(format!("unknown command: `{other}'")),
        };
        self.blanks();
        if !(self.rest.is_empty() || self.rest.starts_with([';', '\n', '}', '#'])) {
            return Err("extra characters after command".to_owned());
        }
        Ok(Command { first, last, negated, action })
    }

    fn address(&mut self) -> Result<Option<Address>, String> {
        let char = self.rest.chars().next();
        Ok(match char {
            Some('0'..='9') => {
                let line = self.number().unwrap_or(0);
                if self.rest.starts_with('~') {
                    self.next();
                    Some(Address::Step(line, self.number().unwrap_or(0)))
                } else {
                    Some(Address::Line(line))
                }
            }
            Some('+') => {
                self.next();
                Some(Address::Count(self.number().unwrap_or(0)))
            }
            Some('$') => {
                self.next();
                Some(Address::Last)
            }
            Some('/' | '\\') => {
                let mut end = self.next().unwrap_or('/');
                if end == '\\' {
                    end = self.next().ok_or("unterminated address regex")?;
                }
                let pattern = self.until(end, true).ok_or("unterminated address regex")?;
                let ignore_case = self.rest.starts_with('I');
                if ignore_case {
                    self.next();
                }
                Some(Address::Match(compile(&pattern, self.syntax, ignore_case)?))
            }
            _ => None,
        })
    }

    /// The text up to `end`, which a backslash makes plain.
    fn until(&mut self, end: char, is_regex: bool) -> Option<String> {
        let mut text = String::new();
        let mut in_set = false;
        loop {
            match self.next()? {
                '\\' => match self.next()? {
                    escaped if escaped == end => {
                        // A sign that means something in patterns stays plain.
                        if is_regex && "|+?(){}".contains(end) {
                            text.push('\\');
                        }
                        text.push(end);
                    }
                    other => text.extend(['\\', other]),
                },
                '[' if is_regex && !in_set => {
                    in_set = true;
                    text.push('[');
                    // A bracket at the start of a set is plain.
                    for plain in ['^', ']'] {
                        if self.rest.starts_with(plain) {
                            text.extend(self.next());
                        }
                    }
                }
                ']' if in_set => {
                    in_set = false;
                    text.push(']');
                }
                char if char == end && !in_set => return Some(text),
                '\n' if is_regex => return None,
                other => text.push(other),
            }
        }
    }

    fn substitution(&mut self) -> Result<Action, String> {
        let unterminated = "unterminated `s' command";
        let end = self.next().ok_or(unterminated)?;
        let pattern = self.until(end, true).ok_or(unterminated)?;
        let with = self.until(end, false).ok_or(unterminated)?;
        let (mut nth, mut all, mut print, mut ignore_case) = (1, false, false, false);
        loop {
            match self.rest.chars().next() {
                Some('g') => all = true,
                Some('p') => print = true,
                Some('i' | 'I') => ignore_case = true,
                Some('1'..='9') => {
                    nth = self.number().unwrap_or(1);
                    continue;
                }
                Some(flag @ ('w' | 'e' | 'm' | 'M')) => {
                    return Err(format!("the flag {flag} of s is not simulated"));
                }
                _ => break,
            }
            self.next();
        }
        let regex = compile(&pattern, self.syntax, ignore_case)?;
        let with = pieces(&with, regex.captures_len())?;
        Ok(Action::Substitute { regex, with, nth, all, print })
    }

    fn transliteration(&mut self) -> Result<Action, String> {
        let unterminated = "unterminated `y' command";
        let end = self.next().ok_or(unterminated)?;
        let from = self.until(end, false).ok_or(unterminated)?.replace("\\n", "\n");
        let to = self.until(end, false).ok_or(unterminated)?.replace("\\n", "\n");
        if from.chars().count() != to.chars().count() {
            return Err("strings for `y' command are different lengths".to_owned());
        }
        Ok(Action::Transliterate(from.chars().zip(to.chars()).collect()))
    }

    /// The text of `a`, `i` and `c`: the rest of the line, and lines behind a backslash at its end.
    fn text(&mut self) -> String {
        self.blanks();
        if self.rest.starts_with('\\') {
            self.next();
            self.blanks();
            if self.rest.starts_with('\n') {
                self.next();
            }
        }
        let mut text = String::new();
        while let Some(char) = self.next() {
            match char {
                '\n' => break,
                '\\' => text.extend(self.next()),
                other => text.push(other),
            }
        }
        text
    }
}

/// The pieces of what replaces a match.
fn pieces(with: &str, groups: usize) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut chars = with.chars();
    while let Some(char) = chars.next() {
        let piece = match char {
            '&' => Piece::Group(0),
            '\\' => match chars.next() {
                Some(digit @ '0'..='9') => {
                    let group = digit as usize - '0' as usize;
                    if group >= groups {
                        return Err(format!("invalid reference \\{group} on `s' command's RHS"));
                    }
                    Piece::Group(group)
                }
                Some('n') => {
                    text.push('\n');
                    continue;
                }
                Some('t') => {
                    text.push('\t');
                    continue;
                }
                Some('E') => Piece::Case(None),
                Some(case @ ('U' | 'L' | 'u' | 'l')) => Piece::Case(Some(case)),
                other => {
                    text.extend(other);
                    continue;
                }
            },
            other => {
                text.push(other);
                continue;
            }
        };
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        pieces.push(piece);
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(pieces)
}
