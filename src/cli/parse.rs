//! The grammar of the command line: words in, a command with its values out, or what to print instead.
//!
//! The order of the checks is the real command's: environment, validators, what `--version` and `help` do, the grammar,
//! `--help`, the values, what is required.

use std::collections::BTreeMap;

use super::call::{Call, Values, read_value};
use super::help::Page;
use super::table::{self, Arg, Command, Flag, Kind};
use super::values::parse_bytes;
use crate::gofmt::{parse_decimal, quote};

/// The command ends here: what it prints, and its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exit {
    pub stdout: String,
    pub stderr: String,
    pub status: i32,
}

/// What the parser asks of its surroundings.
pub struct Surroundings<'a> {
    /// The environment variables.
    pub variables: &'a BTreeMap<String, String>,
    /// Columns of the screen, for help pages.
    pub width: usize,
}

/// The version of the real command that this one is like.
pub const VERSION: &str = "v0.5.1";

/// Reads the words after `nats`.
pub fn parse(words: &[String], around: &Surroundings) -> Result<Call, Exit> {
    let mut line = Line::new(words);
    let grammar = line.read();
    if let Some(command) = line.chain.iter().find(|command| command.opaque) {
        return Err(Exit::refused(&format!("nats {}", command.path)));
    }
    let run = line.run(around, grammar);
    run.map_err(|stop| match stop {
        Stop::Exit(exit) => exit,
        Stop::Failure(failure) => line.failed(failure, around.width),
    })
}

impl Exit {
    /// An error that is only a sentence.
    pub fn error(message: impl std::fmt::Display) -> Exit {
        Exit { stderr: format!("nats: error: {message}\n"), status: 1, ..Exit::default() }
    }

    /// A thing of the real command that this one does not have.
    pub fn refused(what: &str) -> Exit {
        Exit::error(format!("{} is not simulated in this playground", quote(what)))
    }

    pub fn output(text: String) -> Exit {
        Exit { stdout: text, ..Exit::default() }
    }
}

/// Why a line cannot run.
enum Failure {
    /// Shown with the page of the command.
    Usage(String),
    /// Shown alone.
    Sentence(String),
}

enum Stop {
    Exit(Exit),
    Failure(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failure(failure)
    }
}

/// A part of the line that was recognised.
enum Element {
    Flag(&'static Flag, String),
    Arg(&'static Arg, String),
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Short(char),
    Long(String),
    Arg(String),
    Error(String),
    End,
}

/// The line while it is read.
struct Line<'a> {
    raw: &'a [String],
    /// What is left, in reverse order: the next word is the last.
    words: Vec<String>,
    /// Counts the words taken, with what combined short flags leave.
    taken: usize,
    /// After `--` everything is an argument.
    args_only: bool,
    /// Tokens that were looked at and put back; the next is the last.
    ahead: Vec<Token>,
    /// The commands from `nats` down to the selected one.
    chain: Vec<&'static Command>,
    elements: Vec<Element>,
}

impl<'a> Line<'a> {
    fn new(raw: &'a [String]) -> Line<'a> {
        let words = raw.iter().rev().cloned().collect();
        Line {
            raw,
            words,
            taken: 0,
            args_only: false,
            ahead: Vec::new(),
            chain: vec![table::root()],
            elements: Vec::new(),
        }
    }

    fn command(&self) -> &'static Command {
        self.chain[self.chain.len() - 1]
    }

    fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<'_> {
        self.chain.iter().flat_map(|command| &command.flags)
    }

