//! Executes simple commands: assignments, functions, builtins and programs.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::builtins::{self, BUILTINS, Call};
use super::outcome::{Outcome, Stop};
use super::parse::DECLARATIONS;
use super::state::{Shell, Value, Variable};
use super::suggest;
use super::syntax::{AssignedValue, Assignment, Command, PartKind, Word};
use crate::base::{FileError, Stdin, Stdio};
use crate::programs::{self, INTERRUPTED, Invocation, PROGRAMS, Status};

/// How deeply functions may call each other.
const CALLS_MAX: usize = 60;

/// The bytes of an argument, and of all together, from which on a program cannot be started.
const ARGUMENT_MAX: usize = 128 << 10;
const ARGUMENTS_MAX: usize = 2 << 20;

/// Items that a list may have.
const ITEMS_MAX: usize = 100_000;

impl Shell {
    pub(super) async fn simple(
        &self,
        assignments: &[Assignment],
        words: &[Word],
        lists: &[Assignment],
        io: &Stdio,
    ) -> Outcome {
        self.note_moment();
        let (mut words, mut last) = self.command_words(words, io).await?;
        if words.is_empty() {
            for assignment in assignments {
                last = self.assign_all(assignment, io).await?.or(last);
            }
            return Ok(self.ended(last.unwrap_or(0)));
        }
        let mut values = Vec::new();
        for assignment in assignments {
            if let AssignedValue::Word(word) = &assignment.value {
                values.push((assignment.name.clone(), self.value(word, io).await?.0));
            }
        }
        if self.state().options.trace {
            let words: Vec<String> = words.iter().map(|word| super::partial::quoted(word)).collect();
            io.stderr.line(&format!("+ {}", words.join(" ")));
        }
        let name = words.remove(0);
        let outcome = self.call(&name, words, values, io).await;
        for assignment in lists {
            self.assign_all(assignment, io).await?;
        }
        outcome
    }

    /// The words of a command. The arguments of `export` and the like that assign are not split.
    async fn command_words(&self, words: &[Word], io: &Stdio) -> Result<(Vec<String>, Option<Status>), Stop> {
        let declares =
            words.first().and_then(Word::as_literal).is_some_and(|name| DECLARATIONS.contains(&&*name));
        if !declares {
            return self.words(words, io).await;
        }
        let mut all = Vec::new();
        for word in words {
            match word.parts.first().map(|part| &part.kind) {
                Some(PartKind::Text(text)) if text.contains('=') => all.push(self.value(word, io).await?.0),
                _ => all.extend(self.words(std::slice::from_ref(word), io).await?.0),
            }
        }
        Ok((all, None))
    }

    /// Runs a function, a builtin or a program.
    pub(super) async fn call(
        &self,
        name: &str,
        args: Vec<String>,
        values: Vec<(String, String)>,
        io: &Stdio,
    ) -> Outcome {
        let function = self.state().functions.get(name).cloned();
        let builtin = builtins::find(name);
        if function.is_none() && builtin.is_none() {
            return self.program(name, args, values, io).await.map(|status| self.ended(status));
        }
        let lent = Lent::new(self, &values)?;
        let outcome = match (function, builtin) {
            (Some(body), _) => self.function(name, &body.value, args, io).await,
            (None, Some(builtin)) => {
                (builtin.run)(Call { shell: self, name, args: &args, io, builtins: BUILTINS }).await
            }
            (None, None) => Ok(127),
        };
        drop(lent);
        let status = outcome?;
        Ok(self.ended(self.write_error(name, io).unwrap_or(status)))
    }

    async fn function(&self, name: &str, body: &Rc<Command>, args: Vec<String>, io: &Stdio) -> Outcome {
        if self.is_too_deep() {
            let text = format!("{name}: maximum function nesting level exceeded ({CALLS_MAX})");
            return Err(Stop::error(text, 1));
        }
        let frame = Frame::new(self, name, args);
        let outcome = Box::pin(self.command(body, io)).await;
        drop(frame);
        match outcome {
            Err(Stop::Return(status)) => Ok(status),
            other => other,
        }
    }

