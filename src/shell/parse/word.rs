//! Reads words: quotes, escapes, variables, `$(…)`.

use super::parser::{End, Parser, WORD_ENDS};
use crate::shell::syntax::{Form, Parameter, Part, PartKind, SyntaxError, Word};

/// The context of a part of a word, which decides what ends it and what a backslash escapes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Plain,
    /// Between double quotes.
    Quoted,
    /// In the body of a here-document.
    HereDocument,
    /// The word of `${NAME-word}`, which ends at a brace.
    Braced,
    /// The word of `"${NAME-word}"`.
    BracedQuoted,
    /// Between `$((` and `))`.
    Arithmetic,
}

impl Context {
    fn is_quoted(self) -> bool {
        !matches!(self, Context::Plain | Context::Braced)
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
    /// The word that begins here, if one does.
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
            builder.parts.push(Part { kind: PartKind::Parameter(home), quoted: true });
        }
        self.parts(Context::Plain, &mut builder)?;
        Ok(Some(Word { parts: builder.parts }))
    }

    /// The body of a here-document, in which only `$`, backquotes and a few escapes are special.
    pub(super) fn here_text(text: &str) -> Result<Word, SyntaxError> {
        let (mut parser, mut builder) = (Parser::new(text), Builder::default());
        parser.parts(Context::HereDocument, &mut builder)?;
        Ok(Word { parts: builder.parts })
    }

    /// Reads parts up to the end of `context`, which is not taken.
    fn parts(&mut self, context: Context, builder: &mut Builder) -> Result<(), SyntaxError> {
        while let Some(char) = self.peek() {
            match (char, context) {
                (ends, Context::Plain) if WORD_ENDS.contains(&ends) => return Ok(()),
                ('"', Context::Quoted) | ('}', Context::Braced | Context::BracedQuoted) => return Ok(()),
                (')', Context::Arithmetic) if self.rest().starts_with("))") && self.open_parens == 0 => {
                    return Ok(());
                }
                ('\'', Context::Plain | Context::Braced) => self.single_quoted(builder)?,
                ('"', Context::Plain | Context::Braced | Context::BracedQuoted) => {
                    self.double_quoted(builder)?
                }
                ('\\', _) => self.escape(context, builder)?,
                ('$', _) => self.dollar(context, builder)?,
                ('`', _) => self.backquoted(context, builder)?,
                (other, _) => {
                    self.next();
                    if context == Context::Arithmetic {
                        self.open_parens += i32::from(other == '(') - i32::from(other == ')');
                    }
                    builder.char(other, context.is_quoted());
                }
            }
        }
        match context {
            Context::Plain | Context::HereDocument => Ok(()),
            Context::Quoted => Err(SyntaxError::Incomplete("Unterminated quoted string".to_owned())),
            Context::Braced | Context::BracedQuoted => Err(SyntaxError::Incomplete("Missing '}'".to_owned())),
            Context::Arithmetic => Err(SyntaxError::Incomplete("Missing '))'".to_owned())),
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
        self.parts(Context::Quoted, builder)?;
        self.next();
        // There are no positional parameters, so "$@" makes no field at all, not even an empty one.
        if let [.., Part { kind: PartKind::Text(text), .. }, Part { kind: PartKind::Parameter(all), .. }] =
            &builder.parts[..]
            && text.is_empty()
            && all.name == "@"
        {
            builder.parts.truncate(builder.parts.len() - 2);
        }
        Ok(())
    }

    fn escape(&mut self, context: Context, builder: &mut Builder) -> Result<(), SyntaxError> {
        self.next();
        let can_escape = |char: char| match context {
            Context::Plain | Context::Braced => true,
            Context::HereDocument => "$`\\".contains(char),
            _ => "$`\\\"}".contains(char) && (char != '}' || context == Context::BracedQuoted),
        };
        match self.peek() {
            Some('\n') => _ = self.next(),
            Some(char) if can_escape(char) => {
                self.next();
                builder.char(char, true);
            }
            None if context == Context::Plain => {
                builder.char('\\', true);
                self.ends_in_backslash = true;
            }
            _ => builder.char('\\', true),
        }
        Ok(())
    }

    fn dollar(&mut self, context: Context, builder: &mut Builder) -> Result<(), SyntaxError> {
        let quoted = context.is_quoted();
        let kind = if self.rest().starts_with("$((") {
            self.skip(3);
            let (mut inner, outer) = (Builder::default(), std::mem::take(&mut self.open_parens));
            self.parts(Context::Arithmetic, &mut inner)?;
            self.open_parens = outer;
            self.skip(2);
            PartKind::Arithmetic(Word { parts: inner.parts })
        } else if self.rest().starts_with("$(") {
            self.skip(2);
            let script = self.script_until(End::Paren)?;
            self.skip(1);
            PartKind::CommandSubstitution(script)
        } else if self.rest().starts_with("${") {
            self.skip(2);
            PartKind::Parameter(self.braced(quoted)?)
        } else {
            self.next();
            match self.name().or_else(|| self.special()) {
                Some(name) => PartKind::Parameter(Parameter { name, form: Form::Plain }),
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
                self.parts(if quoted { Context::BracedQuoted } else { Context::Braced }, &mut inner)?;
                let word = Word { parts: inner.parts };
                match operator {
                    '-' => Form::Default { word, empty_too },
                    '=' => Form::Assign { word, empty_too },
                    _ => Form::Alternative { word, empty_too },
                }
            }
            None => return Err(SyntaxError::Incomplete("Missing '}'".to_owned())),
            Some(_) => {
                let end = self.rest().find('}').map_or(self.rest().len(), |at| at + 1);
                let whole = format!("${{{}{}", self.since(begin), &self.rest()[..end]);
                return Err(SyntaxError::Unsupported(format!(
                    "{whole}: only ${{NAME}}, ${{#NAME}} and ${{NAME:-word}} with -, = or +"
                )));
            }
        };
        self.skip(1);
        Ok(Parameter { name, form })
    }

    /// Command substitution in backquotes.
    fn backquoted(&mut self, context: Context, builder: &mut Builder) -> Result<(), SyntaxError> {
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
        builder.parts.push(Part { kind: PartKind::CommandSubstitution(script), quoted: context.is_quoted() });
        Ok(())
    }
}
