//! Makes the words of a command out of what was written: braces, variables, `$(…)`, arithmetic, the splitting of what was
//! not quoted, and the names of files that patterns match.

use std::future::Future;
use std::pin::Pin;

use super::fields::{Field, Fields, WORD_BYTES_MAX};
use super::outcome::Stop;
use super::parameter::ParameterValue;
use super::state::{Shell, Value};
use super::syntax::{CommandKind, PartKind, Redirection, Script, Streams, Word};
use super::{brace, glob};
use crate::base::{Cost, Out, Stdio};
use crate::programs::Status;

/// What a word takes beside its bytes.
const FIELD_SIZE: u64 = 24;

/// Words that a command may have.
const WORDS_MAX: usize = 100_000;

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
        let too_many =
            || Stop::error(format!("more than {WORDS_MAX} words, or so long ones, are not simulated"), 1);
        for word in words {
            for word in brace::expand(word).map_err(|_| too_many())? {
                let mut fields = Fields::new(&self.separators(), self.state().options.extglob);
                self.add(&word, Split::Values, &mut fields, &mut last, io).await?;
                for field in fields.finish() {
                    if !self.machine.meter.spend(Cost::Bytes, field.text.len() as u64 + FIELD_SIZE) {
                        return Err(Stop::out_of_space());
                    }
                    self.add_files(field, &mut all)?;
                }
            }
            if all.len() > WORDS_MAX {
                return Err(too_many());
            }
        }
        Ok((all, last))
    }

    /// Adds the files that a field matches, or the field itself.
    fn add_files(&self, field: Field, all: &mut Vec<String>) -> Result<(), Stop> {
        if field.is_pattern {
            let folder = self.state().folder.clone();
            let (pattern, extglob) = (&field.pattern, self.state().options.extglob);
            let files =
                self.matched(|steps| glob::files(pattern, extglob, (&folder, &self.machine.files), steps))?;
            if !files.is_empty() || self.state().options.nullglob {
                all.extend(files);
                return Ok(());
            }
        }
        all.push(field.text);
        Ok(())
    }

    /// Expands a word without splitting: the value of an assignment, or a here-document.
    pub(super) async fn value(&self, word: &Word, io: &Stdio) -> Result<(String, SubstitutionStatus), Stop> {
        let (field, last) = self.field(word, io).await?;
        Ok((field.text, last))
    }

    /// Expands a word into a pattern, in which what was quoted is plain.
    pub(super) async fn pattern(&self, word: &Word, io: &Stdio) -> Result<String, Stop> {
        Ok(self.field(word, io).await?.0.pattern)
    }

    async fn field(&self, word: &Word, io: &Stdio) -> Result<(Field, SubstitutionStatus), Stop> {
        let (mut fields, mut last) = (Fields::new("", false), None);
        self.add(word, Split::Nothing, &mut fields, &mut last, io).await?;
        Ok((fields.finish_one(), last))
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
                        fields.push(text, part.quoted);
                        continue;
                    }
                    PartKind::Parameter(parameter) => match self.parameter(parameter, io).await? {
                        ParameterValue::Value(value) => value,
                        ParameterValue::Items { items, joined } => {
                            self.add_items(items, joined, part.quoted, split, fields);
                            continue;
                        }
                        ParameterValue::Word(word) => {
                            if whole {
                                fields.push("", true);
                            }
                            let split = if whole { Split::Nothing } else { Split::All };
                            self.add(word, split, fields, last, io).await?;
                            continue;
                        }
                    },
                    PartKind::CommandSubstitution(script) => {
                        let (text, status) = self.output_of(script, io).await?;
                        *last = Some(status);
                        text.trim_end_matches('\n').to_owned()
                    }
                    PartKind::ProcessSubstitution(script) => {
                        let (text, _) = self.output_of(script, io).await?;
                        let kept = self.machine.files.keep_temporary(text.as_bytes());
                        kept.map_err(|error| Stop::error(error.to_string(), 1))?
                    }
                    PartKind::Arithmetic(word) => {
                        let (text, _) = self.value(word, io).await?;
                        self.arithmetic(&text)?.to_string()
                    }
                };
                if !self.machine.meter.spend(Cost::Bytes, value.len() as u64) {
                    return Err(Stop::out_of_space());
                }
                if whole {
                    fields.push(&value, part.quoted)
                } else {
                    fields.push_split(&value)
                }
                if fields.is_too_long() {
                    return Err(too_long());
                }
            }
            Ok(())
        })
    }

    /// Adds the items of `$@`, `${list[*]}` and the like.
    fn add_items(&self, items: Vec<String>, joined: bool, quoted: bool, split: Split, fields: &mut Fields) {
        if split == Split::Nothing || quoted && joined {
            let separators = self.separators();
            let joint = separators.get(..1).unwrap_or("");
            return fields.push(&items.join(if joined { joint } else { " " }), quoted);
        }
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                fields.part();
            }
            if quoted { fields.push(item, true) } else { fields.push_split(item) }
        }
    }

    /// What a command prints, and its status.
    async fn output_of(&self, script: &Script, io: &Stdio) -> Result<(String, Status), Stop> {
        if let Some(word) = only_reads(script) {
            let (name, _) = self.value(word, io).await?;
            return match self.machine.files.read(&self.path(&name)) {
                Ok(bytes) => Ok((String::from_utf8_lossy(&bytes).replace('\0', ""), 0)),
                Err(error) => {
                    io.stderr.line(&format!("bash: {name}: {error}"));
                    Ok((String::new(), 1))
                }
            };
        }
        let (out, buffer) = Out::buffer(&self.machine.meter);
        let inner = Stdio { stdout: out.clone(), ..io.clone() };
        let shell = self.subshell();
        shell.state_mut().options.exit_on_error = false;
        let status = super::pipeline::until_broken(Box::pin(shell.run_script(script, &inner)), &out).await;
        if buffer.is_full() {
            return Err(Stop::out_of_space());
        }
        Ok((String::from_utf8_lossy(&buffer.take()).replace('\0', ""), status))
    }

    /// The characters that part fields.
    pub(super) fn separators(&self) -> String {
        self.state().get("IFS").unwrap_or(" \t\n").to_owned()
    }

    /// The absolute path of a file.
    pub(super) fn path(&self, name: &str) -> String {
        crate::base::files::absolute(&self.state().folder, name)
    }

    /// Sets a variable.
    pub(super) fn assign(&self, name: &str, value: &str) -> Result<(), Stop> {
        self.check_assignable(name)?;
        let is_integer = self.state().is_integer(name);
        let value = if is_integer { self.arithmetic(value)?.to_string() } else { value.to_owned() };
        self.put(name, Value::Text(value))
    }

    /// Sets a variable to a value of any kind.
    pub(super) fn put(&self, name: &str, value: Value) -> Result<(), Stop> {
        let is_set = self.state_mut().put(name, value);
        if is_set { Ok(()) } else { Err(Stop::out_of_space()) }
    }

    pub(super) fn check_assignable(&self, name: &str) -> Result<(), Stop> {
        let is_name = name.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
            && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
        if !is_name {
            return Err(Stop::error(format!("`{name}': not a valid identifier"), 1));
        }
        if self.state().is_readonly(name) {
            return Err(Stop::error(format!("{name}: readonly variable"), 1));
        }
        Ok(())
    }

    pub(super) async fn number(&self, word: &Word, io: &Stdio) -> Result<i64, Stop> {
        let (text, _) = self.value(word, io).await?;
        self.arithmetic(&text)
    }
}

fn too_long() -> Stop {
    Stop::error(format!("words over {} MiB are not simulated", WORD_BYTES_MAX >> 20), 1)
}

/// The file of `$(<file)`.
fn only_reads(script: &Script) -> Option<&Word> {
    let [list] = &script.lists[..] else { return None };
    let [command] = &list.first.commands[..] else { return None };
    match (&command.kind, &command.redirections[..]) {
        (
            CommandKind::Simple { words, assignments, .. },
            [Redirection::Read { streams: Streams::Stdin, file: word }],
        ) if words.is_empty() && assignments.is_empty() && list.rest.is_empty() => Some(word),
        _ => None,
    }
}
