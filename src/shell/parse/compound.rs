//! Reads compound commands: loops, conditions, choices, groups and subshells.

use super::parser::{End, Parser, unfinished};
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
        if self.at_command_end() { Ok(Command { kind, redirections }) } else { Err(self.unexpected()) }
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
        if self.rest().starts_with("((") {
            return self.for_arithmetic();
        }
        let (variable, words) = self.loop_head()?;
        Ok(CommandKind::For { variable, words, body: self.loop_body()? })
    }

    pub(super) fn select(&mut self) -> Result<CommandKind, SyntaxError> {
        self.skip("select".len());
        self.skip_blanks();
        let (variable, words) = self.loop_head()?;
        Ok(CommandKind::Select { variable, words, body: self.loop_body()? })
    }

    /// The variable, and the words behind `in`.
    fn loop_head(&mut self) -> Result<(String, Option<Vec<Word>>), SyntaxError> {
        let Some(variable) = self.keyword().map(str::to_owned) else {
            return Err(if self.peek().is_none() { unfinished() } else { self.unexpected() });
        };
        self.skip(variable.len());
        self.skip_lines();
        let mut words = None;
        if self.keyword() == Some("in") {
            self.skip(2);
            let list = words.insert(Vec::new());
            loop {
                self.skip_blanks();
                let Some(word) = self.word()? else { break };
                list.push(word);
            }
            if !matches!(self.peek(), None | Some(';' | '\n')) {
                return Err(self.unexpected());
            }
        }
        Ok((variable, words))
    }

    /// `((first; condition; step))` and the body.
    fn for_arithmetic(&mut self) -> Result<CommandKind, SyntaxError> {
        self.skip(2);
        let (mut parts, mut open, mut begin) = (Vec::new(), 0, self.at);
        loop {
            match self.peek() {
                None => return Err(unfinished()),
                Some(')') if open == 0 => break,
                Some(';') => {
                    parts.push(self.since(begin));
                    begin = self.at + 1;
                }
                Some('(') => open += 1,
                Some(')') => open -= 1,
                Some(_) => {}
            }
            self.next();
        }
        parts.push(self.since(begin));
        let [first, condition, step] = parts[..] else { return Err(self.unexpected()) };
        let [first, condition, step] =
            [Parser::here_text(first)?, Parser::here_text(condition)?, Parser::here_text(step)?];
        if !self.eat("))") {
            return Err(self.unexpected());
        }
        Ok(CommandKind::ForArithmetic { first, condition, step, body: self.loop_body()? })
    }

    /// `do …; done`
    fn loop_body(&mut self) -> Result<Script, SyntaxError> {
        self.skip_blanks();
        self.eat(";");
        self.skip_lines();
        match self.keyword() {
            Some("do") => self.skip(2),
            _ if self.peek().is_none() => return Err(unfinished()),
            _ => return Err(self.unexpected()),
        }
        self.body("done")
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

    /// `case word in pattern) …;; esac`
    pub(super) fn case(&mut self) -> Result<CommandKind, SyntaxError> {
        self.skip("case".len());
        self.skip_blanks();
        let subject = self.word()?.ok_or_else(|| self.unexpected())?;
        self.skip_lines();
        match self.keyword() {
            Some("in") => self.skip(2),
            _ => return Err(self.unexpected()),
        }
        let mut arms = Vec::new();
        loop {
            self.skip_lines();
            if self.keyword() == Some("esac") {
                self.skip("esac".len());
                return Ok(CommandKind::Case { subject, arms });
            }
            self.eat("(");
            let mut patterns = Vec::new();
            loop {
                self.skip_blanks();
                patterns.push(self.word()?.ok_or_else(|| self.unexpected())?);
                self.skip_blanks();
                if self.eat(")") {
                    break;
                }
                if !self.eat("|") {
                    return Err(self.unexpected());
                }
            }
            let body = self.script_until(End::CaseArm)?;
            let end = if self.eat(";;&") {
                ArmEnd::NextMatch
            } else if self.eat(";&") {
                ArmEnd::NextBody
            } else {
                self.eat(";;");
                ArmEnd::Leave
            };
            arms.push(CaseArm { patterns, body, end });
        }
    }

    /// `((…))`, unless it is a subshell in a subshell.
    pub(super) fn arithmetic_command(&mut self) -> Result<Option<CommandKind>, SyntaxError> {
        if !self.rest().starts_with("((") || !closes_twice(self.rest()) {
            return Ok(None);
        }
        self.skip(2);
        self.arithmetic_word().map(|word| Some(CommandKind::Arithmetic(word)))
    }
}

/// Whether the second parenthesis of a text closes right before the first one does, or neither does.
fn closes_twice(text: &str) -> bool {
    let (mut depth, mut quote) = (0, None);
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (Some(open), close) if open == close => quote = None,
            (_, '\\') => _ = chars.next(),
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(char),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth -= 1;
                if depth == 1 {
                    return chars.peek() == Some(&')');
                }
            }
            (None, _) => {}
        }
    }
    true
}
