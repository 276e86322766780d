//! Splits the words of a command line into flags and arguments, as fisk (the real command's parser) does.

use crate::cli::table::{Command, Flag};
use crate::gofmt::quote;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Short(char),
    Long(String),
    Arg(String),
    Error(String),
    End,
}

/// The words that are not read yet.
pub(super) struct Scanner<'a> {
    raw: &'a [String],
    /// In reverse order: the next word is the last.
    words: Vec<String>,
    /// Words taken, each rest of combined short flags included.
    taken: usize,
    /// After `--` everything is an argument.
    args_only: bool,
    /// Tokens put back, in reverse order.
    ahead: Vec<Token>,
    read_file: &'a dyn Fn(&str) -> Option<String>,
    /// How many files were put in the place of an argument.
    files: usize,
}

/// Files that may stand in a command line, so that one that names itself comes to an end.
const FILES_MAX: usize = 100;

/// The flag with a letter, among those of the commands from `nats` down to the selected one.
pub(super) fn short_flag(commands: &[&'static Command], short: char) -> Option<&'static Flag> {
    commands.iter().flat_map(|command| &command.flags).rfind(|flag| flag.short == Some(short))
}

impl<'a> Scanner<'a> {
    pub(super) fn new(words: &'a [String], read_file: &'a dyn Fn(&str) -> Option<String>) -> Scanner<'a> {
        Scanner {
            raw: words,
            words: words.iter().rev().cloned().collect(),
            taken: 0,
            args_only: false,
            ahead: Vec::new(),
            read_file,
            files: 0,
        }
    }

    /// Takes the next token. Which letters are flags depends on the commands so far.
    pub(super) fn next(&mut self, commands: &[&'static Command]) -> Token {
        match self.ahead.pop() {
            Some(token) => token,
            None => self.scan(commands),
        }
    }

    pub(super) fn peek(&mut self, commands: &[&'static Command]) -> Token {
        if self.ahead.is_empty() {
            // A flag with its value after `=` has put the value ahead already: the flag comes before it.
            let token = self.scan(commands);
            self.ahead.push(token);
        }
        self.ahead.last().cloned().unwrap_or(Token::End)
    }

    fn scan(&mut self, commands: &[&'static Command]) -> Token {
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
                return self.scan_short(short, commands);
            }
            if let Some(path) = word.strip_prefix('@') {
                let text = Some(path).filter(|path| !path.is_empty() && self.files < FILES_MAX);
                if let Some(text) = text.and_then(self.read_file) {
                    self.files += 1;
                    let lines = text.lines().rev().filter(|line| !line.is_empty() && !line.starts_with('#'));
                    self.words.extend(lines.map(str::to_owned));
                    continue;
                }
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

    fn scan_short(&mut self, word: &str, commands: &[&'static Command]) -> Token {
        let mut rest = word.chars();
        let Some(short) = rest.next() else { return Token::Arg(String::new()) };
        let rest = rest.as_str();
        if !rest.is_empty() {
            match short_flag(commands, short) {
                Some(flag) if !flag.is_bool() => self.ahead.push(Token::Arg(rest.to_owned())),
                _ => self.words.push(format!("-{rest}")),
            }
        }
        Token::Short(short)
    }
}
