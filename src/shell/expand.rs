//! Makes the words of a command out of what was written: variables, `$(…)`, arithmetic, and the splitting of
//! what was not quoted. Patterns (`*`) match no file, since there are none, and so stay as they are.

use std::future::Future;
use std::pin::Pin;

use super::arith;
use super::jobs::SHELL_PID;
use super::outcome::Stop;
use super::program::Status;
use super::state::Shell;
use super::syntax::{Form, Parameter, PartKind, Word};
use crate::base::{Out, Stdio};

/// A word does not grow beyond this many bytes: a loop that doubles a variable would fill the memory.
const WORD_BYTES_MAX: usize = 8 << 20;

/// The words being made.
#[derive(Default)]
struct Fields {
    done: Vec<String>,
    /// `None` between two words.
    current: Option<String>,
}

impl Fields {
    fn push(&mut self, text: &str) {
        self.current.get_or_insert_default().push_str(text);
    }

    /// Adds a value that was not quoted: its blanks part words.
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

/// What of a word is parted at its blanks, as far as it is not quoted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Split {
    Nothing,
    /// What variables and `$(…)` stand for.
    Values,
    /// The text too, as in `${x-a b}`.
    All,
}

/// What came of a `$(…)` last, if there was one.
pub(super) type LastOutput = Option<Status>;

impl Shell {
    /// All words of a command.
    pub(super) async fn words(&self, words: &[Word], io: &Stdio) -> Result<(Vec<String>, LastOutput), Stop> {
        let (mut all, mut last) = (Vec::new(), None);
        for word in words {
            let mut fields = Fields::default();
            self.add(word, Split::Values, &mut fields, &mut last, io).await?;
            all.extend(fields.finish());
        }
        Ok((all, last))
    }

    /// A word that is not split: a value, or the text of a here-document.
    pub(super) async fn value(&self, word: &Word, io: &Stdio) -> Result<(String, LastOutput), Stop> {
        let (mut fields, mut last) = (Fields::default(), None);
        self.add(word, Split::Nothing, &mut fields, &mut last, io).await?;
        Ok((fields.current.unwrap_or_default(), last))
    }

    fn add<'a>(
        &'a self,
        word: &'a Word,
        split: Split,
        fields: &'a mut Fields,
        last: &'a mut LastOutput,
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
                        Parameterised::Value(value) => value,
                        Parameterised::Word(word) => {
                            if whole {
                                fields.push("");
                            }
                            let split = if whole { Split::Nothing } else { Split::All };
                            self.add(word, split, fields, last, io).await?;
                            continue;
                        }
                    },
                    PartKind::CommandSubstitution(script) => {
                        let (out, buffer) = Out::pipe();
                        let inner = Stdio { stdout: out, ..io.clone() };
                        *last = Some(self.subshell().run_script(script, &inner).await);
                        let text = String::from_utf8_lossy(&buffer.take()).replace('\0', "");
                        text.trim_end_matches('\n').to_owned()
                    }
                    PartKind::Arithmetic(word) => {
                        let (text, _) = self.value(word, io).await?;
                        self.arithmetic(&text)?.to_string()
                    }
                };
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

    async fn parameter<'a>(&self, parameter: &'a Parameter, io: &Stdio) -> Result<Parameterised<'a>, Stop> {
        let value = self.variable(&parameter.name);
        let is_set = |empty_too: bool| value.as_ref().is_some_and(|value| !empty_too || !value.is_empty());
        Ok(match &parameter.form {
            Form::Bad => return Err(Stop::error("Bad substitution", 2)),
            Form::Plain => Parameterised::Value(value.unwrap_or_default()),
            Form::Length => Parameterised::Value(value.unwrap_or_default().chars().count().to_string()),
            Form::Default { empty_too, .. } | Form::Assign { empty_too, .. } if is_set(*empty_too) => {
                Parameterised::Value(value.unwrap_or_default())
            }
            Form::Default { word, .. } => Parameterised::Word(word),
            Form::Assign { word, .. } => {
                let (value, _) = self.value(word, io).await?;
                self.assign(&parameter.name, &value)?;
                Parameterised::Value(value)
            }
            Form::Alternative { word, empty_too } if is_set(*empty_too) => Parameterised::Word(word),
            Form::Alternative { .. } => Parameterised::Value(String::new()),
        })
    }

    /// The value of a variable, or of one of the signs that stand for something.
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
        self.state_mut().set(name, value);
        Ok(())
    }

    fn arithmetic(&self, text: &str) -> Result<i64, Stop> {
        let (vars, mut assigned) = (self.state().all(), Vec::new());
        let value = arith::value(text, &vars, &mut assigned);
        for (name, value) in assigned {
            self.assign(&name, &value)?;
        }
        value.map_err(|text| Stop::error(text, 2))
    }
}

/// What a variable's long form stands for.
enum Parameterised<'a> {
    Value(String),
    /// The word behind `-` or `+`, which is split by its own quotes.
    Word(&'a Word),
}
