//! Makes the words of a command out of what was written: variables, `$(…)`, arithmetic, and the splitting of
//! what was not quoted. Patterns (`*`) match no file, since there are none, and so stay as they are.

use std::future::Future;
use std::pin::Pin;

use super::arith;
use super::jobs::SHELL_PID;
use super::outcome::Stop;
use super::program::Status;
use super::state::{Shell, Value};
use super::syntax::{Form, Parameter, PartKind, Word};
use crate::base::{Cost, Out, PipeBuffer, Stdio};

/// The longest word in bytes, so that a loop that doubles a variable does not fill the memory.
const WORD_BYTES_MAX: usize = 8 << 20;

/// The fields of a word, while it is expanded.
#[derive(Default)]
struct Fields {
    done: Vec<String>,
    /// `None` between two fields.
    current: Option<String>,
}

impl Fields {
    fn push(&mut self, text: &str) {
        self.current.get_or_insert_default().push_str(text);
    }

    /// Adds an unquoted value, which blanks split into fields.
    fn push_split(&mut self, value: &str) {
        for (at, piece) in value.split([' ', '\t', '\n']).enumerate() {
            if at > 0 {
                self.done.extend(self.current.take());
            }
            if !piece.is_empty() {
                self.push(piece);
            }
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.done.extend(self.current.take());
        self.done
    }
}

/// Which unquoted parts of a word are split into fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Split {
    Nothing,
    /// The results of expansions.
    Values,
    /// Literal text too, as in `${x-a b}`.
    All,
}

/// The status of the last command substitution, if there was one.
pub(super) type SubstitutionStatus = Option<Status>;

impl Shell {
    /// Expands the words of a command into fields.
    pub(super) async fn words(
        &self,
        words: &[Word],
        io: &Stdio,
    ) -> Result<(Vec<String>, SubstitutionStatus), Stop> {
        let (mut all, mut last) = (Vec::new(), None);
        for word in words {
            let mut fields = Fields::default();
            self.add(word, Split::Values, &mut fields, &mut last, io).await?;
            all.extend(fields.finish());
        }
        Ok((all, last))
    }

    /// Expands a word without splitting: the value of an assignment, or a here-document.
    pub(super) async fn value(&self, word: &Word, io: &Stdio) -> Result<(String, SubstitutionStatus), Stop> {
        let (mut fields, mut last) = (Fields::default(), None);
        self.add(word, Split::Nothing, &mut fields, &mut last, io).await?;
        Ok((fields.current.unwrap_or_default(), last))
    }

    fn add<'a>(
        &'a self,
        word: &'a Word,
        split: Split,
        fields: &'a mut Fields,
        last: &'a mut SubstitutionStatus,
        io: &'a Stdio,
    ) -> Pin<Box<dyn Future<Output = Result<(), Stop>> + 'a>> {
        Box::pin(async move {
            for part in &word.parts {
                let whole = split == Split::Nothing || part.quoted;
                let value = match &part.kind {
                    PartKind::Text(text) if split == Split::All && !part.quoted => {
                        fields.push_split(text);
                        continue;
                    }
                    PartKind::Text(text) => {
                        fields.push(text);
                        continue;
                    }
                    PartKind::Parameter(parameter) => match self.parameter(parameter, io).await? {
                        ParameterValue::Value(value) => value,
                        ParameterValue::Word(word) => {
                            if whole {
                                fields.push("");
                            }
                            let split = if whole { Split::Nothing } else { Split::All };
                            self.add(word, split, fields, last, io).await?;
                            continue;
                        }
                    },
                    PartKind::CommandSubstitution(script) => {
                        let pipe = PipeBuffer::new(&self.meter);
                        let inner = Stdio { stdout: Out::Pipe(pipe.clone()), ..io.clone() };
                        *last = Some(self.subshell().run_script(script, &inner).await);
                        if pipe.is_full() {
                            return Err(Stop::out_of_space());
                        }
                        let text = String::from_utf8_lossy(&pipe.take()).replace('\0', "");
                        text.trim_end_matches('\n').to_owned()
                    }
                    PartKind::Arithmetic(word) => {
                        let (text, _) = self.value(word, io).await?;
                        self.arithmetic(&text)?.to_string()
                    }
                };
                if !self.meter.spend(Cost::Bytes, value.len() as u64) {
                    return Err(Stop::out_of_space());
                }
                if whole {
                    fields.push(&value)
                } else {
                    fields.push_split(&value)
                }
                if fields.current.as_ref().is_some_and(|word| word.len() > WORD_BYTES_MAX) {
                    return Err(Stop::error("words over 8 MiB are not simulated", 1));
                }
            }
            Ok(())
        })
    }

    async fn parameter<'a>(&self, parameter: &'a Parameter, io: &Stdio) -> Result<ParameterValue<'a>, Stop> {
        let value = self.variable(&parameter.name);
        let is_set = |empty_too: bool| value.as_ref().is_some_and(|value| !empty_too || !value.is_empty());
        Ok(match &parameter.form {
            Form::Bad => return Err(Stop::error("Bad substitution", 2)),
            Form::Plain => ParameterValue::Value(value.unwrap_or_default()),
            Form::Length => ParameterValue::Value(value.unwrap_or_default().chars().count().to_string()),
            Form::Default { empty_too, .. } | Form::Assign { empty_too, .. } if is_set(*empty_too) => {
                ParameterValue::Value(value.unwrap_or_default())
            }
            Form::Default { word, .. } => ParameterValue::Word(word),
            Form::Assign { word, .. } => {
                let (value, _) = self.value(word, io).await?;
                self.assign(&parameter.name, &value)?;
                ParameterValue::Value(value)
            }
            Form::Alternative { word, empty_too } if is_set(*empty_too) => ParameterValue::Word(word),
            Form::Alternative { .. } => ParameterValue::Value(String::new()),
        })
    }

    /// The value of a variable or a special parameter.
    fn variable(&self, name: &str) -> Option<String> {
        match name {
            "?" => Some(self.state().status.to_string()),
            "!" => self.jobs.last_background_pid().map(|process| process.to_string()),
            "$" => Some(SHELL_PID.to_string()),
            "#" => Some("0".to_owned()),
            "0" => Some("sh".to_owned()),
            "-" => Some(String::new()),
            name => self.state().get(name).map(str::to_owned),
        }
    }

    /// Sets a variable.
    pub(super) fn assign(&self, name: &str, value: &str) -> Result<(), Stop> {
        let is_name = name.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_');
        if !is_name {
            return Err(Stop::error(format!("{name}: bad variable name"), 2));
        }
        if name == "IFS" {
            return Err(Stop::error("IFS: words are always parted at blanks here", 1));
        }
        let may = self.meter.spend(Cost::Bytes, value.len() as u64);
        match Value::new(value, &self.meter).filter(|_| may) {
            Some(value) => self.state_mut().set(name, value),
            None => return Err(Stop::out_of_space()),
        }
        Ok(())
    }

    fn arithmetic(&self, text: &str) -> Result<i64, Stop> {
        let (vars, mut assigned) = (self.all_variables(), Vec::new());
        let value = arith::value(text, &vars, &mut assigned);
        for (name, value) in assigned {
            self.assign(&name, &value)?;
        }
        value.map_err(|text| Stop::error(text, 2))
    }
}

/// The result of a parameter expansion.
enum ParameterValue<'a> {
    Value(String),
    /// The word behind `-` or `+`, to be expanded by its own quotes.
    Word(&'a Word),
}
