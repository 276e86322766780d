//! `grep`: lines that match.

use regex_lite::Regex;

use super::inputs::{Inputs, text};
use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running};
use super::regex::{self, Syntax, compile};

const LONG: &[(&str, char)] = &[
    ("extended-regexp", 'E'),
    ("fixed-strings", 'F'),
    ("basic-regexp", 'G'),
    ("perl-regexp", 'P'),
    ("ignore-case", 'i'),
    ("invert-match", 'v'),
    ("count", 'c'),
    ("line-number", 'n'),
    ("only-matching", 'o'),
    ("quiet", 'q'),
    ("silent", 'q'),
    ("no-messages", 's'),
    ("word-regexp", 'w'),
    ("line-regexp", 'x'),
    ("max-count", 'm'),
    ("regexp", 'e'),
    ("file", 'f'),
    ("files-with-matches", 'l'),
    ("files-without-match", 'L'),
    ("with-filename", 'H'),
    ("no-filename", 'h'),
    ("after-context", 'A'),
    ("before-context", 'B'),
    ("context", 'C'),
    ("line-buffered", 'u'),
    ("color", '~'),
    ("colour", '~'),
    ("recursive", 'r'),
    ("text", 'a'),
];

pub(super) fn run(call: Invocation) -> Running {
    Box::pin(async move { call.end(search(&call).await) })
}

async fn search(call: &Invocation) -> Outcome {
    let mut args = call.args.clone();
    args.retain(|arg| !arg.starts_with("--color") && !arg.starts_with("--colour"));
    let mut options = Options::read(&args, "EFGPivcnoqswxm:e:f:lLHhA:B:C:ura", LONG, 2)?;
    let mut patterns: Vec<String> = options.values('e').map(str::to_owned).collect();
    for name in options.values('f') {
        let read = call.input(name).await?.map_err(|error| Complaint::new(format!("{name}: {error}"), 2))?;
        patterns.extend(String::from_utf8_lossy(&read).lines().map(str::to_owned));
    }
    if patterns.is_empty() && !options.has('f') {
        if options.rest.is_empty() {
            return Err(Complaint::new("no pattern: grep [options] pattern [file …]", 2));
        }
        patterns.push(options.rest.remove(0));
    }
    if options.has('r') {
        options.rest = all_files(call, &options.rest);
    }
    let regexes = regexes(&patterns, &options).map_err(|text| Complaint::new(text, 2))?;
    let mut search = Search::new(call, &options, regexes)?;
    let mut inputs = Inputs::new(call, &options.rest);
    inputs.is_silent = options.has('s');
    let mut last = None;
    loop {
        let line = inputs.line().await?;
        // Of each file its own numbers.
        if last.as_ref().is_some_and(|last| *last != inputs.opened) || line.is_none() {
            search.end_file();
        }
        last = Some(inputs.opened);
        let Some(line) = line else { break };
        search.name.clone_from(&inputs.name);
        if search.line(&text(&line))? {
            if search.is_quiet {
                return Ok(0);
            }
            inputs.skip_file();
        }
    }
    Ok(if inputs.failed && !options.has('q') { 2 } else { i32::from(!search.found_any) })
}

/// The files in the folders that are named, or in this one.
fn all_files(call: &Invocation, names: &[String]) -> Vec<String> {
    let mut waiting: Vec<String> = if names.is_empty() { vec![".".to_owned()] } else { names.to_vec() };
    waiting.reverse();
    let mut found = Vec::new();
    while let Some(name) = waiting.pop() {
        if call.machine.files.is_folder(&call.path(&name)) {
            let inside = call.machine.files.names(&call.path(&name));
            let above = if names.is_empty() && name == "." { String::new() } else { format!("{name}/") };
            waiting.extend(inside.into_iter().rev().map(|inner| format!("{above}{inner}")));
        } else {
            found.push(name);
        }
    }
    found
}

fn regexes(patterns: &[String], options: &Options) -> Result<Vec<Regex>, String> {
    let syntax = match options.last_of("EFGP") {
        Some('E') => Syntax::Extended,
        Some('F') => Syntax::Fixed,
        Some('P') => Syntax::Perl,
        _ => Syntax::Basic,
    };
    let mut regexes = Vec::new();
    for pattern in patterns.iter().flat_map(|pattern| pattern.split('\n')) {
        let regex = compile(pattern, syntax, options.has('i'))?;
        let written = regex.as_str();
        let around = match () {
            () if options.has('x') => format!("^(?:{written})$"),
            () if options.has('w') => format!(r"\b(?:{written})\b"),
            () => {
                regexes.push(regex);
                continue;
            }
        };
        regexes.push(compile(&around, Syntax::Perl, options.has('i'))?);
    }
    Ok(regexes)
}