    /// Runs a program: a small one, an installed one, or a script in a file.
    async fn program(
        &self,
        name: &str,
        args: Vec<String>,
        values: Vec<(String, String)>,
        io: &Stdio,
    ) -> Outcome {
        let is_built_in = ["echo", "test", "[", "true", "false"].contains(&name); // in bash
        let total: usize = if is_built_in { 0 } else { args.iter().map(String::len).sum() };
        let is_long = |arg: &String| arg.len() >= ARGUMENT_MAX;
        if total >= ARGUMENTS_MAX || !is_built_in && args.iter().any(is_long) {
            io.stderr.line(&format!("bash: {name}: Argument list too long"));
            return Ok(126);
        }
        let mut variables = self.environment();
        variables.insert("PWD".to_owned(), self.state().folder.clone());
        variables.extend(values);
        let mut invocation = self.invocation(name, args, variables, io);
        if name.contains('/') {
            let path = self.path(name);
            match self.machine.files.info(&path) {
                Some(info) if info.is_folder => {
                    io.stderr.line(&format!("bash: {name}: Is a directory"));
                    return Ok(126);
                }
                Some(_) => {
                    invocation.args.insert(0, path);
                    "bash".clone_into(&mut invocation.name);
                }
                None => match programs::in_folder(name) {
                    Some(program) => program.clone_into(&mut invocation.name),
                    None => {
                        io.stderr.line(&format!("bash: {name}: {}", FileError::NotFound));
                        return Ok(127);
                    }
                },
            }
        }
        let program = invocation.name.clone();
        let status = match programs::start(invocation) {
            Some(running) => self.attach_program(&program, running, io).await?,
            None => self.not_found(name, io),
        };
        if status == INTERRUPTED && matches!(io.stdin, Stdin::Terminal(_)) {
            return Err(Stop::Exit(status)); // Ctrl-C while it read what is typed
        }
        Ok(self.write_error(name, io).unwrap_or(status))
    }

    /// How a program is started here.
    pub(super) fn invocation(
        &self,
        name: &str,
        args: Vec<String>,
        variables: BTreeMap<String, String>,
        io: &Stdio,
    ) -> Invocation {
        Invocation {
            name: name.to_owned(),
            args,
            variables,
            folder: self.state().folder.clone(),
            stdio: io.clone(),
            machine: self.machine.clone(),
        }
    }

    /// Says that not everything could be written, if so.
    fn write_error(&self, name: &str, io: &Stdio) -> Option<Status> {
        let error = io.stdout.take_error()?;
        io.stderr.line(&format!("{name}: write error: {error}"));
        Some(1)
    }

    fn not_found(&self, name: &str, io: &Stdio) -> Status {
        io.stderr.line(&format!("bash: {name}: command not found"));
        let absent = builtins::ABSENT.iter().find(|(absent, _)| *absent == name);
        io.stderr.line(&match (absent, suggest::nearest_command(name, self)) {
            (Some((_, instead)), _) => format!("This is a small shell: {instead}."),
            (None, Some(meant)) => format!("Did you mean \"{meant}\"?"),
            (None, None) => "This is a small shell: \"help\" lists what it has.".to_owned(),
        });
        127
    }

    /// Whether there is a command of this name.
    pub fn knows(&self, name: &str) -> bool {
        let state = self.state();
        state.functions.contains_key(name)
            || state.aliases.contains_key(name)
            || builtins::find(name).is_some()
            || PROGRAMS.iter().any(|program| program.name == name)
            || self.machine.installed.names().iter().any(|(program, _)| *program == name)
    }

