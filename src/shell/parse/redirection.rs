//! Reads redirections. Only those are supported that need no files.

use super::parser::Parser;
use crate::shell::syntax::*;

impl Parser<'_> {
    /// Reads a redirection if one is here.
    pub(super) fn redirection(&mut self, redirections: &mut Vec<Redirection>) -> Result<bool, SyntaxError> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        if !self.rest()[digits..].starts_with(['<', '>']) {
            return Ok(false);
        }
        let stream = self.rest()[..digits].to_owned();
        self.skip(digits);
        let signs = ["<<<", "<<-", "<<", "<(", ">(", "<&", "<>", ">>", ">&", ">|", "<", ">"];
        let sign = signs.into_iter().find(|sign| self.eat(sign)).unwrap_or("<");
        match sign {
            "<<<" => return Err(SyntaxError::Unsupported("<<<: use echo … | or <<END".to_owned())),
            "<(" | ">(" => return Err(SyntaxError::Unsupported(format!("{sign}…): use a pipe"))),
            _ => self.skip_blanks(),
        }
        let begin = self.at;
        let Some(target) = self.word()? else { return Err(self.unexpected()) };
        if matches!(sign, "<<" | "<<-") {
            redirections.push(Redirection::HereDocument(self.here_document(
                self.since(begin),
                &target,
                sign == "<<-",
            )?));
            return Ok(true);
        }
        let written = self.since(begin);
        let is_nothing = written == "/dev/null";
        redirections.push(match (stream.as_str(), sign, written) {
            ("" | "0", "<", _) if is_nothing => Redirection::HereDocument(Word::literal("")),
            ("" | "1", ">" | ">>" | ">|", _) if is_nothing => Redirection::StdoutToNull,
            ("2", ">" | ">>" | ">|", _) if is_nothing => Redirection::StderrToNull,
            ("2", ">&", "1") => Redirection::StderrToStdout,
            ("" | "1", ">&", "2") => Redirection::StdoutToStderr,
            _ => {
                return Err(SyntaxError::Unsupported(format!(
                    "{stream}{sign} {written}: there are no files here"
                )));
            }
        });
        Ok(true)
    }

    /// The body of a here-document, which begins behind the next newline or the here-document before.
    pub(super) fn here_document(
        &mut self,
        written: &str,
        end: &Word,
        strips_tabs: bool,
    ) -> Result<Word, SyntaxError> {
        let Some(end) = end.as_literal() else {
            return Err(SyntaxError::Unsupported(format!("<<{written}: the end must be a plain word")));
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
}
