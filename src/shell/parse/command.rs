//! Reads a line, or several, into the tree of `syntax`. Words are read by `words`.

use super::word::WORD_ENDS;
use crate::shell::syntax::*;

/// Reads a whole text.
pub fn parse(text: &str) -> Result<Script, SyntaxError> {
    Parser::new(text).script_until(End::Text)
}

/// Whether Enter should run this text rather than go on with a further line.
pub fn is_complete(text: &str) -> bool {
    let mut parser = Parser::new(text);
    let read = parser.script_until(End::Text);
    !parser.ends_in_backslash && !matches!(read, Err(SyntaxError::Incomplete(_)))
}

/// Deeper nesting than this is refused: the reader calls itself.
const DEPTH_MAX: usize = 40;

/// Words that end a list of commands where a command could begin.
const CLOSERS: &[&str] = &["then", "elif", "else", "fi", "do", "done", "}"];

/// What other shells have and this one has not, where a command could begin; and what to do instead.
const REFUSED: &[(&str, &str)] = &[
    ("case", "use if"),
    ("function", "there are no functions here"),
    ("select", "use for"),
    ("[[", "use [ … ]"),
    ("time", "the clock is simulated"),
];

/// What a list of commands ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Text,
    /// `)`
    Paren,
    /// This word, or another closer that the caller will not take.
    Word(&'static str),
}