struct Search<'a> {
    call: &'a Invocation,
    options: &'a Options,
    regexes: Vec<Regex>,
    is_quiet: bool,
    most: usize,
    before: usize,
    after: usize,
    with_names: bool,
    name: String,
    found_any: bool,
    /// Of this file: lines, lines that match, the last line that was printed.
    number: usize,
    count: usize,
    printed: usize,
    printed_any: bool,
    /// The last lines that do not match, and how many lines are still to be printed.
    earlier: std::collections::VecDeque<String>,
    left: usize,
}

impl<'a> Search<'a> {
    fn new(call: &'a Invocation, options: &'a Options, regexes: Vec<Regex>) -> Result<Search<'a>, Complaint> {
        let number = |letter: char| match options.value(letter) {
            None => Ok(None),
            Some(text) => match text.parse::<usize>() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(Complaint::new(format!("{text}: invalid context length argument"), 2)),
            },
        };
        let around = number('C')?.unwrap_or(0);
        let with_names =
            (options.rest.len() > 1 || options.has('H') || options.has('r')) && !options.has('h');
        Ok(Search {
            call,
            options,
            regexes,
            is_quiet: options.has('q'),
            most: number('m')?.unwrap_or(usize::MAX),
            before: number('B')?.unwrap_or(around),
            after: number('A')?.unwrap_or(around),
            with_names,
            name: String::new(),
            found_any: false,
            number: 0,
            count: 0,
            printed: 0,
            printed_any: false,
            earlier: Default::default(),
            left: 0,
        })
    }

    /// Looks at a line. Returns whether no more of this file is to be read.
    fn line(&mut self, line: &str) -> Result<bool, Complaint> {
        for regex in &self.regexes {
            regex::pay(regex, line, &self.call.machine.meter).map_err(|text| Complaint::new(text, 2))?;
        }
        Ok(self.ends_at(line))
    }

    fn ends_at(&mut self, line: &str) -> bool {
        self.number += 1;
        let is_found = self.regexes.iter().any(|regex| regex.is_match(line)) != self.options.has('v');
        if !is_found || self.count >= self.most {
            return self.context(line);
        }
        self.found_any = true;
        self.count += 1;
        let lists = self.options.has('l') || self.options.has('L');
        if self.is_quiet || lists {
            return true;
        }
        if !self.options.has('c') {
            let skipped = self.number - self.earlier.len() > self.printed + 1 && self.printed_any;
            if skipped && (self.before > 0 || self.after > 0) {
                self.call.stdio.stdout.line("--");
            }
            let first = self.number - self.earlier.len();
            for (at, line) in std::mem::take(&mut self.earlier).into_iter().enumerate() {
                self.print(first + at, '-', &line);
            }
            if self.options.has('o') {
                self.print_matches(line);
            } else {
                self.print(self.number, ':', line);
            }
            self.left = self.after;
        }
        self.count >= self.most && self.after == 0
    }

    fn context(&mut self, line: &str) -> bool {
        if self.left > 0 && !self.options.has('c') {
            self.left -= 1;
            self.print(self.number, '-', line);
        } else if self.count >= self.most {
            return true;
        } else if self.before > 0 {
            self.earlier.push_back(line.to_owned());
            if self.earlier.len() > self.before {
                self.earlier.pop_front();
            }
        }
        false
    }

    fn print_matches(&mut self, line: &str) {
        if self.options.has('v') {
            return;
        }
        let mut found: Vec<(usize, usize)> = self
            .regexes
            .iter()
            .flat_map(|regex| regex.find_iter(line))
            .map(|it| (it.start(), it.end()))
            .collect();
        found.sort_by_key(|(start, end)| (*start, usize::MAX - end));
        let mut from = 0;
        for (start, end) in found.into_iter().filter(|(start, end)| start < end) {
            if start >= from {
                self.print(self.number, ':', &line[start..end]);
                from = end;
            }
        }
    }

    fn print(&mut self, number: usize, sign: char, line: &str) {
        let mut head = if self.with_names { format!("{}{sign}", shown(&self.name)) } else { String::new() };
        if self.options.has('n') {
            head.push_str(&format!("{number}{sign}"));
        }
        self.call.stdio.stdout.line(&format!("{head}{line}"));
        (self.printed, self.printed_any) = (number, true);
    }

    fn end_file(&mut self) {
        let out = &self.call.stdio.stdout;
        if self.options.has('c') && !self.is_quiet {
            let head = if self.with_names { format!("{}:", shown(&self.name)) } else { String::new() };
            out.line(&format!("{head}{}", self.count));
        }
        if self.options.has('l') && self.count > 0 || self.options.has('L') && self.count == 0 {
            out.line(shown(&self.name));
        }
        (self.number, self.count, self.printed, self.left) = (0, 0, 0, 0);
        self.earlier.clear();
    }
}

fn shown(name: &str) -> &str {
    if name == "-" { "(standard input)" } else { name }
}