    /// Assigns, and returns the status of a command substitution in the value.
    async fn assign_all(&self, assignment: &Assignment, io: &Stdio) -> Result<Option<Status>, Stop> {
        let Assignment { name, index, append, value } = assignment;
        self.check_assignable(name)?;
        let too_many = || Stop::error(format!("lists of more than {ITEMS_MAX} items are not simulated"), 1);
        match (value, index) {
            (AssignedValue::List(items), _) => {
                let (list, status) = self.list(name, *append, items, io).await?;
                if list.len() > ITEMS_MAX {
                    return Err(too_many());
                }
                self.put(name, Value::List(list))?;
                Ok(status)
            }
            (AssignedValue::Word(word), Some(index)) => {
                let Some(key) = self.list_key(name, index, io).await? else {
                    return Err(Stop::error(format!("{name}: bad array subscript"), 1));
                };
                let (new, status) = self.value(word, io).await?;
                let mut list = self.state().list(name);
                if list.len() >= ITEMS_MAX {
                    return Err(too_many());
                }
                let before = if *append { list.get(&key).unwrap_or_default() } else { "" };
                let new = before.to_owned() + &new;
                list.set(&key, new);
                self.put(name, Value::List(list))?;
                Ok(status)
            }
            (AssignedValue::Word(word), None) => {
                let (new, status) = self.value(word, io).await?;
                let before = if *append { self.variable(name).unwrap_or_default() } else { String::new() };
                let is_sum = *append && self.state().is_integer(name);
                let whole = if is_sum { format!("({}) + ({new})", before.trim()) } else { before + &new };
                self.assign(name, &whole)?;
                Ok(status)
            }
        }
    }
}

impl Shell {
    /// Whether so many functions, subshells and texts run inside of each other that there is no room on the stack for more.
    fn is_too_deep(&self) -> bool {
        self.state().hidden.len() + self.state().inside >= CALLS_MAX
    }

    /// Notes that a text runs in this shell until the result is dropped; `None` if that is too deep.
    pub(super) fn enter_text(&self) -> Option<EnteredText<'_>> {
        if self.is_too_deep() {
            return None;
        }
        self.state_mut().inside += 1;
        Some(EnteredText(self))
    }
}

/// A text that runs in a shell.
pub(super) struct EnteredText<'a>(&'a Shell);

impl Drop for EnteredText<'_> {
    fn drop(&mut self) {
        self.0.state_mut().inside -= 1;
    }
}

/// The parameters and local variables of a function while it runs, however it ends.
struct Frame<'a> {
    shell: &'a Shell,
    outer: Vec<String>,
    loop_depth: usize,
}

impl<'a> Frame<'a> {
    fn new(shell: &'a Shell, name: &str, args: Vec<String>) -> Frame<'a> {
        let mut state = shell.state_mut();
        state.running.push(name.to_owned());
        let outer = std::mem::replace(&mut state.positional, args);
        state.hidden.push(BTreeMap::new());
        let loop_depth = std::mem::take(&mut state.loop_depth);
        Frame { shell, outer, loop_depth }
    }
}

impl Drop for Frame<'_> {
    fn drop(&mut self) {
        let mut state = self.shell.state_mut();
        state.positional = std::mem::take(&mut self.outer);
        state.loop_depth = self.loop_depth;
        state.running.pop();
        state.unhide();
    }
}

/// Variables that are set for one command.
struct Lent<'a> {
    shell: &'a Shell,
    before: Vec<(String, Option<Variable>)>,
}

impl<'a> Lent<'a> {
    fn new(shell: &'a Shell, values: &[(String, String)]) -> Result<Lent<'a>, Stop> {
        let mut lent = Lent { shell, before: Vec::new() };
        for (name, value) in values {
            shell.check_assignable(name)?;
            lent.before.push((name.clone(), shell.state_mut().take(name)));
            shell.assign(name, value)?;
            shell.state_mut().export(name);
        }
        Ok(lent)
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        for (name, before) in self.before.drain(..).rev() {
            self.shell.state_mut().give_back(&name, before);
        }
    }
}