/// A place in the text that is read.
pub(super) struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// Where the last command ended, without what was skipped behind it.
    end: usize,
    /// The next newline, and where the texts of here-documents behind it end.
    here: Option<(usize, usize)>,
    /// Parentheses opened in the arithmetic that is being read.
    pub(super) open_parens: i32,
    /// The text ends in a backslash that has nothing to escape.
    pub(super) ends_in_backslash: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Parser<'a> {
        Parser { text, at: 0, depth: 0, end: 0, here: None, open_parens: 0, ends_in_backslash: false }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.at += char.len_utf8();
        Some(char)
    }

    /// Steps over so many bytes, which the caller has seen.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// What was read since an earlier position.
    pub(super) fn since(&self, begin: usize) -> &'a str {
        &self.text[begin..self.at]
    }

    fn eat(&mut self, sign: &str) -> bool {
        let is_there = self.rest().starts_with(sign);
        self.at += if is_there { sign.len() } else { 0 };
        is_there
    }

    /// Commands up to where they end; what ends them is not taken.
    pub(super) fn script_until(&mut self, end: End) -> Result<Script, SyntaxError> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(SyntaxError::Refused("so deep a nesting".to_owned()));
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
            let step = self.step()?;
            script.steps.push(step);
        }
        self.depth -= 1;
        Ok(script)
    }

    fn step(&mut self) -> Result<Step, SyntaxError> {
        let begin = self.at;
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            self.skip_blanks();
            let junction = match () {
                () if self.eat("&&") => Junction::And,
                () if self.eat("||") => Junction::Or,
                () => break,
            };
            self.skip_lines();
            rest.push((junction, self.pipeline()?));
        }
        let text = self.text[begin..self.end].trim_start().to_owned();
        let background = self.peek() == Some('&');
        if background && self.rest().starts_with("&>") {
            return Err(SyntaxError::Refused("&>: there are no files here".to_owned()));
        }
        match self.peek() {
            None | Some('\n' | ')') => {}
            Some(';' | '&') if !self.rest().starts_with(";;") => self.skip(1),
            Some(_) => return Err(self.unexpected()),
        }
        Ok(Step { first, rest, background, text })
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
        if let Some((name, instead)) = REFUSED.iter().find(|(name, _)| *name == word) {
            return Err(SyntaxError::Refused(format!("{name}: {instead}")));
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

    /// A command that is made of commands, with the redirections behind it.
    fn compound(&mut self, kind: CommandKind) -> Result<Command, SyntaxError> {
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
    fn body(&mut self, closer: &'static str) -> Result<Script, SyntaxError> {
        let script = self.script_until(End::Word(closer))?;
        if script.steps.is_empty() || self.keyword() != Some(closer) {
            return Err(self.unexpected());
        }
        self.skip(closer.len());
        Ok(script)
    }

    fn for_loop(&mut self) -> Result<CommandKind, SyntaxError> {
        self.skip("for".len());
        self.skip_blanks();
        let Some(variable) = self.name() else {
            return Err(match self.peek() {
                None => unfinished("done"),
                Some('(') => SyntaxError::Refused("for ((: use for i in $(seq 1 3)".to_owned()),
                Some(_) => SyntaxError::Wrong("Bad for loop variable".to_owned()),
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
                return Err(SyntaxError::Refused(format!("{}: use $(seq 1 3)", self.since(begin))));
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

    fn conditional(&mut self) -> Result<CommandKind, SyntaxError> {
        self.skip("if".len());
        let (mut arms, mut otherwise) = (Vec::new(), None);
        loop {
            let condition = self.body("then")?;
            let body = self.script_until(End::Word("fi"))?;
            if body.steps.is_empty() {
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
            refuse_recall(self.since(begin), words.is_empty())?;
            words.push(word);
        }
        if self.peek() == Some('(') {
            let is_function = self.rest()[1..].trim_start().starts_with(')');
            let refused = SyntaxError::Refused("(): there are no functions here".to_owned());
            return Err(if is_function { refused } else { self.unexpected() });
        }
        if assignments.is_empty() && words.is_empty() && redirections.is_empty() {
            return Err(self.unexpected());
        }
        Ok(Command { kind: CommandKind::Simple { assignments, words }, redirections })
    }

    /// Reads a redirection if one is here.
    fn redirection(&mut self, redirections: &mut Vec<Redirection>) -> Result<bool, SyntaxError> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        if !self.rest()[digits..].starts_with(['<', '>']) {
            return Ok(false);
        }
        let stream = self.rest()[..digits].to_owned();
        self.skip(digits);
        let signs = ["<<<", "<<-", "<<", "<(", ">(", "<&", "<>", ">>", ">&", ">|", "<", ">"];
        let sign = signs.into_iter().find(|sign| self.eat(sign)).unwrap_or("<");
        match sign {
            "<<<" => return Err(SyntaxError::Refused("<<<: use echo … | or <<END".to_owned())),
            "<(" | ">(" => return Err(SyntaxError::Refused(format!("{sign}…): use a pipe"))),
            _ => self.skip_blanks(),
        }
        let begin = self.at;
        let Some(target) = self.word()? else { return Err(self.unexpected()) };
        if matches!(sign, "<<" | "<<-") {
            redirections.push(Redirection::Here(self.here_document(
                self.since(begin),
                &target,
                sign == "<<-",
            )?));
            return Ok(true);
        }
        let written = self.since(begin);
        let is_nothing = written == "/dev/null";
        redirections.push(match (stream.as_str(), sign, written) {
            ("" | "0", "<", _) if is_nothing => Redirection::Here(Word::literal("")),
            ("" | "1", ">" | ">>" | ">|", _) if is_nothing => Redirection::OutToNothing,
            ("2", ">" | ">>" | ">|", _) if is_nothing => Redirection::ErrorsToNothing,
            ("2", ">&", "1") => Redirection::ErrorsToOut,
            ("" | "1", ">&", "2") => Redirection::OutToErrors,
            _ => {
                return Err(SyntaxError::Refused(format!(
                    "{stream}{sign} {written}: there are no files here"
                )));
            }
        });
        Ok(true)
    }

    /// The text of a here-document, which begins behind the next newline or the here-document before.
    fn here_document(&mut self, written: &str, end: &Word, strips_tabs: bool) -> Result<Word, SyntaxError> {
        let Some(end) = end.as_literal() else {
            return Err(SyntaxError::Refused(format!("<<{written}: the end must be a plain word")));
        };
        let missing = || SyntaxError::Incomplete(format!("end of file unexpected (expecting \"{end}\")"));
        let newline = match self.here {
            Some((newline, _)) => newline,
            None => self.at + self.rest().find('\n').ok_or_else(missing)?,
        };
        let begin = self.here.map_or(newline + 1, |(_, end)| end);
        let (mut body, mut at) = (String::new(), begin);
        for line in self.text[begin..].split_inclusive('\n') {
            at += line.len();
            let line = if strips_tabs { line.trim_start_matches('\t') } else { line };
            if line.trim_end_matches('\n') == end {
                self.here = Some((newline, at));
                let expands = !written.contains(['\'', '"', '\\']);
                return if expands { Parser::here_text(&body) } else { Ok(Word::literal(&body)) };
            }
            body.push_str(line);
        }
        Err(missing())
    }

    /// Steps over blanks, comments and continued lines.
    fn skip_blanks(&mut self) {
        loop {
            let before = self.at;
            self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
            if self.eat("\\\n") {
                continue;
            }
            if self.rest().starts_with('#') {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            }
            if self.at == before {
                return;
            }
        }
    }

    /// Steps over blanks and newlines, and over the here-documents behind them.
    fn skip_lines(&mut self) {
        loop {
            self.skip_blanks();
            let at = self.at;
            if !self.eat("\n") {
                return;
            }
            if let Some((_, end)) = self.here.take_if(|(newline, _)| *newline == at) {
                self.at = end;
            }
        }
    }

    /// The word that stands here as it is written, without taking it.
    fn keyword(&self) -> Option<&'a str> {
        let end = self.rest().find(WORD_ENDS).unwrap_or(self.rest().len());
        Some(&self.rest()[..end]).filter(|word| !word.is_empty())
    }

    /// The complaint about what stands here.
    fn unexpected(&self) -> SyntaxError {
        let rest = self.rest();
        let sign = ["&&", "||", ";;"].into_iter().find(|sign| rest.starts_with(sign));
        match (sign.or(self.keyword()), rest.chars().next()) {
            (_, None) => SyntaxError::Incomplete("end of file unexpected".to_owned()),
            (Some(sign), _) if CLOSERS.contains(&sign) || !sign.contains(char::is_alphanumeric) => {
                SyntaxError::Wrong(format!("\"{sign}\" unexpected"))
            }
            (Some(_), _) => SyntaxError::Wrong("word unexpected".to_owned()),
            (None, Some('\n')) => SyntaxError::Wrong("newline unexpected".to_owned()),
            (None, Some(char)) => SyntaxError::Wrong(format!("\"{char}\" unexpected")),
        }
    }
}

fn unfinished(expected: &str) -> SyntaxError {
    SyntaxError::Incomplete(format!("end of file unexpected (expecting \"{expected}\")"))
}

/// Other shells put an older command in place of such a word; running something else would be worse than
/// not running at all.
fn refuse_recall(written: &str, is_first: bool) -> Result<(), SyntaxError> {
    let recalls = written.strip_prefix('!').is_some_and(|rest| {
        let anywhere = rest.starts_with(['!', '$', '*', '^']);
        anywhere
            || is_first && rest.starts_with(|char: char| char.is_alphanumeric() || char == '-' || char == '?')
    });
    if recalls {
        Err(SyntaxError::Refused(format!("{written}: press ↑ or Ctrl-R for older commands")))
    } else {
        Ok(())
    }
}

/// `{1..3}`, which `sh` takes for a word like any other.
fn is_range(written: &str) -> bool {
    let inner = written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    inner.is_some_and(|inner| {
        inner.contains("..") && inner.chars().all(|char| char.is_ascii_digit() || char == '.')
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
