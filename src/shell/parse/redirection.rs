//! Reads redirections.

use super::parser::Parser;
use crate::shell::syntax::*;

/// The highest number of a stream.
const STREAM_MAX: u32 = 255;

impl Parser<'_> {
    /// Reads a redirection if one is here.
    pub(super) fn redirection(&mut self, redirections: &mut Vec<Redirection>) -> Result<bool, SyntaxError> {
        let named = self.rest().strip_prefix('{').and_then(|rest| rest.split_once('}'));
        if let Some((name, sign)) = named
            && sign.starts_with(['<', '>'])
            && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
        {
            let text = format!("{{{name}}}{}: give the stream a number, such as 3", &sign[..1]);
            return Err(SyntaxError::Unsupported(text));
        }
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let sign = &self.rest()[digits..];
        let both = digits == 0 && sign.starts_with("&>");
        if !both && (!sign.starts_with(['<', '>']) || digits == 0 && sign.starts_with("<(")) {
            return Ok(false);
        }
        let stream = self.rest()[..digits].to_owned();
        self.skip(digits);
        let signs = ["&>>", "&>", "<<<", "<<-", "<<", "<(", ">(", "<&", "<>", ">>", ">&", ">|", "<", ">"];
        let sign = signs.into_iter().find(|sign| self.eat(sign)).unwrap_or("<");
        if matches!(sign, "<(" | ">(" | "<>") {
            return Err(SyntaxError::Unsupported(format!("{sign}…): use a pipe or a file")));
        }
        self.skip_blanks();
        let begin = self.at;
        let Some(target) = self.word()? else { return Err(self.unexpected()) };
        let written = self.since(begin);
        let refused = || {
            let instead = "only the streams up to 255 are there, each by its number";
            SyntaxError::Unsupported(format!("{stream}{sign}{written}: {instead}"))
        };
        let number = written.parse::<u32>().ok();
        let streams = match stream.as_str() {
            "" if sign == ">&" && number.is_none() && written != "-" => Streams::Both,
            "" | "1" if sign.starts_with('>') => Streams::Stdout,
            "2" if sign.starts_with('>') => Streams::Stderr,
            "" | "0" if sign.starts_with('<') => Streams::Stdin,
            "" => Streams::Both,
            other => match other.parse() {
                Ok(other @ 3..=STREAM_MAX) => Streams::Other(other),
                _ => return Err(refused()),
            },
        };
        redirections.push(match (sign, written, number) {
            ("<<" | "<<-", ..) => {
                let text = self.here_document(written, &target, sign == "<<-")?;
                Redirection::HereDocument { streams, text }
            }
            ("<<<", ..) => Redirection::HereString { streams, text: target },
            ("<", ..) => Redirection::Read { streams, file: target },
            ("<&" | ">&", "-", _) => Redirection::Close(streams),
            ("<&" | ">&", _, Some(from)) => Redirection::Duplicate { streams, from },
            (">&", ..) if streams != Streams::Both => return Err(refused()),
            (">" | ">|" | ">&" | "&>", ..) => Redirection::Write { streams, file: target, append: false },
            (">>" | "&>>", ..) => Redirection::Write { streams, file: target, append: true },
            _ => return Err(refused()),
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
        let missing =
            || SyntaxError::Incomplete(format!("here-document delimited by end-of-file (wanted `{end}')"));
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
