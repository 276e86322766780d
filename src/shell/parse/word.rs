//! Reads words: quotes, escapes, variables, `$(…)`.

use super::parser::{End, Parser, WORD_ENDS};
use crate::shell::syntax::{Form, Parameter, Part, PartKind, SyntaxError, Word};

/// Where a word is, which decides what ends it and what a backslash can do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Plain,
    /// Between double quotes.
    Quoted,
    /// In the text of a here-document.
    Here,
    /// The word of `${NAME-word}`, which ends at a brace.
    Braced,
    /// The word of `"${NAME-word}"`.
    BracedQuoted,
    /// Between `$((` and `))`.
    Arithmetic,
}

impl Place {
    fn is_quoted(self) -> bool {
        !matches!(self, Place::Plain | Place::Braced)
    }
}

/// Collects the parts of a word.
#[derive(Default)]
struct Builder {
    parts: Vec<Part>,
}

impl Builder {
    fn text(&mut self, text: &str, quoted: bool) {
        match self.parts.last_mut() {
            Some(Part { kind: PartKind::Text(last), quoted: same }) if *same == quoted => last.push_str(text),
            _ => self.parts.push(Part { kind: PartKind::Text(text.to_owned()), quoted }),
        }
    }

    fn char(&mut self, char: char, quoted: bool) {
        self.text(char.encode_utf8(&mut [0; 4]), quoted);
    }
}

