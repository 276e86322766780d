//! Reads compound commands: loops, conditions, groups and subshells.

use super::parser::{End, Parser, WORD_ENDS, unfinished};
use crate::shell::syntax::*;

impl Parser<'_> {
    /// The redirections behind a compound command.
    pub(super) fn compound(&mut self, kind: CommandKind) -> Result<Command, SyntaxError> {
        let mut redirections = Vec::new();
        loop {
            self.end = self.at;
            self.skip_blanks();
            if !self.redirection(&mut redirections)? {
                break;
            }
        }
        let goes_on = self.peek().is_some_and(|char| !WORD_ENDS.contains(&char) || char == '(');
        if goes_on { Err(self.unexpected()) } else { Ok(Command { kind, redirections }) }
    }

    /// Commands up to the word `closer`, which is taken.
    pub(super) fn body(&mut self, closer: &'static str) -> Result<Script, SyntaxError> {
        let script = self.script_until(End::Word(closer))?;
        if script.lists.is_empty() || self.keyword() != Some(closer) {
            return Err(self.unexpected());
        }
        self.skip(closer.len());
        Ok(script)
    }

    pub(super) fn for_loop(&mut self) -> Result<CommandKind, SyntaxError> {
        self.skip("for".len());
        self.skip_blanks();
        let Some(variable) = self.name() else {
            return Err(match self.peek() {
                None => unfinished("done"),
                Some('(') => SyntaxError::Unsupported("for ((: use for i in $(seq 1 3)".to_owned()),
                Some(_) => SyntaxError::Invalid("Bad for loop variable".to_owned()),
            });
        };
        self.skip_lines();
        if self.keyword() != Some("in") {
            return Err(if self.peek().is_none() { unfinished("done") } else { self.unexpected() });
        }
        self.skip(2);
        let mut words = Vec::new();
        loop {
            self.skip_blanks();
            let begin = self.at;
            let Some(word) = self.word()? else { break };
            if is_range(self.since(begin)) {
                return Err(SyntaxError::Unsupported(format!("{}: use $(seq 1 3)", self.since(begin))));
            }
            words.push(word);
        }
        if !matches!(self.peek(), None | Some(';' | '\n')) {
            return Err(self.unexpected());
        }
        self.eat(";");
        self.skip_lines();
        if self.keyword() != Some("do") {
            return Err(if self.peek().is_none() { unfinished("do") } else { self.unexpected() });
        }
        self.skip(2);
        Ok(CommandKind::For { variable, words, body: self.body("done")? })
    }

    pub(super) fn conditional(&mut self) -> Result<CommandKind, SyntaxError> {
        self.skip("if".len());
        let (mut arms, mut otherwise) = (Vec::new(), None);
        loop {
            let condition = self.body("then")?;
            let body = self.script_until(End::Word("fi"))?;
            if body.lists.is_empty() {
                return Err(self.unexpected());
            }
            arms.push((condition, body));
            match self.keyword() {
                Some("elif") => self.skip("elif".len()),
                Some("else") => {
                    self.skip("else".len());
                    otherwise = Some(self.body("fi")?);
                    break;
                }
                Some("fi") => {
                    self.skip("fi".len());
                    break;
                }
                _ => return Err(self.unexpected()),
            }
        }
        Ok(CommandKind::If { arms, otherwise })
    }
}

/// Whether a word is a brace expansion such as `{1..3}`, which `sh` lacks.
fn is_range(written: &str) -> bool {
    let inner = written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    inner.is_some_and(|inner| {
        inner.contains("..") && inner.chars().all(|char| char.is_ascii_digit() || char == '.')
    })
}
