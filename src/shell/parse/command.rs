//! Reads commands: lists, pipelines and simple commands.

use std::rc::Rc;

use super::parser::{CLOSERS, End, Parser, is_word_end, unfinished};
use crate::shell::syntax::*;

/// Reserved words of bash that this shell lacks, and what to do instead.
const UNSUPPORTED: &[(&str, &str)] = &[("coproc", "use &")];

/// Commands whose arguments may be assignments.
pub(in crate::shell) const DECLARATIONS: &[&str] = &["local", "declare", "typeset", "export", "readonly"];

impl Parser<'_> {
    /// Commands up to `end`, which is not taken.
    pub(super) fn script_until(&mut self, end: End) -> Result<Script, SyntaxError> {
        self.deeper()?;
        let mut script = Script::default();
        loop {
            let before = self.at;
            self.skip_lines();
            let begins_line = script.lists.is_empty() || self.since(before).contains('\n');
            match (self.peek(), end) {
                (None, End::Text) => break,
                (None, _) => return Err(unfinished()),
                (Some(')'), End::Paren) => break,
                (Some(';'), End::CaseArm) if self.at_arm_end() => break,
                _ => {}
            }
            if let Some(word) = self.keyword().filter(|word| CLOSERS.contains(word)) {
                match end {
                    End::Word(_) => break,
                    End::CaseArm if word == "esac" => break,
                    _ => return Err(self.unexpected()),
                }
            }
            script.lists.push(AndOrList { begins_line, ..self.and_or_list(end)? });
        }
        self.depth -= 1;
        Ok(script)
    }

    fn and_or_list(&mut self, end: End) -> Result<AndOrList, SyntaxError> {
        let begin = self.at;
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            self.skip_blanks();
            let operator = match () {
                () if self.eat("&&") => AndOrOperator::And,
                () if self.eat("||") => AndOrOperator::Or,
                () => break,
            };
            self.skip_lines();
            rest.push((operator, self.pipeline()?));
        }
        let text = self.text[begin..self.end].trim_start().to_owned();
        let background = self.peek() == Some('&');
        match self.peek() {
            None | Some('\n' | ')') => {}
            Some(';') if self.at_arm_end() && end == End::CaseArm => {}
            Some(';' | '&') if !self.rest().starts_with(";;") => self.skip(1),
            Some(_) => return Err(self.unexpected()),
        }
        Ok(AndOrList { first, rest, begins_line: false, background, text })
    }

    /// Whether `;;`, `;&` or `;;&` is here.
    fn at_arm_end(&self) -> bool {
        self.rest().starts_with(";;") || self.rest().starts_with(";&")
    }

    fn pipeline(&mut self) -> Result<Pipeline, SyntaxError> {
        self.skip_blanks();
        let timed = self.keyword() == Some("time");
        if timed {
            self.skip("time".len());
            self.skip_blanks();
            if self.keyword() == Some("-p") {
                return Err(SyntaxError::Unsupported("time -p: use time".to_owned()));
            }
        }
        let mut negated = false;
        while self.keyword() == Some("!") {
            self.skip(1);
            self.skip_blanks();
            negated = !negated;
        }
        let mut commands = vec![self.command()?];
        loop {
            self.skip_blanks();
            if self.rest().starts_with("||") || !self.eat("|") {
                return Ok(Pipeline { timed, negated, commands });
            }
            if self.eat("&")
                && let Some(left) = commands.last_mut()
            {
                left.redirections.push(Redirection::Duplicate { streams: Streams::Stderr, from: 1 });
            }
            self.skip_lines();
            commands.push(self.command()?);
        }
    }

    pub(super) fn command(&mut self) -> Result<Command, SyntaxError> {
        self.skip_blanks();
        let Some(first) = self.peek() else { return Err(unfinished()) };
        if first == '(' {
            let kind = match self.arithmetic_command()? {
                Some(kind) => kind,
                None => {
                    self.skip(1);
                    let script = self.script_until(End::Paren)?;
                    self.skip(1);
                    if script.lists.is_empty() {
                        return Err(SyntaxError::Invalid(
                            "syntax error near unexpected token `)'".to_owned(),
                        ));
                    }
                    CommandKind::Subshell(script)
                }
            };
            return self.compound(kind);
        }
        let word = self.keyword().unwrap_or("");
        if let Some((name, instead)) = UNSUPPORTED.iter().find(|(name, _)| *name == word) {
            return Err(SyntaxError::Unsupported(format!("{name}: {instead}")));
        }
        let kind = match word {
            "for" => self.for_loop()?,
            "select" => self.select()?,
            "while" | "until" => {
                self.skip(word.len());
                let condition = self.body("do")?;
                let body = self.body("done")?;
                CommandKind::While { until: word == "until", condition, body }
            }
            "if" => self.conditional()?,
            "case" => self.case()?,
            "[[" => self.condition()?,
            "{" => {
                self.skip(1);
                CommandKind::Group(self.body("}")?)
            }
            "function" => {
                self.skip("function".len());
                self.skip_blanks();
                let name = self.keyword().ok_or_else(|| self.unexpected())?.to_owned();
                self.skip(name.len());
                self.skip_blanks();
                if self.eat("(") {
                    self.skip_blanks();
                    if !self.eat(")") {
                        return Err(self.unexpected());
                    }
                }
                return self.function(name);
            }
            closer if CLOSERS.contains(&closer) => return Err(self.unexpected()),
            _ => return self.simple(),
        };
        self.compound(kind)
    }

    /// The body of a function, behind its name and parentheses.
    fn function(&mut self, name: String) -> Result<Command, SyntaxError> {
        self.skip_lines();
        if self.peek().is_none() {
            return Err(unfinished());
        }
        self.deeper()?;
        let begin = self.at;
        let body = self.command()?;
        self.depth -= 1;
        if matches!(body.kind, CommandKind::Simple { .. } | CommandKind::Function { .. }) {
            return Err(SyntaxError::Invalid(format!("syntax error near the body of {name}()")));
        }
        self.end = self.at;
        Ok(Command {
            kind: CommandKind::Function { name, body: Rc::new(body), size: tree_size(self.since(begin)) },
            redirections: Vec::new(),
        })
    }

    fn simple(&mut self) -> Result<Command, SyntaxError> {
        let (mut assignments, mut words, mut redirections) = (Vec::new(), Vec::new(), Vec::new());
        let mut lists = Vec::new();
        let mut declares = false;
        loop {
            self.end = self.at;
            self.skip_blanks();
            if self.redirection(&mut redirections)? {
                continue;
            }
            let begin = self.at;
            if words.is_empty()
                && let Some(assignment) = self.assignment()?
            {
                assignments.push(assignment);
                continue;
            }
            if declares && let Some(list) = self.declared_list()? {
                words.push(Word::literal(&list.name));
                lists.push(list);
                continue;
            }
            let Some(word) = self.word()? else { break };
            let written = self.since(begin);
            refuse_history_expansion(written, words.is_empty())?;
            if words.is_empty() {
                declares = DECLARATIONS.contains(&written);
                if self.rest().trim_start_matches([' ', '\t']).starts_with('(') && assignments.is_empty() {
                    let name = written.to_owned();
                    self.skip_blanks();
                    self.skip(1);
                    self.skip_blanks();
                    if !self.eat(")") {
                        return Err(self.unexpected());
                    }
                    return self.function(name);
                }
                if let Some(alias) = self.dialect.aliases.get(written) {
                    words.extend(alias_words(written, alias)?);
                    continue;
                }
            }
            words.push(word);
        }
        if self.peek() == Some('(') {
            return Err(self.unexpected());
        }
        if assignments.is_empty() && words.is_empty() && redirections.is_empty() {
            return Err(self.unexpected());
        }
        Ok(Command { kind: CommandKind::Simple { assignments, words, lists }, redirections })
    }

    /// `NAME=value` and its longer forms, if one is here.
    fn assignment(&mut self) -> Result<Option<Assignment>, SyntaxError> {
        let begin = self.at;
        let Some(name) = self.name() else { return Ok(None) };
        let index = match self.peek() {
            Some('[') => {
                self.skip(1);
                match self.subscript() {
                    Ok(index) => Some(index),
                    Err(_) => {
                        self.at = begin;
                        return Ok(None);
                    }
                }
            }
            _ => None,
        };
        let append = self.eat("+=");
        if !append && !self.eat("=") {
            self.at = begin;
            return Ok(None);
        }
        let value = match self.peek() {
            Some('(') if index.is_none() => AssignedValue::List(self.list()?),
            _ => AssignedValue::Word(self.word()?.unwrap_or_default()),
        };
        Ok(Some(Assignment { name, index, append, value }))
    }

    /// `NAME=(…)` behind `local` and the like.
    fn declared_list(&mut self) -> Result<Option<Assignment>, SyntaxError> {
        let begin = self.at;
        if let Some(name) = self.name()
            && self.eat("=")
            && self.peek() == Some('(')
        {
            let value = AssignedValue::List(self.list()?);
            return Ok(Some(Assignment { name, index: None, append: false, value }));
        }
        self.at = begin;
        Ok(None)
    }

    /// The words of `(…)`.
    fn list(&mut self) -> Result<Vec<ListItem>, SyntaxError> {
        self.skip(1);
        let mut words = Vec::new();
        loop {
            self.skip_lines();
            if self.eat(")") {
                return Ok(words);
            }
            if self.peek().is_none() {
                return Err(unfinished());
            }
            let begin = self.at;
            if self.eat("[") {
                match self.subscript() {
                    Ok(index) if self.eat("=") => {
                        let value = self.word()?.unwrap_or_default();
                        words.push(ListItem { index: Some(index), value });
                        continue;
                    }
                    _ => self.at = begin,
                }
            }
            let Some(value) = self.word()? else { return Err(self.unexpected()) };
            words.push(ListItem { index: None, value });
        }
    }

    /// Whether nothing of a command follows.
    pub(super) fn at_command_end(&self) -> bool {
        self.peek().is_none_or(|char| is_word_end(char) && char != '(')
    }
}

/// The words that an alias stands for.
fn alias_words(name: &str, alias: &str) -> Result<Vec<Word>, SyntaxError> {
    let refused =
        || SyntaxError::Unsupported(format!("the alias {name}: use a function for more than words"));
    let none = Default::default();
    let mut parser = Parser::new(alias, &none);
    let mut words = Vec::new();
    loop {
        parser.skip_blanks();
        match parser.word()? {
            Some(word) => words.push(word),
            None if parser.peek().is_none() => return Ok(words),
            None => return Err(refused()),
        }
    }
}

/// Other shells put an older command in context of such a word; running something else would be worse than
/// not running at all.
fn refuse_history_expansion(written: &str, is_first: bool) -> Result<(), SyntaxError> {
    let is_expansion = written.strip_prefix('!').is_some_and(|rest| {
        let anywhere = rest.starts_with(['!', '$', '*', '^']);
        anywhere
            || is_first && rest.starts_with(|char: char| char.is_alphanumeric() || char == '-' || char == '?')
    });
    if is_expansion {
        Err(SyntaxError::Unsupported(format!("{written}: press ↑ or Ctrl-R for older commands")))
    } else {
        Ok(())
    }
}
