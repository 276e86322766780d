//! Reads commands: lists, pipelines and simple commands.

use super::parser::{CLOSERS, End, Parser, unfinished};
use crate::shell::syntax::*;

/// Deeper nesting is refused, since the parser is recursive.
const DEPTH_MAX: usize = 40;

/// Reserved words of `sh` and other shells that this one lacks, and what to do instead.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("case", "use if"),
    ("function", "there are no functions here"),
    ("select", "use for"),
    ("[[", "use [ … ]"),
    ("time", "the clock is simulated"),
];

impl Parser<'_> {
    /// Commands up to `end`, which is not taken.
    pub(super) fn script_until(&mut self, end: End) -> Result<Script, SyntaxError> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(SyntaxError::Unsupported("so deep a nesting".to_owned()));
        }
        let mut script = Script::default();
        loop {
            self.skip_lines();
            match (self.peek(), end) {
                (None, End::Text) => break,
                (None, End::Paren) => return Err(unfinished(")")),
                (None, End::Word(word)) => return Err(unfinished(word)),
                (Some(')'), End::Paren) => break,
                _ => {}
            }
            if self.keyword().is_some_and(|word| CLOSERS.contains(&word)) {
                match end {
                    End::Word(_) => break,
                    _ => return Err(self.unexpected()),
                }
            }
            script.lists.push(self.and_or_list()?);
        }
        self.depth -= 1;
        Ok(script)
    }

    fn and_or_list(&mut self) -> Result<AndOrList, SyntaxError> {
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
        if background && self.rest().starts_with("&>") {
            return Err(SyntaxError::Unsupported("&>: there are no files here".to_owned()));
        }
        match self.peek() {
            None | Some('\n' | ')') => {}
            Some(';' | '&') if !self.rest().starts_with(";;") => self.skip(1),
            Some(_) => return Err(self.unexpected()),
        }
        Ok(AndOrList { first, rest, background, text })
    }

    fn pipeline(&mut self) -> Result<Pipeline, SyntaxError> {
        self.skip_blanks();
        let negated = self.keyword() == Some("!");
        self.skip(usize::from(negated));
        let mut commands = vec![self.command()?];
        loop {
            self.skip_blanks();
            if self.rest().starts_with("||") || !self.eat("|") {
                return Ok(Pipeline { negated, commands });
            }
            self.skip_lines();
            commands.push(self.command()?);
        }
    }

    fn command(&mut self) -> Result<Command, SyntaxError> {
        self.skip_blanks();
        let Some(first) = self.peek() else {
            return Err(SyntaxError::Incomplete("end of file unexpected".to_owned()));
        };
        if first == '(' {
            self.skip(1);
            let script = self.script_until(End::Paren)?;
            self.skip(1);
            return self.compound(CommandKind::Subshell(script));
        }
        let word = self.keyword().unwrap_or("");
        if let Some((name, instead)) = UNSUPPORTED.iter().find(|(name, _)| *name == word) {
            return Err(SyntaxError::Unsupported(format!("{name}: {instead}")));
        }
        let kind = match word {
            "for" => self.for_loop()?,
            "while" | "until" => {
                self.skip(word.len());
                let condition = self.body("do")?;
                let body = self.body("done")?;
                CommandKind::While { until: word == "until", condition, body }
            }
            "if" => self.conditional()?,
            "{" => {
                self.skip(1);
                CommandKind::Group(self.body("}")?)
            }
            closer if CLOSERS.contains(&closer) => return Err(self.unexpected()),
            _ => return self.simple(),
        };
        self.compound(kind)
    }

    fn simple(&mut self) -> Result<Command, SyntaxError> {
        let (mut assignments, mut words, mut redirections) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            self.end = self.at;
            self.skip_blanks();
            if self.redirection(&mut redirections)? {
                continue;
            }
            let begin = self.at;
            if words.is_empty()
                && let Some(name) = self.name()
            {
                if self.eat("=") {
                    assignments.push((name, self.word()?.unwrap_or_default()));
                    continue;
                }
                self.at = begin;
            }
            let Some(word) = self.word()? else { break };
            refuse_history_expansion(self.since(begin), words.is_empty())?;
            words.push(word);
        }
        if self.peek() == Some('(') {
            let is_function = self.rest()[1..].trim_start().starts_with(')');
            let refused = SyntaxError::Unsupported("(): there are no functions here".to_owned());
            return Err(if is_function { refused } else { self.unexpected() });
        }
        if assignments.is_empty() && words.is_empty() && redirections.is_empty() {
            return Err(self.unexpected());
        }
        Ok(Command { kind: CommandKind::Simple { assignments, words }, redirections })
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
