//! Reads words: quotes, escapes, variables, `$(…)`.

use super::parser::{End, Parser, is_word_end, unclosed};
use crate::programs::escapes;
use crate::shell::syntax::{Form, Index, Parameter, Part, PartKind, SyntaxError, Word};

/// The context of a part of a word, which decides what ends it and what a backslash escapes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    Plain,
    /// Between double quotes.
    Quoted,
    /// In the body of a here-document.
    HereDocument,
    /// The word of `${NAME-word}`, which ends at a brace.
    Braced,
    /// The word of `"${NAME-word}"`.
    BracedQuoted,
    /// A pattern in `${NAME/pattern/word}`, which ends at a slash too.
    Pattern,
    /// The offset in `${NAME:offset:length}`, which ends at a colon too.
    Offset,
    /// Between `[` and `]`.
    Subscript,
    /// Behind `=~`, where parentheses and bars mean nothing to the shell.
    Regex,
    /// Between `$((` and `))`.
    Arithmetic,
    /// In a group of a pattern, such as `@(a|b)`.
    Group,
}

impl Context {
    fn is_quoted(self) -> bool {
        matches!(
            self,
            Context::Quoted
                | Context::HereDocument
                | Context::BracedQuoted
                | Context::Arithmetic
                | Context::Subscript
        )
    }

    /// Whether quotes are special.
    fn has_quotes(self) -> bool {
        matches!(
            self,
            Context::Plain
                | Context::Braced
                | Context::Pattern
                | Context::Offset
                | Context::Regex
                | Context::Subscript
                | Context::Group
        )
    }
}

