//! Reads parameter expansions: what stands in `${…}`.

use super::parser::{Parser, unclosed};
use super::word::{Builder, Context};
use crate::shell::syntax::{Form, Index, Parameter, Place, SyntaxError, Word};

impl Parser<'_> {
    /// The rest of `${…}`.
    pub(super) fn braced(&mut self, quoted: bool) -> Result<Parameter, SyntaxError> {
        let begin = self.at;
        let rest = self.rest();
        let is_length = rest.starts_with('#') && !rest.starts_with("#}") && !rest.starts_with("##");
        let is_indirect = rest.starts_with('!') && !rest.starts_with("!}");
        self.skip(usize::from(is_length || is_indirect));
        let Some(name) = self.name().or_else(|| self.digits()).or_else(|| self.special()) else {
            let Some(end) = self.rest().find('}') else { return Err(unclosed("}")) };
            self.skip(end + 1);
            return Ok(Parameter { name: String::new(), index: None, form: Form::Bad });
        };
        let index = if self.eat("[") { Some(self.index()?) } else { None };
        let form = match self.peek() {
            Some('}') if is_length => Form::Length,
            Some('}') if is_indirect && index.is_none() => Form::Indirect,
            Some('}') if is_indirect && matches!(index, Some(Index::Each | Index::Joined)) => Form::Keys,
            Some('}') if !is_indirect => Form::Plain,
            None => return Err(unclosed("}")),
            Some(_) if is_length || is_indirect => return Err(self.refused(begin)),
            Some(_) => self.form(begin, quoted)?,
        };
        if !self.eat("}") {
            return Err(if self.peek().is_none() { unclosed("}") } else { self.refused(begin) });
        }
        Ok(Parameter { name, index, form })
    }

    fn form(&mut self, begin: usize, quoted: bool) -> Result<Form, SyntaxError> {
        let empty_too = self.rest().starts_with(':');
        let operator = self.rest().chars().nth(usize::from(empty_too));
        if let Some(operator @ ('-' | '=' | '+' | '?')) = operator {
            self.skip(1 + usize::from(empty_too));
            let word = self.inner(if quoted { Context::BracedQuoted } else { Context::Braced })?;
            return Ok(match operator {
                '-' => Form::Default { word, empty_too },
                '=' => Form::Assign { word, empty_too },
                '?' => Form::Required { word, empty_too },
                _ => Form::Alternative { word, empty_too },
            });
        }
        if self.eat(":") {
            let offset = self.inner(Context::Offset)?;
            let length = if self.eat(":") { Some(self.inner(Context::Offset)?) } else { None };
            return Ok(Form::Substring { offset, length });
        }
        if self.eat("@Q") {
            return Ok(Form::Quoted);
        }
        let signs = ["##", "#", "%%", "%", "//", "/#", "/%", "/", "^^", "^", ",,", ","];
        let Some(sign) = signs.into_iter().find(|sign| self.eat(sign)) else {
            return Err(self.refused(begin));
        };
        Ok(match sign {
            "#" | "##" | "%" | "%%" => Form::Remove {
                pattern: self.inner(Context::Braced)?,
                at_end: sign.starts_with('%'),
                longest: sign.len() == 2,
            },
            "/" | "//" | "/#" | "/%" => {
                let pattern = self.inner(Context::Pattern)?;
                let with = if self.eat("/") { self.inner(Context::Braced)? } else { Word::default() };
                let place = match sign {
                    "/" => Place::First,
                    "//" => Place::All,
                    "/#" => Place::Start,
                    _ => Place::End,
                };
                Form::Replace { pattern, with, place }
            }
            _ => Form::Case { upper: sign.starts_with('^'), all: sign.len() == 2 },
        })
    }

    fn index(&mut self) -> Result<Index, SyntaxError> {
        match () {
            () if self.eat("@]") => Ok(Index::Each),
            () if self.eat("*]") => Ok(Index::Joined),
            () => self.subscript().map(Index::At),
        }
    }

    fn inner(&mut self, context: Context) -> Result<Word, SyntaxError> {
        let mut builder = Builder::default();
        self.parts(context, &mut builder)?;
        Ok(Word { parts: builder.parts })
    }

    /// The number of a positional parameter.
    fn digits(&mut self) -> Option<String> {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let digits = self.rest()[..count].to_owned();
        self.skip(count);
        (count > 0).then_some(digits)
    }

    fn refused(&self, begin: usize) -> SyntaxError {
        let end = self.rest().find('}').map_or(self.rest().len(), |at| at + 1);
        let whole = format!("${{{}{}", self.since(begin), &self.rest()[..end]);
        SyntaxError::Unsupported(format!("{whole}: of ${{NAME…}} there are :- := :? :+ # % / : ^ ,"))
    }
}