    fn short(&self, short: char) -> Option<&'static Flag> {
        self.flags().filter(|flag| flag.short == Some(short)).last()
    }

    fn long(&self, name: &str) -> Option<&'static Flag> {
        self.flags().filter(|flag| flag.name == name).last()
    }

    fn has_flag(&self, name: &str) -> bool {
        self.elements.iter().any(|element| matches!(element, Element::Flag(flag, _) if flag.name == name))
    }

    // Tokens.

    fn next(&mut self) -> Token {
        match self.ahead.pop() {
            Some(token) => token,
            None => self.scan(),
        }
    }

    fn peek(&mut self) -> Token {
        if self.ahead.is_empty() {
            // A flag with its value after `=` has put the value ahead already: the flag comes before it.
            let token = self.scan();
            self.ahead.push(token);
        }
        self.ahead.last().cloned().unwrap_or(Token::End)
    }

    fn scan(&mut self) -> Token {
        loop {
            let before = self.taken.checked_sub(1).and_then(|index| self.raw.get(index));
            self.args_only |= !self.words.is_empty() && before.is_some_and(|word| word == "--");
            let Some(word) = self.words.pop() else { return Token::End };
            self.taken += 1;
            if word == "--" {
                continue;
            }
            if self.args_only {
                return Token::Arg(word);
            }
            if let Some(long) = word.strip_prefix("--") {
                let (name, value) =
                    long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
                self.ahead.extend(value.map(|value| Token::Arg(value.to_owned())));
                return Token::Long(name.to_owned());
            }
            if let Some(short) = word.strip_prefix('-') {
                return self.scan_short(short);
            }
            if let Some(path) = word.strip_prefix('@') {
                return Token::Error(match path {
                    "" => "expected @ file to expand arguments from".to_owned(),
                    _ => format!(
                        "failed to open arguments file {}: open {path}: no such file or directory",
                        quote(path)
                    ),
                });
            }
            return Token::Arg(word);
        }
    }

    fn scan_short(&mut self, word: &str) -> Token {
        let mut rest = word.chars();
        let Some(short) = rest.next() else { return Token::Arg(String::new()) };
        let rest = rest.as_str();
        if !rest.is_empty() {
            match self.short(short) {
                Some(flag) if !flag.is_bool() => self.ahead.push(Token::Arg(rest.to_owned())),
                _ => self.words.push(format!("-{rest}")),
            }
        }
        Token::Short(short)
    }

    // Grammar.

    /// Reads the whole line, or as far as it is good.
    fn read(&mut self) -> Result<(), Failure> {
        let mut args = 0;
        loop {
            match self.peek() {
                Token::End => return Ok(()),
                Token::Error(message) => return Err(Failure::Sentence(message)),
                Token::Short(_) | Token::Long(_) => self.read_flag()?,
                Token::Arg(word) if !self.command().commands.is_empty() => {
                    let Some(command) = self.command().find(&word) else {
                        let message = format!("expected command but got {}", quote(&word));
                        return Err(Failure::Usage(
                            message + ", use --help for full help including flags and arguments",
                        ));
                    };
                    self.next();
                    self.chain.push(command);
                    if command.opaque {
                        return Ok(());
                    }
                }
                Token::Arg(word) => {
                    let Some(arg) = self.command().args.get(args) else {
                        return Err(Failure::Usage(format!("unexpected argument {word}")));
                    };
                    args += usize::from(!arg.value.many);
                    self.elements.push(Element::Arg(arg, word));
                    self.next();
                }
            }
        }
    }

    fn read_flag(&mut self) -> Result<(), Failure> {
        let token = self.next();
        let mut on = true;
        let (flag, shown) = match &token {
            Token::Long(name) => {
                let negated = || {
                    let flag = self.long(name.strip_prefix("no-")?)?;
                    (flag.value.kind == Kind::Bool).then_some(flag)
                };
                let flag = self.long(name).or_else(|| {
                    on = false;
                    negated()
                });
                (flag.ok_or("long"), format!("--{name}"))
            }
            Token::Short(short) => (self.short(*short).ok_or("short"), format!("-{short}")),
            _ => return Ok(()),
        };
        let flag = flag.map_err(|kind| Failure::Usage(format!("unknown {kind} flag '{shown}'")))?;
        let value = if flag.is_bool() {
            on.to_string()
        } else if let Token::Arg(value) = self.peek() {
            self.next();
            value
        } else {
            return Err(Failure::Usage(format!("expected argument for flag '{shown}'")));
        };
        self.elements.push(Element::Flag(flag, value));
        Ok(())
    }

    // What a line that was read leads to.

    fn run(&self, around: &Surroundings, grammar: Result<(), Failure>) -> Result<Call, Stop> {
        let mut call =
            Call { command: self.command(), args: Values::new(), flags: Values::new(), given: Vec::new() };
        if !self.has_flag("help") {
            self.set_defaults(around, &mut call)?;
        }
        self.validate()?;
        let values = self.set_values(&mut call);
        self.act_early(&call, around.width)?;
        grammar?;
        if self.has_flag("help") || self.chain.len() == 1 && values.is_ok() {
            return Err(Stop::Exit(Exit::output(self.page(around.width))));
        }
        values?;
        self.require(&call)?;
        Ok(call)
    }

    /// Values of the environment and defaults, for what the line does not give.
    fn set_defaults(&self, around: &Surroundings, call: &mut Call) -> Result<(), Failure> {
        for flag in self.flags().filter(|flag| !self.has_flag(flag.name)) {
            let variable = flag.variable().and_then(|name| around.variables.get(name));
            let Some(text) =
                variable.map(String::as_str).filter(|text| !text.is_empty()).or(flag.value.default)
            else {
                continue;
            };
            let value = read_value(&flag.value, text).map_err(Failure::Sentence)?;
            call.flags.insert(flag.name, vec![value]);
        }
        for arg in &self.command().args {
            let given =
                |element: &Element| matches!(element, Element::Arg(given, _) if given.name == arg.name);
            if let Some(text) = arg.value.default.filter(|_| !self.elements.iter().any(given)) {
                let value = read_value(&arg.value, text).map_err(Failure::Sentence)?;
                call.args.insert(arg.name, vec![value]);
            }
        }
        Ok(())
    }

    /// The history of a bucket is the one value with limits of its own, checked before all others.
    fn validate(&self) -> Result<(), Failure> {
        for element in &self.elements {
            let Element::Flag(flag @ Flag { name: "history", .. }, text) = element else { continue };
            if flag.is_bool() {
                continue;
            }
            let wrong = match parse_decimal(text) {
                Err(message) => message,
                Ok(..1) => "must be greater than or equal to 1".to_owned(),
                Ok(65..) => "must be less than or equal to 64".to_owned(),
                Ok(_) => continue,
            };
            return Err(Failure::Sentence(format!("history: {wrong}")));
        }
        Ok(())
    }

    fn set_values(&self, call: &mut Call) -> Result<(), Failure> {
        for element in &self.elements {
            match element {
                Element::Flag(flag, text) => {
                    if call.given.contains(&flag.name) && !flag.value.many {
                        return Err(Failure::Usage(format!("flag '{}' cannot be repeated", flag.name)));
                    }
                    let value = read_value(&flag.value, text).map_err(Failure::Sentence)?;
                    if !call.given.contains(&flag.name) {
                        call.given.push(flag.name);
                        call.flags.remove(flag.name);
                    }
                    call.flags.entry(flag.name).or_default().push(value);
                }
                Element::Arg(arg, text) => {
                    let value = read_value(&arg.value, text).map_err(Failure::Sentence)?;
                    call.args.entry(arg.name).or_default().push(value);
                }
            }
        }
        if self.chain.len() > 1 && !self.command().commands.is_empty() {
            return Err(Failure::Usage(
                "a subcommand from the list below is required, use --help for full help including flags and arguments"
                    .to_owned(),
            ));
        }
        Ok(())
    }

    /// What happens even when the rest of the line is wrong.
    fn act_early(&self, call: &Call, width: usize) -> Result<(), Stop> {
        let context = call.text("context");
        if !context.is_empty() && !call.flag("no-context") {
            let lost = "The selected context \"\" was not found, unselecting it\n\n".to_owned();
            return Err(Stop::Exit(Exit { stdout: lost, ..Exit::error("context not found") }));
        }
        for element in &self.elements {
            let Element::Flag(flag, _) = element else { continue };
            if flag.name == "version" {
                return Err(Stop::Exit(Exit::output(format!("{VERSION}\n"))));
            }
            if self.chain[0]
                .flags
                .iter()
                .any(|own| std::ptr::eq(own, *flag) && own.hidden && own.help == "Not for people")
            {
                return Err(Stop::Exit(Exit::refused(&format!("--{}", flag.name))));
            }
        }
        match self.command().path {
            "help" => Err(Stop::Exit(self.help_command(call, width))),
            "kv add" | "kv edit" => {
                self.check_sizes(call, &[("max-value-size", 32), ("max-bucket-size", 64)])
            }
            "stream add" | "stream edit" | "stream copy" => {
                self.check_sizes(call, &[("max-bytes", 32), ("max-msg-size", 32)])
            }
            _ => Ok(()),
        }
    }

    fn check_sizes(&self, call: &Call, sizes: &[(&str, u32)]) -> Result<(), Stop> {
        for (name, bits) in sizes {
            let text = call.text(name);
            if !text.is_empty() {
                parse_bytes(text, *bits).map_err(Failure::Sentence)?;
            }
        }
        Ok(())
    }

    fn help_command(&self, call: &Call, width: usize) -> Exit {
        let words = call.texts("command");
        let mut line = Line::new(&words);
        if let Err(Failure::Usage(message) | Failure::Sentence(message)) = line.read() {
            let message =
                message.trim_end_matches(", use --help for full help including flags and arguments");
            return Exit::error(message);
        }
        if let Some(command) = line.chain.iter().find(|command| command.opaque) {
            return Exit::refused(&format!("nats {}", command.path));
        }
        Exit::output(Page { chain: &line.chain, width, globals: line.has_flag("help") }.render())
    }

    fn require(&self, call: &Call) -> Result<(), Failure> {
        let missing = |arg: &&Arg| arg.required && !call.args.contains_key(arg.name);
        match self.command().args.iter().find(missing) {
            Some(arg) => Err(Failure::Usage(format!("required argument '{}' not provided", arg.name))),
            None => Ok(()),
        }
    }

    fn page(&self, width: usize) -> String {
        Page { chain: &self.chain, width, globals: self.has_flag("help") }.render()
    }

    fn failed(&self, failure: Failure, width: usize) -> Exit {
        match failure {
            Failure::Sentence(message) => Exit::error(message),
            Failure::Usage(message) => {
                Exit { stderr: format!("error: {message}\n\n"), stdout: self.page(width), status: 1 }
            }
        }
    }
}
