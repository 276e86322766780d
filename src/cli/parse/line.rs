//! The grammar of the command line: which command it selects, and its flags and arguments.

use super::scanner::{Scanner, Token, short_flag};
use crate::cli::table::{self, Arg, Command, Flag, Kind};
use crate::gofmt::quote;

/// Why a command line is wrong.
pub(super) enum LineError {
    /// Shown with the help page of the command.
    Usage(String),
    /// Shown alone.
    Message(String),
}

/// A flag or an argument with its text.
pub(super) enum Element {
    Flag(&'static Flag, String),
    Arg(&'static Arg, String),
}

/// A command line, as far as it could be read.
pub(super) struct Line<'a> {
    scanner: Scanner<'a>,
    /// The commands from `nats` down to the selected one.
    pub(super) commands: Vec<&'static Command>,
    pub(super) elements: Vec<Element>,
}

impl<'a> Line<'a> {
    pub(super) fn new(words: &'a [String], read_file: &'a dyn Fn(&str) -> Option<String>) -> Line<'a> {
        Line { scanner: Scanner::new(words, read_file), commands: vec![table::root()], elements: Vec::new() }
    }

    /// The selected command.
    pub(super) fn command(&self) -> &'static Command {
        self.commands[self.commands.len() - 1]
    }

    pub(super) fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<'_> {
        self.commands.iter().flat_map(|command| &command.flags)
    }

    fn long(&self, name: &str) -> Option<&'static Flag> {
        self.flags().filter(|flag| flag.name == name).last()
    }

    pub(super) fn has_flag(&self, name: &str) -> bool {
        self.elements.iter().any(|element| matches!(element, Element::Flag(flag, _) if flag.name == name))
    }

    fn next(&mut self) -> Token {
        self.scanner.next(&self.commands)
    }

    fn peek(&mut self) -> Token {
        self.scanner.peek(&self.commands)
    }

    /// Reads the whole line, or as far as it is right.
    pub(super) fn read(&mut self) -> Result<(), LineError> {
        let mut args = 0;
        loop {
            match self.peek() {
                Token::End => return Ok(()),
                Token::Error(message) => return Err(LineError::Message(message)),
                Token::Short(_) | Token::Long(_) => self.read_flag()?,
                Token::Arg(word) if !self.command().commands.is_empty() => {
                    let Some(command) = self.command().find(&word) else {
                        let message = format!("expected command but got {}", quote(&word));
                        return Err(LineError::Usage(
                            message + ", use --help for full help including flags and arguments",
                        ));
                    };
                    self.next();
                    self.commands.push(command);
                    if command.opaque {
                        return Ok(());
                    }
                }
                Token::Arg(word) => {
                    let Some(arg) = self.command().args.get(args) else {
                        return Err(LineError::Usage(format!("unexpected argument {word}")));
                    };
                    args += usize::from(!arg.value.many);
                    self.elements.push(Element::Arg(arg, word));
                    self.next();
                }
            }
        }
    }

    fn read_flag(&mut self) -> Result<(), LineError> {
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
            Token::Short(short) => (short_flag(&self.commands, *short).ok_or("short"), format!("-{short}")),
            _ => return Ok(()),
        };
        let flag = flag.map_err(|kind| LineError::Usage(format!("unknown {kind} flag '{shown}'")))?;
        let value = if flag.is_bool() {
            on.to_string()
        } else if let Token::Arg(value) = self.peek() {
            self.next();
            value
        } else {
            return Err(LineError::Usage(format!("expected argument for flag '{shown}'")));
        };
        self.elements.push(Element::Flag(flag, value));
        Ok(())
    }
}