impl Parser<'_> {
    /// The word that begins here; `None` where none does.
    pub(super) fn word(&mut self) -> Result<Option<Word>, SyntaxError> {
        if self.peek().is_none_or(|char| WORD_ENDS.contains(&char)) {
            return Ok(None);
        }
        let mut builder = Builder::default();
        let is_home = self
            .rest()
            .strip_prefix('~')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || rest.starts_with(WORD_ENDS));
        if is_home {
            self.next();
            let home = Parameter { name: "HOME".to_owned(), form: Form::Plain };
            builder.parts.push(Part { kind: PartKind::Variable(home), quoted: true });
        }
        self.parts(Place::Plain, &mut builder)?;
        Ok(Some(Word { parts: builder.parts }))
    }

    /// The text of a here-document, in which only `$` and a few escapes count.
    pub(super) fn here_text(text: &str) -> Result<Word, SyntaxError> {
        let (mut parser, mut builder) = (Parser::new(text), Builder::default());
        parser.parts(Place::Here, &mut builder)?;
        Ok(Word { parts: builder.parts })
    }

    /// Reads parts up to where `place` ends, without taking what ends it.
    fn parts(&mut self, place: Place, builder: &mut Builder) -> Result<(), SyntaxError> {
        while let Some(char) = self.peek() {
            match (char, place) {
                (ends, Place::Plain) if WORD_ENDS.contains(&ends) => return Ok(()),
                ('"', Place::Quoted) | ('}', Place::Braced | Place::BracedQuoted) => return Ok(()),
                (')', Place::Arithmetic) if self.rest().starts_with("))") && self.open_parens == 0 => {
                    return Ok(());
                }
                ('\'', Place::Plain | Place::Braced) => self.single_quoted(builder)?,
                ('"', Place::Plain | Place::Braced | Place::BracedQuoted) => self.double_quoted(builder)?,
                ('\\', _) => self.escape(place, builder)?,
                ('$', _) => self.dollar(place, builder)?,
                ('`', _) => self.backquoted(place, builder)?,
                (other, _) => {
                    self.next();
                    if place == Place::Arithmetic {
                        self.open_parens += i32::from(other == '(') - i32::from(other == ')');
                    }
                    builder.char(other, place.is_quoted());
                }
            }
        }
        match place {
            Place::Plain | Place::Here => Ok(()),
            Place::Quoted => Err(SyntaxError::Incomplete("Unterminated quoted string".to_owned())),
            Place::Braced | Place::BracedQuoted => Err(SyntaxError::Incomplete("Missing '}'".to_owned())),
            Place::Arithmetic => Err(SyntaxError::Incomplete("Missing '))'".to_owned())),
        }
    }

    fn single_quoted(&mut self, builder: &mut Builder) -> Result<(), SyntaxError> {
        self.next();
        let Some(length) = self.rest().find('\'') else {
            return Err(SyntaxError::Incomplete("Unterminated quoted string".to_owned()));
        };
        builder.text(&self.rest()[..length], true);
        self.skip(length + 1);
        Ok(())
    }

    fn double_quoted(&mut self, builder: &mut Builder) -> Result<(), SyntaxError> {
        self.next();
        builder.text("", true);
        self.parts(Place::Quoted, builder)?;
        self.next();
        // There are no arguments, so that "$@" is no word at all, not even an empty one.
        if let [.., Part { kind: PartKind::Text(text), .. }, Part { kind: PartKind::Variable(all), .. }] =
            &builder.parts[..]
            && text.is_empty()
            && all.name == "@"
        {
            builder.parts.truncate(builder.parts.len() - 2);
        }
        Ok(())
    }

    fn escape(&mut self, place: Place, builder: &mut Builder) -> Result<(), SyntaxError> {
        self.next();
        let can_escape = |char: char| match place {
            Place::Plain | Place::Braced => true,
            Place::Here => "$`\\".contains(char),
            _ => "$`\\\"}".contains(char) && (char != '}' || place == Place::BracedQuoted),
        };
        match self.peek() {
            Some('\n') => _ = self.next(),
            Some(char) if can_escape(char) => {
                self.next();
                builder.char(char, true);
            }
            None if place == Place::Plain => {
                builder.char('\\', true);
                self.ends_in_backslash = true;
            }
            _ => builder.char('\\', true),
        }
        Ok(())
    }

    fn dollar(&mut self, place: Place, builder: &mut Builder) -> Result<(), SyntaxError> {
        let quoted = place.is_quoted();
        let kind = if self.rest().starts_with("$((") {
            self.skip(3);
            let (mut inner, outer) = (Builder::default(), std::mem::take(&mut self.open_parens));
            self.parts(Place::Arithmetic, &mut inner)?;
            self.open_parens = outer;
            self.skip(2);
            PartKind::Arithmetic(Word { parts: inner.parts })
        } else if self.rest().starts_with("$(") {
            self.skip(2);
            let script = self.script_until(End::Paren)?;
            self.skip(1);
            PartKind::Output(script)
        } else if self.rest().starts_with("${") {
            self.skip(2);
            PartKind::Variable(self.braced(quoted)?)
        } else {
            self.next();
            match self.name().or_else(|| self.special()) {
                Some(name) => PartKind::Variable(Parameter { name, form: Form::Plain }),
                None => {
                    builder.char('$', true);
                    return Ok(());
                }
            }
        };
        builder.parts.push(Part { kind, quoted });
        Ok(())
    }

    /// The rest of `${…}`.
    fn braced(&mut self, quoted: bool) -> Result<Parameter, SyntaxError> {
        let begin = self.position();
        let is_length = self.rest().starts_with('#') && !self.rest().starts_with("#}");
        self.skip(usize::from(is_length));
        let Some(name) = self.name().or_else(|| self.special()) else {
            let Some(end) = self.rest().find('}') else {
                return Err(SyntaxError::Incomplete("Missing '}'".to_owned()));
            };
            self.skip(end + 1);
            return Ok(Parameter { name: String::new(), form: Form::Bad });
        };
        let empty_too = self.rest().starts_with(':');
        let operator = self.rest().chars().nth(usize::from(empty_too));
        let form = match operator {
            Some('}') if is_length && !empty_too => Form::Length,
            Some('}') if !empty_too => Form::Plain,
            Some(operator @ ('-' | '=' | '+')) if !is_length => {
                self.skip(1 + usize::from(empty_too));
                let mut inner = Builder::default();
                self.parts(if quoted { Place::BracedQuoted } else { Place::Braced }, &mut inner)?;
                let word = Word { parts: inner.parts };
                match operator {
                    '-' => Form::Default { word, empty_too },
                    '=' => Form::Assign { word, empty_too },
                    _ => Form::Instead { word, empty_too },
                }
            }
            None => return Err(SyntaxError::Incomplete("Missing '}'".to_owned())),
            Some(_) => {
                let end = self.rest().find('}').map_or(self.rest().len(), |at| at + 1);
                let whole = format!("${{{}{}", self.since(begin), &self.rest()[..end]);
                return Err(SyntaxError::Refused(format!(
                    "{whole}: only ${{NAME}}, ${{#NAME}} and ${{NAME:-word}} with -, = or +"
                )));
            }
        };
        self.skip(1);
        Ok(Parameter { name, form })
    }

    /// Command substitution in its old form; its text is read as a script of its own.
    fn backquoted(&mut self, place: Place, builder: &mut Builder) -> Result<(), SyntaxError> {
        self.next();
        let mut inner = String::new();
        loop {
            match self.next() {
                Some('`') => break,
                Some('\\') if self.peek().is_some_and(|char| "`$\\".contains(char)) => {
                    inner.extend(self.next())
                }
                Some(char) => inner.push(char),
                None => return Err(SyntaxError::Incomplete("EOF in backquote substitution".to_owned())),
            }
        }
        let script = Parser::new(&inner).script_until(End::Text)?;
        builder.parts.push(Part { kind: PartKind::Output(script), quoted: place.is_quoted() });
        Ok(())
    }
}