/// Collects the parts of a word.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) parts: Vec<Part>,
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
        let mut builder = Builder::default();
        if self.rest().starts_with("<(") {
            self.skip(2);
            let script = self.script_until(End::Paren)?;
            self.skip(1);
            builder.parts.push(Part { kind: PartKind::ProcessSubstitution(script), quoted: true });
        } else if self.peek().is_none_or(is_word_end) {
            return Ok(None);
        }
        let is_home = self
            .rest()
            .strip_prefix('~')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || rest.starts_with(is_word_end));
        if is_home {
            self.next();
            let home = Parameter { name: "HOME".to_owned(), index: None, form: Form::Plain };
            builder.parts.push(Part { kind: PartKind::Parameter(home), quoted: true });
        }
        self.parts(Context::Plain, &mut builder)?;
        Ok(Some(Word { parts: builder.parts }))
    }

    /// The body of a here-document, in which only `$`, backquotes and a few escapes are special.
    pub(super) fn here_text(text: &str) -> Result<Word, SyntaxError> {
        let none = Default::default();
        let (mut parser, mut builder) = (Parser::new(text, &none), Builder::default());
        parser.parts(Context::HereDocument, &mut builder)?;
        Ok(Word { parts: builder.parts })
    }

    /// The word behind `=~`.
    pub(super) fn regex_word(&mut self) -> Result<Option<Word>, SyntaxError> {
        let mut builder = Builder::default();
        self.parts(Context::Regex, &mut builder)?;
        Ok(Some(Word { parts: builder.parts }).filter(|word| !word.parts.is_empty()))
    }

    /// The rest of `[…]`.
    pub(super) fn subscript(&mut self) -> Result<Word, SyntaxError> {
        let mut builder = Builder::default();
        self.parts(Context::Subscript, &mut builder)?;
        self.skip(1);
        Ok(Word { parts: builder.parts })
    }

    /// The rest of `((…))`.
    pub(super) fn arithmetic_word(&mut self) -> Result<Word, SyntaxError> {
        let (mut inner, outer) = (Builder::default(), std::mem::take(&mut self.open_parens));
        let read = self.parts(Context::Arithmetic, &mut inner);
        self.open_parens = outer;
        read?;
        self.skip(2);
        Ok(Word { parts: inner.parts })
    }

    /// Reads parts up to the end of `context`, which is not taken.
    pub(super) fn parts(&mut self, context: Context, builder: &mut Builder) -> Result<(), SyntaxError> {
        self.deeper()?;
        let mut groups = 0; // open parentheses of a regular expression, or in a group of a pattern
        while let Some(char) = self.peek() {
            let ends = match context {
                Context::Plain => is_word_end(char),
                Context::Quoted => char == '"',
                Context::Braced | Context::BracedQuoted => char == '}',
                Context::Pattern => matches!(char, '/' | '}'),
                Context::Offset => matches!(char, ':' | '}'),
                Context::Subscript => char == ']',
                Context::Regex => groups == 0 && matches!(char, ' ' | '\t' | '\n'),
                Context::Arithmetic => self.rest().starts_with("))") && self.open_parens == 0,
                Context::Group => groups == 0 && char == ')',
                Context::HereDocument => false,
            };
            if ends {
                self.depth -= 1;
                return Ok(());
            }
            match char {
                '\'' if context.has_quotes() => self.single_quoted(builder)?,
                '"' if context.has_quotes() || context == Context::BracedQuoted => {
                    self.double_quoted(builder)?
                }
                '\\' if context == Context::Regex => self.regex_escape(builder),
                '\\' => self.escape(context, builder)?,
                '$' => self.dollar(context, builder)?,
                '`' => self.backquoted(context, builder)?,
                '?' | '*' | '+' | '@' | '!'
                    if context == Context::Plain && self.extglob && self.rest()[1..].starts_with('(') =>
                {
                    self.skip(2);
                    builder.text(&format!("{char}("), false);
                    self.parts(Context::Group, builder)?;
                    self.skip(1);
                    builder.char(')', false);
                }
                other => {
                    self.next();
                    match context {
                        Context::Arithmetic => {
                            self.open_parens += i32::from(other == '(') - i32::from(other == ')')
                        }
                        Context::Regex | Context::Group => {
                            groups += i32::from(other == '(') - i32::from(other == ')')
                        }
                        _ => {}
                    }
                    builder.char(other, context.is_quoted());
                }
            }
        }
        self.depth -= 1;
        match context {
            Context::Plain | Context::HereDocument | Context::Regex => Ok(()),
            Context::Quoted => Err(unclosed("\"")),
            Context::Subscript => Err(unclosed("]")),
            Context::Braced | Context::BracedQuoted | Context::Pattern | Context::Offset => {
                Err(unclosed("}"))
            }
            Context::Arithmetic | Context::Group => Err(unclosed(")")),
        }
    }

    /// A backslash in a regular expression stays there.
    fn regex_escape(&mut self, builder: &mut Builder) {
        for _ in 0..2 {
            if let Some(char) = self.next() {
                builder.char(char, false);
            }
        }
    }

    fn single_quoted(&mut self, builder: &mut Builder) -> Result<(), SyntaxError> {
        self.next();
        let Some(length) = self.rest().find('\'') else {
            return Err(unclosed("'"));
        };
        builder.text(&self.rest()[..length], true);
        self.skip(length + 1);
        Ok(())
    }

    fn double_quoted(&mut self, builder: &mut Builder) -> Result<(), SyntaxError> {
        self.next();
        let mut inner = Builder::default();
        self.parts(Context::Quoted, &mut inner)?;
        self.next();
        // "$@" makes as many fields as there are parameters, maybe none, where "" makes one.
        let is_all = matches!(&inner.parts[..], [Part { kind: PartKind::Parameter(all), .. }]
            if all.name == "@" || all.index == Some(Index::Each));
        if !is_all {
            builder.text("", true);
        }
        for part in inner.parts {
            match part.kind {
                PartKind::Text(text) => builder.text(&text, true),
                kind => builder.parts.push(Part { kind, quoted: true }),
            }
        }
        Ok(())
    }

    fn escape(&mut self, context: Context, builder: &mut Builder) -> Result<(), SyntaxError> {
        self.next();
        let can_escape = |char: char| match context {
            Context::Plain
            | Context::Braced
            | Context::Pattern
            | Context::Offset
            | Context::Regex
            | Context::Group => true,
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
            PartKind::Arithmetic(self.arithmetic_word()?)
        } else if self.rest().starts_with("$(") {
            self.skip(2);
            let script = self.script_until(End::Paren)?;
            self.skip(1);
            PartKind::CommandSubstitution(script)
        } else if self.rest().starts_with("${") {
            self.skip(2);
            PartKind::Parameter(self.braced(quoted)?)
        } else if self.rest().starts_with("$'") && context.has_quotes() {
            self.skip(1);
            return self.escaped_quoted(builder);
        } else if self.rest().starts_with("$\"") && context.has_quotes() {
            self.skip(1);
            return self.double_quoted(builder);
        } else {
            self.next();
            match self.name().or_else(|| self.special()) {
                Some(name) => PartKind::Parameter(Parameter { name, index: None, form: Form::Plain }),
                None => {
                    // At the end of a regular expression it is no plain character.
                    builder.char('$', context != Context::Regex);
                    return Ok(());
                }
            }
        };
        builder.parts.push(Part { kind, quoted });
        Ok(())
    }

    /// `'…'` behind a `$`, with escapes.
    fn escaped_quoted(&mut self, builder: &mut Builder) -> Result<(), SyntaxError> {
        self.next();
        let begin = self.at;
        loop {
            match self.next() {
                None => return Err(unclosed("'")),
                Some('\\') => _ = self.next(),
                Some('\'') => break,
                Some(_) => {}
            }
        }
        let mut bytes = Vec::new();
        escapes::unescape(&self.text[begin..self.at - 1], escapes::Dialect::Quoted, &mut bytes);
        builder.text(&String::from_utf8_lossy(&bytes), true);
        Ok(())
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
                None => return Err(unclosed("`")),
            }
        }
        let mut parser = Parser::new(&inner, self.dialect);
        parser.depth = self.depth;
        let script = parser.script_until(End::Text)?;
        builder.parts.push(Part { kind: PartKind::CommandSubstitution(script), quoted: context.is_quoted() });
        Ok(())
    }
}
