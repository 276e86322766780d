//! The parser's position in the text, and the tokens there.

use super::Dialect;
use crate::shell::syntax::SyntaxError;

/// Deeper nesting is refused, since the parser is recursive.
const DEPTH_MAX: usize = 60;

/// Characters that end a word where they are not quoted.
const WORD_ENDS: &[char] = &[' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')'];

/// Reserved words that end a list of commands.
pub(super) const CLOSERS: &[&str] = &["then", "elif", "else", "fi", "do", "done", "}", "esac"];

/// What ends a list of commands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Text,
    /// `)`
    Paren,
    /// `;;` or `esac`
    CaseArm,
    /// This word, or another closer that the caller then complains about.
    Word(&'static str),
}

/// A parser of one text. The other files of this folder add what it reads, as methods.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) dialect: &'a Dialect,
    /// Patterns have groups here.
    pub(super) extglob: bool,
    /// The byte that is read next.
    pub(super) at: usize,
    pub(super) depth: usize,
    /// Where the last command ended, without blanks behind it.
    pub(super) end: usize,
    /// The next newline, and where the here-documents behind it end.
    pub(super) here: Option<(usize, usize)>,
    /// Open parentheses of the arithmetic expansion that is read.
    pub(super) open_parens: i32,
    /// The text ends in a backslash.
    pub(super) ends_in_backslash: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, dialect: &'a Dialect) -> Parser<'a> {
        Parser {
            text,
            dialect,
            extglob: dialect.extglob,
            at: 0,
            depth: 0,
            end: 0,
            here: None,
            open_parens: 0,
            ends_in_backslash: false,
        }
    }

    /// Counts a level of nesting.
    pub(super) fn deeper(&mut self) -> Result<(), SyntaxError> {
        self.depth += 1;
        match self.depth > DEPTH_MAX {
            true => Err(SyntaxError::Unsupported("so deep a nesting".to_owned())),
            false => Ok(()),
        }
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

    /// Skips bytes that the caller has seen.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// The text from an earlier position to this one.
    pub(super) fn since(&self, begin: usize) -> &'a str {
        &self.text[begin..self.at]
    }

    pub(super) fn eat(&mut self, sign: &str) -> bool {
        let is_there = self.rest().starts_with(sign);
        self.at += if is_there { sign.len() } else { 0 };
        is_there
    }

    /// A variable's name.
    pub(super) fn name(&mut self) -> Option<String> {
        let rest = self.rest();
        let begins = rest.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_');
        let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(rest.len());
        let name = begins.then(|| rest[..end].to_owned())?;
        self.skip(end);
        Some(name)
    }

    /// The name of a special parameter.
    pub(super) fn special(&mut self) -> Option<String> {
        let char = self.peek().filter(|char| "?!$#@*-".contains(*char) || char.is_ascii_digit())?;
        self.next();
        Some(char.to_string())
    }

    /// Skips blanks, comments and line continuations.
    pub(super) fn skip_blanks(&mut self) {
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

    /// Skips blanks and newlines, and the here-documents behind them.
    pub(super) fn skip_lines(&mut self) {
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

    /// The word here as it is written, which is not taken.
    pub(super) fn keyword(&self) -> Option<&'a str> {
        let end = self.rest().find(WORD_ENDS).unwrap_or(self.rest().len());
        Some(&self.rest()[..end]).filter(|word| !word.is_empty())
    }

    /// The error about the token here.
    pub(super) fn unexpected(&self) -> SyntaxError {
        let rest = self.rest();
        let sign = ["&&", "||", ";;", "|&", "&>"].into_iter().find(|sign| rest.starts_with(sign));
        let token = match (sign.or(self.keyword()), rest.chars().next()) {
            (_, None) => return unfinished(),
            (Some(token), _) => token.to_owned(),
            (None, Some('\n')) => "newline".to_owned(),
            (None, Some(char)) => char.to_string(),
        };
        SyntaxError::Invalid(format!("syntax error near unexpected token `{token}'"))
    }
}

/// The error about a text that ends too early.
pub(super) fn unfinished() -> SyntaxError {
    SyntaxError::Incomplete("syntax error: unexpected end of file".to_owned())
}

/// The error about a text that ends in a quotation or the like.
pub(super) fn unclosed(expected: &str) -> SyntaxError {
    SyntaxError::Incomplete(format!("unexpected EOF while looking for matching `{expected}'"))
}

/// Whether a character ends a word where it is not quoted.
pub(super) fn is_word_end(char: char) -> bool {
    WORD_ENDS.contains(&char)
}
